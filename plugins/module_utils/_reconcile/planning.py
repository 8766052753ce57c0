# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans one application from its desired state and what the account holds. Only reads from the API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Collection, Iterable, Optional, Tuple

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
from .._application.unfinished import Maker, meant_name, unfinished_name
from .._errors import AmbiguousName, Refused
from .account import Account
from .creation import is_made_by
from .lease import is_abandoned


@dataclass(frozen=True)
class Found:
    """What an account holds of the application that a task means; ``unfinished`` are those of its name."""

    existing: Optional[Application]
    unfinished: Tuple[Application, ...] = ()


def plan_for(
    account: Account, desired: Desired, state: str, held_keys: Optional[Collection[str]], maker: Maker
) -> Plan:
    """What has to be done. Only reads from the API. Raises NexmoError.

    ``held_keys`` are the fingerprints of the private keys that are stored for the application, None where the task
    stores none; ``maker`` is the process that makes what the plan creates.
    """
    found = find(account, desired)
    if state == "absent":
        plan = plan_absent(found.existing)
    else:
        if found.existing is None and desired.application_id:
            raise Refused("application_id: there is no application with id %s" % desired.application_id)
        plan = plan_present(desired, found.existing, account.rules, held_keys)
        _check_nobody_makes(account, new_name(plan))
    mine = _adoptable(account, plan, found, held_keys or (), maker)
    if mine is not None and _can_become(mine, desired, account.rules):
        plan = plan_adoption(plan, mine, desired, account.rules)
    plan = replace(plan, leftovers=_leftovers(found, plan))
    others = set(held_keys or ()) - ({plan.before.fingerprint} if plan.before else set())
    if others:
        _check_other_keys(account, plan, found, others)
    return plan


def find(account: Account, desired: Desired) -> Found:
    """The application that the task means, with its public key, and unfinished ones of its name."""
    if desired.application_id:
        return Found(_finished(account.read(desired.application_id)))
    name = str(desired.name)
    listing = account.listing()
    matches = listing.named(name)
    if len(matches) > 1:
        raise AmbiguousName(name, [str(match.id) for match in matches])
    return Found(account.with_key(matches[0]) if matches else None, listing.unfinished(name))


def new_name(plan: Plan) -> Optional[str]:
    """The name that an application is to have instead of the one that it has; None where it keeps its name."""
    is_renamed = plan.before is not None and plan.after is not None and plan.before.name != plan.after.name
    return plan.after.name if plan.after is not None and is_renamed else None


def holders(account: Account, plan: Plan) -> Tuple[Application, ...]:
    """The applications that have the name which the plan gives to another one: a name that two applications have would
    find neither of them in later runs."""
    name = new_name(plan)
    return account.listing().named(name) if name is not None else ()


def check_free(account: Account, plan: Plan) -> None:
    """Raises Refused where the plan gives a name that another application has."""
    held_by = holders(account, plan)
    if held_by:
        raise name_taken(plan, held_by)


def name_taken(plan: Plan, held_by: Collection[Application]) -> Refused:
    """The error for a plan that gives a name which others have."""
    return Refused(
        "name: %r is already the name of application %s; give another name, or delete that application first"
        % (new_name(plan), ", ".join(str(holder.id) for holder in held_by))
    )


def _finished(application: Optional[Application]) -> Optional[Application]:
    """The application that an id finds. Raises Refused for one that is not finished: it is its maker's."""
    unfinished = unfinished_name(application.name) if application else None
    if application is not None and unfinished is not None:
        raise Refused(
            "application_id: %s is an unfinished application, which %s; give name: %r instead of the id, so that it is "
            "finished or removed"
            % (
                application.id,
                "a run that ended too early left" if is_abandoned(application) else "another run is making",
                unfinished.name,
            )
        )
    return application


def _adoptable(
    account: Account, plan: Plan, found: Found, held_keys: Collection[str], maker: Maker
) -> Optional[Application]:
    """An unfinished application whose key is stored: by an earlier task, or by a run that ended."""
    if plan.operation not in (CREATE, RECREATE) or not held_keys:
        return None
    free = [each for each in found.unfinished if is_made_by(maker, each) or is_abandoned(each)]
    candidates = (account.with_key(application) for application in free)
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


def _check_nobody_makes(account: Account, name: Optional[str]) -> None:
    """A name that another run is about to give must not be given to an application that exists."""
    unfinished = account.listing().unfinished(name) if name is not None else ()
    if any(not is_abandoned(each) for each in unfinished):
        raise _made_by_another_run(name)


def _made_by_another_run(name: Optional[str]) -> Refused:
    return Refused("name: another run makes %r at the same time; run again when it has ended" % name)


def _check_other_keys(account: Account, plan: Plan, found: Found, others: Collection[str]) -> None:
    """Keys are there that are not the application's own. One that another run or another application needs must be
    neither replaced nor removed. A plan that makes the application goes on only when other runs have given way."""
    begun = {each.id: account.with_key(each) for each in found.unfinished}
    makes = plan.operation in (CREATE, RECREATE)
    if not makes:
        _check_no_run_needs(begun.values(), others)
    foreign = set(others) - {each.fingerprint for each in begun.values() if each}
    if foreign and not makes:
        whole = account.whole().applications
        others_begun = [each for each in whole if unfinished_name(each.name) and each.id not in begun]
        _check_no_run_needs(map(account.with_key, others_begun), foreign)
    if foreign and (plan.brings_key or plan.after is None):
        _check_keys_in_the_way(account, plan, begun, foreign)


def _check_no_run_needs(begun: Iterable[Optional[Application]], keys: Collection[str]) -> None:
    """Raises Refused where one of the keys waits for a run that is about to give its application the name."""
    for each in begun:
        if each is not None and each.fingerprint in keys and not is_abandoned(each):
            raise _made_by_another_run(meant_name(each.name))


def _check_keys_in_the_way(
    account: Account, plan: Plan, begun: Collection[Optional[str]], foreign: Collection[str]
) -> None:
    """A key that another application of the account needs must not be replaced or removed."""
    unreadable: Optional[Application] = None
    for listed in account.whole().applications:
        application = None if listed.id in begun else account.with_key(listed)
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
            "private_key_path: a private key of an unknown application is there, and it may be that of %r (%s), "
            "whose public key cannot be read as the API shows it; move the file away, or give another path"
            % (unreadable.name, unreadable.id)
        )
