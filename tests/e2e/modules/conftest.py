# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all tests of this folder, emptied before each; modules that talk to it; a relay in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.module_runner import ModuleRun, run_module
from tests.e2e.modules.relay import Relay
from tests.e2e.modules.secrecy import secrets_in
from tests.simulator.client import Simulator

API_KEY = "demo-key"
API_SECRET = "a/b+c %&=é"  # every character of it looks different in a URL, in JSON, in HTML or in base64
ACCOUNTS = ((API_KEY, API_SECRET), ("other-key", "other-secret"))


class Modules:
    """The modules, with the options that connect them to one API.

    Whatever a test is about, it fails when the API secret shows in what a module prints, or a private key that the
    result is not meant to hold.
    """

    longest_sleep: float | None = None

    def __init__(self, api_url: str, home: Path) -> None:
        self._connection = {"api_url": api_url, "api_key": API_KEY, "api_secret": API_SECRET}
        self._home = home

    def application(
        self,
        *,
        check: bool = False,
        diff: bool = False,
        no_log: bool = False,
        env: Mapping[str, str] | None = None,
        before_start: Callable[[], None] | None = None,
        **options: Any,
    ) -> ModuleRun:
        """nexmo_application; an option that is None is left out."""
        args = {**self._connection, **options}
        return self._run(
            "nexmo_application", args, env, check=check, diff=diff, no_log=no_log, before_start=before_start
        )

    def applications(
        self,
        *items: Any,
        check: bool = False,
        diff: bool = False,
        no_log: bool = False,
        before_start: Callable[[], None] | None = None,
        **options: Any,
    ) -> ModuleRun:
        """nexmo_applications with these items."""
        args = {**self._connection, "applications": list(items), **options}
        return self._run(
            "nexmo_applications", args, None, check=check, diff=diff, no_log=no_log, before_start=before_start
        )

    def info(self, *, check: bool = False, env: Mapping[str, str] | None = None, **options: Any) -> ModuleRun:
        """nexmo_application_info."""
        return self._run("nexmo_application_info", {**self._connection, **options}, env, check=check)

    def private_key(
        self,
        *,
        check: bool = False,
        diff: bool = False,
        env: Mapping[str, str] | None = None,
        before_start: Callable[[], None] | None = None,
        **options: Any,
    ) -> ModuleRun:
        """nexmo_private_key."""
        return self._run("nexmo_private_key", options, env, check=check, diff=diff, before_start=before_start)

    def _run(self, name: str, args: Mapping[str, Any], env: Mapping[str, str] | None, **how: Any) -> ModuleRun:
        environment = {"HOME": str(self._home), **(env or {})}
        run = run_module(name, args, env=environment, longest_sleep=self.longest_sleep, **how)
        shown = run.output.replace("PRIVATE KEY", "") if _holds_private_key(run) else run.output
        assert secrets_in(shown, API_KEY, API_SECRET) == []
        assert "Traceback" not in run.result.get("msg", "")
        return run


def _holds_private_key(run: ModuleRun) -> bool:
    """Whether the result is meant to hold one, its own or that of one of many applications."""
    return any("private_key" in each for each in (run.result, *run.result.get("applications", [])))


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator.start(accounts=ACCOUNTS) as started:
        yield started


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home directory of the user that modules run as."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def nexmo(simulator: Simulator, home: Path) -> Modules:
    """Modules that talk to the simulator."""
    return Modules(simulator.url, home)


@pytest.fixture
def relay(simulator: Simulator) -> Iterator[Relay]:
    with Relay.start(simulator.url) as started:
        yield started


@pytest.fixture
def relayed(relay: Relay, home: Path) -> Modules:
    """Modules that talk to the simulator through the relay."""
    return Modules(relay.url, home)


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    """Where a private key is to be, in an empty directory."""
    directory = tmp_path / "keys"
    directory.mkdir()
    return directory / "application.key"
