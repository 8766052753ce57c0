# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans, as data, from the desired and the existing application. No input or output happens here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Collection, Dict, Optional, Protocol, Tuple

from .._errors import Refused
from .._patch import Document
from .._redact import SECRET_MEMBERS
from .desired import Desired
from .lost_key import way_out
from .model import Application
from .shown import shown

NONE, CREATE, UPDATE, RECREATE, DELETE = "none", "create", "update", "recreate", "delete"


class CannotChange(Refused):
    """A setting that the API cannot change in an application that exists."""


class Rules(Protocol):
    """What a version of the API requires of settings, beyond what every version does."""

    @property
    def unsupported(self) -> Collection[str]:
        """The options that belong to version 2 alone, where this is another."""

    def check(self, desired: Desired) -> None:
        """Refuses, before any request, what the version can never do. Raises InvalidOption."""

    def updated(self, desired: Desired, existing: Application) -> Application:
        """The existing application with the task's changes. Raises NexmoError, and CannotChange where only another
        application could be as desired."""

    def created(self, desired: Desired, replaced: Optional[Application]) -> Application:
        """A new application as desired, which takes over the other settings of the one that it replaces, if there is
        one. Raises NexmoError."""

    def options_for(self, existing: Application) -> Optional[Dict[str, Any]]:
        """The options, without its name, that keep an application as it is; None where no options can describe it."""


@dataclass(frozen=True)
class Plan:
    """One operation on one application: what is there before it, and what is to be there after it.

    ``rotates`` says that the application gets a new key pair, made here. ``adopts`` is an unfinished application whose
    key is stored: it is finished instead of making another. ``leftovers`` are unfinished ones that nobody will
    finish.
    """

    operation: str
    before: Optional[Application]
    after: Optional[Application]
    rotates: bool = False
    adopts: Optional[Application] = None
    leftovers: Tuple[Application, ...] = ()

    @property
    def changed(self) -> bool:
        return self.operation != NONE or bool(self.leftovers)

    @property
    def brings_key(self) -> bool:
        """Whether there will be a new private key to store."""
        return self.operation in (CREATE, RECREATE) or self.rotates

    def diff(self) -> Dict[str, Any]:
        """In the form of Ansible's diff mode, without secrets."""
        return {
            "before": _shown(self.before, self.after, "hidden, the old one"),
            "after": _shown(self.after, self.before, "hidden, the new one"),
            "before_header": _header(self.before),
            "after_header": _header(self.after),
        }


def plan_absent(existing: Optional[Application]) -> Plan:
    """The plan that makes an application absent."""
    return Plan(DELETE if existing else NONE, existing, None)


def plan_present(
    desired: Desired, existing: Optional[Application], rules: Rules, held_keys: Optional[Collection[str]]
) -> Plan:
    """The plan that makes an application as desired.

    ``held_keys`` are the fingerprints of the private keys that are stored for the application; None where the
    task stores none. Raises NexmoError where the application cannot be made as desired.
    """
    if existing is None:
        return Plan(CREATE, None, rules.created(desired, None))
    try:
        after = rules.updated(desired, existing)
    except CannotChange:
        if not desired.recreate:
            raise
        return Plan(RECREATE, existing, rules.created(desired, existing))
    way = way_out(desired, existing, held_keys)
    if way == "recreate":
        return Plan(RECREATE, existing, rules.created(desired, existing))
    if way == "rotate":
        return Plan(UPDATE, existing, after.without_key(), rotates=True)
    return Plan(NONE if after == existing else UPDATE, existing, after)


def plan_adoption(plan: Plan, mine: Application, desired: Desired, rules: Rules) -> Plan:
    """The plan to make an application, changed so that it finishes one that was begun."""
    name = plan.after.name if plan.after else mine.name
    return replace(plan, adopts=mine, after=rules.updated(desired, mine.renamed(name)))


def _shown(application: Optional[Application], other: Optional[Application], another: str) -> Dict[str, Any]:
    if application is None:
        return {}
    counterpart: Document = other.settings if other else {}
    masked = _masked(application.settings, counterpart, another)
    shown = {name: value for name, value in masked.items() if name != "keys"}
    if other is not None and other.public_key != application.public_key:
        shown["public_key"] = application.public_key
    return shown


def _masked(value: Any, counterpart: Any, another: str) -> Any:
    """Without secrets; what holds one that is not the same in the counterpart is called ``another``."""
    if not isinstance(value, dict):
        return _marked(value, counterpart, another)
    others = counterpart if isinstance(counterpart, dict) else {}
    masked = {}
    for name, item in value.items():
        if name in SECRET_MEMBERS:
            masked[name] = "hidden" if others.get(name, item) == item else another
        else:
            masked[name] = _masked(item, others.get(name), another)
    return masked


def _marked(value: Any, counterpart: Any, another: str) -> Any:
    differs_in_secrets = value != counterpart and shown(value) == shown(counterpart)
    if differs_in_secrets and isinstance(value, str):
        return "%s (%s)" % (shown(value), another)
    return [shown(value), another] if differs_in_secrets else shown(value)


def _header(application: Optional[Application]) -> str:
    if application is None:
        return "no application"
    return "application %s (%s)" % (application.name, application.id or "id not known yet")
