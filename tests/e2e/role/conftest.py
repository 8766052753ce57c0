# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all tests of this folder, emptied before each, and the role run against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.role.provisioning import API_KEY, API_SECRET, Provisioning
from tests.simulator.client import Simulator


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator.start(accounts=((API_KEY, API_SECRET),)) as started:
        yield started


@pytest.fixture
def role(simulator: Simulator, tmp_path: Path) -> Provisioning:
    """The role, on hosts in the test's own folder."""
    return Provisioning(simulator, tmp_path)
