# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intermediate names: where applications exchange their names, one of them steps aside first.

``NAME [community.nexmo RUN renaming]``, NAME being the name that it is to have in the end, and RUN a random word. The
application is complete and in use: nobody deletes it for its name, and the task that lists it, by its id, goes on where
a run ended too early. No user gives an application such a name, for it is refused as input.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import Optional

from .._api.api import Api
from .._application.plan import Plan
from .._errors import InvalidOption

FORM = re.compile(r".* \[community\.nexmo \w+ renaming\]", re.DOTALL)


def is_intermediate(name: str) -> bool:
    """Whether it is the name of an application that stepped aside."""
    return FORM.fullmatch(name) is not None


def check_name(name: Optional[str]) -> None:
    """Raises InvalidOption for such a name."""
    if name is not None and is_intermediate(name):
        raise InvalidOption("name", "has the form of those that are given while applications exchange their names")


def step_aside(api: Api, plan: Plan) -> None:
    """Takes the application's name away before its new one is free. Raises ApiError."""
    final_name = plan.after.name if plan.after else ""
    _give_name(api, plan, "%s [community.nexmo %s renaming]" % (final_name, secrets.token_hex(8)))


def step_back(api: Api, plan: Plan) -> None:
    """Gives the application its old name back. Raises ApiError."""
    _give_name(api, plan, plan.before.name if plan.before else "")


def _give_name(api: Api, plan: Plan, name: str) -> None:
    if plan.before is None or plan.after is None:
        raise AssertionError("only an application that is to have another name steps aside")
    # The type of what is planned is the one that the application is to have; what exists keeps its own.
    wire_type = plan.after.wire_type and (plan.before.wire_type or plan.after.wire_type)
    api.update(replace(plan.before.renamed(name), wire_type=wire_type))
