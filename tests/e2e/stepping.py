# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbook runs that take each step only when the test says so; see ``python_startup`` for what a step is."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STARTUP = Path(__file__).resolve().parent / "python_startup"
_SECONDS = 180  # without a step


@dataclass(frozen=True)
class Step:
    """``name``: the method of a request, ``METHOD answered``, or a file operation. The process ``pid`` waits."""

    pid: int
    name: str
    connection: socket.socket

    def go_on(self) -> None:
        """Let the process take the step."""
        with contextlib.closing(self.connection):
            self.connection.sendall(b".")


class Stepping:
    """Hears of the steps of runs that were started with ``env`` in their environment."""

    def __init__(self, listener: socket.socket, folder: Path) -> None:
        self._listener = listener
        port = listener.getsockname()[1]
        self.env = {"PYTHONPATH": str(_STARTUP), "STEPPING_PORT": str(port), "STEPPING_FOLDER": f"{folder}/"}

    @classmethod
    @contextlib.contextmanager
    def through(cls, folder: Path) -> Iterator[Stepping]:
        """Listen for requests and for file operations in the folder."""
        with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
            yield cls(listener, folder)

    def steps(self, *processes: subprocess.Popen[bytes]) -> Iterator[Step]:
        """Each step as it comes, until all of the processes have ended."""
        with contextlib.ExitStack() as stack:
            selector = stack.enter_context(selectors.DefaultSelector())
            selector.register(self._listener, selectors.EVENT_READ)
            for process in processes:
                end = os.pidfd_open(process.pid)
                stack.callback(os.close, end)
                selector.register(end, selectors.EVENT_READ)
            running = len(processes)
            while running:
                ready = selector.select(_SECONDS)
                assert ready, f"nothing happened for {_SECONDS} seconds"
                for key, _events in ready:
                    if key.fileobj is self._listener:
                        yield self._accepted()
                    else:
                        selector.unregister(key.fileobj)
                        running -= 1

    def _accepted(self) -> Step:
        connection = self._listener.accept()[0]
        with connection.makefile() as lines:
            pid, name = lines.readline().strip().split(" ", 1)
            return Step(int(pid), name, connection)
