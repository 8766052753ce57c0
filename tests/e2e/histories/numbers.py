# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account's telephone numbers: what controllers ask of them, and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.e2e.histories.hosts import Host
from tests.e2e.modules.documents import URL
from tests.simulator.client import Document

NUMBERS = ("447700900000", "447700900001")
_SMS, _STATUS, _LINK = "moHttpUrl", "voiceStatusCallback", "app_id"


def preloaded() -> list[Document]:
    """What there is in the beginning: each has a setting that nobody knows."""
    return [{"msisdn": number, "country": "GB", "somethingNew": "yes"} for number in NUMBERS]


@dataclass(frozen=True)
class Link:
    """A number is to be linked to the application of that name, or not to be linked to it.

    sms: tells different webhooks apart; None names none.
    """

    number: str
    name: str
    state: str = "linked"
    relink: bool = False
    sms: int | None = None

    module = "nexmo_number"

    @property
    def names(self) -> frozenset[str]:
        return frozenset()

    def options(self, host: Host, applications: list[Document]) -> dict[str, Any]:
        webhook = {} if self.sms is None else {"sms_url": _address(self.sms)}
        linked = {"number": self.number, "application_name": self.name, "state": self.state}
        return {**linked, "relink": self.relink, **webhook}

    def may_touch(self, document: Document, meant_name: str) -> bool:
        return False

    def of(self, numbers: Sequence[Document]) -> Document:
        """The number that is meant."""
        return next(number for number in numbers if number["msisdn"] == self.number)

    def done(self, number: Document, found: Sequence[Document]) -> Document | None:
        """The number as it is to be, where the applications ``found`` have the name; None where that is refused."""
        if len(found) > 1 or (not found and self.state == "linked"):
            return None
        after = dict(number)
        if self.sms is not None:
            after[_SMS] = _address(self.sms)
        if self.state == "unlinked":
            if found and number.get(_LINK) == found[0]["id"]:
                del after[_LINK]
            return after
        if not self.relink and number.get(_LINK) not in (None, found[0]["id"]):
            return None
        return {**after, _LINK: found[0]["id"]}

    def leaves(self, number: Document) -> Document:
        """What of that number the task does not name."""
        named = {_LINK} if self.sms is None else {_LINK, _SMS}
        return {name: value for name, value in number.items() if number["msisdn"] != self.number or name not in named}


def edited(number: Document, status: int, application_id: str | None) -> Document:
    """The number with another webhook, and linked to that application, or to none."""
    link = {} if application_id is None else {_LINK: application_id}
    return {**{name: value for name, value in number.items() if name != _LINK}, _STATUS: _address(status), **link}


def _address(number: int) -> str:
    return f"{URL}/number/{number}"
