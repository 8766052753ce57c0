# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state: the options of a task, checked, as a patch to a number's settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Dict, Mapping, Optional

from .._errors import InvalidOption
from .._urls import check_url
from .model import SMS_URL, VOICE_STATUS_URL, VOICE_TYPE, VOICE_VALUE
from .options import CALLBACK_TYPES

LINKED = "linked"

LONGEST_NUMBER = 15  # digits, by E.164
EXAMPLE = "447700900000"


@dataclass(frozen=True)
class Desired:
    """The desired state of one number.

    ``application_id`` is the application to link to, or, where ``state`` is unlinked, whose link is to be removed: None
    stands for any. ``patch`` holds the settings that the task names, by the API's names; None removes one.
    """

    number: str
    state: str
    application_id: Optional[str]
    application_name: Optional[str]
    relink: bool
    patch: Mapping[str, Optional[str]]

    def of_application(self, application_id: str) -> Desired:
        """The same, once the application is found by its name."""
        return replace(self, application_id=application_id)

    def without_relink(self) -> Desired:
        """The same, without the right to take the number away from an application."""
        return replace(self, relink=False)


def desired_from(options: Mapping[str, Any]) -> Desired:
    """Reads the options of ``nexmo_number``, those not given being None. Raises InvalidOption."""
    check_application(options)
    if options["state"] == LINKED and not (options["application_id"] or options["application_name"]):
        raise InvalidOption("application_id", "is missing; give the application's id, or its application_name")
    return Desired(
        number=phone_number("number", options["number"]),
        state=options["state"],
        application_id=options["application_id"],
        application_name=options["application_name"],
        relink=bool(options["relink"]),
        patch={**_url_patch(options, SMS_URL), **_url_patch(options, VOICE_STATUS_URL), **_voice_patch(options)},
    )


def check_application(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption for an application that is given and empty: it could be meant to be any."""
    for option, what in (("application_id", "id"), ("application_name", "name")):
        if options[option] is not None and not options[option].strip():
            raise InvalidOption(option, "is empty; give the application's %s, or leave the option out" % what)


def phone_number(option: str, text: str) -> str:
    """The digits of a telephone number, as the API has it (E.164 without the plus sign). Raises InvalidOption."""
    digits = re.sub("[ -]", "", text.strip())
    digits = digits[1:] if digits.startswith("+") else digits
    if not digits:
        raise InvalidOption(option, "is empty; give a number with its country code, like %s" % EXAMPLE)
    if not re.fullmatch("[0-9]+", digits):
        raise InvalidOption(option, "%r is not a number; give its digits, like %s" % (text, EXAMPLE))
    if len(digits) > LONGEST_NUMBER:
        raise InvalidOption(option, "%r has %d digits, and a number has at most 15" % (text, len(digits)))
    if digits.startswith("0"):
        raise InvalidOption(option, "%r begins with 0; begin with the country code, like %s" % (text, EXAMPLE))
    return digits


def country_code(text: str) -> str:
    """The two letters of a country, as the API has them. Raises InvalidOption."""
    if not re.fullmatch("[A-Za-z]{2}", text.strip()):
        raise InvalidOption("country", "%r is not a country; give two letters of ISO 3166-1, like GB" % text)
    return text.strip().upper()


def check_callback(kind: str, value: str) -> str:
    """The value of a voice callback of that kind, as the API takes it. Raises InvalidOption."""
    option = VOICE_VALUE[0]
    if kind == "tel":
        return phone_number(option, value)
    if " " in value or not value.isprintable():
        raise InvalidOption(option, "%r is not a SIP URI, like sip:shop@example.com" % value)
    return value


def _url_patch(options: Mapping[str, Any], setting: Any) -> Dict[str, Optional[str]]:
    option, member = setting
    url = options[option]
    if url is None:
        return {}
    if url:
        check_url(option, url)
    return {member: url or None}


def _voice_patch(options: Mapping[str, Any]) -> Dict[str, Optional[str]]:
    kind, value = options[VOICE_TYPE[0]], options[VOICE_VALUE[0]]
    if kind is None and value is None:
        return {}
    if not kind and not value:
        return {VOICE_TYPE[1]: None, VOICE_VALUE[1]: None}
    if kind == "":
        raise InvalidOption(VOICE_VALUE[0], "cannot be given with an empty voice_callback_type, which removes both")
    if kind is None:
        return {VOICE_VALUE[1]: value}
    if kind not in CALLBACK_TYPES:
        raise InvalidOption(VOICE_TYPE[0], "%r is neither sip nor tel, which calls can be forwarded to" % kind)
    if not value:
        raise InvalidOption(
            VOICE_TYPE[0], "%s needs voice_callback_value: a SIP URI for sip, a telephone number for tel" % kind
        )
    return {VOICE_TYPE[1]: kind, VOICE_VALUE[1]: check_callback(kind, value)}
