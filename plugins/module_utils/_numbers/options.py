# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of the desired state of one number, as argument specs."""

from __future__ import annotations

from typing import Any, Dict

CALLBACK_TYPES = ("sip", "tel")

APPLICATION_OPTIONS: Dict[str, Dict[str, Any]] = {
    "application_id": {"type": "str", "aliases": ["app_id"]},
    "application_name": {"type": "str"},
}

NUMBER_OPTIONS: Dict[str, Dict[str, Any]] = {
    "number": {"type": "str", "required": True, "aliases": ["msisdn"]},
    "state": {"type": "str", "choices": ["linked", "unlinked"], "default": "linked"},
    **APPLICATION_OPTIONS,
    "relink": {"type": "bool", "default": False},
    "sms_url": {"type": "str"},
    # Without choices, for which an empty text would be nothing: here it removes the callback.
    "voice_callback_type": {"type": "str"},
    "voice_callback_value": {"type": "str"},
    "voice_status_url": {"type": "str"},
}

EXCLUSIVE_OPTIONS = [("application_id", "application_name")]
