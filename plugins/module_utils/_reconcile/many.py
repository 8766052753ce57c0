# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many applications of one account: checked together, and planned together on one listing.

What befalls one application does not keep the others from being made as desired; what cannot be right is refused before
the first request, and what cannot be done in any order before the first that writes.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple, Union

from .._api.api import Api
from .._application.model import Application
from .._application.plan import Plan, Rules
from .._errors import InvalidOption, Refused
from .._http.failures import ApiError
from .._parallel import attempted, results
from .account import Account, account_of, whole_account
from .batch import Ended
from .one import Wish, foretold, names_of, plan_of, wish_from
from .order import Order, orders_of, refusals
from .planning import holders
from .prune import Pruning
from .report import Report

if TYPE_CHECKING:
    from .._keys.place import Attributes

Planned = Union[Plan, Exception]


@dataclass(frozen=True)
class Intent:
    """What is to be done for the whole list: per item its plan, or why there is none, and what is to be deleted.

    ``order`` is that of the plans that need no pruning, ``late_order`` that of those that do.
    """

    plans: Sequence[Planned]
    surplus: Tuple[Application, ...] = ()
    order: Order = Order()
    late_order: Order = Order()


def wishes_from(items: Sequence[Mapping[str, Any]], rules: Rules, attributes: Attributes) -> List[Wish]:
    """Reads the items, each with the options of ``nexmo_application``. Sends nothing. Raises InvalidOption."""
    wishes = []
    for position, item in enumerate(items):
        try:
            wishes.append(wish_from(item, rules, attributes))
        except InvalidOption as error:
            raise InvalidOption("applications[%d]" % position, str(error)) from None
    making_room = _making_room(wishes)
    by_name = [wish for number, wish in enumerate(wishes) if number not in making_room and not _is_deletion_by_id(wish)]
    paths = [os.path.realpath(item["private_key_path"]) for item in items if item["private_key_path"] is not None]
    _check_unique("name", names_of(by_name), str)
    _check_unique("application_id", [item["application_id"] for item in items if item["application_id"]], str)
    _check_unique("private_key_path", paths, _file_of)
    return wishes


def intent_of(api: Api, wishes: Sequence[Wish], pruning: Optional[Pruning], connections: int) -> Intent:
    """Plans everything. Only reads. Raises NexmoError where what is to be deleted cannot be told, or is too much."""
    account = account_of(api, names_of(wishes)) if pruning is None else whole_account(api)
    planned = _planned(account, wishes, connections)
    _check_planned(planned)
    surplus = pruning.surplus(account.listing(), _listed_names(wishes), _ids_of_all(planned)) if pruning else ()
    return _ordered(account, _without_rivals(planned), surplus)


def foretell_all(wishes: Sequence[Wish], intent: Intent) -> Report:
    """What carrying the intent out would come to."""
    ended = [_foretold(wish, plan) for wish, plan in zip(wishes, intent.plans)]
    return Report(wishes, ended, () if any(isinstance(each, Exception) for each in ended) else intent.surplus)


def _foretold(wish: Wish, plan: Planned) -> Ended:
    if isinstance(plan, Exception):
        return plan
    return attempted(partial(foretold, wish, plan))


def _planned(account: Account, wishes: Sequence[Wish], connections: int) -> List[Planned]:
    """The plan for each, or why there is none."""
    making_room = _making_room(wishes)
    numbers = [number for number in range(len(wishes)) if number not in making_room]
    calls = [partial(plan_of, account, wishes[number]) for number in numbers]
    planned: Dict[int, Planned] = {numbers[position]: plan for position, plan in results(calls, connections)}
    for number, rename in making_room.items():
        planned[number] = attempted(partial(_plan_making_room, account, wishes[number], planned[rename]))
    return [planned[number] for number in range(len(wishes))]


