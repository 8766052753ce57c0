# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which to apply plans, where one gives a name that another one gives up. No input or output happens.

A plan that gives a name needs the plan that deletes or renames the application which has it, or the pruning that
deletes it. Where plans need each other in a circle, one of their applications steps aside first (see ``aside``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Collection, Dict, FrozenSet, List, Mapping, Sequence, Set, Tuple

from .._application.model import Application
from .._application.plan import Plan
from .._errors import Refused
from .planning import name_taken, new_name

# Plans, and the applications that have the name which a plan gives, by the positions of their items.
Plans = Mapping[int, Plan]
Holders = Mapping[int, Collection[Application]]


@dataclass(frozen=True)
class Order:
    """``stages`` are plans that need nothing of each other, each stage what it needs of those before. ``aside`` are the
    plans whose applications step aside before all of them; ``needs`` the plans that each one needs."""

    stages: Sequence[Sequence[int]] = ()
    aside: Sequence[int] = ()
    needs: Mapping[int, FrozenSet[int]] = field(default_factory=dict)


def refusals(plans: Plans, holders: Holders, surplus: Collection[Application]) -> Dict[int, Refused]:
    """The plans that cannot be applied, because nothing frees the name that they give, or only a plan that cannot be
    applied itself. ``surplus`` is what pruning deletes, which it does only where no plan is refused."""
    refused: Dict[int, Refused] = {}
    freed_by_pruning = {application.id for application in surplus}
    while True:
        left = {number: plan for number, plan in plans.items() if number not in refused}
        freed = freed_by_pruning.union(_freed_by(left))
        in_the_way = {number: [each for each in holders.get(number, ()) if each.id not in freed] for number in left}
        taken = {number: name_taken(plans[number], held_by) for number, held_by in in_the_way.items() if held_by}
        if not taken:
            return refused
        refused.update(taken)
        freed_by_pruning = set()


def orders_of(plans: Plans, holders: Holders) -> Tuple[Order, Order]:
    """The orders of the plans that need no pruning, and of those that do, all of which can be applied."""
    freed_by = _freed_by(plans)
    needs = {
        number: frozenset(freed_by[each.id] for each in holders.get(number, ()) if each.id in freed_by)
        for number in plans
    }
    late = {number for number in plans if any(each.id not in freed_by for each in holders.get(number, ()))}
    while True:
        more = {number for number in plans if number not in late and needs[number] & late}
        if not more:
            return _order(set(plans) - late, needs), _order(late, needs)
        late |= more


def _freed_by(plans: Plans) -> Dict[str, int]:
    """The ids of the applications that give up their names, and the plan by which each does."""
    return {
        str(plan.before.id): number
        for number, plan in plans.items()
        if plan.before is not None and (plan.after is None or new_name(plan) is not None)
    }


def _order(numbers: Set[int], needs: Mapping[int, FrozenSet[int]]) -> Order:
    aside: List[int] = []
    while True:
        stages, unmet = _stages(numbers, needs, aside)
        if not unmet:
            return Order(stages, aside, {number: needs[number] for number in numbers})
        aside.append(_one_of_a_circle(unmet))


def _stages(
    numbers: Set[int], needs: Mapping[int, FrozenSet[int]], aside: Collection[int]
) -> Tuple[List[List[int]], Mapping[int, FrozenSet[int]]]:
    """As many stages as there can be where those step aside, and what each of the rest needs of the rest."""
    stages: List[List[int]] = []
    left = set(numbers)
    while True:
        unmet = {number: needs[number] & left.difference(aside) for number in sorted(left)}
        ready = [number for number in unmet if not unmet[number]]
        if not ready:
            return stages, unmet
        stages.append(ready)
        left.difference_update(ready)


def _one_of_a_circle(unmet: Mapping[int, FrozenSet[int]]) -> int:
    """Each plan needs another one: who goes from each to one that it needs comes back to where it was."""
    passed: List[int] = [min(unmet)]
    while True:
        following = min(unmet[passed[-1]])
        if following in passed:
            return min(passed[passed.index(following) :])
        passed.append(following)
