# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes existing applications as items that a task takes."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from .._application.plan import Rules
from .._application.unfinished import unfinished_name
from .aside import is_intermediate
from .selection import Selected


def items_for(selected: Selected, rules: Rules) -> Tuple[List[Dict[str, Any]], List[str]]:
    """Items of ``nexmo_applications`` that keep the applications as they are, and the names of those that no item can
    describe. Unfinished ones are left out."""
    items, left_out = [], []
    for application in selected.applications:
        if unfinished_name(application.name) is not None:
            continue
        options = rules.options_for(application)
        if options is None:
            left_out.append(application.name)
        elif application.name in selected.names_of_one and _can_be_given(application.name):
            items.append(dict(options, name=application.name))
        else:
            items.append(dict(options, application_id=application.id))
    return items, left_out


def _can_be_given(name: str) -> bool:
    """Whether a task may have that name."""
    return bool(name.strip()) and not is_intermediate(name)
