# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies plans together: all begin, one listing decides for all that contend for a name, and all are finished."""

from __future__ import annotations

from functools import partial
from typing import Callable, Dict, Generic, List, Mapping, Optional, Sequence, TypeVar, Union

from .._api.api import Api
from .._application.plan import Plan
from .._parallel import attempted, attempted_all
from .account import Account, account_of
from .creation import Contender, Overtaken, Steps, contend, names_that_others_left
from .one import Item, Result, apply_item, names_of, plan_item
from .planning import check_free

# Another run that makes the same application at the same time costs one attempt.
MOST_ATTEMPTS = 5

Value = TypeVar("Value")
ItemResult = Union[Result, Exception]


def plan_one(api: Api, item: Item) -> Plan:
    """What has to be done for one application. Only reads. Raises NexmoError."""
    return _planned(account_of(api, names_of([item])), item)


def apply_one(api: Api, item: Item, plan: Plan) -> Result:
    """Applies the plan for one application. Raises NexmoError."""
    (result,) = apply_together(api, [item], [plan], 1, lambda _result: None)
    if isinstance(result, Exception):
        raise result
    return result


def apply_together(
    api: Api, items: Sequence[Item], plans: Sequence[Plan], connections: int, notify: Callable[[ItemResult], None]
) -> List[ItemResult]:
    """Applies plans together. Returns the result of each, and calls ``notify`` with each as soon as it is known.

    Where another run was faster, it waits for the end of that run, and plans and applies anew.
    """
    results: Dict[int, ItemResult] = {}
    left = dict(enumerate(plans))
    for attempts_left in reversed(range(MOST_ATTEMPTS)):
        works = [apply_item(api, items[number], plan) for number, plan in left.items()]
        results.update(zip(left, run_steps(api, works, connections, notify)))
        overtaken = {number: results[number] for number in left if items[number].keeper.sees_new_keys}
        names = {number: each.name for number, each in overtaken.items() if isinstance(each, Overtaken)}
        if not (names and attempts_left):
            break
        planned = _planned_again(api, items, names)
        results.update((number, each) for number, each in planned.items() if isinstance(each, Exception))
        left = {number: each for number, each in planned.items() if isinstance(each, Plan)}
    return [results[number] for number in range(len(plans))]


def run_steps(
    api: Api,
    works: Sequence[Steps[Value]],
    connections: int,
    notify: Callable[[Union[Value, Exception]], None],
) -> List[Union[Value, Exception]]:
    """Takes works through their steps, as many at once as there are connections; what each returns or raises."""
    results: Dict[int, Union[Value, Exception]] = {}

    def go_on(problems: Mapping[int, Optional[Exception]]) -> Dict[int, Contender]:
        """Takes works to their next steps, those with a problem to their ends; the contenders among them."""
        numbers, contenders = list(problems), {}
        steps = [partial(_step, works[number], problem) for number, problem in problems.items()]
        for position, step in attempted_all(steps, connections):
            if isinstance(step, Contender):
                contenders[numbers[position]] = step
            else:
                results[numbers[position]] = step.value if isinstance(step, _Returned) else step
                notify(results[numbers[position]])
        return contenders

    contenders = go_on(dict.fromkeys(range(len(works))))
    numbers = list(contenders)
    for decided in contend(api, list(contenders.values()), connections):
        go_on({numbers[position]: problem for position, problem in decided.items()})
    return [results[number] for number in range(len(works))]


class _Returned(Generic[Value]):
    """What a work returned."""

    def __init__(self, value: Value) -> None:
        self.value = value


def _step(work: Steps[Value], problem: Optional[Exception]) -> Union[Contender, _Returned[Value]]:
    try:
        return next(work) if problem is None else work.throw(problem)
    except StopIteration as end:
        return _Returned(end.value)


def _planned_again(api: Api, items: Sequence[Item], names: Mapping[int, str]) -> Dict[int, Union[Plan, Exception]]:
    """New plans, or why there is none, for those items whose names other runs do not contend for any more."""
    left = attempted(partial(names_that_others_left, api, list(names.values())))
    if isinstance(left, Exception):
        return dict.fromkeys(names, left)
    account = account_of(api, list(left))
    return {
        number: attempted(partial(_planned, account, items[number])) for number, name in names.items() if name in left
    }


def _planned(account: Account, item: Item) -> Plan:
    plan = plan_item(account, item)
    check_free(account, plan)
    return plan
