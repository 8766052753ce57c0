# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what is to be done."""

from __future__ import annotations

from tests.mutations.fault import Fault

_PLAN = "plugins/module_utils/_application/plan.py"
_CHANGES = "plugins/module_utils/_application/changes.py"
_LOST_KEY = "plugins/module_utils/_application/lost_key.py"
_PLANNING = "plugins/module_utils/_reconcile/planning.py"
_RULES_V1 = "plugins/module_utils/_application/rules_v1.py"
_RULES_V2 = "plugins/module_utils/_application/rules_v2.py"
_TESTS_OF_PLAN = ("tests/unit/plugins/module_utils/_application/test_plan.py",)
_TESTS_OF_PLAN_V2 = ("tests/unit/plugins/module_utils/_application/test_plan_v2.py",)
_TESTS_OF_APPLY = ("tests/unit/plugins/module_utils/_reconcile/test_apply.py",)
_TESTS_OF_KEYS = ("tests/e2e/many/test_many_failures.py",)

PLANNING = (
    Fault(
        "a key that waits for another run counts as nobody's",
        _PLANNING,
        "each.fingerprint in keys and not is_abandoned(each):",
        "False:",
        ("tests/e2e/modules/test_module_rivals.py",),
    ),
    Fault(
        "an application that is as desired is updated",
        _PLAN,
        "Plan(NONE if after == existing else UPDATE,",
        "Plan(UPDATE,",
        _TESTS_OF_PLAN,
    ),
    Fault(
        "any private key is taken for the application's",
        _LOST_KEY,
        "existing.fingerprint in held_keys",
        "bool(held_keys)",
        _TESTS_OF_PLAN,
    ),
    Fault(
        "an application is made anew without leave",
        _PLAN,
        "        if not desired.recreate:\n",
        "        if False:\n",
        _TESTS_OF_PLAN,
    ),
    Fault(
        "a webhook that is new gets no method",
        _CHANGES,
        '"address" in change and method and',
        '"address" not in change and method and',
        _TESTS_OF_PLAN,
    ),
    Fault(
        "a name that two applications have finds the first",
        _PLANNING,
        "if len(matches) > 1:",
        "if len(matches) > 2:",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "an application is renamed to a name that is taken",
        _PLANNING,
        "    if held_by:",
        "    if len(held_by) > 1:",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "another application's key is replaced",
        _PLANNING,
        "application.fingerprint in foreign:",
        "application.fingerprint not in foreign:",
        _TESTS_OF_KEYS,
    ),
    Fault(
        "version 1: the type of an application counts for nothing",
        _RULES_V1,
        "if desired.type and types and desired.type not in types:",
        "if desired.type and types and False:",
        _TESTS_OF_PLAN,
    ),
    Fault(
        "version 1: an application is made without the webhooks that its type needs",
        _RULES_V1,
        "if required and not webhook_in(",
        "if not required and not webhook_in(",
        _TESTS_OF_PLAN,
    ),
    Fault(
        "version 2: the same key in another layout is a change",
        _RULES_V2,
        "if wanted is None or wanted != ",
        "if wanted is None or wanted == ",
        _TESTS_OF_PLAN_V2,
    ),
)
