# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists, told as what a task would ask for."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Sequence, Tuple

from .._application.model import Application
from .._application.plan import Rules
from .._application.unfinished import unfinished_name
from .aside import is_intermediate


def items_for(applications: Sequence[Application], rules: Rules) -> Tuple[List[Dict[str, Any]], List[str]]:
    """Items of ``nexmo_applications`` that ask for the applications as they are, and the names of those for which there
    is none. Unfinished ones are their makers'."""
    finished = [application for application in applications if unfinished_name(application.name) is None]
    times = Counter(application.name for application in finished)
    items, left_out = [], []
    for application in finished:
        options = rules.options_for(application)
        if options is None:
            left_out.append(application.name)
        elif times[application.name] == 1 and application.name.strip() and not is_intermediate(application.name):
            items.append(dict(options, name=application.name))
        else:
            items.append(dict(options, application_id=application.id))
    return items, left_out
