# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of histories share, and how many steps they try."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.e2e.histories.infrastructure import Infrastructure

_ALWAYS = settings(
    phases=[Phase.generate, Phase.shrink],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
# Some hundred steps, the same on every run; some thousand; and more than anybody waits for.
QUICK = settings(_ALWAYS, max_examples=12, stateful_step_count=20, derandomize=True)
PROFILES = {
    "long": settings(_ALWAYS, max_examples=100, stateful_step_count=30),
    "soak": settings(_ALWAYS, max_examples=1000, stateful_step_count=50),
}


@pytest.fixture
def chosen_profile() -> settings:
    """The one that the variable HISTORIES names."""
    return PROFILES[os.environ.get("HISTORIES", "long")]


@pytest.fixture(scope="module")
def infrastructure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Infrastructure]:
    with Infrastructure.start(tmp_path_factory.mktemp("home")) as started:
        yield started
