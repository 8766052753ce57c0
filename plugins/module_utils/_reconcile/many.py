# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many applications of one account: checked together, and planned together on one listing.

An item that fails does not stop the others. What cannot be right is refused before the first request, and what no order
makes possible before the first request that writes.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Collection,
    Dict,
    FrozenSet,
    List,
    Mapping,
    Optional,
    Sequence,
    Set,
    Tuple,
    Union,
)

from .._api.api import Api
from .._application.desired import Desired
from .._application.model import Application
from .._application.plan import Plan, Rules
from .._errors import InvalidOption, Refused
from .._http.failures import ApiError
from .._parallel import attempted, attempted_all
from .account import Account, account_of, whole_account
from .batch import ItemResult
from .one import Item, item_from, names_of, plan_item, preview_item
from .order import Order, orders_of, refusals
from .planning import holders
from .prune import Pruning
from .report import Report

if TYPE_CHECKING:
    from .._keys.place import Attributes

Planned = Union[Plan, Exception]


@dataclass(frozen=True)
class ListPlan:
    """The plan for the whole list: for each item its plan, or why there is none, and what is to be pruned.

    ``order`` is that of the plans that need no pruning, ``late_order`` that of those that do.
    """

    plans: Sequence[Planned]
    surplus: Tuple[Application, ...] = ()
    order: Order = Order()
    late_order: Order = Order()


def items_from(options: Sequence[Mapping[str, Any]], rules: Rules, attributes: Attributes) -> List[Item]:
    """Reads the list, in which each has the options of ``nexmo_application``. Sends nothing. Raises InvalidOption."""
    items = []
    for position, each in enumerate(options):
        try:
            items.append(item_from(each, rules, attributes))
        except InvalidOption as error:
            raise InvalidOption("applications[%d]" % position, str(error)) from None
    making_room = _making_room(items)
    by_name = [item for number, item in enumerate(items) if number not in making_room and not _is_deletion_by_id(item)]
    paths = [os.path.realpath(each["private_key_path"]) for each in options if each["private_key_path"] is not None]
    _check_unique("name", names_of(by_name), str)
    _check_unique("application_id", [each["application_id"] for each in options if each["application_id"]], str)
    _check_unique("private_key_path", paths, _file_of)
    return items


def plan_items(api: Api, items: Sequence[Item], pruning: Optional[Pruning], connections: int) -> ListPlan:
    """Plans all items and the pruning. Only reads. Raises NexmoError where what to prune is not known, or too much."""
    account = account_of(api, names_of(items)) if pruning is None else whole_account(api)
    planned = _planned(account, items, connections)
    _check_planned(planned)
    surplus = pruning.surplus(account.listing(), _listed_names(items), _ids_of_all(planned)) if pruning else ()
    return _ordered(account, _without_rivals(planned), surplus)


def preview_items(items: Sequence[Item], list_plan: ListPlan) -> Report:
    """What applying the plan would return."""
    previews = [_preview(item, plan) for item, plan in zip(items, list_plan.plans)]
    return Report(items, previews, () if any(isinstance(each, Exception) for each in previews) else list_plan.surplus)


def _preview(item: Item, plan: Planned) -> ItemResult:
    if isinstance(plan, Exception):
        return plan
    return attempted(partial(preview_item, item, plan))


def _planned(account: Account, items: Sequence[Item], connections: int) -> List[Planned]:
    """The plan for each, or why there is none. An item that makes a name absent never means an application that another
    item renames: it is as if that one had left its old name, and had no new one yet."""
    deletions = {number: item for number, item in enumerate(items) if _is_deletion_by_name(item)}
    others = {number: item for number, item in enumerate(items) if number not in deletions}
    planned = _plans_of(others, partial(plan_item, account), connections)
    renames = [(item.desired, planned[number]) for number, item in others.items() if _is_rename(item)]
    renamed = [str(plan.before.id) for _desired, plan in renames if isinstance(plan, Plan) and plan.before is not None]
    unplanned = [desired for desired, plan in renames if isinstance(plan, Exception)]
    planned.update(_plans_of(deletions, partial(_plan_beside, account.without(renamed), unplanned), connections))
    return [planned[number] for number in range(len(items))]


def _plans_of(items: Mapping[int, Item], plan_for_item: Callable[[Item], Plan], connections: int) -> Dict[int, Planned]:
    numbers, calls = list(items), [partial(plan_for_item, item) for item in items.values()]
    return {numbers[position]: plan for position, plan in attempted_all(calls, connections)}


def _plan_beside(account: Account, unplanned: Collection[Desired], item: Item) -> Plan:
    """The plan that makes a name absent. Raises Refused where an item without a plan gives or takes away that name."""
    name = str(item.desired.name)
    ids = {str(application.id).lower() for application in account.listing().named(name)} if unplanned else ()
    if any(rename.name == name or str(rename.application_id).lower() in ids for rename in unplanned):
        raise Refused("name: the application that another item renames to or from %r could not be planned" % name)
    return plan_item(account, item)


def _making_room(items: Sequence[Item]) -> Set[int]:
    """The items that make a name absent which another item gives to an application."""
    given = {item.desired.name for item in items if _is_rename(item)}
    absent = {number: item.desired.name for number, item in enumerate(items) if _is_deletion_by_name(item)}
    times = Counter(absent.values())
    return {number for number, name in absent.items() if name in given and times[name] == 1}


def _is_rename(item: Item) -> bool:
    """Whether an item finds an application by its id, and gives it a name."""
    return item.state == "present" and item.desired.application_id is not None and item.desired.name is not None


def _is_deletion_by_name(item: Item) -> bool:
    return item.state == "absent" and item.desired.application_id is None


def _is_deletion_by_id(item: Item) -> bool:
    return item.state == "absent" and item.desired.application_id is not None


def _listed_names(items: Sequence[Item]) -> FrozenSet[str]:
    """The names by which applications are found; one that is found by its id is known by what its plan found."""
    return frozenset(names_of([item for item in items if item.desired.application_id is None]))


def _ordered(account: Account, planned: Sequence[Planned], surplus: Tuple[Application, ...]) -> ListPlan:
    """The plans that can be applied, and their order. Nothing is pruned where an item fails."""
    plans = {number: plan for number, plan in enumerate(planned) if isinstance(plan, Plan)}
    held_by = {number: holders(account, plan) for number, plan in plans.items()}
    refused = refusals(plans, held_by, surplus if len(plans) == len(planned) else ())
    left = {number: plan for number, plan in plans.items() if number not in refused}
    order, late_order = orders_of(left, held_by)
    settled = [refused.get(number, plan) for number, plan in enumerate(planned)]
    return ListPlan(settled, surplus if len(left) == len(planned) else (), order, late_order)


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
    """Raises the error of the listing that all items share, where it failed: there is nothing to report of each."""
    first = plans[0] if plans else None
    if isinstance(first, ApiError) and all(each is first for each in plans):
        raise first


def _without_rivals(plans: Sequence[Planned]) -> List[Planned]:
    """The plans, with an error instead of each plan for an application that several items mean, one by its name and one
    by its id: each would undo what the other does."""
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
    """The ids of the applications that a plan found, as the service writes them."""
    if isinstance(plan, Exception):
        return frozenset()
    concerned = [plan.before, plan.adopts, *plan.leftovers]
    return frozenset(str(application.id) for application in concerned if application is not None)
