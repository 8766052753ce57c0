#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_number
short_description: Link a number of a Nexmo (Vonage) account to an application
version_added: 1.1.0
description:
  - Links a telephone number of the account to an application, or removes the link, and sets the number's own webhooks.
  - Settings that the task does not name stay as they are. An update of the API replaces all settings of a number, so
    the module reads the number and sends everything back.
  - The module does not buy or cancel numbers. A purchase costs money, and somebody else can get a cancelled number. A
    playbook that runs twice, or with a wrong variable, must do neither. Use the dashboard for that.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.number
  - community.nexmo.attributes
  - community.nexmo.attributes.action_group
  - community.nexmo.siblings.nexmo_number
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
notes:
  - The module can only keep settings that the API's listing shows. The contract of the API has neither
    C(voiceStatusCallback) nor C(moSmppSysType) there. If M(community.nexmo.nexmo_number_info) does not show the
    O(voice_status_url) of a number, name it in the task. The task then sends it in each run, and warns.
  - A task reads the number with one request, however many numbers the account has. A change takes two more requests,
    the update and a second read, which shows whether somebody else has changed the number at the same time.
  - If two controllers link one number at the same time, one of the links stays. The task of the other controller fails
    if it sees that its link is gone.
"""

EXAMPLES = r"""
- name: Let the shop's application answer the number's calls
  community.nexmo.nexmo_number:
    number: "+44 7700 900000"
    application_name: shop

- name: Send its SMS to a webhook as well, and leave everything else as it is
  community.nexmo.nexmo_number:
    number: "447700900000"
    application_name: shop
    sms_url: https://shop.example.com/sms

- name: Take the number over from another application
  community.nexmo.nexmo_number:
    number: "447700900000"
    application_id: aaaaaaaa-bbbb-cccc-dddd-0123456789ab
    relink: true

- name: Remove the link to that application, if there is one
  community.nexmo.nexmo_number:
    number: "447700900000"
    application_id: aaaaaaaa-bbbb-cccc-dddd-0123456789ab
    state: unlinked
"""

RETURN = r"""
number:
  description: The number after the task, or as it would be in check mode.
  returned: success
  type: dict
  contains:
    msisdn:
      description: The number, in E.164 digits without a plus sign.
      type: str
      sample: "447700900000"
    country:
      description: Its country, two letters of ISO 3166-1.
      type: str
      sample: GB
    type:
      description: V(landline), V(landline-toll-free) or V(mobile-lvn).
      type: str
      sample: mobile-lvn
    features:
      description: What the number can be used for.
      type: list
      elements: str
      sample: [SMS, VOICE]
    application_id:
      description: The application that it is linked to, null where it is linked to none.
      type: str
      sample: aaaaaaaa-bbbb-cccc-dddd-0123456789ab
    sms_url:
      description: The webhook for inbound SMS, null where it has none.
      type: str
      sample: https://example.com/webhooks/inbound-sms
    voice_callback_type:
      description: What calls are forwarded to, V(sip) or V(tel), null where they are not.
      type: str
      sample: tel
    voice_callback_value:
      description: The SIP URI or the telephone number that calls are forwarded to.
      type: str
      sample: "447700900001"
    voice_status_url:
      description: The webhook that is called when a call ends, null where it has none.
      type: str
      sample: https://example.com/webhooks/status
    smpp_system_type:
      description: The system type of an SMPP client, null where it has none.
      type: str
      sample: inbound
operation:
  description: What was done, or would be done in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, update]
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

from typing import Any, Dict

from ..module_utils._api.versions import api_from
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._module import Module, clear_errors
from ..module_utils._numbers.connection import numbers_from
from ..module_utils._numbers.desired import desired_from
from ..module_utils._numbers.options import EXCLUSIVE_OPTIONS, NUMBER_OPTIONS
from ..module_utils._reconcile.numbers import Account, apply_number, plan_number, preview_number, resolved
from ..module_utils._redact import Redactor


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(REST_OPTIONS, **NUMBER_OPTIONS),
        mutually_exclusive=EXCLUSIVE_OPTIONS,
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        module.exit_json(**run(module, redactor))


def run(module: Module, redactor: Redactor) -> Dict[str, Any]:
    """Plans, and applies the plan or previews it. Returns the module's result. Raises NexmoError."""
    asked = desired_from(module.params)
    account = Account(api_from(module, redactor), numbers_from(module, redactor))
    desired = resolved(account, asked)
    plan = plan_number(account, desired)
    result = preview_number(plan) if module.check_mode else apply_number(account, desired, plan)
    for warning in result.warnings():
        module.warn(warning)
    returned = result.returned()
    if module._diff:  # pylint: disable=protected-access
        returned["diff"] = plan.diff()
    return dict(redactor.value(returned))


if __name__ == "__main__":
    main()