def _making_room(wishes: Sequence[Wish]) -> Dict[int, int]:
    """The items that make a name absent which another item gives to an application, each with that other item."""
    renames = {wish.desired.name: number for number, wish in enumerate(wishes) if _is_rename(wish)}
    absent = {number: wish for number, wish in enumerate(wishes) if _is_deletion_by_name(wish)}
    times = Counter(wish.desired.name for wish in absent.values())
    return {
        number: renames[wish.desired.name]
        for number, wish in absent.items()
        if wish.desired.name in renames and times[wish.desired.name] == 1
    }


def _is_rename(wish: Wish) -> bool:
    """Whether an item finds an application by its id, and gives it a name."""
    return wish.state == "present" and wish.desired.application_id is not None and wish.desired.name is not None


def _is_deletion_by_name(wish: Wish) -> bool:
    return wish.state == "absent" and wish.desired.application_id is None


def _is_deletion_by_id(wish: Wish) -> bool:
    return wish.state == "absent" and wish.desired.application_id is not None


def _plan_making_room(account: Account, wish: Wish, rename: Planned) -> Plan:
    """The plan for a name that is to be absent, but for the application to which another item gives it."""
    if isinstance(rename, Exception):
        raise Refused("name: the application that is to have %r could not be planned" % wish.desired.name)
    return plan_of(account.without(rename.before.id if rename.before else None), wish)


def _listed_names(wishes: Sequence[Wish]) -> FrozenSet[str]:
    """The names by which applications are found; one that is found by its id is known by what its plan found."""
    return frozenset(names_of([wish for wish in wishes if wish.desired.application_id is None]))


def _ordered(account: Account, planned: Sequence[Planned], surplus: Tuple[Application, ...]) -> Intent:
    """What can be done, and in which order. Nothing is pruned where an item fails."""
    plans = {number: plan for number, plan in enumerate(planned) if isinstance(plan, Plan)}
    held_by = {number: holders(account, plan) for number, plan in plans.items()}
    refused = refusals(plans, held_by, surplus if len(plans) == len(planned) else ())
    left = {number: plan for number, plan in plans.items() if number not in refused}
    order, late_order = orders_of(left, held_by)
    settled = [refused.get(number, plan) for number, plan in enumerate(planned)]
    return Intent(settled, surplus if len(left) == len(planned) else (), order, late_order)


def _check_unique(option: str, values: Sequence[str], identified: Callable[[str], object]) -> None:
    """Two items with the same would want the same application, or the same file. Raises InvalidOption."""
    counted = Counter(map(identified, values))
    twice = sorted(value for value in values if counted[identified(value)] > 1)
    if twice:
        raise InvalidOption("applications", "%s %r is given more than once; keep one of them" % (option, twice[0]))


def _file_of(path: str) -> object:
    """What identifies a file, whatever its path is called: the file, or its name in a directory."""
    directory, name = os.path.split(path)
    try:
        found = os.stat(directory)
    except OSError:
        return path
    return found.st_dev, found.st_ino, name


def _check_planned(plans: Sequence[Planned]) -> None:
    """Where the listing that all share failed, there is nothing to tell of each item. Raises what it raised."""
    first = plans[0] if plans else None
    if isinstance(first, ApiError) and all(each is first for each in plans):
        raise first


def _without_rivals(plans: Sequence[Planned]) -> List[Planned]:
    """The plans; instead of those for an application that several items mean, by its name and by its id, an error:
    each would undo the other's work."""
    counted = Counter(each for plan in plans for each in _ids_of(plan))
    settled: List[Planned] = []
    for plan in plans:
        shared = sorted(each for each in _ids_of(plan) if counted[each] > 1)
        problem = "application %s is meant by several of the applications, by name and by id; keep one of them"
        settled.append(Refused(problem % shared[0]) if shared else plan)
    return settled


def _ids_of_all(plans: Sequence[Planned]) -> FrozenSet[str]:
    return frozenset(each for plan in plans for each in _ids_of(plan))


def _ids_of(plan: Planned) -> FrozenSet[str]:
    """The ids of what a plan found, as the service writes them."""
    if isinstance(plan, Exception):
        return frozenset()
    concerned = [plan.before, plan.adopts, *plan.leftovers]
    return frozenset(str(application.id) for application in concerned if application is not None)
