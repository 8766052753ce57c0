# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where contenders run: a simulator for one situation, whose account is the same before each run."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.simulator.client import Document, Simulator

from .contenders import Contender
from .hosts import Hosts
from .situations import Situation, as_options, discrepancies

_ROOT = Path(__file__).resolve().parents[2]
_MEASURED = Path(__file__).resolve().parent / "measured.py"
_ACCOUNT = ("demo-key", "demo-secret")
_SECONDS = 900  # for one run
_STOP_SECONDS = 10
_KEY_PAIRS = 4  # handed out again and again, so that making keys is not what is measured

# Not the user's: whatever changes what Ansible or the clients do.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")


class Refused(Exception):
    """A contender that failed, or that did not make the account what it has to be."""


@dataclass(frozen=True)
class Run:
    """What one run took.

    cpu_seconds: what all its processes used of the processors.
    peak_mib: the memory of its largest process, in MiB.
    """

    seconds: float
    cpu_seconds: float
    requests: int
    peak_mib: float


class Stage:
    """A simulator with an account, and a folder for what the contenders read and write."""

    def __init__(self, simulator: Simulator, situation: Situation, folder: Path) -> None:
        self._simulator = simulator
        self._situation = situation
        self._folder = folder
        documents = situation.documents_before()
        self._hosts = Hosts(situation.host_variables(), documents, folder / "hosts")
        self._before = simulator.preload(self._hosts.with_public_keys(documents))
        self._expected = situation.expected(self._before)
        self._variables = folder / "variables.json"
        self._variables.write_text(json.dumps(self._wanted()), encoding="utf-8")
        inventory = folder / "inventory.json"
        inventory.write_text(json.dumps(self._hosts.inventory()), encoding="utf-8")
        self._environment = {**_environment(folder, str(simulator.ca_path)), "ANSIBLE_INVENTORY": str(inventory)}

    @classmethod
    @contextlib.contextmanager
    def of(cls, situation: Situation) -> Iterator[Stage]:
        """A stage for the length of a ``with`` block."""
        with (
            tempfile.TemporaryDirectory(prefix="benchmark-") as name,
            Simulator.start(
                accounts=[_ACCOUNT],
                # The service's own client speaks HTTPS alone.
                tls_dir=Path(name) / "tls",
                latency=situation.latency_ms / 1000,
                key_pairs=_KEY_PAIRS,
            ) as simulator,
        ):
            yield cls(simulator, situation, Path(name))

    def run(self, contender: Contender) -> Run:
        """One run on the account as it was at the start. Raises Refused."""
        self._reset()
        measured = self._measured(contender)
        requests = len(self._simulator.requests())
        if contender.applies:
            self._check(contender)
        return Run(measured["seconds"], measured["cpu_seconds"], requests, measured["peak_mib"])

    def report(self, script: Path) -> dict[str, Any]:
        """What a script that gets the variables' file as its argument prints, which is JSON."""
        self._reset()
        printed = self._output([sys.executable, str(script), str(self._variables)], script.name)
        reported: dict[str, Any] = json.loads(printed)
        return reported

    def _reset(self) -> None:
        self._simulator.reset()
        self._simulator.preload(self._before)
        self._hosts.reset()

    def _measured(self, contender: Contender) -> dict[str, Any]:
        # Without the site's packages, to be small.
        wrapper = [sys.executable, "-I", "-S", str(_MEASURED)]
        measured: dict[str, Any] = json.loads(
            self._output(wrapper + contender.command(self._variables), contender.name)
        )
        if measured["status"]:
            raise Refused(f"{contender.name} failed: {self._errors()}")
        return measured

    def _output(self, command: list[str], name: str) -> str:
        with (
            (self._folder / "errors").open("wb") as errors,
            subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            ) as process,
        ):
            output = _waited_for(process, name)
        if process.returncode:
            raise Refused(f"{name} failed: {self._errors()}")
        return output.decode()

    def _errors(self) -> str:
        return (self._folder / "errors").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _check(self, contender: Contender) -> None:
        applications = self._simulator.applications()
        _refuse(f"{contender.name} left another account than is wanted", discrepancies(self._expected, applications))
        _refuse(f"{contender.name} left other private keys than are wanted", self._hosts.discrepancies(applications))

    def _wanted(self) -> dict[str, Any]:
        documents: list[Document] = self._situation.wanted_documents()
        api_key, api_secret = _ACCOUNT
        connection = {"api_url": self._simulator.url, "api_key": api_key, "api_secret": api_secret}
        return {
            **connection,
            "documents": documents,
            "applications": [as_options(document) for document in documents],
            # Where a module looks for its options.
            "ANSIBLE_MODULE_ARGS": {**connection, "api_version": "v2"},
        }


def _refuse(reason: str, findings: list[str]) -> None:
    if findings:
        raise Refused(f"{reason}; {len(findings)} findings: {findings[0]}")


def _waited_for(process: subprocess.Popen[bytes], name: str) -> bytes:
    """What a process printed until its end, which comes early if it takes too long or the benchmark is stopped."""
    try:
        return process.communicate(timeout=_SECONDS)[0]
    except BaseException as error:
        _stop(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise Refused(f"{name} took more than {_SECONDS} seconds") from None
        raise


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Let a command end what it has started: Ansible's workers are not in its process group."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(folder: Path, ca_path: str) -> dict[str, str]:
    """For every contender the same, and nothing of the user's own configuration."""
    home = folder / "home"
    home.mkdir()
    configuration = folder / "ansible.cfg"
    configuration.touch()
    own = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **own,
        "HOME": str(home),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
        # Python's ssl looks at the first one, requests at the second.
        "SSL_CERT_FILE": ca_path,
        "REQUESTS_CA_BUNDLE": ca_path,
        "PYTHONPATH": _collections_path(),
        "ANSIBLE_COLLECTIONS_PATH": _collections_path(),
        "ANSIBLE_HOME": str(home / ".ansible"),
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_PIPELINING": "true",
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }


def _collections_path() -> str:
    return os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(_ROOT / "build"))
