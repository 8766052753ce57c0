# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many applications of one account: checked together, planned together, and carried out together.

One listing serves all plans, and one serves all that is made (see ``batch``). What befalls one application does not
keep the others from being made as desired; what cannot be right is refused before the first request.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Callable, FrozenSet, List, Mapping, Optional, Sequence, Tuple, Union

from .._api.api import Api
from .._api.listing import confirmed_listing
from .._application.model import Application
from .._application.plan import Plan, Rules
from .._errors import InvalidOption, NexmoError, Refused
from .._http.failures import ApiError
from .._parallel import in_parallel
from .batch import together
from .one import Fulfilment, Wish, foretold, fulfilled, plan_of, wish_from
from .prune import Pruning
from .report import Ended, Report

if TYPE_CHECKING:
    from .._keys.place import Attributes

# Two items with the same would want the same application, or the same file, which can have several paths.
UNIQUE_OPTIONS: Mapping[str, Callable[[str], str]] = {
    "name": str,
    "application_id": str,
    "private_key_path": os.path.realpath,
}

# Plans that are carried out together: each takes a thread, and an open file where its new key will go.
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Intent:
    """What is to be done for the whole list: per item its plan, or why there is none, and what is to be deleted."""

    plans: Sequence[Union[Plan, Exception]]
    surplus: Tuple[Application, ...] = ()


def wishes_from(items: Sequence[Mapping[str, Any]], rules: Rules, attributes: Attributes) -> List[Wish]:
    """Reads the items, each with the options of ``nexmo_application``. Sends nothing. Raises InvalidOption."""
    wishes = []
    for position, item in enumerate(items):
        try:
            wishes.append(wish_from(item, rules, attributes))
        except InvalidOption as error:
            raise InvalidOption("applications[%d]" % position, str(error)) from None
    for option, identified in UNIQUE_OPTIONS.items():
        counted = Counter(identified(item[option]) for item in items if item[option] is not None)
        twice = sorted(value for value, times in counted.items() if times > 1)
        if twice:
            raise InvalidOption("applications", "%s %r is given more than once; keep one of them" % (option, twice[0]))
    return wishes


def intent_of(api: Api, wishes: Sequence[Wish], pruning: Optional[Pruning]) -> Intent:
    """Plans everything. Only reads. Raises NexmoError where what is to be deleted cannot be told, or is too much."""
    works: List[Callable[[Api], Any]] = [partial(plan_of, wish=wish) for wish in wishes]
    if pruning is not None:
        works.append(partial(_surplus, wishes=wishes, pruning=pruning))
    ended = together(api, works)
    plans = [_ended(each) for each in ended[: len(wishes)]]
    _check_planned(plans)
    return Intent(_without_rivals(plans), ended[-1].result() if pruning is not None else ())


def foretell_all(wishes: Sequence[Wish], intent: Intent) -> Report:
    """What carrying the intent out would come to."""
    ended = [_foretold(wish, plan) for wish, plan in zip(wishes, intent.plans)]
    return Report(wishes, ended, _to_delete(intent, ended))


def _foretold(wish: Wish, plan: Union[Plan, Exception]) -> Ended:
    try:
        return plan if isinstance(plan, Exception) else foretold(wish, plan)
    except NexmoError as error:
        return error


def fulfil_all(
    api: Api,
    wishes: Sequence[Wish],
    intent: Intent,
    connections: int,
    progress: Callable[[int, int, Fulfilment], None],
) -> Report:
    """Carries the plans out, and deletes what nobody wants unless one of them fails. What became of it.

    ``progress`` is told, whenever something was changed, how many plans have ended, of how many, and what was done.
    """
    planned = [(wish, plan) for wish, plan in zip(wishes, intent.plans) if isinstance(plan, Plan)]
    works = [partial(fulfilled, wish=wish, plan=plan) for wish, plan in planned]
    carried_out = iter(_in_parts(api, works, progress))
    ended = [next(carried_out) if isinstance(plan, Plan) else plan for plan in intent.plans]
    return _pruned(api, Report(wishes, ended), _to_delete(intent, ended), connections)


def _in_parts(
    api: Api, works: Sequence[Callable[[Api], Fulfilment]], progress: Callable[[int, int, Fulfilment], None]
) -> List[Ended]:
    """Does all works, ``MOST_AT_ONCE`` together; what became of each, in their order."""
    results: List[Ended] = []
    for first in range(0, len(works), MOST_AT_ONCE):
        futures = together(api, works[first : first + MOST_AT_ONCE])
        for number, future in enumerate(as_completed(futures), first + 1):
            fulfilment = _ended(future)
            if isinstance(fulfilment, Fulfilment) and fulfilment.changed:
                progress(number, len(works), fulfilment)
        results += map(_ended, futures)
    return results


def _pruned(api: Api, report: Report, surplus: Sequence[Application], connections: int) -> Report:
    """Deletes what nobody wants. Nothing more is begun after a failure, but all that was begun is waited for."""
    deleted = set()
    problems: List[Exception] = []
    begun = takewhile(lambda _application: not problems, surplus)
    for application, problem in in_parallel((partial(_deleted, api, each) for each in begun), connections):
        if problem is None:
            deleted.add(application.id)
        else:
            problems.append(problem)
    pruned = [application for application in surplus if application.id in deleted]
    return replace(report, pruned=pruned, problem=problems[0] if problems else None)


def _deleted(api: Api, application: Application) -> Tuple[Application, Optional[Exception]]:
    """The application, and what went wrong. No error ends the run here: the report may hold private keys."""
    try:
        api.delete(str(application.id))
    except Exception as error:  # pylint: disable=broad-exception-caught
        return application, error
    return application, None


def _to_delete(intent: Intent, ended: Sequence[Ended]) -> Sequence[Application]:
    return () if any(isinstance(each, Exception) for each in ended) else intent.surplus


def _surplus(api: Api, wishes: Sequence[Wish], pruning: Pruning) -> Tuple[Application, ...]:
    listing = confirmed_listing(api.list, pruning.concerns)
    return pruning.surplus(listing, [wish.desired for wish in wishes])


def _check_planned(plans: Sequence[Union[Plan, Exception]]) -> None:
    """Where the listing that all share failed, there is nothing to tell of each item. Raises what it raised."""
    first = plans[0] if plans else None
    if isinstance(first, ApiError) and all(each is first for each in plans):
        raise first


def _without_rivals(plans: Sequence[Union[Plan, Exception]]) -> List[Union[Plan, Exception]]:
    """The plans; instead of those for an application that several items mean, by its name and by its id, an error:
    each would undo the other's work."""
    counted = Counter(each for plan in plans for each in _ids_of(plan))
    settled: List[Union[Plan, Exception]] = []
    for plan in plans:
        shared = sorted(each for each in _ids_of(plan) if counted[each] > 1)
        problem = "application %s is meant by several of the applications, by name and by id; keep one of them"
        settled.append(Refused(problem % shared[0]) if shared else plan)
    return settled


def _ids_of(plan: Union[Plan, Exception]) -> FrozenSet[str]:
    """The ids of what a plan changes or deletes."""
    if isinstance(plan, Exception):
        return frozenset()
    concerned = [plan.before, plan.adopts, *plan.leftovers]
    return frozenset(str(application.id) for application in concerned if application is not None)


def _ended(future: Future[Any]) -> Any:
    """What came of it, be it an error."""
    error = future.exception()
    return future.result() if error is None else error
