#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_number_info
short_description: List the numbers of a Nexmo (Vonage) account
version_added: 1.1.0
description:
  - Returns all telephone numbers of an account, or those that the options select, and the application that each is
    linked to.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.api
  - community.nexmo.rest_url
  - community.nexmo.attributes
  - community.nexmo.attributes.info_module
  - community.nexmo.attributes.action_group
  - community.nexmo.siblings.nexmo_number_info
options:
  number:
    description:
      - Selects this number, with its country code, in digits. A leading plus sign, blanks and dashes are ignored.
      - When left out, all numbers are returned.
    type: str
    aliases: [msisdn]
  application_id:
    description:
      - Selects the numbers that are linked to the application with this id.
      - When left out, numbers of all applications and of none are returned.
    type: str
    aliases: [app_id]
  application_name:
    description:
      - Selects the numbers that are linked to the application with this name. If several applications have the name,
        the task fails. If none has it, no number is returned.
      - When left out, numbers of all applications and of none are returned.
    type: str
  country:
    description:
      - Selects the numbers of this country, two letters of ISO 3166-1.
      - When left out, numbers of all countries are returned.
    type: str
"""

EXAMPLES = r"""
- name: List all numbers
  community.nexmo.nexmo_number_info:
  register: account

- name: List the numbers of one application
  community.nexmo.nexmo_number_info:
    application_name: shop
  register: linked

- name: Show those that are linked to no application
  ansible.builtin.debug:
    msg: "{{ account.numbers | selectattr('application_id', 'none') | map(attribute='msisdn') }}"
"""

RETURN = r"""
numbers:
  description: The numbers that the options select, in the order of the API's listing. Empty if there are none.
  returned: success
  type: list
  elements: dict
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

from ..module_utils._api.versions import api_from
from ..module_utils._http.connection import REST_OPTIONS
from ..module_utils._module import Module, clear_errors
from ..module_utils._numbers.connection import numbers_from
from ..module_utils._numbers.desired import check_application, country_code, phone_number
from ..module_utils._numbers.options import APPLICATION_OPTIONS, EXCLUSIVE_OPTIONS
from ..module_utils._reconcile.numbers import Account, Selection, application_id_of, select
from ..module_utils._redact import Redactor


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec=dict(
            REST_OPTIONS,
            **APPLICATION_OPTIONS,
            number={"type": "str", "aliases": ["msisdn"]},
            country={"type": "str"},
        ),
        mutually_exclusive=EXCLUSIVE_OPTIONS,
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        module.exit_json(changed=False, numbers=run(module, redactor))


def run(module: Module, redactor: Redactor) -> List[Dict[str, Any]]:
    """The numbers that the options select. Raises NexmoError."""
    options = module.params
    check_application(options)
    number = None if options["number"] is None else phone_number("number", options["number"])
    country = None if options["country"] is None else country_code(options["country"])
    account = Account(api_from(module, redactor), numbers_from(module, redactor))
    application_id = options["application_id"]
    if options["application_name"] is not None:
        application_id = application_id_of(account.applications, options["application_name"])
        if application_id is None:
            return []
    selected = select(account, Selection(number, application_id, country))
    return [redactor.value(each.described()) for each in selected]


if __name__ == "__main__":
    main()
