# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many numbers at once: one listing of the numbers and one of the applications serve all.

A number that fails does not stop the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, TypeVar, Union

from .._api.listing import Listing, Names, settled_listing
from .._errors import InvalidOption, NexmoError
from .._numbers.desired import Desired, desired_from
from .._numbers.model import Number
from .._numbers.plan import Plan
from .._parallel import attempted, attempted_all
from .numbers import Account, Result, plan_found, preview_number, resolved_from

MOST_PROBLEMS_SHOWN = 3

Value = TypeVar("Value")

Planned = Union[Plan, NexmoError]


@dataclass(frozen=True)
class Report:
    """The result of each number, in their order: what was done, or would be done, or why not."""

    desired: Sequence[Desired]
    results: Sequence[Union[Result, NexmoError]]

    def returned(self) -> Dict[str, Any]:
        """The return values of ``nexmo_numbers``, but for the diff."""
        numbers = [self._returned(desired, each) for desired, each in zip(self.desired, self.results)]
        return {"changed": any(each["changed"] for each in numbers), "numbers": numbers}

    def diff(self) -> List[Dict[str, Any]]:
        """Of every number that changed, in the form of Ansible's diff mode."""
        return [each.plan.diff() for each in self.results if isinstance(each, Result) and each.plan.changed]

    def failure(self) -> Optional[str]:
        """What failed, in one line; None where nothing did."""
        problems = [str(each) for each in self.results if isinstance(each, NexmoError)]
        if not problems:
            return None
        shown = problems[:MOST_PROBLEMS_SHOWN]
        more = ["%d more, see numbers" % (len(problems) - len(shown))] if len(problems) > len(shown) else []
        return "%d of %d numbers failed: %s" % (len(problems), len(self.results), "; ".join(shown + more))

    @staticmethod
    def _returned(desired: Desired, result: Union[Result, NexmoError]) -> Dict[str, Any]:
        if isinstance(result, Result):
            return result.returned()
        failed = {"failed": True, "changed": False, "msisdn": desired.number, "msg": str(result)}
        return dict(failed, **result.details())


def desired_of(items: Sequence[Mapping[str, Any]]) -> List[Desired]:
    """Reads the items of ``nexmo_numbers``. Raises InvalidOption."""
    desired = [_at(position, partial(desired_from, item)) for position, item in enumerate(items)]
    places: Dict[str, int] = {}
    for position, each in enumerate(desired):
        if each.number in places:
            raise InvalidOption(
                "numbers[%d]" % position,
                "number %s is numbers[%d] already; give each number once" % (each.number, places[each.number]),
            )
        places[each.number] = position
    return desired


def plan_numbers(account: Account, desired: Sequence[Desired]) -> List[Planned]:
    """What has to be done with each, or why it cannot be done. Only reads. Raises ApiError and Refused."""
    applications = _applications(account, desired)
    numbers = _numbers(account, desired)

    def plan(each: Desired) -> Plan:
        known = resolved_from(each, applications) if applications and each.application_name is not None else each
        return plan_found(account, known, numbers.get(each.number))

    return [_expected(attempted(partial(plan, each))) for each in desired]


def preview_numbers(desired: Sequence[Desired], planned: Sequence[Planned]) -> Report:
    """What applying the plans would return."""
    return Report(desired, [preview_number(each) if isinstance(each, Plan) else each for each in planned])


def apply_numbers(account: Account, desired: Sequence[Desired], planned: Sequence[Planned], connections: int) -> Report:
    """Applies the plans, over several connections."""
    changing = [(position, each) for position, each in enumerate(planned) if isinstance(each, Plan) and each.changed]
    applied = list(preview_numbers(desired, planned).results)
    updates = [partial(_updated, account, plan) for _position, plan in changing]
    for number, result in attempted_all(updates, connections):
        applied[changing[number][0]] = _expected(result)
    return Report(desired, applied)


def _updated(account: Account, plan: Plan) -> Result:
    account.numbers.update(plan.before, plan.after)
    return preview_number(plan)


def _applications(account: Account, desired: Sequence[Desired]) -> Optional[Listing]:
    """A listing that can be relied on for all names; None where nobody gives one."""
    names = {each.application_name for each in desired if each.application_name is not None}
    if not names:
        return None
    interest = Names(*names)
    return settled_listing(
        lambda: account.applications.list(interest), lambda listing: all(listing.named(name) for name in names)
    )


def _numbers(account: Account, desired: Sequence[Desired]) -> Mapping[str, Number]:
    if len(desired) == 1:
        found = account.numbers.find(desired[0].number)
        return {found.msisdn: found} if found else {}
    return {number.msisdn: number for number in account.numbers.list({}).numbers} if desired else {}


def _expected(result: Union[Value, Exception]) -> Union[Value, NexmoError]:
    """The same. Raises what is no error for a user to read."""
    if isinstance(result, Exception) and not isinstance(result, NexmoError):
        raise result
    return result


def _at(position: int, call: Callable[[], Desired]) -> Desired:
    """What a call returns; an error of it begins with the place in the list."""
    try:
        return call()
    except InvalidOption as error:
        raise InvalidOption("numbers[%d]" % position, str(error)) from None
