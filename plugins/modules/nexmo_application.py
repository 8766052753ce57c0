#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_application
short_description: Manage Nexmo (Vonage) applications
version_added: 1.0.0
description:
  - Creates or updates an application of a Nexmo (Vonage) account with the settings that the task names, or deletes it.
  - The task finds the application by its name, or by its id.
  - Settings that the task does not name stay as they are, including those that this collection does not know.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.application
  - community.nexmo.capabilities
  - community.nexmo.attributes
  - community.nexmo.attributes.action_group
  - ansible.builtin.files
  - community.nexmo.siblings.nexmo_application
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
options:
  mode:
    description:
      - Permissions of the file O(private_key_path), as for M(ansible.builtin.file).
      - When left out, V('0600'). The task warns of a mode that lets others than the owner and group read the file.
notes:
  - The API hands out a private key only once, in the answer to the creation of an application.
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
    # Settings that no other option names.
    settings:
      capabilities:
        meetings:
          enabled: true

- name: Return the private key in the result, where no file can be written
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
      description: Its id. In check mode, null for an application that would be created.
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
      description:
        - Its capabilities, in the form of version 2 of the API, as far as options can name them. Secrets of webhooks
          are not returned.
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
    settings:
      description:
        - Other settings that the API shows of it, in the form of O(settings), if there are any. Secrets are not
          returned.
      type: dict
      sample:
        capabilities:
          meetings:
            enabled: true
operation:
  description: What was done, or would be done in check mode.
  returned: success
  type: str
  sample: create
  choices: [none, create, update, recreate, delete]
fingerprint:
  description:
    - SHA-256 of the application's public key in DER form (SubjectPublicKeyInfo), in hexadecimal digits.
    - If the task deleted the application, it is the fingerprint of that application.
    - Null when there is no application, or its key is not known.
  returned: success
  type: str
finished:
  description:
    - Whether the application has its name. With O(held_keys) it gets its name only once a host has stored its key.
      Store the key, then call the module again with the fingerprint of the key in O(held_keys).
  returned: success
  type: bool
private_key:
  description: The application's private key in PEM.
  returned: when the API handed one out and O(private_key_path) was not given
  type: str
status:
  description: The HTTP status of the answer that made the module fail.
  returned: failure, if the API answered
  type: int
  sample: 400
error:
  description: The answer of the API to the request that failed.
  returned: failure, if the API answered with a JSON object
  type: dict
"""

from typing import Any, Dict

from ..module_utils._api.versions import api_from
from ..module_utils._application.options import APPLICATION_OPTIONS, EXCLUSIVE_OPTIONS
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._keys.attributes import FileAttributes
from ..module_utils._keys.mode import warn_of_readers
from ..module_utils._module import Module, clear_errors
from ..module_utils._reconcile.batch import apply_one, plan_one
from ..module_utils._reconcile.one import item_from, preview_item
from ..module_utils._redact import Redactor


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(REST_OPTIONS, **APPLICATION_OPTIONS),
        mutually_exclusive=EXCLUSIVE_OPTIONS,
        add_file_common_args=True,
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        module.exit_json(**run(module, redactor))


def run(module: Module, redactor: Redactor) -> Dict[str, Any]:
    """Plans, and applies the plan or previews it. Returns the module's result. Raises NexmoError."""
    api = api_from(module, redactor)
    if module.params["private_key_path"] and module.params["state"] == "present":
        warn_of_readers(module, module.params["mode"], module.params["private_key_path"])
    item = item_from(module.params, api.rules, FileAttributes(module, module.params))
    plan = plan_one(api, item)
    result = preview_item(item, plan) if module.check_mode else apply_one(api, item, plan)
    returned = result.result()
    for warning in result.warnings():
        module.warn(warning)
    if "private_key" in returned and not module.no_log:
        module.warn("the result holds a private key: give the task no_log, or let private_key_path keep the key")
    if module._diff:  # pylint: disable=protected-access
        returned["diff"] = result.plan.diff()
    return returned


if __name__ == "__main__":
    main()
