# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixtures of version 1's tests, with modules that speak version 2 unless a test says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.modules.conftest import Modules, home, key_path, relay, running_simulator
from tests.e2e.modules.relay import Relay
from tests.simulator.client import Simulator

pytest.register_assert_rewrite("tests.e2e.modules_v2.life_cycle")

__all__ = ["home", "key_path", "relay", "running_simulator"]


class ModulesV2(Modules):
    """Modules with ``api_version: v2``; a test that gives None for it leaves it out."""

    def __init__(self, api_url: str, home: Path) -> None:
        super().__init__(api_url, home)
        self._connection["api_version"] = "v2"


@pytest.fixture
def nexmo(simulator: Simulator, home: Path) -> Modules:
    """Modules that talk to the simulator."""
    return ModulesV2(simulator.url, home)


@pytest.fixture
def relayed(relay: Relay, home: Path) -> Modules:
    """Modules that talk to the simulator through the relay."""
    return ModulesV2(relay.url, home)
