# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In how requests are sent, and what their failures mean."""

from __future__ import annotations

from tests.mutations.fault import Fault

_RETRY = "plugins/module_utils/_http/retry.py"
_FAILURES = "plugins/module_utils/_http/failures.py"

REQUESTS = (
    Fault(
        "a POST that may have arrived is repeated",
        _RETRY,
        'frozenset(("GET", "DELETE", "PUT"))',
        'frozenset(("GET", "DELETE", "PUT", "POST"))',
        ("tests/unit/plugins/module_utils/_http/test_retry.py",),
    ),
    Fault(
        "a failure that may pass ends the run",
        _RETRY,
        "frozenset((500, 502, 503, 504))",
        "frozenset((500, 502, 504))",
        ("tests/unit/plugins/module_utils/_http/test_retry.py",),
    ),
    Fault(
        "an error of the service is a refusal",
        _FAILURES,
        "400 <= self.status < 500",
        "400 <= self.status",
        ("tests/unit/plugins/module_utils/_http/test_failures.py",),
    ),
)
