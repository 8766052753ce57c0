# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all tests of this folder, emptied before each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.simulator.callers import V1, V2
from tests.simulator.client import Simulator

ACCOUNTS = (("demo-key", "demo-secret"), ("other-key", "s:e/c r&e=t+%"))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator is on this machine, whatever proxy its environment names for others."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """Over plain HTTP, with two accounts."""
    with Simulator.start(accounts=ACCOUNTS) as started:
        yield started


@pytest.fixture
def v1(simulator: Simulator) -> V1:
    """The first account through version 1."""
    return V1(simulator.url)


@pytest.fixture
def v2(simulator: Simulator) -> V2:
    """The first account through version 2."""
    return V2(simulator.url)


@pytest.fixture
def secure_simulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """Over HTTPS, and trusted by every client in this process that is made of requests."""
    with Simulator.start(tls_dir=tmp_path / "tls") as started:
        assert started.ca_path is not None
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", started.ca_path)
        yield started
