# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixtures of the other modules' tests, under each version of the API."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.forking import ForkingRunner
from tests.e2e.modules.conftest import ACCOUNTS, Modules, home, key_path, simulator
from tests.e2e.modules.module_runner import ROOT, ModuleRun, collections_path
from tests.simulator.client import Simulator

pytest.register_assert_rewrite("tests.e2e.many.items", "tests.e2e.modules_v2.life_cycle")

__all__ = ["home", "key_path", "simulator"]


class ForkedModules(Modules):
    """Modules that speak one version of the API; nexmo_applications is forked, which saves its start."""

    def __init__(self, api_url: str, home: Path, version: str, runner: ForkingRunner) -> None:
        super().__init__(api_url, home)
        self._connection["api_version"] = version
        self._runner = runner

    def _start(
        self,
        name: str,
        args: Mapping[str, Any],
        env: Mapping[str, str],
        *,
        before_start: Callable[[], None] | None = None,
        **how: bool,
    ) -> ModuleRun:
        if name != "nexmo_applications" or before_start is not None:
            return super()._start(name, args, env, before_start=before_start, **how)
        given = {option: value for option, value in args.items() if value is not None}
        internal = {"_ansible_check_mode": how["check"], "_ansible_diff": how["diff"], "_ansible_no_log": how["no_log"]}
        run = self._runner.run({**given, **internal})
        return ModuleRun(run.result, run.returncode, run.output)


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """One that does not make a new key pair for each of the many applications."""
    with Simulator.start(accounts=ACCOUNTS, key_pairs=30) as started:
        yield started


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkingRunner]:
    """nexmo_applications, which sees neither a proxy nor credentials of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), "PYTHONPATH": collections_path()}
    with ForkingRunner.start("nexmo_applications", ROOT, env) as started:
        yield started


@pytest.fixture(params=["v1", "v2"])
def version(request: pytest.FixtureRequest) -> str:
    """Of the API."""
    found: str = request.param
    return found


@pytest.fixture
def nexmo(simulator: Simulator, home: Path, version: str, runner: ForkingRunner) -> Modules:
    """Modules that talk to the simulator."""
    return ForkedModules(simulator.url, home, version, runner)


@pytest.fixture
def keys(key_path: Path) -> Path:
    """An empty directory for private keys."""
    return key_path.parent
