# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator and one module for the whole matrix, and the line that sums it up."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.faults.dead_ends import OtherHost
from tests.e2e.faults.scenarios import Scenario
from tests.e2e.faults.stage import Stage
from tests.e2e.forking import ForkingRunner
from tests.e2e.modules.conftest import ACCOUNTS
from tests.e2e.modules.module_runner import ROOT, collections_path
from tests.simulator.client import Simulator


@pytest.fixture(scope="module")
def running_simulator() -> Iterator[Simulator]:
    with Simulator.start(accounts=ACCOUNTS, key_pairs=30) as started:
        yield started


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkingRunner]:
    """nexmo_application, which sees neither a proxy nor credentials of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), "PYTHONPATH": collections_path()}
    with ForkingRunner.start("nexmo_application", ROOT, env) as started:
        yield started


@pytest.fixture
def new_stage(running_simulator: Simulator, runner: ForkingRunner, tmp_path: Path) -> Callable[[str, Scenario], Stage]:
    """Makes a stage for a scenario under a version of the API."""

    def make(version: str, scenario: Scenario) -> Stage:
        return Stage(running_simulator, runner, tmp_path / "application.key", version, scenario)

    return make


@pytest.fixture
def other_host() -> Iterator[OtherHost]:
    """A host that nobody should talk to."""
    with OtherHost.start() as started:
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases there were, and what came of them."""
    verdicts: list[Any] = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == "fault_matrix"
    ]
    if verdicts:
        totals: Counter[str] = Counter()
        for verdict in verdicts:
            totals.update(verdict)
        found = ", ".join(f"{total} {kind}" for kind, total in totals.items())
        terminalreporter.write_line(f"{len(verdicts)} cases, {found}")
