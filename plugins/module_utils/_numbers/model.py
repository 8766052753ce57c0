# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model: one number of an account, and the application that it is linked to.

A number's settings are the flat members that an update takes. The API shows a link in three ways: as ``app_id``, and in
older answers, as a callback of type ``app`` whose value is the application's id. ``app_id`` is what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Tuple

LINK = "app_id"
APPLICATION = "app"
CALLBACKS = (
    ("voiceCallbackType", "voiceCallbackValue"),
    ("messagesCallbackType", "messagesCallbackValue"),
)

# What a number is, which no update changes.
NATURE = ("msisdn", "country", "type", "features")

# The settings that modules name: the option, and the API's name.
SMS_URL = ("sms_url", "moHttpUrl")
VOICE_TYPE = ("voice_callback_type", "voiceCallbackType")
VOICE_VALUE = ("voice_callback_value", "voiceCallbackValue")
VOICE_STATUS_URL = ("voice_status_url", "voiceStatusCallback")
NAMED = (SMS_URL, VOICE_TYPE, VOICE_VALUE, VOICE_STATUS_URL, ("smpp_system_type", "moSmppSysType"))

Settings = Mapping[str, str]


@dataclass(frozen=True)
class Number:
    """One number. ``nature`` is what the API shows of it beside its settings."""

    nature: Mapping[str, Any]
    settings: Settings

    @property
    def msisdn(self) -> str:
        return str(self.nature["msisdn"])

    @property
    def application_ids(self) -> Tuple[str, ...]:
        """The applications that it is linked to: none, one, or, in an older way, one for calls and one for messages."""
        return tuple(sorted(set(_links(self.settings))))

    def spelled(self, application_id: str) -> str:
        """The id of an application as the number's own link writes it: an id means the same in upper and lower case."""
        return next((each for each in self.application_ids if each.lower() == application_id.lower()), application_id)

    def linked_to(self, application_id: str) -> Number:
        """The same number, linked to that application alone."""
        spelled = self.spelled(application_id)
        if self.application_ids == (spelled,):
            return self
        return Number(self.nature, dict(without_links(self.settings), **{LINK: spelled}))

    def unlinked(self, application_id: Optional[str]) -> Number:
        """The same number without the link to that application, None standing for every one."""
        spelled = None if application_id is None else self.spelled(application_id)
        return Number(self.nature, without_links(self.settings, spelled))

    def described(self) -> Dict[str, Any]:
        """The form in which modules return a number; what it does not have is None."""
        ids = self.application_ids
        return {
            "msisdn": self.msisdn,
            "country": self.nature.get("country"),
            "type": self.nature.get("type"),
            "features": self.nature.get("features"),
            "application_id": self.settings.get(LINK) or (ids[0] if ids else None),
            **{option: self.settings.get(member) for option, member in NAMED},
        }

    def shown(self) -> Dict[str, Any]:
        """All that is known of it, for a diff: also settings that no option names."""
        known = {LINK, *(member for _option, member in NAMED)}
        others = {name: value for name, value in self.settings.items() if name not in known}
        return dict(self.described(), **others)


def number_from(item: Mapping[str, Any]) -> Number:
    """Reads a number as a listing shows it. An empty setting is one that the number does not have.

    Settings that are not known here are kept as well. What is neither text nor a number cannot be sent in a form, so
    that it is none.
    """
    shown = {name: _text(value) for name, value in item.items() if name not in NATURE}
    settings = {name: value for name, value in shown.items() if value}
    nature = {name: item[name] for name in NATURE if name in item}
    links = set(_links(settings))
    if len(links) > 1:
        return Number(nature, settings)
    settings = without_links(settings)
    return Number(nature, {**settings, LINK: links.pop()} if links else settings)


def without_links(settings: Settings, application_id: Optional[str] = None) -> Dict[str, str]:
    """The settings without the link to that application, None standing for every one, in each of its forms."""
    result = dict(settings)
    if application_id in (None, settings.get(LINK)):
        result.pop(LINK, None)
    for callback, value in CALLBACKS:
        if settings.get(callback) == APPLICATION and application_id in (None, settings.get(value)):
            result.pop(callback)
            result.pop(value, None)
    return result


def _links(settings: Settings) -> Tuple[str, ...]:
    links = [settings.get(LINK)]
    links += [settings.get(value) for callback, value in CALLBACKS if settings.get(callback) == APPLICATION]
    return tuple(link for link in links if link)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else ""
