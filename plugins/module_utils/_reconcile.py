# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find, plan, apply: from what a task asks for to what the account holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, List, Optional, Protocol

from ._application import Application, Created
from ._desired import Desired
from ._errors import AmbiguousName, Refused
from ._key_pair import new_private_key
from ._listing import Listing, settled_listing
from ._patch import Document, differences, member
from ._plan import CREATE, DELETE, RECREATE, UPDATE, Plan, Rules, plan_absent, plan_present
from ._rsa import public_half


class Api(Protocol):
    """A version of the API, on one account. Every operation raises ApiError."""

    @property
    def rules(self) -> Rules:
        """What this version can be asked."""

    def list(self) -> Listing:
        """All applications."""

    def read(self, application_id: str) -> Optional[Application]:
        """One application, None where there is none with that id."""

    def create(self, application: Application, wire_type: Optional[str]) -> Created:
        """Makes an application."""

    def update(self, application: Application, wire_type: Optional[str]) -> Application:
        """Replaces the settings of an application."""

    def delete(self, application_id: str) -> None:
        """Deletes an application; that it is not there is fine."""


@dataclass(frozen=True)
class Outcome:
    """What is there in the end: the application, None where there is none, and its private key, if it was handed out.

    ``ignored`` are the dotted names of settings that the service did not take as they were sent.
    """

    application: Optional[Application]
    private_key: Optional[str] = None
    ignored: Collection[str] = ()


def plan_for(api: Api, desired: Desired, state: str, held_keys: Optional[Collection[str]]) -> Plan:
    """What has to be done. Only reads from the API. Raises NexmoError."""
    existing = find(api, desired)
    if state == "absent":
        plan = plan_absent(existing)
    else:
        if existing is None and desired.application_id:
            raise Refused("application_id: there is no application with id %s" % desired.application_id)
        plan = plan_present(desired, existing, api.rules, held_keys)
        _check_rename(api, plan)
    _check_keys_in_the_way(api, plan, held_keys or ())
    return plan


def find(api: Api, desired: Desired) -> Optional[Application]:
    """The application that the task means, with its public key, None where there is none."""
    if desired.application_id:
        return api.read(desired.application_id)
    name = str(desired.name)
    matches = settled_listing(api.list, lambda listing: bool(listing.named(name))).named(name)
    if len(matches) > 1:
        raise AmbiguousName(name, [str(match.id) for match in matches])
    if not matches:
        return None
    # Items of a listing may lack the keys, and then perhaps more.
    return matches[0] if matches[0].public_key else api.read(str(matches[0].id))


def foretell(plan: Plan) -> Outcome:
    """What ``apply`` would come to, without writing."""
    return Outcome(plan.after)


def apply(api: Api, plan: Plan) -> Outcome:
    """Does what the plan says. Raises ApiError."""
    if plan.operation in (DELETE, RECREATE) and plan.before is not None:
        api.delete(str(plan.before.id))
    if plan.after is None:
        return Outcome(None)
    if plan.operation in (CREATE, RECREATE):
        created = api.create(plan.after, plan.type)
        return Outcome(created.application, created.private_key, _ignored(plan, plan.after, created.application))
    if plan.operation == UPDATE:
        private_key = new_private_key() if plan.rotates else None
        after = plan.after.with_public_key(public_half(private_key).pem) if private_key else plan.after
        updated = api.update(after, plan.type)
        return Outcome(updated, private_key, _ignored(plan, after, updated))
    return Outcome(plan.after)


def _ignored(plan: Plan, sent: Application, answered: Application) -> List[str]:
    """Settings that came back other than they were sent, or came back though they were to be removed.

    What the service adds by itself does not count.
    """
    before: Document = plan.before.settings if plan.before else {}
    return [
        ".".join(path)
        for path in differences(sent.settings, answered.settings)
        if path[0] != "keys" and (member(sent.settings, path) is not None or member(before, path) is not None)
    ]


def _check_rename(api: Api, plan: Plan) -> None:
    """A name that two applications have would find neither of them in later runs."""
    if plan.before is None or plan.after is None or plan.before.name == plan.after.name:
        return
    holders = settled_listing(api.list, lambda listing: True).named(plan.after.name)
    if holders:
        raise Refused(
            "name: %r is already the name of application %s; give another name, or delete that application first"
            % (plan.after.name, ", ".join(str(holder.id) for holder in holders))
        )


def _check_keys_in_the_way(api: Api, plan: Plan, held_keys: Collection[str]) -> None:
    """A key that another application of the account needs must not be replaced or removed."""
    own = plan.before.fingerprint if plan.before else None
    foreign = set(held_keys) - {own}
    if not foreign or not (plan.brings_key or plan.after is None):
        return
    for application in settled_listing(api.list, lambda listing: True).applications:
        shown = application if application.public_key else api.read(str(application.id))
        if shown is not None and shown.fingerprint in foreign:
            raise Refused(
                "private_key_path: the private key of another application, %r (%s), is where the key of %r belongs; "
                "give each application a path of its own" % (shown.name, shown.id, _name(plan))
            )


def _name(plan: Plan) -> str:
    application = plan.after or plan.before
    return application.name if application else ""
