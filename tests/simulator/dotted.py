# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The members of a document by dotted name, as in ``capabilities.voice.region``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def joined(name: str, member: str) -> str:
    """The name of a member of what has that name; the document itself has an empty one."""
    return f"{name}.{member}" if name else member


def outer(name: str) -> str:
    """The name of what has the member of that name, empty for the document."""
    return name.rpartition(".")[0]


def members(document: Any) -> dict[str, Any]:
    """Every member at every depth of objects; what is in lists has no name."""
    return dict(_members("", document))


def _members(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        return
    for member, item in value.items():
        inner = joined(name, member)
        yield inner, item
        yield from _members(inner, item)
