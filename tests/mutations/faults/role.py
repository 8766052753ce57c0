# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what the role decides, see ``plugins/plugin_utils``."""

from __future__ import annotations

from tests.mutations.fault import Fault

_AGREEMENT = "plugins/plugin_utils/_agreement.py"
_KEY_WORK = "plugins/plugin_utils/_key_work.py"
_REQUESTS = "plugins/plugin_utils/_requests.py"
_TESTS_OF_AGREEMENT = ("tests/unit/plugins/plugin_utils/test_agreement.py",)
_TESTS_OF_STEPS = ("tests/unit/plugins/plugin_utils/test_steps.py",)

ROLE = (
    Fault(
        "an application is made anew while a host that may have its key is out of reach",
        _REQUESTS,
        'application["lost_key"] == "recreate" and not may_have_key(agreed, shared)',
        'application["lost_key"] == "recreate"',
        _TESTS_OF_AGREEMENT,
    ),
    Fault(
        "hosts that never said what they are about cannot have a key",
        _AGREEMENT,
        'return sorted({*silent, *group["unasked"]})',
        'return sorted(group["unasked"])',
        _TESTS_OF_AGREEMENT,
    ),
    Fault(
        "hosts that contradict each other ask all the same",
        _AGREEMENT,
        'return len(set(group["members"].values())) > 1',
        "return False",
        _TESTS_OF_AGREEMENT,
    ),
    Fault(
        "an application is finished before any host has its key",
        _REQUESTS,
        """outcome["fingerprint"] in held_keys(shared, application["group"], facts)""",
        """outcome["fingerprint"]""",
        _TESTS_OF_STEPS,
    ),
    Fault(
        "a different key on a host is replaced without leave",
        _KEY_WORK,
        'elif report["fingerprint"] and not may_replace:',
        'elif report["fingerprint"] and False:',
        _TESTS_OF_STEPS,
    ),
    Fault(
        "a key that waits on a host is never installed",
        _KEY_WORK,
        'report["fingerprint"] == wanted and report["held_keys"] == [wanted]:',
        'wanted in report["held_keys"]:',
        _TESTS_OF_STEPS,
    ),
)
