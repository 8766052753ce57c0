# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of reconciliation for one application alone, each in the thread that calls it."""

from __future__ import annotations

from ansible_collections.community.nexmo.plugins.module_utils._reconcile import apply as applying
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import creation, planning
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.account import account_of
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.batch import run_steps
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.creation import Contender


def account_for(api, desired):
    """The account as a plan for one application reads it."""
    return account_of(api, [desired.name] if desired.name is not None else [])


def plan_for(api, desired, state, held_keys, maker):
    """The plan for one application. Raises NexmoError."""
    account = account_for(api, desired)
    plan = planning.plan_for(account, desired, state, held_keys, maker)
    planning.check_free(account, plan)
    return plan


def apply(api, plan, keeper):
    """Carries out one plan. Raises NexmoError."""
    (outcome,) = run_steps(api, [applying.apply(api, plan, keeper)], 1, lambda _ended: None)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def contend(api, making, mine):
    """Lets one application contend for its name. Raises Overtaken."""
    for decided in creation.contend(api, [Contender(making, mine)], 1):
        for problem in decided.values():
            if problem is not None:
                raise problem


def others_end(api, name):
    """Waits for others that make the application; whether they came to an end."""
    return name in creation.names_that_others_left(api, [name])


def apply_with(keeper, plan, carry_out):
    """Carries a plan out, and lets a keeper do for the key what is to be done around that."""
    with keeper.ready(plan):
        return keeper.settled(plan, carry_out())
