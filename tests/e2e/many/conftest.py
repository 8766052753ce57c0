# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixtures of the other modules' tests, under each version of the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.modules.conftest import ACCOUNTS, Modules, home, key_path
from tests.simulator.client import Simulator

pytest.register_assert_rewrite("tests.e2e.many.items", "tests.e2e.modules_v2.life_cycle")

__all__ = ["home", "key_path"]


class ModulesOfVersion(Modules):
    """Modules that speak one version of the API, and hardly ever sleep."""

    longest_sleep = 0.01

    def __init__(self, api_url: str, home: Path, version: str) -> None:
        super().__init__(api_url, home)
        self._connection["api_version"] = version


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """One that does not make a new key pair for each of the many applications."""
    with Simulator.start(accounts=ACCOUNTS, key_pairs=30) as started:
        yield started


@pytest.fixture(params=["v1", "v2"])
def version(request: pytest.FixtureRequest) -> str:
    """Of the API."""
    found: str = request.param
    return found


@pytest.fixture
def nexmo(simulator: Simulator, home: Path, version: str) -> Modules:
    """Modules that talk to the simulator."""
    return ModulesOfVersion(simulator.url, home, version)


@pytest.fixture
def keys(key_path: Path) -> Path:
    """An empty directory for private keys."""
    return key_path.parent
