# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Killing runs of the role, each before another step, and what is there when one more run made all good."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.modules.watching import readable_files
from tests.e2e.playbooks import StartedPlaybook
from tests.e2e.process_trees import kill_tree
from tests.e2e.role.provisioning import Host, Provisioning, secrets_shown
from tests.e2e.stepping import Stepping
from tests.simulator.client import Document, Simulator


@dataclass(frozen=True)
class Killing:
    """Runs of the role with these variables, each on a host of its own, about an application of the host's name.

    folder: holds the hosts.
    prepare: makes account and host as they are to be before a run.
    """

    role: Provisioning
    simulator: Simulator
    folder: Path
    variables: Mapping[str, Any]
    prepare: Callable[[Host], object]

    def kill_at_every_other_step(self, first: int) -> list[Host]:
        """Kill as many runs as a run has steps from the one of that number (from 0), less every other; their hosts."""
        steps = self._steps()
        return [self._kill_before(steps[: number + 1]) for number in range(first, len(steps), 2)]

    def kill_at_every_step(self) -> list[Host]:
        """Kill as many runs as a run has steps; their hosts."""
        steps = self._steps()
        return [self._kill_before(steps[: number + 1]) for number in range(len(steps))]

    def make_good(self, hosts: Sequence[Host]) -> None:
        """One run for all of the hosts, that nobody kills."""
        run = self.role.run(hosts, self._role(), arguments=["--forks", "2"])
        assert run.ok, run.output

    def _steps(self) -> list[str]:
        """The steps of a run that nobody kills."""
        with Stepping.through(self.folder) as stepping, self._started(self._host("whole"), stepping) as started:
            taken = []
            for step in stepping.steps(started.process):
                taken.append(step.name)
                step.go_on()
            assert started.finish().ok, started.output
        return taken

    def _kill_before(self, steps: Sequence[str]) -> Host:
        """Kill a run, with everything it started, before it takes the last of these steps."""
        host = self._host(f"before-{len(steps)}-{steps[-1].replace(' ', '-')}")
        with Stepping.through(self.folder) as stepping, self._started(host, stepping) as started:
            taken = []
            for step in stepping.steps(started.process):
                taken.append(step.name)
                if len(taken) == len(steps):
                    assert step.pid in kill_tree(started.process.pid)
                    break
                step.go_on()
            assert started.process.wait() == -signal.SIGKILL, started.output
            assert taken == list(steps)
            assert secrets_others_could_read(host.folder, started.home) == []
        return host

    def _host(self, name: str) -> Host:
        host = self.role.host(name)
        self.prepare(host)
        return host

    def _started(self, host: Host, stepping: Stepping) -> AbstractContextManager[StartedPlaybook]:
        # Without pipelining there is more that a run can leave behind.
        env = {**stepping.env, "ANSIBLE_PIPELINING": "false"}
        return self.role.started([host], self._role(), extra_env=env, umask=0)

    def _role(self) -> dict[str, Any]:
        return {"nexmo_application_name": "{{ inventory_hostname }}", **self.variables}


def check_present(host: Host, applications: Sequence[Document]) -> None:
    """One finished application, its key in a file that nobody else can read, and no other key."""
    (application,) = _of(host, applications)
    assert application["name"] == host.name
    assert _kept_files(host) == {"keys/shop.key": 0o600}
    assert public_key(str(host.key)) == application["keys"]["public_key"]


def check_absent(host: Host, applications: Sequence[Document]) -> None:
    """Neither application nor key."""
    assert _of(host, applications) == []
    assert _kept_files(host) == {}


def _of(host: Host, applications: Sequence[Document]) -> list[Document]:
    """Be they finished or not."""
    return [application for application in applications if application["name"].split(" [")[0] == host.name]


def _kept_files(host: Host) -> dict[str, int]:
    """Modes of the host's files, but for the temporary ones, which nobody removes."""
    return {path: mode for path, (mode, _content) in host.files().items() if not path.endswith(".tmp")}


def secrets_others_could_read(*folders: Path) -> list[str]:
    """Files with secrets in them that others could open."""
    paths = [Path(path) for folder in folders for path in readable_files(folder)]
    return [str(path) for path in paths if secrets_shown(path.read_text(encoding="latin-1"))]
