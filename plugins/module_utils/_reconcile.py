# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find, plan, apply: from what a task asks for to what the account holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Collection, List, Optional, Protocol, Tuple

from ._api import Api
from ._application import Application
from ._creation import Making, adopt, begin, contend, finish, is_abandoned
from ._desired import Desired
from ._errors import AmbiguousName, KeyLost, Refused
from ._key_pair import new_private_key
from ._listing import confirmed_listing, everything, listing_for
from ._maker import Maker
from ._patch import Document, Path, differences, member
from ._plan import CREATE, RECREATE, UPDATE, Plan, plan_absent, plan_adoption, plan_present
from ._rsa import public_half
from ._unfinished import unfinished_name


@dataclass(frozen=True)
class Found:
    """What an account holds of the application that a task means; ``unfinished`` are those of its name."""

    existing: Optional[Application]
    unfinished: Tuple[Application, ...] = ()


class Keeper(Protocol):
    """Who looks after a new private key."""

    @property
    def maker(self) -> Maker:
        """The process whose end says that nobody will finish what was begun."""

    @property
    def needs_key(self) -> bool:
        """Whether an application without a private key is of no use."""

    def keep(self, private_key: str) -> bool:
        """Brings a key into safe hands; False where that is still to come."""


@dataclass(frozen=True)
class Outcome:
    """What is there in the end: the application, None where there is none, and its private key, if it was handed out.

    ``finished`` is False where the application does not have its name yet, because its key is still to be delivered.
    ``ignored`` are the dotted names of settings that the service did not take as they were sent.
    """

    application: Optional[Application]
    private_key: Optional[str] = None
    finished: bool = True
    ignored: Collection[str] = ()


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
    if mine is not None:
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


def _leftovers(found: Found, plan: Plan) -> Tuple[Application, ...]:
    """Unfinished applications that nobody will finish."""
    adopted = plan.adopts.id if plan.adopts else None
    return tuple(each for each in found.unfinished if each.id != adopted and is_abandoned(each))


def _maker_of(application: Application) -> Optional[Maker]:
    unfinished = unfinished_name(application.name)
    return unfinished.maker if unfinished else None


def foretell(plan: Plan) -> Outcome:
    """What ``apply`` would come to, without writing."""
    return Outcome(plan.after)


def apply(api: Api, plan: Plan, keeper: Keeper) -> Outcome:
    """Does what the plan says. Raises ApiError, and Overtaken where another run was faster."""
    for leftover in plan.leftovers:
        api.delete(str(leftover.id))
    if plan.after is None:
        if plan.before is not None:
            api.delete(str(plan.before.id))
        return Outcome(None)
    if plan.operation in (CREATE, RECREATE):
        return _made(api, plan, plan.after, keeper)
    if plan.operation == UPDATE:
        return _updated(api, plan, plan.after, keeper)
    return Outcome(plan.after)


def _made(api: Api, plan: Plan, wanted: Application, keeper: Keeper) -> Outcome:
    making = Making(wanted, plan.type, plan.before)
    private_key = None
    if plan.adopts is not None:
        mine = adopt(api, making, plan.adopts, keeper.maker)
    else:
        created = begin(api, making, keeper.maker)
        mine, private_key = created.application, created.private_key
        if private_key is None and keeper.needs_key:
            api.delete(str(mine.id))
            raise KeyLost("the API made %r and handed out no private key, so it was deleted again" % wanted.name)
    if mine is not plan.adopts:
        # Ours that an earlier task made has contended: whoever came later sees it, and gives way or waits.
        contend(api, making, mine)
    if private_key is not None and not keeper.keep(private_key):
        return Outcome(mine.renamed(wanted.name), private_key, finished=False)
    finished = finish(api, making, mine).with_key_of(mine)
    return Outcome(finished, private_key, ignored=_ignored(plan, wanted, finished))


def _updated(api: Api, plan: Plan, wanted: Application, keeper: Keeper) -> Outcome:
    private_key = new_private_key() if plan.rotates else None
    if private_key:
        keeper.keep(private_key)
    sent = wanted.with_public_key(public_half(private_key).pem) if private_key else wanted
    updated = api.update(sent, plan.type).with_key_of(sent)
    return Outcome(updated, private_key, ignored=_ignored(plan, sent, updated))


def _ignored(plan: Plan, sent: Application, answered: Application) -> List[str]:
    """Settings that came back other than they were sent, or came back though they were to be removed.

    What the service adds by itself does not count.
    """
    before: Document = plan.before.settings if plan.before else {}
    return [
        ".".join(path)
        for path in differences(sent.settings, answered.settings)
        if path[0] != "keys" and (member(sent.settings, path) is not None or _unchanged(before, answered, path))
    ]


def _unchanged(before: Document, answered: Application, path: Path) -> bool:
    return member(before, path) is not None and member(before, path) == member(answered.settings, path)


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
    for listed in confirmed_listing(api.list, everything).applications:
        application = None if listed.id in begun else _with_keys(api, listed)
        if application is not None and application.fingerprint in foreign:
            raise Refused(
                "private_key_path: the private key of another application, %r (%s), is where this one's belongs; "
                "give each application a path of its own" % (application.name, application.id)
            )
