# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state: the numbers of an account, and what is there before anybody bought any.

A number is kept as one document: what it is (``NATURE``) and its settings, under the names of an update, all of them
text. A link is ``app_id``, whichever way it was sent. A stored document is never changed in place, only replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .checks import anything, filled_text, members, that

Document = dict[str, Any]

NATURE = ("country", "msisdn", "type", "features")
_FIRST = 447700900000

_NUMBER = members(
    {
        "msisdn": that(lambda value: isinstance(value, str) and value.isdecimal(), "must be digits"),
        "country": filled_text,
        "features": that(lambda value: isinstance(value, list), "must be a list"),
        "type": anything,
    },
    required=("msisdn",),
)


class Numbers:
    """The numbers of one account, oldest first."""

    def __init__(self) -> None:
        self._numbers: dict[str, Document] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def documents(self) -> list[Document]:
        """Every number of the account."""
        return list(self._numbers.values())

    def get(self, msisdn: str) -> Document | None:
        """The number with these digits, if there is one."""
        return self._numbers.get(msisdn)

    def store(self, document: Document) -> Document:
        """Keep the number: a new one at the end, a known one in its old place."""
        self._numbers[document["msisdn"]] = document
        return document

    def clear(self) -> None:
        """Have none."""
        self._numbers.clear()


def made_up(count: int) -> list[Document]:
    """That many numbers, which are linked to nothing; they are of those that are reserved for fiction."""
    return [{"msisdn": str(_FIRST + number)} for number in range(count)]


def documents(body: Mapping[str, Any]) -> list[Document]:
    """The documents that a body of the control interface stands for.

    Raises ValueError when it is neither ``{"numbers": [...]}`` nor ``{"count": N}``.
    """
    if ("numbers" in body) == ("count" in body):
        raise ValueError("give either numbers or count")
    if "count" in body:
        if not isinstance(body["count"], int) or isinstance(body["count"], bool) or body["count"] < 0:
            raise ValueError("count must be a whole number of 0 or more")
        return made_up(body["count"])
    if not isinstance(body["numbers"], list):
        raise ValueError("numbers must be a list")
    for position, document in enumerate(body["numbers"]):
        for name, reason in _NUMBER(f"numbers[{position}]", document):
            raise ValueError(f"{name} {reason}")
    given: list[Document] = body["numbers"]
    return given


def preload(given: Iterable[Document], numbers: Numbers) -> list[Document]:
    """Store the documents; what a number is like that does not say so is made up."""
    usual = {"country": "GB", "type": "mobile-lvn", "features": ["SMS", "VOICE"]}
    return [numbers.store({**usual, **document}) for document in given]
