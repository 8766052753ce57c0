# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever happens, in whatever order, runs to which nothing happens make all well."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.e2e.histories.infrastructure import Infrastructure
from tests.e2e.histories.machine import Histories


def test_after_each_history_all_is_as_asked(infrastructure: Infrastructure, profile: settings) -> None:
    run_state_machine_as_test(lambda: Histories(infrastructure), settings=profile)
