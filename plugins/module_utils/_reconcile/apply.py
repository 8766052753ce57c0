# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies a plan to the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, List, Optional

from .._api.api import Api
from .._application.model import Application
from .._application.plan import CREATE, RECREATE, UPDATE, Plan
from .._keys.pair import new_private_key
from .._keys.rsa import public_half
from .._patch import Document, Path, differences, member
from .creation import Making, Steps, adopt, make
from .keepers import Keeper


@dataclass(frozen=True)
class Applied:
    """The application as the plan leaves it, None where there is none, and its private key, if the API handed one out.

    ``finished`` is False where the application does not have its name yet, because its key is still to be delivered.
    ``ignored`` are the dotted names of settings that the service did not take as they were sent.
    """

    application: Optional[Application]
    private_key: Optional[str] = None
    finished: bool = True
    ignored: Collection[str] = ()


def preview(plan: Plan, delivers_later: bool) -> Applied:
    """What ``apply`` would return, without writing. ``delivers_later`` says that a later task stores a new key."""
    is_begun = plan.operation in (CREATE, RECREATE) and plan.adopts is None
    return Applied(plan.after, finished=not (is_begun and delivers_later))


def apply(api: Api, plan: Plan, keeper: Keeper) -> Steps[Applied]:
    """Sends what the plan says. Raises ApiError, and Overtaken where another run was faster."""
    for leftover in plan.leftovers:
        api.delete(str(leftover.id))
    if plan.after is None:
        if plan.before is not None:
            api.delete(str(plan.before.id))
        return Applied(None)
    if plan.operation in (CREATE, RECREATE):
        return (yield from _created(api, plan, plan.after, keeper))
    if plan.operation == UPDATE:
        return _updated(api, plan, plan.after, keeper)
    return Applied(plan.after)


def _created(api: Api, plan: Plan, wanted: Application, keeper: Keeper) -> Steps[Applied]:
    making = Making(wanted, plan.before)
    steps = make(api, making, keeper) if plan.adopts is None else adopt(api, making, plan.adopts, keeper)
    made = yield from steps
    ignored = _ignored(plan, wanted, made.application) if made.finished else ()
    return Applied(made.application, made.private_key, made.finished, ignored)


def _updated(api: Api, plan: Plan, wanted: Application, keeper: Keeper) -> Applied:
    private_key = new_private_key() if plan.rotates else None
    if private_key:
        keeper.keep(private_key)
    sent = wanted.with_public_key(public_half(private_key).pem) if private_key else wanted
    updated = api.update(sent).with_key_of(sent)
    return Applied(updated, private_key, ignored=_ignored(plan, sent, updated))


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
