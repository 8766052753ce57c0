# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of a document's shape, put together from small ones.

A check takes a member's dotted name and value, and yields what is wrong with it and with what is
in it as pairs of dotted name and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from . import dotted
from .urls import is_absolute_url

Invalid = tuple[str, str]
Check = Callable[[str, Any], Iterator[Invalid]]


def anything(name: str, value: Any) -> Iterator[Invalid]:
    """Takes every value."""
    yield from ()


def that(is_right: Callable[[Any], bool], reason: str) -> Check:
    """Takes the values for which the function is true, gives the reason for the others."""

    def check(name: str, value: Any) -> Iterator[Invalid]:
        if not is_right(value):
            yield name, reason

    return check


def one_of(*values: str) -> Check:
    """Takes the values listed."""
    return that(lambda value: value in values, f"must be one of: {', '.join(values)}")


def between(least: int, most: int) -> Check:
    """Takes whole numbers from ``least`` to ``most``."""
    return that(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        f"must be between {least} and {most}",
    )


class UnknownMember(NamedTuple):
    """A member that a check knows nothing of: its dotted name, its own, and what is known beside it."""

    path: str
    name: str
    known: tuple[str, ...]


class ObjectCheck:
    """Takes objects whose known members pass their checks, and all others the check ``others``.

    is_open: whether all members count as known.
    """

    def __init__(self, known: Mapping[str, Check], required: tuple[str, ...], others: Check, *, is_open: bool) -> None:
        self._known = known
        self._required = required
        self._others = others
        self._is_open = is_open

    def __call__(self, name: str, value: Any) -> Iterator[Invalid]:
        """What is wrong, see the module."""
        if not isinstance(value, dict):
            yield name, "must be an object"
            return
        for missing in (member for member in self._required if member not in value):
            yield dotted.joined(name, missing), "is required"
        for member, item in value.items():
            yield from self._known.get(member, self._others)(dotted.joined(name, member), item)

    def unknown_members(self, name: str, value: Any) -> Iterator[UnknownMember]:
        """The members, at every depth that this check knows, of which it knows nothing."""
        if not isinstance(value, dict):
            return
        for member, item in value.items():
            path = dotted.joined(name, member)
            check = self._known.get(member)
            if isinstance(check, ObjectCheck):
                yield from check.unknown_members(path, item)
            elif check is None and not self._is_open:
                yield UnknownMember(path, member, tuple(self._known))


def members(known: Mapping[str, Check], *, required: tuple[str, ...] = (), others: Check = anything) -> ObjectCheck:
    """Takes objects whose known members pass their checks, and unknown ones the check ``others``."""
    return ObjectCheck(known, required, others, is_open=False)


def each_member(check: Check, known: Mapping[str, Check] | None = None) -> ObjectCheck:
    """Takes objects whose known members pass their checks, and all others, which are known as well, the one given."""
    return ObjectCheck(known or {}, (), check, is_open=True)


boolean = that(lambda value: isinstance(value, bool), "must be true or false")
text = that(lambda value: isinstance(value, str), "must be a string")
filled_text = that(lambda value: isinstance(value, str) and value != "", "must not be empty")
absolute_url = that(is_absolute_url, "must be an absolute http or https URL")
an_object = each_member(anything)
