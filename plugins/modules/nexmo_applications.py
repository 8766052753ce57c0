#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_applications
short_description: Manage many Nexmo (Vonage) applications at once
version_added: 1.0.0
description:
  - Creates or updates many applications of a Nexmo (Vonage) account, each with the settings that the task names, or
    deletes them.
  - It lists the account once for all of them, and sends its changes over several connections. So it takes little longer
    than M(community.nexmo.nexmo_application) takes for one.
  - If an application fails, the task still does the others, and fails in the end. The result has the failure at the
    place of that application.
  - It can also delete the applications of the account that the task does not list; see O(prune).
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.applications
  - community.nexmo.attributes
  - community.nexmo.attributes.action_group
  - community.nexmo.siblings.nexmo_applications
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
options:
  prune:
    description:
      - Whether the task deletes the applications that O(prune_match) matches and O(applications) does not list.
      - Nothing is deleted when O(applications) is empty, or when one of them fails. The deletions come last. Only an
        item that gets the name of a deleted application is done after the deletion.
      - The task reads each application again right before it deletes it. If somebody changed it meanwhile, it stays,
        and the task warns.
      - An unfinished application stays while its run may be alive. After that it is deleted, if O(prune_match) matches
        the name that it was to get.
    type: bool
    default: false
  prune_match:
    description:
      - A regular expression (of Python) that matches the whole name of each application that may be deleted. The task
        never deletes other applications, such as those of other teams. Required with O(prune).
      - An expression that takes longer than some seconds for the names of the account is refused.
      - When left out, no application can be pruned.
    type: str
  prune_limit:
    description:
      - How many applications may be pruned, a number or a percentage of those that O(prune_match) matches. If there are
        more, the task fails and changes nothing.
      - Unfinished applications do not count, because nobody can use them.
    type: str
    default: 30%
notes:
  - The API hands out a private key only once, in the answer to the creation of an application. Give
    O(applications[].private_key_path) to store it. Otherwise it is in the result, also when the task fails because of
    another application. Register the result and catch the failure with a C(rescue), or the key is lost.
  - The module writes one line to the system's log for each application that it changes, at the time of the change.
"""

EXAMPLES = r"""
- name: Create, update or delete the applications of the shop
  community.nexmo.nexmo_applications:
    applications:
      - name: shop-calls
        type: voice
        answer_url: https://example.com/calls/answer
        event_url: https://example.com/calls/event
        private_key_path: /etc/shop/calls.key
      - name: shop-messages
        type: messages
        inbound_url: https://example.com/messages/inbound
        status_url: https://example.com/messages/status
        private_key_path: /etc/shop/messages.key
      - name: shop-legacy
        state: absent

- name: Read the applications of an account as items
  community.nexmo.nexmo_application_info:
    as_input: true
  register: account

- name: Keep the shop's applications, and delete at most five others of the shop
  community.nexmo.nexmo_applications:
    applications: "{{ account.applications | selectattr('name', 'match', 'shop-') }}"
    prune: true
    prune_match: shop-.*
    prune_limit: 5
"""

RETURN = r"""
applications:
  description: The result for each of O(applications), in their order.
  returned: when the options are right and the account could be listed
  type: list
  elements: dict
  contains:
    changed:
      description: Whether the application or its key file changed, or would in check mode.
      type: bool
    operation:
      description: What was done, or would be done in check mode.
      type: str
      sample: create
    application:
      description:
        - The application, as M(community.nexmo.nexmo_application) returns it, null when there is none.
        - In check mode, an application that would be created has the id null.
      type: dict
    fingerprint:
      description: SHA-256 of its public key in DER form, in hexadecimal digits. Null when its key is not known.
      type: str
    finished:
      description: Whether it has its name; see M(community.nexmo.nexmo_application).
      type: bool
    private_key:
      description: Its private key in PEM, when the API handed one out and no path was given for it.
      type: str
    failed:
      description: True. Returned only if it failed.
      type: bool
    msg:
      description: Why it failed.
      type: str
    name:
      description: The name that the item gave. Returned only if it failed.
      type: str
    application_id:
      description: The id that the item gave. Returned only if it failed.
      type: str
    status:
      description: The HTTP status of the answer that made it fail.
      type: int
    error:
      description: The answer of the API to the request that failed.
      type: dict
pruned:
  description: The applications that were pruned, or would be in check mode.
  returned: when the options are right and the account could be listed
  type: list
  elements: dict
counts:
  description: How often each operation was done; C(failed) and C(prune) are counted as well.
  returned: when the options are right and the account could be listed
  type: dict
  sample: {"none": 97, "create": 2, "failed": 1, "prune": 0}
status:
  description: The HTTP status of the answer that made the module fail before it could plan anything.
  returned: failure, if the API answered
  type: int
  sample: 401
error:
  description: The answer of the API to the request that failed.
  returned: failure, if the API answered with a JSON object
  type: dict
"""

from typing import Any, Callable, Dict

from ..module_utils._api.versions import api_from
from ..module_utils._application.options import APPLICATION_OPTIONS, EXCLUSIVE_OPTIONS
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._keys.attributes import OwnerOnly
from ..module_utils._module import Module, clear_errors
from ..module_utils._reconcile.execution import apply_items
from ..module_utils._reconcile.many import items_from, plan_items, preview_items
from ..module_utils._reconcile.one import Result
from ..module_utils._reconcile.prune import pruning_from
from ..module_utils._reconcile.report import Report
from ..module_utils._redact import Redactor

PRUNE_OPTIONS: Dict[str, Dict[str, Any]] = {
    "prune": {"type": "bool", "default": False},
    "prune_match": {"type": "str"},
    "prune_limit": {"type": "str", "default": "30%"},
}


def main() -> None:
    """Entry point."""
    items = {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": APPLICATION_OPTIONS,
        "mutually_exclusive": EXCLUSIVE_OPTIONS,
    }
    module = Module(
        argument_spec=dict(REST_OPTIONS, applications=items, **PRUNE_OPTIONS),
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        run(module, redactor)


def run(module: Module, redactor: Redactor) -> None:
    """Plans, applies the plan or previews it, and ends the module. Raises NexmoError."""
    api = api_from(module, redactor)
    pruning = pruning_from(module.params)
    items = items_from(module.params["applications"], api.rules, OwnerOnly())
    list_plan = plan_items(api, items, pruning, module.params["max_connections"])
    if module.check_mode:
        report = preview_items(items, list_plan)
    else:
        report = apply_items(api, items, list_plan, module.params["max_connections"], progress(module))
    end(module, report, redactor)


def progress(module: Module) -> Callable[[int, int, Result], None]:
    """Writes to the system's log what was done."""

    def log(number: int, of_all: int, result: Result) -> None:
        application = result.applied.application or result.plan.before
        name = application.name if application else ""
        module.log("%d of %d applications: %s %r" % (number, of_all, result.plan.operation, name))

    return log


def end(module: Module, report: Report, redactor: Redactor) -> None:
    """Ends the module with the report."""
    result = report.result(redactor)
    for warning in report.warnings():
        module.warn(warning)
    if report.holds_private_key and not module.no_log:
        module.warn("the result holds private keys: give the task no_log, or let private_key_path keep them")
    if module._diff:  # pylint: disable=protected-access
        result["diff"] = report.diff()
    failure = report.failure()
    if failure is not None:
        module.fail_json(msg=redactor.text(failure), **result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
