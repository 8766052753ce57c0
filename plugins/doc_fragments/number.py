# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that say what one number is to be."""

from __future__ import annotations


class ModuleDocFragment:
    """Their argument spec is in ``module_utils/_numbers/options.py``."""

    DOCUMENTATION = r"""
options:
  number:
    description:
      - The number, with its country code, in digits. A leading plus sign, blanks and dashes are ignored.
      - The account has to have it.
    type: str
    required: true
    aliases: [msisdn]
  state:
    description:
      - Whether the number is linked to an application.
      - V(unlinked) with an application removes the link to that application; a link to another application stays.
        V(unlinked) without an application removes any link.
    type: str
    choices: [linked, unlinked]
    default: linked
  application_id:
    description:
      - The id of the application. It, or O(application_name), is required for O(state=linked).
    type: str
    aliases: [app_id]
  application_name:
    description:
      - The exact name of the application, instead of its id; case counts. No other application may have the same name.
      - If there is no such application, O(state=unlinked) changes nothing.
    type: str
  relink:
    description:
      - Whether the module may take the number away from another application that it is linked to.
    type: bool
    default: false
  sms_url:
    description:
      - URL to which the service sends inbound SMS. The service calls it when the number is updated, and refuses the
        update unless it answers with status 200.
      - When left out, it stays as it is. An empty value removes the webhook.
    type: str
  voice_callback_type:
    description:
      - What calls are forwarded to, V(sip) for a SIP URI or V(tel) for a telephone number. The service uses it instead
        of the application's voice webhooks. Needs O(voice_callback_value).
      - When left out, it stays as it is. An empty value removes the forwarding.
    type: str
  voice_callback_value:
    description:
      - The SIP URI, or the telephone number, that calls are forwarded to.
      - When left out, it stays as it is. An empty value removes the forwarding.
    type: str
  voice_status_url:
    description:
      - URL to which the service sends a request when a call ends.
      - When left out, it stays as it is. An empty value removes the webhook.
    type: str
"""
