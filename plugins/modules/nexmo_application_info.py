#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_application_info
short_description: List Nexmo (Vonage) applications
version_added: 1.0.0
description:
  - Returns all applications of a Nexmo (Vonage) account, or those that the options select.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.attributes
  - community.nexmo.attributes.info_module
  - community.nexmo.attributes.action_group
  - community.nexmo.siblings.nexmo_application_info
options:
  name:
    description:
      - Selects the applications with exactly this name. There can be several.
      - When left out, applications of every name are returned.
    type: str
  application_id:
    description:
      - Selects the application with this id, which takes a single request.
      - When left out, applications with every id are returned.
    type: str
    aliases: [app_id]
  type:
    description:
      - Selects the applications of this type. An application with webhooks of both types has both types. Under version
        2 of the API the option selects applications with the capability of that name.
      - When left out, applications of every type are returned.
    type: str
    choices: [voice, messages]
  capabilities:
    description:
      - Selects the applications in which all of these capabilities are enabled. Needs O(api_version=v2).
      - When left out, applications with any capabilities are returned.
    type: list
    elements: str
    choices: [voice, messages, rtc, vbc, verify, video, network_apis]
  as_input:
    description:
      - Whether applications are returned as items for M(community.nexmo.nexmo_applications), to manage what already
        exists. An item has the application's name, or its id where others may have the same name, and its settings.
      - Under version 2 of the API, an item has the values that no other option takes in C(settings). Version 1 has no
        such option, so an item does not have these values, and they stay as they are.
      - Unfinished applications are not returned. Under version 1 of the API, applications whose webhooks it does not
        show are not returned either, and the task warns.
    type: bool
    default: false
  numbers:
    description:
      - Whether each application is returned with the numbers that are linked to it. For that the module also lists the
        numbers of the account. Cannot be given with O(as_input).
    type: bool
    default: false
    version_added: 1.1.0
"""

EXAMPLES = r"""
- name: List the applications with both calls and messages
  community.nexmo.nexmo_application_info:
    api_version: v2
    capabilities: [voice, messages]

- name: List all applications
  community.nexmo.nexmo_application_info:
  register: account

- name: Find an application by its name
  community.nexmo.nexmo_application_info:
    name: My Application
  register: found

- name: List all applications with their numbers
  community.nexmo.nexmo_application_info:
    numbers: true

- name: Read the account as items for nexmo_applications
  community.nexmo.nexmo_application_info:
    as_input: true
  register: adopted

- name: Change nothing, because the account is in the desired state
  community.nexmo.nexmo_applications:
    applications: "{{ adopted.applications }}"

- name: Show its id
  ansible.builtin.debug:
    msg: "{{ found.applications | map(attribute='id') }}"
"""

RETURN = r"""
applications:
  description:
    - The applications that the options select, in the order of the API's listing. Empty if there are none.
    - They never hold a private key or a webhook's secret.
    - With O(as_input) they are items for M(community.nexmo.nexmo_applications), and do not have the fields below.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The application's id.
      type: str
      sample: aaaaaaaa-bbbb-cccc-dddd-0123456789ab
    name:
      description: Its name.
      type: str
      sample: My Application
    type:
      description: V(voice) or V(messages), null where it is neither or both.
      type: str
      sample: voice
    public_key:
      description:
        - Its public key in PEM, null where the API does not show it.
        - The listing of version 1 does not show it. Under version 1 it is returned only if O(name) or O(application_id)
          selects one application.
      type: str
    capabilities:
      description: Its capabilities, in the form of version 2 of the API, as far as options can name them.
      type: dict
    improve_ai:
      description: Whether the service may use its content to improve its AI, where the API shows that.
      type: bool
    settings:
      description:
        - Other settings that the API shows of it, in the form of the option C(settings) of
          M(community.nexmo.nexmo_application), if there are any. Secrets are not returned.
      type: dict
      sample:
        capabilities:
          meetings:
            enabled: true
    numbers:
      description:
        - The numbers that are linked to the application, each as M(community.nexmo.nexmo_number_info) returns it.
      returned: if O(numbers=true)
      type: list
      elements: dict
      sample: [{"msisdn": "447700900000", "country": "GB"}]
status:
  description: The HTTP status of the answer that made the module fail.
  returned: failure, if the API answered
  type: int
  sample: 401
error:
  description: The answer of the API to the request that failed.
  returned: failure, if the API answered with a JSON object
  type: dict
"""

from typing import Any, Dict, List

from ..module_utils._api.api import Api
from ..module_utils._api.versions import api_from
from ..module_utils._application.capabilities import CAPABILITIES
from ..module_utils._application.desired import check_finder, check_supported
from ..module_utils._application.model import TYPES
from ..module_utils._errors import InvalidOption
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._module import Module, clear_errors
from ..module_utils._reconcile.as_input import items_for
from ..module_utils._reconcile.selection import Selected, Selection, select
from ..module_utils._redact import Redactor


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(
            REST_OPTIONS,
            name={"type": "str"},
            application_id={"type": "str", "aliases": ["app_id"]},
            type={"type": "str", "choices": list(TYPES)},
            capabilities={"type": "list", "elements": "str", "choices": list(CAPABILITIES)},
            as_input={"type": "bool", "default": False},
            numbers={"type": "bool", "default": False},
        ),
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        if module.params["numbers"] and module.params["as_input"]:
            raise InvalidOption("numbers", "cannot be given with as_input: an item of nexmo_applications has none")
        api = api_from(module, redactor)
        selected = run(api, module.params)
        if module.params["as_input"]:
            module.exit_json(changed=False, applications=as_input(module, api, selected))
        described = [application.described() for application in selected.applications]
        if module.params["numbers"]:
            add_numbers(module, redactor, described)
        module.exit_json(changed=False, applications=described)


def run(api: Api, options: Dict[str, Any]) -> Selected:
    """The applications that the options select. Raises NexmoError."""
    check_finder(options)
    check_supported(options, api.rules.unsupported)
    capabilities = set(options["capabilities"] or ())
    if options["type"]:
        capabilities.add(options["type"])
    return select(api, Selection(options["name"], options["application_id"], capabilities))


def add_numbers(module: Module, redactor: Redactor, described: List[Dict[str, Any]]) -> None:
    """Adds to each application the numbers that are linked to it. Raises NexmoError."""
    # Most runs ask for none, and each import is time in every loop.
    from ..module_utils._numbers.connection import numbers_from
    from ..module_utils._reconcile.numbers import linked_numbers

    linked = linked_numbers(numbers_from(module, redactor))
    for application in described:
        numbers = linked.get(application["id"], [])
        application["numbers"] = [redactor.value(number.described()) for number in numbers]


def as_input(module: Module, api: Api, selected: Selected) -> List[Dict[str, Any]]:
    """The items that ask for the applications as they are."""
    items, left_out = items_for(selected, api.rules)
    if left_out:
        module.warn(
            "not returned as input, because version 1 of the API shows no webhooks of voice or messages: %s"
            % ", ".join(left_out)
        )
    return items


if __name__ == "__main__":
    main()
