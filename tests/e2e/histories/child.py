# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Called in the process of a run: it is on a machine of some name, has that machine's clock, and stops where it has to.

A step is what others can see, as ``python_startup`` has it. The process stops before a step, tells of it, and waits to
hear how many more it may take.
"""

from __future__ import annotations

import builtins
import io
import os
import socket
import threading
import time
from typing import Any

from tests.e2e.python_startup import sitecustomize

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def prepare(slept: list[float], *, machine: str, ahead: float, folder: str, port: int, steps: int | None) -> None:
    """Prepare this process.

    slept: seconds slept so far, on and on; they were cut short, and the clock goes on all the same.
    machine: what tells its controller from others. ``ahead`` are the seconds that its clock is ahead of the real one.
    folder: where file operations are steps. ``port`` of who hears of the step before which the process stops.
    steps: how many to take before, None for all.
    """
    clock = _Clock(slept, ahead)
    gate = _Gate(port, steps, clock)
    _call_this_machine(machine)
    time.time = clock.time
    sitecustomize.watch(folder, gate.take)


class _Clock:
    def __init__(self, slept: list[float], ahead: float) -> None:
        self._slept = slept
        self._real = time.time
        self.ahead = ahead

    def time(self) -> float:
        return self._real() + self.ahead + sum(self._slept)


class _Gate:
    """All threads stop where one has to."""

    def __init__(self, port: int, steps: int | None, clock: _Clock) -> None:
        self._port = port
        self._left = steps
        self._clock = clock
        self._lock = threading.RLock()

    def take(self, step: str) -> None:
        with self._lock:
            if self._left == 0:
                self._ask(step)
            if self._left is not None:
                self._left -= 1

    def _ask(self, step: str) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection, connection.makefile("rw") as lines:
            print(os.getpid(), step, file=lines, flush=True)
            steps, ahead = lines.readline().split()
        self._clock.ahead = float(ahead)
        self._left = None if steps == "all" else int(steps)


def _call_this_machine(name: str) -> None:
    really_open = builtins.open

    def open_(file: Any, *args: Any, **how: Any) -> Any:
        return io.StringIO(name) if file == _BOOT_ID else really_open(file, *args, **how)

    builtins.open = open_
