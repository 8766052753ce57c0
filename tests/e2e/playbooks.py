# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks as a user does, with ``ansible-playbook``, and tells what came of them.

The runs see nothing of the user's own configuration: home, Ansible's folders and the environment are made for each run
and go with it. The collection is taken from ANSIBLE_COLLECTIONS_PATH, or else from the copy that ``make`` keeps in
``build``.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.process_trees import kill_tree

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = Path(__file__).resolve().parent / "ansible_plugins"
SECONDS = 900  # for one run, on a machine that has much else to do

# The interpreter that has Ansible, and the one that runs the modules. ``make test-matrix`` gives others.
CONTROLLER_PYTHON = os.environ.get("CONTROLLER_PYTHON", sys.executable)
TARGET_PYTHON = os.environ.get("TARGET_PYTHON", sys.executable)

Play = Mapping[str, Any]
Inventory = Mapping[str, Any]

# Not the user's: whatever changes what Ansible or the modules do.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True)
class TaskResult:
    """What a task came to on a host. ``status``: ok, failed, ignored, unreachable or skipped.

    ``result`` is what callbacks see: with ``no_log`` little more than ``changed``.
    """

    host: str
    task: str
    status: str
    result: dict[str, Any]

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed", False))


@dataclass(frozen=True)
class PlaybookRun:
    """A finished run: exit status, output and errors as one text, results in order, Ansible's statistics by host."""

    returncode: int
    output: str
    tasks: tuple[TaskResult, ...]
    stats: dict[str, dict[str, int]]

    @property
    def ok(self) -> bool:
        return self.returncode == 0

    def results(self, task_name: str, host: str | None = None) -> list[TaskResult]:
        """The results of tasks of that name, with or without the name of their role."""
        return [
            task
            for task in self.tasks
            if (task.task == task_name or task.task.endswith(" : " + task_name)) and host in (None, task.host)
        ]

    def result(self, task_name: str, host: str | None = None) -> dict[str, Any]:
        """The result of the only task of that name that was not skipped."""
        (found,) = (task for task in self.results(task_name, host) if task.status != "skipped")
        return found.result

    def changed(self, host: str) -> int:
        """How many tasks changed something on the host."""
        return self.stats[host]["changed"]

    def failed(self, host: str) -> bool:
        """Whether the host failed or was out of reach."""
        return bool(self.stats[host]["failures"] or self.stats[host]["unreachable"])

    def message(self, host: str) -> str:
        """The message of the host's last failure."""
        messages = [
            str(task.result.get("msg", task.result.get("censored", "")))
            for task in self.tasks
            if task.host == host and task.status in ("failed", "unreachable")
        ]
        assert messages, f"{host} did not fail:\n{self.output}"
        return messages[-1]

    def fact(self, host: str, name: str) -> Any:
        """The value that ``set_fact`` last gave a fact."""
        values = [
            task.result["ansible_facts"][name]
            for task in self.tasks
            if task.host == host and name in task.result.get("ansible_facts", {})
        ]
        assert values, f"{name} was not set on {host}:\n{self.output}"
        return values[-1]


def local_hosts(hosts: Mapping[str, Mapping[str, Any]], **variables: Any) -> dict[str, Any]:
    """An inventory of hosts that are all this machine, with variables of each and of all."""
    common = {"ansible_connection": "local", "ansible_python_interpreter": TARGET_PYTHON, **variables}
    return {"all": {"hosts": {host: dict(own) for host, own in hosts.items()}, "vars": common}}


@dataclass(frozen=True)
class StartedPlaybook:
    """A run that goes on. ``home`` holds all that Ansible and the modules write of their own accord."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def output(self) -> str:
        """Output and errors so far, as one text."""
        return _output(self.folder).read_text(encoding="utf-8", errors="replace")

    def finish(self) -> PlaybookRun:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        returncode = self.process.wait(SECONDS)
        lines = _record(self.folder)
        return PlaybookRun(
            returncode,
            self.output,
            tuple(TaskResult(**line) for line in lines if "task" in line),
            next((line["stats"] for line in lines if "stats" in line), {}),
        )


def run_playbook(plays: str | Sequence[Play], inventory: Inventory, **options: Any) -> PlaybookRun:
    """Run plays, or a playbook of a collection by its full name, to the end; ``options`` are those of its start.

    Raises subprocess.TimeoutExpired.
    """
    with started_playbook(plays, inventory, **options) as started:
        return started.finish()


@contextlib.contextmanager
def started_playbook(
    plays: str | Sequence[Play],
    inventory: Inventory,
    *,
    check: bool = False,
    diff: bool = False,
    verbosity: int = 0,
    extra_env: Mapping[str, str] | None = None,
    arguments: Sequence[str] = (),
    umask: int = -1,
) -> Iterator[StartedPlaybook]:
    """Start a run; what of it still runs at the end of the ``with`` block is killed, and its folder removed.

    extra_env: variables of the environment, NEXMO_API_KEY for example; nothing of the caller's environment but
        PATH and the like is passed on.
    arguments: more arguments of the command.
    umask: of the command, -1 for the caller's.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        folder = Path(name)
        with open(_output(folder), "wb") as output:
            process = subprocess.Popen(
                _command(folder, plays, inventory, check, diff, verbosity) + list(arguments),
                cwd=folder,
                env=_environment(folder, extra_env or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                umask=umask,
            )
        try:
            yield StartedPlaybook(process, folder)
        finally:
            if process.poll() is None:
                kill_tree(process.pid)
            process.wait()


def _output(folder: Path) -> Path:
    return folder / "output"


def _command(
    folder: Path, plays: str | Sequence[Play], inventory: Inventory, check: bool, diff: bool, verbosity: int
) -> list[str]:
    playbook = plays
    if not isinstance(plays, str):
        # JSON is YAML too.
        playbook = str(_written(folder / "playbook.yml", list(plays)))
    hosts = _written(folder / "inventory.yml", inventory)
    flags = ["--check"] * check + ["--diff"] * diff + ["-" + "v" * verbosity] * bool(verbosity)
    # That interpreter's Ansible, whatever PATH says.
    return [CONTROLLER_PYTHON, "-m", "ansible", "playbook", "-i", str(hosts), str(playbook), *flags]


def _environment(folder: Path, extra: Mapping[str, str]) -> dict[str, str]:
    home = folder / "home"
    temporary = home / "tmp"
    temporary.mkdir(parents=True)
    configuration = folder / "ansible.cfg"
    configuration.touch()
    own = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **own,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
        "ANSIBLE_HOME": str(home / ".ansible"),
        "ANSIBLE_REMOTE_TEMP": str(home / ".ansible" / "tmp"),
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(ROOT / "build")),
        "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
        "ANSIBLE_CONNECTION_PLUGINS": str(PLUGINS / "connection"),
        "ANSIBLE_CALLBACKS_ENABLED": "recorder",
        "PLAYBOOK_RECORD": str(folder / "record"),
        "ANSIBLE_PIPELINING": "true",
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        **extra,
    }


def _written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def _record(folder: Path) -> list[dict[str, Any]]:
    record = folder / "record"
    if not record.exists():
        return []
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
