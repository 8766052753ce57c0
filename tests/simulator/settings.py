# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests and users can set, at start or through the control interface."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any


@dataclasses.dataclass(frozen=True)
class Settings:
    """How the simulated service behaves.

    page_base: number of version 1's first page, 0 or 1 (the documentation says both).
    max_page_size: largest page, in applications; version 1 clamps to it, version 2 refuses more.
    v2_clamps_page_size: whether version 2 clamps to it as well.
    latency: seconds between the work of a request and its answer.
    list_shows_keys: whether version 1's list items carry ``keys``.
    v1_first_page_label: "sample" shows one more than the page_index asked for, like the documentation's
        sample (with page_base 0); "true" shows the index asked for.
    serves_v1: false makes every version 1 path answer 410.
    count_offset: added to version 1's ``count`` and version 2's ``total_items``.
    """

    page_base: int = 0
    max_page_size: int = 100
    v2_clamps_page_size: bool = False
    latency: float = 0.0
    list_shows_keys: bool = False
    v1_first_page_label: str = "true"
    serves_v1: bool = True
    count_offset: int = 0


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "page_base": (lambda value: _is_whole(value) and value in (0, 1), "0 or 1"),
    "max_page_size": (lambda value: _is_whole(value) and value >= 1, "a whole number of 1 or more"),
    "v2_clamps_page_size": (lambda value: isinstance(value, bool), "true or false"),
    "latency": (lambda value: _is_number(value) and value >= 0, "seconds, 0 or more"),
    "list_shows_keys": (lambda value: isinstance(value, bool), "true or false"),
    "v1_first_page_label": (lambda value: value in ("true", "sample"), '"true" or "sample"'),
    "serves_v1": (lambda value: isinstance(value, bool), "true or false"),
    "count_offset": (_is_whole, "a whole number"),
}


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with the changes. Raises ValueError on an unknown name or an impossible value."""
    for name, value in changes.items():
        if name not in _RULES:
            raise ValueError(f"there is no setting {name!r}, only {', '.join(_RULES)}")
        is_right, meaning = _RULES[name]
        if not is_right(value):
            raise ValueError(f"{name} must be {meaning}, not {value!r}")
    return dataclasses.replace(settings, **changes)
