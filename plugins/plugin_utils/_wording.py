# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of the modules, in the words of who uses the role: its variables instead of the modules' options."""

from __future__ import annotations

import re
from typing import Pattern, Sequence

from ._options import CONNECTION, OF_ONE, PREFIX


def in_variables(message: str, in_list: bool) -> str:
    """The message with the variables' names. In a list, the options of an application are those of its item."""
    return (_OF_LISTS if in_list else _OF_ONE).sub(PREFIX + r"\g<0>", message)


def _pattern(options: Sequence[str]) -> Pattern[str]:
    """Finds options: at the beginning of a message any, elsewhere those whose names are no plain English."""
    odd = "|".join(option for option in options if "_" in option)
    return re.compile(r"^(?:%s)(?=[:.])|(?<![\w.?&/='\"])(?:%s)(?![\w='\"])" % ("|".join(options), odd))


_OF_ONE = _pattern((*OF_ONE, *CONNECTION))
_OF_LISTS = _pattern(CONNECTION)
