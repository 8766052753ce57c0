# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a task asks for and what the account holds to a plan. Only reads from the API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Collection, Optional, Tuple

from .._api.api import Api
from .._api.listing import confirmed_listing, everything, listing_for
from .._application.desired import Desired
from .._application.model import Application
from .._application.plan import (
    CREATE,
    RECREATE,
    CannotChange,
    Plan,
    Rules,
    plan_absent,
    plan_adoption,
    plan_present,
)
from .._application.unfinished import Maker, unfinished_name
from .._errors import AmbiguousName, Refused
from .lease import is_abandoned


@dataclass(frozen=True)
class Found:
    """What an account holds of the application that a task means; ``unfinished`` are those of its name."""

    existing: Optional[Application]
    unfinished: Tuple[Application, ...] = ()


def plan_for(api: Api, desired: Desired, state: str, held_keys: Optional[Collection[str]], maker: Maker) -> Plan:
    """What has to be done. Only reads from the API. Raises NexmoError.

    ``held_keys`` are the fingerprints of the private keys that are where the application's belongs, None where the
    task does not look after a key; ``maker`` is the process that will have made what the plan makes.
    """
    found = find(api, desired)
    if state == "absent":
        plan = plan_absent(found.existing)
    else:
        if found.existing is None and desired.application_id:
            raise Refused("application_id: there is no application with id %s" % desired.application_id)
        plan = plan_present(desired, found.existing, api.rules, held_keys)
        _check_rename(api, plan)
    mine = _adoptable(api, plan, found, held_keys or (), maker)
    if mine is not None and _can_become(mine, desired, api.rules):
        plan = plan_adoption(plan, mine, desired, api.rules)
    plan = replace(plan, leftovers=_leftovers(found, plan))
    _check_keys_in_the_way(api, plan, found, held_keys or ())
    return plan


def find(api: Api, desired: Desired) -> Found:
    """The application that the task means, with its public key, and unfinished ones of its name."""
    if desired.application_id:
        return Found(api.read(desired.application_id))
    name = str(desired.name)
    listing = listing_for(api.list, name)
    matches = listing.named(name)
    if len(matches) > 1:
        raise AmbiguousName(name, [str(match.id) for match in matches])
    return Found(_with_keys(api, matches[0]) if matches else None, listing.unfinished(name))


def _with_keys(api: Api, listed: Application) -> Optional[Application]:
    """Items of a listing may lack the keys, and then perhaps more."""
    return listed if listed.public_key else api.read(str(listed.id))


def _adoptable(api: Api, plan: Plan, found: Found, held_keys: Collection[str], maker: Maker) -> Optional[Application]:
    """An unfinished application whose key is in safe hands: an earlier task brought it there, or a run that ended."""
    if plan.operation not in (CREATE, RECREATE) or not held_keys:
        return None
    free = [each for each in found.unfinished if _maker_of(each) == maker or is_abandoned(each)]
    candidates = (_with_keys(api, application) for application in free)
    return next((each for each in candidates if each is not None and each.fingerprint in held_keys), None)


def _can_become(begun: Application, desired: Desired, rules: Rules) -> bool:
    """Whether an unfinished application can be made as desired; version 1 cannot change its type."""
    try:
        rules.updated(desired, begun)
    except CannotChange:
        return False
    return True


def _leftovers(found: Found, plan: Plan) -> Tuple[Application, ...]:
    """Unfinished applications that nobody will finish."""
    adopted = plan.adopts.id if plan.adopts else None
    return tuple(each for each in found.unfinished if each.id != adopted and is_abandoned(each))


def _maker_of(application: Application) -> Optional[Maker]:
    unfinished = unfinished_name(application.name)
    return unfinished.maker if unfinished else None


def _check_rename(api: Api, plan: Plan) -> None:
    """A name that two applications have would find neither of them in later runs."""
    if plan.before is None or plan.after is None or plan.before.name == plan.after.name:
        return
    name = plan.after.name
    holders = listing_for(api.list, name).named(name)
    if holders:
        raise Refused(
            "name: %r is already the name of application %s; give another name, or delete that application first"
            % (plan.after.name, ", ".join(str(holder.id) for holder in holders))
        )


def _check_keys_in_the_way(api: Api, plan: Plan, found: Found, held_keys: Collection[str]) -> None:
    """A key that another application of the account needs must not be replaced or removed."""
    if not (plan.brings_key or plan.after is None):
        return
    own = {plan.before.fingerprint} if plan.before else set()
    if set(held_keys) <= own:
        return
    begun = {each.id: _with_keys(api, each) for each in found.unfinished}
    foreign = set(held_keys) - own - {each.fingerprint for each in begun.values() if each}
    if not foreign:
        return
    unreadable: Optional[Application] = None
    for listed in confirmed_listing(api.list, everything).applications:
        application = None if listed.id in begun else _with_keys(api, listed)
        if application is None or (plan.before is not None and application.id == plan.before.id):
            continue
        if application.fingerprint in foreign:
            raise Refused(
                "private_key_path: the private key of another application, %r (%s), is where this one's belongs; "
                "give each application a path of its own" % (application.name, application.id)
            )
        unreadable = unreadable or (application if application.shows_unreadable_key else None)
    if unreadable is not None:
        raise Refused(
            "private_key_path: a private key of no application that is known is there, and it may be that of %r (%s), "
            "whose public key cannot be read as the API shows it; move the file away, or give another path"
            % (unreadable.name, unreadable.id)
        )
