# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option ``settings``: a patch to an application as version 2 of the API shows it, for what no option names."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .._errors import InvalidOption
from .._patch import Document, Path, removals
from .webhooks import removing_empty_webhooks

OPTION = "settings"

# Members that cannot be named, each with what to do instead.
ELSEWHERE = {
    "name": "give the option name",
    "keys": "give the option public_key",
    "id": "the service makes it; give application_id to find an application",
    "_links": "the service makes it; leave it out",
}


# What every application has.
NEVER_REMOVED = (("privacy",), ("privacy", "improve_ai"))


def settings_patch(given: Mapping[str, Any], others: Document, option_names: Mapping[str, str]) -> Dict[str, Any]:
    """The patch that the option is. Raises InvalidOption.

    ``others`` is what the other options of the task change, and ``option_names`` how they are called, where that is not
    the dotted name of the setting.
    """
    for name, advice in ELSEWHERE.items():
        if name in given:
            raise InvalidOption("%s.%s" % (OPTION, name), "cannot be named here; " + advice)
    twice = _named_twice(given, others)
    if twice is not None:
        name = ".".join(twice)
        raise InvalidOption(
            "%s.%s" % (OPTION, name), "%s names it as well; take one of them out" % _option_at(twice, option_names)
        )
    for path in removals(given):
        if path in NEVER_REMOVED:
            raise InvalidOption(
                ".".join((OPTION,) + path), "cannot be removed: every application has it; give the option improve_ai"
            )
    return removing_empty_webhooks(given)


def _named_twice(one: Document, other: Document, path: Path = ()) -> Optional[Path]:
    """The first member that both patches change; objects that both change something in are none."""
    for name in one:
        if name not in other:
            continue
        here = path + (name,)
        if not (isinstance(one[name], dict) and isinstance(other[name], dict)):
            return here
        deeper = _named_twice(one[name], other[name], here)
        if deeper is not None:
            return deeper
    return None


def _option_at(path: Path, option_names: Mapping[str, str]) -> str:
    """What the option that names a setting, or something in it, is called."""
    dotted = ".".join(path)
    inside = (option for name, option in option_names.items() if (name + ".").startswith(dotted + "."))
    return option_names.get(dotted, next(inside, dotted))
