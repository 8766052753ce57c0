# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How hypothesis runs: the same examples on every run, so that a failure in one is a failure in all.

HYPOTHESIS_PROFILE=thorough looks further, for the one who changes what is tested here. Under coverage, where every line
has to run and everything takes three times as long, few examples are enough.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

UNHURRIED = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "units", max_examples=50, derandomize=True, database=None, deadline=None, suppress_health_check=UNHURRIED
)
settings.register_profile("coverage", settings.get_profile("units"), max_examples=10)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=UNHURRIED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "coverage" if "COVERAGE_FILE" in os.environ else "units"))
