#!/usr/bin/python

# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_application
short_description: Manage Nexmo (Vonage) applications
version_added: 0.1.0
description:
  - Makes an application of a Nexmo (Vonage) account present, with the settings that the task names, or absent.
  - The application is found by its name, or by its id.
  - Settings that the task does not name stay as they are.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.capabilities
  - community.nexmo.attributes
  - community.nexmo.attributes.action_group
  - ansible.builtin.files
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
options:
  state:
    description:
      - Whether the application has to exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Finds the application by its name, exactly; case counts. The service allows several applications of one name,
        which is an error here.
      - With O(application_id) it is the name that the application is to have.
      - Required unless O(application_id) is given.
    type: str
  application_id:
    description:
      - Finds the application by its id instead of its name. It has to exist, unless O(state=absent).
    type: str
    aliases: [app_id]
  type:
    description:
      - The type of the application. Version 1 needs it to create one, and cannot change it; see O(recreate).
      - When left out, the type of an existing application is used. Where it has webhooks of both types, the options
        that are given decide.
    type: str
    choices: [voice, messages]
  answer_url:
    description:
      - URL from which the service fetches the call control object when a call is answered. Needed for inbound calls.
      - When left out, it stays as it is. An empty text removes the webhook.
    type: str
  answer_method:
    description:
      - HTTP method for O(answer_url).
      - When left out, it stays as it is; a new webhook gets V(GET).
    type: str
    choices: [GET, POST]
  event_url:
    description:
      - URL to which the service sends the events of a call. An application of O(type=voice) needs it.
      - When left out, it stays as it is. An empty text removes the webhook, where the API allows that.
    type: str
  event_method:
    description:
      - HTTP method for O(event_url).
      - When left out, it stays as it is; a new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  inbound_url:
    description:
      - URL to which the service sends inbound messages. An application of O(type=messages) needs it.
      - When left out, it stays as it is. An empty text removes the webhook, where the API allows that.
    type: str
  inbound_method:
    description:
      - HTTP method for O(inbound_url).
      - When left out, it stays as it is; a new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  status_url:
    description:
      - URL to which the service sends the status of messages. An application of O(type=messages) needs it.
      - When left out, it stays as it is. An empty text removes the webhook, where the API allows that.
    type: str
  status_method:
    description:
      - HTTP method for O(status_url).
      - When left out, it stays as it is; a new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  public_key:
    description:
      - The public key of the application, an RSA key in PEM. Needs O(api_version=v2).
      - When left out, it stays as it is; a new application gets a key pair from the service.
    type: str
  improve_ai:
    description:
      - Whether the service may use the application's content to improve its AI. Needs O(api_version=v2).
      - When left out, it stays as it is.
    type: bool
  recreate:
    description:
      - Allows to delete the application and create it anew where the API cannot change a setting, which is its type.
        The new application has a new id and a new key.
    type: bool
    default: false
  lost_key:
    description:
      - What to do when the application exists and its private key is not where it belongs. It needs
        O(private_key_path) or O(held_keys).
      - V(fail) changes nothing. V(recreate) deletes the application and creates it anew, with a new id and a new key.
        V(rotate) gives it a new key and needs O(api_version=v2).
    type: str
    choices: [fail, recreate, rotate]
    default: fail
  private_key_path:
    description:
      - Path of the file, on the host where the task runs, in which the application's private key is kept. The
        directory has to exist.
      - A key that the API hands out is saved there and left out of the result.
      - A different private key that is there is renamed before it is replaced, to the same path with
        C(.FINGERPRINT.old) behind it. The key of another application of the account is never replaced.
      - When left out, a key that the API hands out is returned.
    type: path
  held_keys:
    description:
      - The fingerprints of the private keys that other hosts have where this application's key belongs, as
        M(community.nexmo.nexmo_private_key) returns them. An empty list says that no host has a key.
      - For playbooks that deliver the key themselves, as the role P(community.nexmo.nexmo_application#role) does.
    type: list
    elements: str
  mode:
    description:
      - Permissions of the file O(private_key_path), as for M(ansible.builtin.file).
      - When left out, V('0600'). The task warns of a mode that lets others than the owner and group read the file.
notes:
  - The API hands out a private key only once, in the answer to the creation of an application.
seealso:
  - module: community.nexmo.nexmo_application_info
  - module: community.nexmo.nexmo_private_key
"""

EXAMPLES = r"""
- name: Make sure that the application exists, and keep its private key beside the service
  community.nexmo.nexmo_application:
    name: My Application
    type: voice
    answer_url: https://example.com/webhooks/answer
    event_url: https://example.com/webhooks/event
    private_key_path: /etc/my-service/nexmo.key
    owner: my-service

- name: Change one webhook and leave everything else as it is
  community.nexmo.nexmo_application:
    name: My Application
    event_url: https://example.com/webhooks/v2/event

- name: Rename it
  community.nexmo.nexmo_application:
    application_id: aaaaaaaa-bbbb-cccc-dddd-0123456789ab
    name: My Better Application

- name: Use the capabilities of version 2 of the API
  community.nexmo.nexmo_application:
    api_version: v2
    name: My Application
    capabilities:
      voice:
        webhooks:
          answer_url:
            address: https://example.com/webhooks/answer
            connect_timeout: 500
        region: eu-west
      messages:
        unset: [authenticate_inbound_media]
      rtc:
        state: absent
      vbc: {}

- name: Take the key from the result, where nothing else is possible
  community.nexmo.nexmo_application:
    name: My Messages
    type: messages
    inbound_url: https://example.com/webhooks/inbound
    status_url: https://example.com/webhooks/status
  no_log: true
  register: my_messages

- name: Make sure that the application does not exist
  community.nexmo.nexmo_application:
    name: My Application
    state: absent
"""

RETURN = r"""
application:
  description: The application, null when there is none.
  returned: success
  type: dict
  contains:
    id:
      description: Its id, null in check mode for one that would be created.
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
      description: Its public key in PEM, null where the API does not show it.
      type: str
    capabilities:
      description: Its capabilities, in the form of version 2 of the API. Secrets of webhooks are left out.
      type: dict
      sample:
        voice:
          webhooks:
            answer_url:
              address: https://example.com/webhooks/answer
              http_method: GET
    improve_ai:
      description: Whether the service may use its content to improve its AI, where the API shows that.
      type: bool
operation:
  description: What was done, or would be done in check mode.
  returned: success
  type: str
  sample: create
  choices: [none, create, update, recreate, delete]
fingerprint:
  description:
    - SHA-256 of the application's public key in DER form (SubjectPublicKeyInfo), in hexadecimal digits.
    - Of the application that was deleted, where there was one.
    - Null when there is no application, or its key is not known.
  returned: success
  type: str
finished:
  description:
    - Whether the application has its name. It does not get it as long as the playbook that delivers its key, see
      O(held_keys), has not brought the key to a host; call the module again with its fingerprint.
  returned: success
  type: bool
private_key:
  description: The application's private key in PEM.
  returned: when the API handed one out and O(private_key_path) was not given
  type: str
status:
  description: The HTTP status of the answer that the module failed on.
  returned: failure, if the API answered
  type: int
  sample: 400
error:
  description: What the API said of the failure.
  returned: failure, if the API answered with a JSON object
  type: dict
"""

from typing import Any, Dict, Iterator

from ..module_utils._api import Api
from ..module_utils._application_options import APPLICATION_OPTIONS
from ..module_utils._connection import CONNECTION_OPTIONS, api_from
from ..module_utils._creation import Overtaken, others_end
from ..module_utils._desired import Desired, desired_from
from ..module_utils._errors import ApiError
from ..module_utils._key_custody import FILE_OPTIONS, KeyCustody, KeyKeeper, KeysToDeliver, ReturnedKeys
from ..module_utils._key_mode import warn_of_readers
from ..module_utils._module import Module, clear_errors, set_file_attributes
from ..module_utils._plan import Plan
from ..module_utils._reconcile import Outcome, apply, foretell, plan_for
from ..module_utils._redact import Redactor

# Another run that makes the same application at the same time costs one attempt.
MOST_ATTEMPTS = 5


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(CONNECTION_OPTIONS, **APPLICATION_OPTIONS, **FILE_OPTIONS),
        mutually_exclusive=[("private_key_path", "held_keys", "public_key")],
        add_file_common_args=True,
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        module.exit_json(**run(module, redactor))


def run(module: Module, redactor: Redactor) -> Dict[str, Any]:
    """Makes the account, and the key file, as the task asks; the module's result. Raises NexmoError."""
    api = api_from(module, redactor)
    desired = desired_from(module.params)
    api.rules.check(desired)
    keeper = keeper_from(module)
    for _attempt in range(MOST_ATTEMPTS - 1):
        try:
            return attempt(module, api, desired, keeper)
        except Overtaken as error:
            if not (keeper.sees_new_keys and others_end(api, error.name)):
                raise
    return attempt(module, api, desired, keeper)


def attempt(module: Module, api: Api, desired: Desired, keeper: KeyKeeper) -> Dict[str, Any]:
    """Finds, plans and applies once. Raises NexmoError."""
    try:
        plan = plan_for(api, desired, module.params["state"], keeper.held_keys(), keeper.maker)
        file_changes = keeper.changes(plan)
        outcome = foretell(plan) if module.check_mode else keeper.apply(plan, lambda: apply(api, plan, keeper))
    except ApiError as error:
        error.option_names = desired.option_names
        raise
    for warning in warnings(module, plan, outcome):
        module.warn(warning)
    return result(module, plan, outcome, plan.changed or file_changes)


def keeper_from(module: Module) -> KeyKeeper:
    """Who looks after a private key, as the options say. Raises InvalidOption."""
    path, held_keys = module.params["private_key_path"], module.params["held_keys"]
    if path is None:
        return ReturnedKeys() if held_keys is None else KeysToDeliver(held_keys)
    custody = KeyCustody(path, lambda target: set_file_attributes(module, target))
    if module.params["state"] == "present":
        warn_of_readers(module, path)
        custody.check()
    return custody


def warnings(module: Module, plan: Plan, outcome: Outcome) -> Iterator[str]:
    """What the user should know of a run that succeeded."""
    if plan.leftovers:
        yield "runs that ended too early left %d unfinished applications of that name; they are deleted" % len(
            plan.leftovers
        )
    if outcome.ignored:
        yield "the API did not take these settings as they were sent: %s" % ", ".join(outcome.ignored)
    if outcome.private_key and not module.no_log:
        yield "the result holds a private key: give the task no_log, or let private_key_path keep the key"


def result(module: Module, plan: Plan, outcome: Outcome, changed: bool) -> Dict[str, Any]:
    """The module's return values."""
    application = outcome.application
    known = application or plan.before
    returned = {
        "changed": changed,
        "operation": plan.operation,
        "finished": outcome.finished,
        "application": application.described() if application else None,
        "fingerprint": known.fingerprint if known else None,
    }
    if outcome.private_key:
        returned["private_key"] = outcome.private_key
    if module._diff:  # pylint: disable=protected-access
        returned["diff"] = plan.diff()
    return returned


if __name__ == "__main__":
    main()
