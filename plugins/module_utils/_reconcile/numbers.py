# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links one number as a task desires: find, plan, apply, and read it again.

The API has no way to change a number only if it is still as it was read, and an update replaces. So the number is read
again after the update: whoever read it before that update has written by then, as far as both sides are equally fast.
What a rival's update took away is put back, and a link that a rival made is left to the rival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from .._api.api import Api
from .._api.listing import Listing, listing_for
from .._errors import AmbiguousName, NexmoError, Refused
from .._numbers.desired import LINKED, Desired
from .._numbers.model import Number
from .._numbers.plan import Plan, owners_in_the_way, plan_for
from .._numbers.wire import NumbersApi

MOST_UPDATES = 5


@dataclass(frozen=True)
class Account:
    """One account: its applications and its numbers."""

    applications: Api
    numbers: NumbersApi


@dataclass(frozen=True)
class Result:
    """What was done, or would be done. ``number`` is as it is in the end; ``ignored`` are the options that the API took
    and does not show as they were sent."""

    plan: Plan
    number: Number
    ignored: Tuple[str, ...] = ()

    def returned(self) -> Dict[str, Any]:
        """The return values of ``nexmo_number``, but for the diff."""
        return {
            "changed": self.plan.changed,
            "operation": self.plan.operation,
            "number": self.number.described(),
        }

    def warnings(self) -> Iterator[str]:
        """What the user should know of it."""
        if self.ignored:
            yield "the API does not show these settings as they were sent: %s" % ", ".join(self.ignored)


@dataclass(frozen=True)
class Selection:
    """Which numbers are looked for, as ``desired`` and the API write them; None selects everything."""

    number: Optional[str] = None
    application_id: Optional[str] = None
    country: Optional[str] = None

    def includes(self, number: Number) -> bool:
        """Whether it is one of those."""
        return (
            self.number in (None, number.msisdn)
            and (self.application_id is None or number.spelled(self.application_id) in number.application_ids)
            and self.country in (None, number.nature.get("country"))
        )


def resolved(account: Account, desired: Desired) -> Desired:
    """The same with the application's id, where a name was given. Raises Refused, AmbiguousName and ApiError."""
    if desired.application_name is None:
        return desired
    return resolved_from(desired, listing_for(account.applications.list, desired.application_name))


def resolved_from(desired: Desired, listing: Listing) -> Desired:
    """The same from a listing that can be relied on for the name. Raises Refused and AmbiguousName."""
    name = str(desired.application_name)
    found = id_of(listing, name)
    if found is None and desired.state == LINKED:
        raise Refused("application_name: there is no application with the name %r" % name)
    # No number is linked to an application without an id.
    return desired.of_application(found or "")


def application_id_of(applications: Api, name: str) -> Optional[str]:
    """The id of the application with that name, None where there is none. Raises AmbiguousName and ApiError."""
    return id_of(listing_for(applications.list, name), name)


def id_of(listing: Listing, name: str) -> Optional[str]:
    """The same from a listing that can be relied on for the name. Raises AmbiguousName."""
    ids = [str(match.id) for match in listing.named(name)]
    if len(ids) > 1:
        raise AmbiguousName(name, ids, "application_name")
    return ids[0] if ids else None


def plan_number(account: Account, desired: Desired) -> Plan:
    """What has to be done. Only reads. Raises NexmoError."""
    return plan_found(account, desired, account.numbers.find(desired.number))


def plan_found(account: Account, desired: Desired, found: Optional[Number]) -> Plan:
    """What has to be done with a number that was looked for. Raises NexmoError."""
    existing = _existing(desired, found)
    owners = owners_in_the_way(desired, existing)
    if owners:
        raise Refused(
            "number: %s is linked to the application %s; relink: true allows to take it away from there"
            % (desired.number, _names_and_ids(account, owners))
        )
    return plan_for(desired, existing)


def preview_number(plan: Plan) -> Result:
    """What applying the plan would return."""
    return Result(plan, plan.after)


def apply_number(account: Account, desired: Desired, plan: Plan) -> Result:
    """Applies the plan, and reads the number again to see whether it is as desired. Raises NexmoError."""
    if not plan.changed:
        return Result(plan, plan.after)
    step = plan
    for _update in range(MOST_UPDATES):
        account.numbers.update(step.before, step.after)
        remaining = plan_for(desired, _still_ours(account, desired))
        if not remaining.changed:
            return Result(plan, remaining.before)
        if remaining == step:
            break
        step = remaining
    if remaining.changes_link:
        raise Refused(
            "number: the API took the update of %s, and does not show the link as it was sent; "
            "run again when nobody else changes the number" % desired.number
        )
    return Result(plan, remaining.before, remaining.changed_options)


def select(account: Account, selection: Selection) -> List[Number]:
    """The numbers that are looked for, none being no error. Raises NexmoError."""
    if selection.number is not None:
        found = account.numbers.find(selection.number)
        return [found] if found and selection.includes(found) else []
    query = {"country": selection.country} if selection.country else {}
    return [number for number in account.numbers.list(query).numbers if selection.includes(number)]


def linked_numbers(numbers: NumbersApi) -> Dict[str, List[Number]]:
    """The numbers of an account that are linked to an application, by its id. Raises NexmoError."""
    linked: Dict[str, List[Number]] = {}
    for number in numbers.list({}).numbers:
        for application_id in number.application_ids:
            linked.setdefault(application_id, []).append(number)
    return linked


def _existing(desired: Desired, found: Optional[Number]) -> Number:
    if found is None:
        raise Refused(
            "number: %s is not a number of this account; give one that it has, or the credentials of the account that "
            "has it" % desired.number
        )
    return found


def _still_ours(account: Account, desired: Desired) -> Number:
    """The number as it is after our update. The right to take it away was for its owner of before."""
    number = _existing(desired, account.numbers.find(desired.number))
    owners = owners_in_the_way(desired.without_relink(), number)
    if owners:
        raise Refused(
            "number: %s was linked to the application %s by somebody else at the same time, and that is left as it is"
            % (desired.number, _names_and_ids(account, owners))
        )
    return number


def _names_and_ids(account: Account, application_ids: Sequence[str]) -> str:
    return " and ".join(_name_and_id(account.applications, each) for each in application_ids)


def _name_and_id(applications: Api, application_id: str) -> str:
    """How messages call an application of which only the id is known; its name matters less than the message."""
    try:
        application = applications.read(application_id)
    except NexmoError:
        application = None
    return "%r (%s)" % (application.name, application_id) if application else application_id
