# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies the plan for a list of applications: in its order, in batches, and with the pruning."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import Callable, Dict, List, Optional, Sequence, Set, Union

from .._api.api import Api
from .._application.plan import Plan
from .._errors import Refused
from .._parallel import attempted_all
from .aside import step_aside, step_back
from .batch import ItemResult, apply_together
from .creation import Overtaken
from .many import ListPlan
from .one import Item, Result
from .order import Order
from .planning import new_name
from .prune import ChangedMeanwhile, delete_unchanged
from .report import Report

# Plans that are applied together: each keeps a file open where its new key will go.
MOST_AT_ONCE = 200

Progress = Callable[[int, int, Result], None]


def apply_items(api: Api, items: Sequence[Item], list_plan: ListPlan, connections: int, progress: Progress) -> Report:
    """Applies the plans, and prunes unless one of them fails.

    Calls ``progress`` after each change with the number of plans that have ended, the number of all, and the result.
    """
    execution = Execution(api, items, list_plan, connections, progress)
    execution.apply(list_plan.order)
    execution.prune()
    execution.apply(list_plan.late_order)
    return execution.report()


class Execution:
    """The plan for a list while it is applied, with the results so far."""

    def __init__(
        self, api: Api, items: Sequence[Item], list_plan: ListPlan, connections: int, progress: Progress
    ) -> None:
        self._api = api
        self._items = items
        self._plans = {number: plan for number, plan in enumerate(list_plan.plans) if isinstance(plan, Plan)}
        self._results: Dict[int, ItemResult] = {
            number: plan for number, plan in enumerate(list_plan.plans) if isinstance(plan, Exception)
        }
        # The plans whose applications stepped aside.
        self._aside: Set[int] = set()
        # By the position of a surplus application: whether this run deleted it, or why it was not deleted.
        self._pruned: Dict[int, Union[bool, Exception]] = {}
        self._prune_problems: List[Exception] = []
        self._surplus = list_plan.surplus
        self._connections = connections
        self._progress = progress
        self._counted = 0

    def apply(self, order: Order) -> None:
        """Applies plans, stage by stage. A plan fails where another one that it needs failed."""
        self._step_aside(order.aside)
        for stage in order.stages:
            obstacles = {number: self._obstacle(number, order) for number in stage if number not in self._results}
            self._results.update((number, problem) for number, problem in obstacles.items() if problem is not None)
            ready = [number for number, problem in obstacles.items() if problem is None]
            for first in range(0, len(ready), MOST_AT_ONCE):
                self._apply_batch(ready[first : first + MOST_AT_ONCE])
        self._step_back(order.aside)

    def prune(self) -> None:
        """Deletes the surplus applications, unless a plan failed. After a failure it begins no more, and waits for
        those that it began."""
        if any(isinstance(each, Exception) for each in self._results.values()):
            return
        begun = takewhile(lambda _each: not self._prune_problems, self._surplus)
        calls = (partial(delete_unchanged, self._api, each) for each in begun)
        for position, result in attempted_all(calls, self._connections):
            self._pruned[position] = result
            if isinstance(result, Exception) and not isinstance(result, ChangedMeanwhile):
                self._prune_problems.append(result)

    def report(self) -> Report:
        """The results of all items and of the pruning."""
        return Report(
            self._items,
            [self._results[number] for number in range(len(self._items))],
            [each for position, each in enumerate(self._surplus) if self._pruned.get(position) is True],
            self._prune_problems[0] if self._prune_problems else None,
            [each for _position, each in sorted(self._pruned.items()) if isinstance(each, ChangedMeanwhile)],
        )

    def _step_aside(self, numbers: Sequence[int]) -> None:
        calls = [partial(step_aside, self._api, self._plans[number]) for number in numbers]
        for position, result in attempted_all(calls, self._connections):
            if isinstance(result, Exception):
                self._results[numbers[position]] = result
            else:
                self._aside.add(numbers[position])

    def _step_back(self, numbers: Sequence[int]) -> None:
        """Gives applications that stepped aside their old names back, if they did not get their new ones and no other
        application got the old ones. If that fails, the next run goes on from the intermediate name."""
        done = [self._plans[number] for number, result in self._results.items() if isinstance(result, Result)]
        given = {new_name(plan) for plan in done}
        failed = [each for each in numbers if each in self._aside and isinstance(self._results[each], Exception)]
        plans = [self._plans[each] for each in failed]
        left = [plan for plan in plans if plan.before is not None and plan.before.name not in given]
        for _each in attempted_all([partial(step_back, self._api, plan) for plan in left], self._connections):
            pass

    def _obstacle(self, number: int, order: Order) -> Optional[Refused]:
        """Why a plan cannot be applied: the name that it gives did not become free."""
        name = new_name(self._plans[number])
        if name is None:
            return None
        kept = [each for each in order.needs[number] if each not in self._aside]
        stayed = [position for position, each in enumerate(self._surplus) if each.name == name]
        is_free = not any(isinstance(self._results[each], Exception) for each in kept) and all(
            isinstance(self._pruned.get(position), bool) for position in stayed
        )
        problem = "name: %r did not become free, because the application that has it was neither renamed nor deleted"
        return None if is_free else Refused(problem % name)

    def _apply_batch(self, numbers: Sequence[int]) -> None:
        items, plans = [self._items[each] for each in numbers], [self._plans[each] for each in numbers]
        self._results.update(zip(numbers, apply_together(self._api, items, plans, self._connections, self._notify)))

    def _notify(self, result: ItemResult) -> None:
        if isinstance(result, Overtaken):  # it may start over
            return
        self._counted += 1
        if isinstance(result, Result) and result.changed:
            self._progress(self._counted, len(self._plans), result)
