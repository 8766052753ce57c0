# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all of these tests share: each folder's ``running_simulator``, emptied before each test."""

from __future__ import annotations

import pytest

from tests.simulator.client import Simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """As if just started."""
    running_simulator.reset()
    return running_simulator
