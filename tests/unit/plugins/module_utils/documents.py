# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arbitrary JSON documents and patches to them, and a slow and plain way to look at them."""

from __future__ import annotations

import json
from typing import Any, Iterator, Mapping, Tuple

from hypothesis import strategies as st

# Few, so that documents and patches meet.
NAMES = st.sampled_from(["a", "b", "c", "d", "name", "x.y", ""])
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, width=32) | st.text(max_size=3)


def values(names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Any]:
    """Any JSON value."""
    return st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
    )


def documents(names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[dict]:
    """JSON objects. A patch is one too: its nulls remove."""
    return st.dictionaries(names, values(names), max_size=4)


def as_json(value: Any) -> str:
    """Tells apart what == does not: true and 1, 1 and 1.0."""
    return json.dumps(value, sort_keys=True)


def paths(document: Any, path: Tuple[str, ...] = ()) -> Iterator[Tuple[str, ...]]:
    """The path of every member, at every depth."""
    if isinstance(document, Mapping):
        for name, value in document.items():
            yield path + (name,)
            yield from paths(value, path + (name,))


def without(document: Any, removed: Tuple[str, ...]) -> Any:
    """A copy without the member at that path."""
    if not isinstance(document, Mapping) or not removed:
        return document
    first, rest = removed[0], removed[1:]
    if not rest:
        return {name: value for name, value in document.items() if name != first}
    return {name: without(value, rest) if name == first else value for name, value in document.items()}


def without_empty(document: Any) -> Any:
    """A copy without members that are objects with nothing in them."""
    if not isinstance(document, Mapping):
        return document
    kept = {name: without_empty(value) for name, value in document.items()}
    return {name: value for name, value in kept.items() if value != {}}
