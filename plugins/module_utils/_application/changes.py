# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works out the settings that an application gets: those that it has, with the changes of a task."""

from __future__ import annotations

from typing import Any, Dict, Iterator, Tuple

from .._errors import InvalidOption
from .._patch import Document, Path, combined, leaves, member, merged, nested
from .capabilities import default_method
from .desired import Desired
from .shown import is_masked, shown
from .webhooks import WEBHOOKS, webhooks_of


def changed_settings(current: Document, desired: Desired, patch: Document, enabled: Document) -> Dict[str, Any]:
    """The current settings with what ``enabled`` makes exist and what ``patch`` changes. Raises InvalidOption."""
    patch = _without_masked(patch, current)
    changed = merged(merged(current, enabled), combined(_default_methods(current, patch), patch))
    if "capabilities" in current:
        # The service shows an empty object where all of them are removed.
        changed.setdefault("capabilities", {})
    for path, change in _webhook_changes(patch):
        is_new = isinstance(change, dict) and member(current, path) is None
        if is_new and member(changed, path + ("address",)) is None:
            raise InvalidOption(
                _option_of(desired, path), "%s has no such webhook yet; give its URL as well" % desired.described
            )
    for path, value in leaves(patch):
        if is_masked(value):
            raise InvalidOption(
                _option_of(desired, path), "%s holds a mask in place of a password; give the password" % value
            )
    return changed


def _without_masked(patch: Document, current: Document) -> Dict[str, Any]:
    """The patch without values that a result showed with their secrets masked: those change nothing."""
    kept: Dict[str, Any] = {}
    for name, change in patch.items():
        value = current.get(name)
        if isinstance(change, dict) and isinstance(value, dict):
            kept[name] = _without_masked(change, value)
        elif change is None or change == value or change != shown(value):
            kept[name] = change
    return kept


def _default_methods(current: Document, patch: Document) -> Document:
    """The methods of webhooks that are new: the API documents a default for each, and it is sent explicitly."""
    methods: Document = {}
    for path, change in _webhook_changes(patch):
        method = default_method(path[1], path[3])
        if isinstance(change, dict) and "address" in change and method and member(current, path) is None:
            methods = combined(methods, nested(path + ("http_method",), method))
    return methods


def _webhook_changes(patch: Document) -> Iterator[Tuple[Path, Any]]:
    """The webhooks that a patch names, by their path, with what it changes in them."""
    capabilities = patch.get("capabilities")
    for capability, change in capabilities.items() if isinstance(capabilities, dict) else ():
        for webhook, webhook_change in webhooks_of(change).items():
            yield ("capabilities", capability, "webhooks", webhook), webhook_change


def _option_of(desired: Desired, path: Path) -> str:
    """The option's name for a setting, or for the only setting of a webhook that the task names."""
    flat = next((webhook for webhook in WEBHOOKS if path[2:4] == ("webhooks", webhook.name)), None)
    if flat and path[4:] != ("address",) and flat.method_option in desired.options:
        return flat.method_option
    dotted = ".".join(path)
    return desired.option_names.get(dotted, dotted)
