# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes to a document, as data: a JSON Merge Patch (RFC 7396).

A patch is a dict: a nested dict changes members of a member, None removes a member, any other value replaces it. What
a patch does not name stays as it is. The one difference from the RFC: where a nested patch only removes, nothing is
created for it to remove from, so that removing what is not there changes nothing.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, Mapping, Tuple

Document = Mapping[str, Any]
Path = Tuple[str, ...]


def merged(document: Document, patch: Document) -> Dict[str, Any]:
    """A new document; neither argument is changed."""
    result = dict(document)
    for name, change in patch.items():
        current = result.get(name)
        if change is None:
            result.pop(name, None)
        elif not isinstance(change, dict):
            result[name] = change
        elif isinstance(current, dict):
            result[name] = merged(current, change)
        elif not _only_removes(change):
            result[name] = merged({}, change)
    return result


def combined(first: Document, second: Document) -> Dict[str, Any]:
    """One patch that does what both do; the second wins."""
    result = dict(first)
    for name, change in second.items():
        earlier = result.get(name)
        both_nested = isinstance(change, dict) and isinstance(earlier, dict)
        result[name] = combined(earlier, change) if both_nested else change  # type: ignore[arg-type]
    return result


def nested(path: Path, value: Any) -> Dict[str, Any]:
    """The patch that sets one member, given by the names that lead to it."""
    for name in reversed(path):
        value = {name: value}
    return dict(value)


def member(document: Any, path: Path) -> Any:
    """The value at that path, None where there is none."""
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def paths(document: Document, path: Path = ()) -> Iterator[Path]:
    """The path of every member, at every depth."""
    for name, value in document.items():
        yield path + (name,)
        if isinstance(value, dict):
            yield from paths(value, path + (name,))


def leaves(patch: Document, path: Path = ()) -> Iterator[Tuple[Path, Any]]:
    """The paths of members that a patch sets or removes, with what they are set to; None removes."""
    for name, change in patch.items():
        if isinstance(change, dict):
            yield from leaves(change, path + (name,))
        else:
            yield path + (name,), change


def removals(patch: Document) -> Iterator[Path]:
    """The paths of members that a patch removes."""
    return (path for path, change in leaves(patch) if change is None)


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of members that are not the same in both documents."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        if one != other:
            yield path
        return
    for name in sorted(set(one) | set(other)):
        if (name in one) != (name in other):
            yield path + (name,)
        else:
            yield from differences(one[name], other[name], path + (name,))


def _only_removes(patch: Document) -> bool:
    return bool(patch) and all(
        change is None or (isinstance(change, dict) and _only_removes(change)) for change in patch.values()
    )
