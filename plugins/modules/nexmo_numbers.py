#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_numbers
short_description: Link many numbers of a Nexmo (Vonage) account to applications
version_added: 1.1.0
description:
  - Does for each number of a list what M(community.nexmo.nexmo_number) does for one. It lists the numbers of the
    account once for all. If items name applications by their names, it also lists the applications once.
  - If a number fails, the task still does the others. It fails in the end, and names the numbers that failed.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.numbers
  - community.nexmo.attributes
  - community.nexmo.attributes.action_group
  - community.nexmo.siblings.nexmo_numbers
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
notes:
  - The task sends one request for each hundred numbers of the account, and one for each number that changes.
  - The module does not read a number again after its update. If several controllers change different settings of one
    number at the same time, use M(community.nexmo.nexmo_number), which does that.
"""

EXAMPLES = r"""
- name: Let the shop's application answer the calls of all its numbers
  community.nexmo.nexmo_numbers:
    numbers:
      - number: "+44 7700 900000"
        application_name: shop
      - number: "+44 7700 900001"
        application_name: shop
        sms_url: https://shop.example.com/sms

- name: Remove the links of numbers that are not used any more
  community.nexmo.nexmo_numbers:
    numbers:
      - number: "447700900002"
        state: unlinked
      - number: "447700900003"
        state: unlinked
"""

RETURN = r"""
numbers:
  description:
    - The result for each of O(numbers), in their order. One that failed has RV(numbers[].msg) and RV(numbers[].msisdn).
  returned: always, except for an error that is found before the first request
  type: list
  elements: dict
  contains:
    number:
      description: The number after the task, or as it would be in check mode.
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
      type: str
      sample: update
      choices: [none, update]
    changed:
      description: Whether the number changed, or would in check mode.
      type: bool
    msisdn:
      description: The number that failed.
      returned: if it failed
      type: str
    msg:
      description: Why it failed.
      returned: if it failed
      type: str
    status:
      description: The HTTP status of the answer that made it fail.
      returned: if it failed, and the API answered
      type: int
    error:
      description: The answer of the API to the request that failed.
      returned: if it failed, and the API answered with a JSON object
      type: dict
"""

from typing import Any, Dict

from ..module_utils._api.versions import api_from
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._module import Module, clear_errors
from ..module_utils._numbers.connection import numbers_from
from ..module_utils._numbers.options import EXCLUSIVE_OPTIONS, NUMBER_OPTIONS
from ..module_utils._reconcile.many_numbers import apply_numbers, desired_of, plan_numbers, preview_numbers
from ..module_utils._reconcile.numbers import Account
from ..module_utils._redact import Redactor


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(
            REST_OPTIONS,
            numbers={
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": NUMBER_OPTIONS,
                "mutually_exclusive": EXCLUSIVE_OPTIONS,
            },
        ),
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        returned = run(module, redactor)
        if "msg" in returned:
            module.fail_json(**returned)
        module.exit_json(**returned)


def run(module: Module, redactor: Redactor) -> Dict[str, Any]:
    """Plans, and applies the plans or previews them. Returns the result, with ``msg`` where a number failed. Raises
    NexmoError."""
    desired = desired_of(module.params["numbers"])
    account = Account(api_from(module, redactor), numbers_from(module, redactor))
    planned = plan_numbers(account, desired)
    if module.check_mode:
        report = preview_numbers(desired, planned)
    else:
        report = apply_numbers(account, desired, planned, module.params["max_connections"])
    returned = report.returned()
    failure = report.failure()
    if failure is not None:
        returned["msg"] = failure
    if module._diff:  # pylint: disable=protected-access
        returned["diff"] = report.diff()
    return dict(redactor.value(returned))


if __name__ == "__main__":
    main()
