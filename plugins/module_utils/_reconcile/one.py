# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One application: what a task asks for it, and how that is planned, previewed and applied."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Sequence

from .._api.api import Api
from .._application.desired import Desired, desired_from
from .._application.plan import Plan, Rules
from .._http.failures import ApiError
from .account import Account
from .apply import Applied, apply, preview
from .aside import check_name
from .creation import Steps
from .keepers import Keeper, KeysToDeliver, ReturnedKeys
from .planning import plan_for

if TYPE_CHECKING:
    from .._keys.place import Attributes


@dataclass(frozen=True)
class Item:
    """The desired state of one application, and the keeper of its private key."""

    desired: Desired
    state: str
    keeper: Keeper


@dataclass(frozen=True)
class Result:
    """What was done for an item, or would be done in check mode."""

    plan: Plan
    applied: Applied
    changed: bool

    def warnings(self) -> Iterator[str]:
        """What the user should know of it."""
        if self.plan.leftovers:
            yield "runs that ended too early left %d unfinished applications of that name; they are deleted" % len(
                self.plan.leftovers
            )
        if self.applied.ignored:
            yield "the API did not take these settings as they were sent: %s" % ", ".join(self.applied.ignored)

    def result(self) -> Dict[str, Any]:
        """The return values of ``nexmo_application``, but for the diff."""
        application = self.applied.application
        known = application or self.plan.before
        returned = {
            "changed": self.changed,
            "operation": self.plan.operation,
            "finished": self.applied.finished,
            "application": application.described() if application else None,
            "fingerprint": known.fingerprint if known else None,
        }
        if self.applied.private_key:
            returned["private_key"] = self.applied.private_key
        return returned


def item_from(options: Mapping[str, Any], rules: Rules, attributes: Attributes) -> Item:
    """Reads the options of ``nexmo_application``, those not given being None. Sends nothing. Raises InvalidOption.

    ``attributes`` are those that a key file gets.
    """
    desired = desired_from(options)
    check_name(desired.name)
    rules.check(desired)
    return Item(desired, options["state"], _keeper_from(options, attributes))


def names_of(items: Sequence[Item]) -> List[str]:
    """The names that are given."""
    return [item.desired.name for item in items if item.desired.name is not None]


def plan_item(account: Account, item: Item) -> Plan:
    """What has to be done. Only reads. Raises NexmoError."""
    with _naming_options_of(item):
        return plan_for(account, item.desired, item.state, item.keeper.held_keys(), item.keeper.maker)


def preview_item(item: Item, plan: Plan) -> Result:
    """What applying the plan would return."""
    applied = preview(plan, item.keeper.delivers_later)
    return Result(plan, applied, item.keeper.changes(plan) or plan.changed)


def apply_item(api: Api, item: Item, plan: Plan) -> Steps[Result]:
    """Applies the plan. Raises NexmoError, which is Overtaken where another run was faster."""
    with _naming_options_of(item):
        file_changes = item.keeper.changes(plan)
        with item.keeper.ready(plan):
            applied = yield from apply(api, plan, item.keeper)
            applied = item.keeper.settled(plan, applied)
    return Result(plan, applied, plan.changed or file_changes)


@contextmanager
def _naming_options_of(item: Item) -> Iterator[None]:
    """Makes errors of the API name the options that the user gave."""
    try:
        yield
    except ApiError as error:
        error.option_names = item.desired.option_names
        raise


def _keeper_from(options: Mapping[str, Any], attributes: Attributes) -> Keeper:
    path, held_keys = options["private_key_path"], options["held_keys"]
    if path is None:
        return ReturnedKeys() if held_keys is None else KeysToDeliver(held_keys)
    from .key_store import KeyStore  # most runs look after no file, and each import is time in every loop

    store = KeyStore(path, attributes)
    store.check(options["state"])
    return store
