# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules for numbers, on the simulator that the other modules' tests have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules, home, relay, running_simulator
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.relay import Relay
from tests.e2e.numbers.documents import SHOP, STORE
from tests.simulator.client import Document, Simulator

__all__ = ["home", "relay", "running_simulator"]


class NumberModules(Modules):
    """The modules for numbers, with the options that connect them to one API."""

    def number(
        self, *, check: bool = False, diff: bool = False, env: Mapping[str, str] | None = None, **options: Any
    ) -> ModuleRun:
        """nexmo_number; an option that is None is left out."""
        return self._run("nexmo_number", {**self._connection, **options}, env, check=check, diff=diff)

    def numbers(self, items: Any, *, check: bool = False, diff: bool = False, **options: Any) -> ModuleRun:
        """nexmo_numbers with these items."""
        return self._run(
            "nexmo_numbers", {**self._connection, "numbers": items, **options}, None, check=check, diff=diff
        )

    def number_info(self, *, check: bool = False, env: Mapping[str, str] | None = None, **options: Any) -> ModuleRun:
        """nexmo_number_info."""
        return self._run("nexmo_number_info", {**self._connection, **options}, env, check=check)


@pytest.fixture
def nexmo(simulator: Simulator, home: Path) -> NumberModules:
    """Modules that talk to the simulator."""
    return NumberModules(simulator.url, home)


@pytest.fixture
def relayed(relay: Relay, home: Path) -> NumberModules:
    """Modules that talk to the simulator through the relay."""
    return NumberModules(relay.url, home)


@pytest.fixture
def applications(simulator: Simulator) -> list[Document]:
    """Two applications of the account."""
    return simulator.preload([SHOP, STORE])
