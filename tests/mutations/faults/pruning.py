# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what is deleted because nobody lists it."""

from __future__ import annotations

from tests.mutations.fault import Fault

_PRUNE = "plugins/module_utils/_reconcile/prune.py"
_MATCHING = "plugins/module_utils/_reconcile/matching.py"
_EXECUTION = "plugins/module_utils/_reconcile/execution.py"
_MANY = "plugins/module_utils/_reconcile/many.py"
_TESTS_OF_PRUNE = ("tests/unit/plugins/module_utils/_reconcile/test_prune.py",)
_TESTS_OF_MANY = ("tests/unit/plugins/module_utils/_reconcile/test_many.py",)

PRUNING = (
    Fault(
        "more may be deleted than the percentage says",
        _PRUNE,
        "return deleted * 100 <= self.number * matching",
        "return deleted * 10 <= self.number * matching",
        _TESTS_OF_PRUNE,
    ),
    Fault(
        "a name that matches at its beginning is pruned",
        _MATCHING,
        "matches = re.compile(pattern).fullmatch",
        "matches = re.compile(pattern).match",
        ("tests/unit/plugins/module_utils/_reconcile/test_matching.py",),
    ),
    Fault(
        "what is listed by its id is pruned",
        _PRUNE,
        "if each.name not in names and each.id not in ids",
        "if each.name not in names",
        _TESTS_OF_MANY,
    ),
    Fault(
        "what somebody changed meanwhile is pruned",
        _PRUNE,
        "if _was_changed(listed, current):",
        "if False:",
        _TESTS_OF_PRUNE,
    ),
    Fault(
        "others are pruned although an item of the list failed",
        _EXECUTION,
        "if any(isinstance(each, Exception) for each in self._results.values()):",
        "if all(isinstance(each, Exception) for each in self._results.values()):",
        _TESTS_OF_MANY,
    ),
    Fault(
        "an application that two items mean is changed twice",
        _MANY,
        "if counted[each] > 1)",
        "if counted[each] > 2)",
        _TESTS_OF_MANY,
    ),
)
