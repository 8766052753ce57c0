# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of an application in the words of the options: what ``capabilities`` and ``improve_ai`` can name, and the
rest, which the option ``settings`` can name."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Tuple, Union

from .capabilities import CAPABILITIES, Capability, Setting
from .shown import shown

# Whether an option takes a value.
Takes = Callable[[Setting, Any], bool]

Branch = Mapping[str, Any]  # of settings, and of more branches

# Members that no option ``settings`` can hold: they are options of their own, or the service's.
NOT_FREE = ("name", "keys", "id", "_links")


def everything(_setting: Setting, _value: Any) -> bool:
    """Takes every value."""
    return True


def in_options(settings: Mapping[str, Any], takes: Takes) -> Dict[str, Any]:
    """The options ``capabilities``, ``improve_ai`` and ``settings``, without those that would be empty, that
    keep settings as they are; without secrets. ``takes`` says which values the first two take."""
    free = {name: value for name, value in settings.items() if name not in NOT_FREE}
    named, rest = _split(shown(free), OPTIONS, takes)
    options = {"capabilities": named["capabilities"]} if "capabilities" in named else {}
    options.update(named.get("privacy", {}))
    if rest:
        options["settings"] = rest
    return options


def _split(settings: Mapping[str, Any], branch: Branch, takes: Takes) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """The settings that options name, and the others, as a patch that changes none of them."""
    named: Dict[str, Any] = {}
    rest: Dict[str, Any] = {}
    for name, value in settings.items():
        option: Union[Setting, Branch, None] = branch.get(name)
        if isinstance(option, Setting) and takes(option, value):
            named[name] = value
        elif option is not None and not isinstance(option, Setting) and isinstance(value, dict):
            named[name], others = _split(value, option, takes)
            if others:
                rest[name] = others
        elif value is not None:  # which would remove the setting
            rest[name] = _without_none(value)
    return named, rest


def _without_none(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: _without_none(item) for name, item in value.items() if item is not None}


def _branch_of(capability: Capability) -> Branch:
    branch: Dict[str, Any] = dict(capability.settings, **capability.groups)
    if capability.webhooks:
        branch["webhooks"] = capability.webhooks
    return branch


OPTIONS: Branch = {
    "capabilities": {name: _branch_of(capability) for name, capability in CAPABILITIES.items()},
    "privacy": {"improve_ai": Setting("bool")},
}
