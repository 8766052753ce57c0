# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of modules by controllers, which stop between two steps when they are told to, go on, or are killed."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.forking import ForkingRunner, Run
from tests.e2e.histories.hosts import Host
from tests.e2e.modules.module_runner import ROOT, collections_path

_SECONDS = 60
_LONGEST_SLEEP = 0.002  # seconds
_MODULES = ("nexmo_application", "nexmo_applications", "nexmo_number")


@dataclass(frozen=True)
class Stop:
    """A process that waits before a step."""

    pid: int
    step: str
    connection: socket.socket


class Runs:
    """One controller's runs, one after the other."""

    def __init__(self, runners: Mapping[str, ForkingRunner], listener: socket.socket) -> None:
        self._runners = runners
        self._listener = listener
        self._runner: ForkingRunner | None = None
        self._stop: Stop | None = None

    @classmethod
    @contextlib.contextmanager
    def ready(cls, home: Path) -> Iterator[Runs]:
        """Have processes ready to fork runs from."""
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), "PYTHONPATH": collections_path()}
        with contextlib.ExitStack() as stack:
            runners = {name: stack.enter_context(ForkingRunner.start(name, ROOT, env)) for name in _MODULES}
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            yield cls(runners, listener)

    @property
    def under_way(self) -> bool:
        """Whether a run has begun and not ended."""
        return self._runner is not None

    def begin(self, module: str, options: Mapping[str, Any], host: Host, time: float, steps: int | None) -> Run | None:
        """Begin a run on the host; how it ended, or None where it stopped after so many steps.

        time: seconds that the world's clock is ahead of the real one.
        """
        assert self._runner is None
        self._runner = self._runners[module]
        arguments = {
            "machine": host.name,
            "ahead": time + host.clock,
            "folder": f"{host.folder}/",
            "port": self._listener.getsockname()[1],
            "steps": steps,
        }
        self._runner.begin(
            options, longest_sleep=_LONGEST_SLEEP, prepare=("tests.e2e.histories.child:prepare", arguments)
        )
        return self._end_or_stop()

    def go_on(self, host: Host, time: float, steps: int | None) -> Run | None:
        """Let the run that stopped go on, in the same manner."""
        assert self._stop is not None
        stop, self._stop = self._stop, None
        with contextlib.closing(stop.connection):
            told = f"{'all' if steps is None else steps} {time + host.clock}\n"
            stop.connection.sendall(told.encode())
        return self._end_or_stop()

    def kill(self) -> None:
        """End the run that stopped, as SIGKILL does."""
        assert self._stop is not None
        stop, self._stop = self._stop, None
        os.kill(stop.pid, signal.SIGKILL)
        stop.connection.close()
        self._end_or_stop()

    def _end_or_stop(self) -> Run | None:
        assert self._runner is not None
        ready = select.select([self._runner.output, self._listener], [], [], _SECONDS)[0]
        if self._listener in ready:
            connection = self._listener.accept()[0]
            with connection.makefile() as lines:
                pid, step = lines.readline().strip().split(" ", 1)
            self._stop = Stop(int(pid), step, connection)
            return None
        runner, self._runner = self._runner, None
        return runner.end(_SECONDS)
