# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans carried out together: all begin, one listing decides for all that contend for a name, and all are finished."""

from __future__ import annotations

from functools import partial
from typing import Callable, Dict, Generic, List, Mapping, Optional, Sequence, TypeVar, Union

from .._api.api import Api
from .._application.plan import Plan
from .._parallel import attempted, results
from .account import Account, account_of
from .creation import Contender, Overtaken, Steps, contend, names_that_others_left
from .one import Fulfilment, Wish, carried_out, names_of, plan_of
from .planning import check_free

# Another run that makes the same application at the same time costs one attempt.
MOST_ATTEMPTS = 5

Result = TypeVar("Result")
Ended = Union[Fulfilment, Exception]


def plan_one(api: Api, wish: Wish) -> Plan:
    """What has to be done for one application. Only reads. Raises NexmoError."""
    return _planned(account_of(api, names_of([wish])), wish)


def fulfil_one(api: Api, wish: Wish, plan: Plan) -> Fulfilment:
    """Carries the plan for one application out. Raises NexmoError."""
    (ended,) = fulfil(api, [wish], [plan], 1, lambda _ended: None)
    if isinstance(ended, Exception):
        raise ended
    return ended


def fulfil(
    api: Api, wishes: Sequence[Wish], plans: Sequence[Plan], connections: int, notify: Callable[[Ended], None]
) -> List[Ended]:
    """Carries plans out together; what became of each, which ``notify`` is told as soon as it is known.

    Where another run was faster, its end is waited for, and what is there then is planned and carried out anew.
    """
    ended: Dict[int, Ended] = {}
    left = dict(enumerate(plans))
    for attempts_left in reversed(range(MOST_ATTEMPTS)):
        works = [carried_out(api, wishes[number], plan) for number, plan in left.items()]
        ended.update(zip(left, together(api, works, connections, notify)))
        overtaken = {number: ended[number] for number in left if wishes[number].keeper.sees_new_keys}
        names = {number: each.name for number, each in overtaken.items() if isinstance(each, Overtaken)}
        if not (names and attempts_left):
            break
        planned = _planned_again(api, wishes, names)
        ended.update((number, each) for number, each in planned.items() if isinstance(each, Exception))
        left = {number: each for number, each in planned.items() if isinstance(each, Plan)}
    return [ended[number] for number in range(len(plans))]


def together(
    api: Api,
    works: Sequence[Steps[Result]],
    connections: int,
    notify: Callable[[Union[Result, Exception]], None],
) -> List[Union[Result, Exception]]:
    """Takes works through their steps, so many at once as there are connections; what they return or raise."""
    ended: Dict[int, Union[Result, Exception]] = {}

    def go_on(problems: Mapping[int, Optional[Exception]]) -> Dict[int, Contender]:
        """Takes works to their next steps, those with a problem to their ends; the contenders among them."""
        numbers, contenders = list(problems), {}
        steps = [partial(_step, works[number], problem) for number, problem in problems.items()]
        for position, step in results(steps, connections):
            if isinstance(step, Contender):
                contenders[numbers[position]] = step
            else:
                ended[numbers[position]] = step.value if isinstance(step, _Returned) else step
                notify(ended[numbers[position]])
        return contenders

    contenders = go_on(dict.fromkeys(range(len(works))))
    numbers = list(contenders)
    for decided in contend(api, list(contenders.values()), connections):
        go_on({numbers[position]: problem for position, problem in decided.items()})
    return [ended[number] for number in range(len(works))]


class _Returned(Generic[Result]):
    """What a work returned."""

    def __init__(self, value: Result) -> None:
        self.value = value


def _step(work: Steps[Result], problem: Optional[Exception]) -> Union[Contender, _Returned[Result]]:
    try:
        return next(work) if problem is None else work.throw(problem)
    except StopIteration as end:
        return _Returned(end.value)


def _planned_again(api: Api, wishes: Sequence[Wish], names: Mapping[int, str]) -> Dict[int, Union[Plan, Exception]]:
    """New plans, or why there is none, for those wishes whose names other runs do not contend for any more."""
    left = attempted(partial(names_that_others_left, api, list(names.values())))
    if isinstance(left, Exception):
        return dict.fromkeys(names, left)
    account = account_of(api, list(left))
    return {
        number: attempted(partial(_planned, account, wishes[number])) for number, name in names.items() if name in left
    }


def _planned(account: Account, wish: Wish) -> Plan:
    plan = plan_of(account, wish)
    check_free(account, plan)
    return plan
