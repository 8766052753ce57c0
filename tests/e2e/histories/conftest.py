# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many histories are tried, see ``PROFILES``: by the option ``--histories`` or the variable HISTORIES."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.e2e.histories.infrastructure import Infrastructure

_ALWAYS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "print_blob": False}
# A few hundred steps, the same each time; some thousands; as many as hypothesis can think of in a while.
PROFILES = {
    "quick": settings(max_examples=20, stateful_step_count=15, derandomize=True, **_ALWAYS),
    "long": settings(max_examples=200, stateful_step_count=25, **_ALWAYS),
    "soak": settings(max_examples=1000, stateful_step_count=50, **_ALWAYS),
}


@pytest.fixture
def profile() -> settings:
    return PROFILES[os.environ.get("HISTORIES", "quick")]


@pytest.fixture
def infrastructure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Infrastructure]:
    with Infrastructure.start(tmp_path_factory.mktemp("home")) as started:
        yield started
