# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as they were written: YAML 1.1 reads ``no`` as a boolean, of which ansible-core makes ``False``."""

from __future__ import annotations

from typing import Any

SPELLINGS = {True: "yes", False: "no"}

# The option whose members are the service's, not options.
FREE = "settings"


def spell_names(values: Any) -> None:
    """Gives the options called ``name``, at any depth, the text that a boolean was most likely written as."""
    if isinstance(values, dict):
        if isinstance(values.get("name"), bool):
            values["name"] = SPELLINGS[values["name"]]
        for option, value in values.items():
            if option != FREE:
                spell_names(value)
    elif isinstance(values, list):
        for item in values:
            spell_names(item)
