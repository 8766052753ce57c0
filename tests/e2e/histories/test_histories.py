# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever happens, in whatever order, runs to which nothing happens make all well."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.e2e.histories.conftest import QUICK
from tests.e2e.histories.infrastructure import Infrastructure
from tests.e2e.histories.machine import Histories


def test_after_each_of_a_few_histories_all_is_as_asked(infrastructure: Infrastructure) -> None:
    try_histories(infrastructure, QUICK)


@pytest.mark.thorough
def test_after_each_of_many_histories_all_is_as_asked(infrastructure: Infrastructure, chosen_profile: settings) -> None:
    try_histories(infrastructure, chosen_profile)


def try_histories(infrastructure: Infrastructure, profile: settings) -> None:
    machine: Any = partial(Histories, infrastructure)
    run_state_machine_as_test(machine, settings=profile)
