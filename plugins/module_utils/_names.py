# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as they were written: YAML 1.1 reads ``no`` as a boolean, of which ansible-core makes ``False``."""

from __future__ import annotations

from typing import Any

SPELLINGS = {True: "yes", False: "no"}


def spell_names(options: Any) -> None:
    """Gives ``name``, of a task and of the items of its lists, the text that a boolean was most likely written as."""
    _spell_name(options)
    for value in options.values():
        for item in value if isinstance(value, list) else ():
            _spell_name(item)


def _spell_name(options: Any) -> None:
    if isinstance(options, dict) and isinstance(options.get("name"), bool):
        options["name"] = SPELLINGS[options["name"]]
