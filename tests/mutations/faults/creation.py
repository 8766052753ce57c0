# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In how an application is made once."""

from __future__ import annotations

from tests.mutations.fault import Fault

_APPLY = "plugins/module_utils/_reconcile/apply.py"
_CREATION = "plugins/module_utils/_reconcile/creation.py"
_LEASE = "plugins/module_utils/_reconcile/lease.py"
_MAKER = "plugins/module_utils/_reconcile/maker.py"
_TESTS_OF_APPLY = ("tests/unit/plugins/module_utils/_reconcile/test_apply.py",)
_TESTS = (
    "tests/unit/plugins/module_utils/_reconcile/test_creation.py",
    "tests/unit/plugins/module_utils/_reconcile/test_creation_interleavings.py",
)

CREATION = (
    Fault(
        "an application gets its name before its key is stored",
        _CREATION,
        "if private_key is not None and not keeper.keep(private_key):",
        "if private_key is None and not keeper.keep(private_key):",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "an application without a key is kept",
        _CREATION,
        "        api.delete(str(mine.id))\n        raise KeyLost(",
        "        raise KeyLost(",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "what nobody will finish stays",
        _APPLY,
        "for leftover in plan.leftovers:",
        "for leftover in ():",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "a name that was taken meanwhile is given again",
        _CREATION,
        "if holders - replaced or any(",
        "if any(",
        _TESTS,
    ),
    Fault(
        "of two runs that make the same, each gives way to nobody",
        _CREATION,
        "if holders - replaced or any(_rank(rival) < _rank(mine) for rival in rivals):",
        "if holders - replaced:",
        _TESTS,
    ),
    Fault(
        "an application whose lease is over gets its name",
        _CREATION,
        "unfinished.expiry - MARGIN:",
        "unfinished.expiry + MARGIN:",
        _TESTS,
    ),
    Fault(
        "what was made, when the answer is lost, is made again",
        _CREATION,
        "            api.delete(str(application.id))\n    except NexmoError:",
        "            pass\n    except NexmoError:",
        _TESTS,
    ),
    Fault(
        "the application that is made anew stays as it was",
        _CREATION,
        "    if making.replaces is not None:\n        api.delete(str(making.replaces.id))\n    try:\n",
        "    try:\n",
        _TESTS_OF_APPLY,
    ),
    Fault(
        "a lost answer to the last request is a failure",
        _CREATION,
        "if found is None or found.name != making.wanted.name:",
        "if True:",
        _TESTS,
    ),
    Fault(
        "a lease never ends",
        _LEASE,
        "return now >= unfinished.expiry or ",
        "return ",
        _TESTS,
    ),
    Fault(
        "a process of another machine is taken for dead",
        _MAKER,
        "return maker.controller == here and maker.pid",
        "return maker.pid",
        ("tests/unit/plugins/module_utils/_application/test_unfinished.py",),
    ),
)
