# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of a document's shape, put together from small ones.

A check takes a member's dotted name and value, and yields what is wrong with it and with what is
in it as pairs of dotted name and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

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


def members(known: Mapping[str, Check], *, required: tuple[str, ...] = ()) -> Check:
    """Takes objects whose known members pass their checks; other members may hold anything."""
    return _object(known, required, others=anything)


def each_member(check: Check, known: Mapping[str, Check] | None = None) -> Check:
    """Takes objects whose known members pass their checks, and all others the one given."""
    return _object(known or {}, (), others=check)


def _object(known: Mapping[str, Check], required: tuple[str, ...], others: Check) -> Check:
    def check(name: str, value: Any) -> Iterator[Invalid]:
        if not isinstance(value, dict):
            yield name, "must be an object"
            return
        for missing in (member for member in required if member not in value):
            yield _dotted(name, missing), "is required"
        for member, item in value.items():
            yield from known.get(member, others)(_dotted(name, member), item)

    return check


def _dotted(name: str, member: str) -> str:
    return f"{name}.{member}" if name else member


boolean = that(lambda value: isinstance(value, bool), "must be true or false")
text = that(lambda value: isinstance(value, str), "must be a string")
filled_text = that(lambda value: isinstance(value, str) and value != "", "must not be empty")
absolute_url = that(is_absolute_url, "must be an absolute http or https URL")
an_object = members({})
