# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task asks of one application: planned, foretold, and carried out step by step."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Sequence

from .._api.api import Api
from .._application.desired import Desired, desired_from
from .._application.plan import Plan, Rules
from .._http.failures import ApiError
from .account import Account
from .apply import Outcome, apply, foretell
from .aside import check_name
from .creation import Steps
from .keepers import Keeper, KeysToDeliver, ReturnedKeys
from .planning import plan_for

if TYPE_CHECKING:
    from .._keys.place import Attributes


@dataclass(frozen=True)
class Wish:
    """What one application is to be, and who looks after its private key."""

    desired: Desired
    state: str
    keeper: Keeper


@dataclass(frozen=True)
class Fulfilment:
    """What was done for a wish, or would be done in check mode."""

    plan: Plan
    outcome: Outcome
    changed: bool

    def warnings(self) -> Iterator[str]:
        """What the user should know of it."""
        if self.plan.leftovers:
            yield "runs that ended too early left %d unfinished applications of that name; they are deleted" % len(
                self.plan.leftovers
            )
        if self.outcome.ignored:
            yield "the API did not take these settings as they were sent: %s" % ", ".join(self.outcome.ignored)

    def result(self) -> Dict[str, Any]:
        """The return values of ``nexmo_application``, but for the diff."""
        application = self.outcome.application
        known = application or self.plan.before
        returned = {
            "changed": self.changed,
            "operation": self.plan.operation,
            "finished": self.outcome.finished,
            "application": application.described() if application else None,
            "fingerprint": known.fingerprint if known else None,
        }
        if self.outcome.private_key:
            returned["private_key"] = self.outcome.private_key
        return returned


def wish_from(options: Mapping[str, Any], rules: Rules, attributes: Attributes) -> Wish:
    """Reads the options of ``nexmo_application``, those not given being None. Sends nothing. Raises InvalidOption.

    ``attributes`` are those that a key file gets.
    """
    desired = desired_from(options)
    check_name(desired.name)
    rules.check(desired)
    return Wish(desired, options["state"], _keeper_from(options, attributes))


def names_of(wishes: Sequence[Wish]) -> List[str]:
    """The names that are given."""
    return [wish.desired.name for wish in wishes if wish.desired.name is not None]


def plan_of(account: Account, wish: Wish) -> Plan:
    """What has to be done. Only reads. Raises NexmoError."""
    with _in_the_words_of(wish):
        return plan_for(account, wish.desired, wish.state, wish.keeper.held_keys(), wish.keeper.maker)


def foretold(wish: Wish, plan: Plan) -> Fulfilment:
    """What carrying the plan out would come to."""
    outcome = foretell(plan, wish.keeper.delivers_later)
    return Fulfilment(plan, outcome, wish.keeper.changes(plan) or plan.changed)


def carried_out(api: Api, wish: Wish, plan: Plan) -> Steps[Fulfilment]:
    """Carries the plan out. Raises NexmoError, which is Overtaken where another run was faster."""
    with _in_the_words_of(wish):
        file_changes = wish.keeper.changes(plan)
        with wish.keeper.ready(plan):
            outcome = yield from apply(api, plan, wish.keeper)
        outcome = wish.keeper.settled(plan, outcome)
    return Fulfilment(plan, outcome, plan.changed or file_changes)


@contextmanager
def _in_the_words_of(wish: Wish) -> Iterator[None]:
    """Makes errors of the API speak of the options that the user gave."""
    try:
        yield
    except ApiError as error:
        error.option_names = wish.desired.option_names
        raise


def _keeper_from(options: Mapping[str, Any], attributes: Attributes) -> Keeper:
    path, held_keys = options["private_key_path"], options["held_keys"]
    if path is None:
        return ReturnedKeys() if held_keys is None else KeysToDeliver(held_keys)
    from .key_store import KeyStore  # most runs look after no file, and each import is time in every loop

    store = KeyStore(path, attributes)
    store.check(options["state"])
    return store
