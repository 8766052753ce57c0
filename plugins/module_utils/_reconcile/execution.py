# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is intended for a list of applications, carried out: in its order, in batches, and with what is to be pruned."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import Callable, Dict, List, Optional, Sequence, Set, Union

from .._api.api import Api
from .._application.plan import Plan
from .._errors import Refused
from .._parallel import results
from .aside import step_aside, step_back
from .batch import Ended, fulfil
from .creation import Overtaken
from .many import Intent
from .one import Fulfilment, Wish
from .order import Order
from .planning import new_name
from .prune import ChangedMeanwhile, delete_unchanged
from .report import Report

# Plans that are carried out together: each takes an open file where its new key will go.
MOST_AT_ONCE = 200

Progress = Callable[[int, int, Fulfilment], None]


def fulfil_all(api: Api, wishes: Sequence[Wish], intent: Intent, connections: int, progress: Progress) -> Report:
    """Carries the plans out, and deletes what nobody wants unless one of them fails. What became of it.

    ``progress`` is told, whenever something was changed, how many plans have ended, of how many, and what was done.
    """
    execution = Execution(api, wishes, intent, connections, progress)
    execution.carry_out(intent.order)
    execution.prune()
    execution.carry_out(intent.late_order)
    return execution.report()


class Execution:
    """Carries an intent out, and keeps what became of its plans and of what nobody wants."""

    def __init__(self, api: Api, wishes: Sequence[Wish], intent: Intent, connections: int, progress: Progress) -> None:
        self._api = api
        self._wishes = wishes
        self._plans = {number: plan for number, plan in enumerate(intent.plans) if isinstance(plan, Plan)}
        self._ended: Dict[int, Ended] = {
            number: plan for number, plan in enumerate(intent.plans) if isinstance(plan, Exception)
        }
        # The plans whose applications stepped aside.
        self._aside: Set[int] = set()
        # By the position of a surplus application: whether this run deleted it, or why it stayed.
        self._pruned: Dict[int, Union[bool, Exception]] = {}
        self._prune_problems: List[Exception] = []
        self._surplus = intent.surplus
        self._connections = connections
        self._progress = progress
        self._counted = 0

    def carry_out(self, order: Order) -> None:
        """Carries plans out, stage by stage. A plan fails where another one that it needs failed."""
        self._step_aside(order.aside)
        for stage in order.stages:
            obstacles = {number: self._obstacle(number, order) for number in stage if number not in self._ended}
            self._ended.update((number, problem) for number, problem in obstacles.items() if problem is not None)
            ready = [number for number, problem in obstacles.items() if problem is None]
            for first in range(0, len(ready), MOST_AT_ONCE):
                self._fulfil(ready[first : first + MOST_AT_ONCE])
        self._step_back(order.aside)

    def prune(self) -> None:
        """Deletes what nobody wants, unless a plan failed. Nothing more is begun after a failure, but all that was
        begun is waited for."""
        if any(isinstance(each, Exception) for each in self._ended.values()):
            return
        begun = takewhile(lambda _each: not self._prune_problems, self._surplus)
        calls = (partial(delete_unchanged, self._api, each) for each in begun)
        for position, ended in results(calls, self._connections):
            self._pruned[position] = ended
            if isinstance(ended, Exception) and not isinstance(ended, ChangedMeanwhile):
                self._prune_problems.append(ended)

    def report(self) -> Report:
        """What became of everything."""
        return Report(
            self._wishes,
            [self._ended[number] for number in range(len(self._wishes))],
            [each for position, each in enumerate(self._surplus) if self._pruned.get(position) is True],
            self._prune_problems[0] if self._prune_problems else None,
            [each for _position, each in sorted(self._pruned.items()) if isinstance(each, ChangedMeanwhile)],
        )

    def _step_aside(self, numbers: Sequence[int]) -> None:
        calls = [partial(step_aside, self._api, self._plans[number]) for number in numbers]
        for position, ended in results(calls, self._connections):
            if isinstance(ended, Exception):
                self._ended[numbers[position]] = ended
            else:
                self._aside.add(numbers[position])

    def _step_back(self, numbers: Sequence[int]) -> None:
        """Gives applications that stepped aside their old names back, where they did not get their new ones and nobody
        else got the old ones. Where that fails, the next run goes on from the intermediate name."""
        done = [self._plans[number] for number, ended in self._ended.items() if isinstance(ended, Fulfilment)]
        given = {new_name(plan) for plan in done}
        failed = [each for each in numbers if each in self._aside and isinstance(self._ended[each], Exception)]
        plans = [self._plans[each] for each in failed]
        left = [plan for plan in plans if plan.before is not None and plan.before.name not in given]
        for _each in results([partial(step_back, self._api, plan) for plan in left], self._connections):
            pass

    def _obstacle(self, number: int, order: Order) -> Optional[Refused]:
        """Why a plan cannot be carried out: the name that it gives did not become free."""
        name = new_name(self._plans[number])
        if name is None:
            return None
        kept = [each for each in order.needs[number] if each not in self._aside]
        stayed = [position for position, each in enumerate(self._surplus) if each.name == name]
        is_free = not any(isinstance(self._ended[each], Exception) for each in kept) and all(
            isinstance(self._pruned.get(position), bool) for position in stayed
        )
        problem = "name: %r did not become free, because the application that has it was neither renamed nor deleted"
        return None if is_free else Refused(problem % name)

    def _fulfil(self, numbers: Sequence[int]) -> None:
        wishes, plans = [self._wishes[each] for each in numbers], [self._plans[each] for each in numbers]
        self._ended.update(zip(numbers, fulfil(self._api, wishes, plans, self._connections, self._notify)))

    def _notify(self, ended: Ended) -> None:
        if isinstance(ended, Overtaken):  # it may start over
            return
        self._counted += 1
        if isinstance(ended, Fulfilment) and ended.changed:
            self._progress(self._counted, len(self._plans), ended)
