# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running a module a thousand times: each run is a process of its own, forked from one that has imported the module.

That saves the start of an interpreter, which is most of a run. A run has the environment that it is given, and its
sleeps can be cut short, for a server may ask for a minute; what was to be slept is told. A function can prepare the
process, so that it believes to be on another machine, or at another time.

Executed as a program, with the module's name as its argument, this is the process to fork from. Runs are asked for on
standard input and told on standard output, one line of JSON each.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any


def main() -> None:
    """Fork a run for each line that asks for one."""
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    sleeps = _Sleeps()
    module = importlib.import_module(f"ansible_collections.community.nexmo.plugins.modules.{sys.argv.pop()}")
    gc.freeze()  # so that the runs' garbage collection leaves the memory that they share alone
    for line in requests:
        asked = json.loads(line)
        with tempfile.TemporaryFile("w+") as stdin, tempfile.TemporaryFile("w+") as told:
            json.dump({"ANSIBLE_MODULE_ARGS": asked["args"]}, stdin)
            stdin.seek(0)
            with tempfile.TemporaryFile("w+") as output:
                pid = os.fork()
                if pid == 0:
                    sleeps.longest = asked["longest_sleep"]
                    if asked["env"] is not None:
                        os.environ.clear()
                        os.environ.update(asked["env"])
                    _prepare(asked["prepare"], sleeps.wanted)
                    _run(module.main, stdin, output, told, sleeps.wanted)
                returncode = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                slept = json.loads(_content(told) or "[]")
                answer = {"output": _content(output), "returncode": returncode, "slept": slept}
        print(json.dumps(answer), file=answers, flush=True)


class _Sleeps:
    """Takes the place of ``time.sleep``, before anybody has taken hold of it."""

    def __init__(self) -> None:
        self.longest: float | None = None
        self.wanted: list[float] = []
        self._sleep = time.sleep
        time.sleep = self

    def __call__(self, seconds: float) -> None:
        self.wanted.append(seconds)
        self._sleep(seconds if self.longest is None else min(seconds, self.longest))


def _prepare(prepare: list[Any], slept: list[float]) -> None:
    """Call the function that ``prepare`` names, with the seconds slept so far and the arguments that it holds."""
    if prepare:
        name, arguments = prepare
        module, _colon, function = name.partition(":")
        getattr(importlib.import_module(module), function)(slept, **arguments)


def _run(run: Callable[[], None], stdin: IO[str], output: IO[str], told: IO[str], slept: list[float]) -> None:
    for file, descriptor in ((stdin, 0), (output, 1), (output, 2)):
        os.dup2(file.fileno(), descriptor)
    returncode = 1
    try:
        run()
    except SystemExit as end:
        returncode = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
        json.dump(slept, told)
        told.flush()
    # Whatever threads are left: the run is over.
    os._exit(returncode)


def _content(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


@dataclass(frozen=True)
class Run:
    """How a module ended: all that it printed, and the seconds that it wanted to sleep each time.

    One that was killed has a negative ``returncode``, and told nothing of its sleeps.
    """

    output: str
    returncode: int
    slept: list[float]

    @property
    def result(self) -> dict[str, Any]:
        """What Ansible would make of it. Raises AssertionError when the module gave no result."""
        lines = [line for line in self.output.splitlines() if line.startswith("{")]
        assert lines, f"the module gave no result: {self.output}"
        result: dict[str, Any] = json.loads(lines[-1])
        return result


class ForkingRunner:
    """Runs one module, in a process for each run."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextlib.contextmanager
    def start(cls, module: str, root: Path, env: Mapping[str, str]) -> Iterator[ForkingRunner]:
        """Import the module in a child process, for the length of a ``with`` block. ``root`` holds ``tests``."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.forking", module],
            cwd=root,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                yield cls(process)
            finally:
                process.terminate()

    @property
    def output(self) -> IO[str]:
        """Where something can be read when a run that was begun has ended."""
        assert self._process.stdout is not None
        return self._process.stdout

    def run(
        self,
        args: Mapping[str, Any],
        *,
        env: Mapping[str, str] | None = None,
        longest_sleep: float | None = None,
        seconds: float = 60,
    ) -> Run:
        """Run the module, see ``begin`` and ``end``."""
        self.begin(args, env=env, longest_sleep=longest_sleep)
        return self.end(seconds)

    def begin(
        self,
        args: Mapping[str, Any],
        *,
        env: Mapping[str, str] | None = None,
        longest_sleep: float | None = None,
        prepare: tuple[str, Mapping[str, Any]] | tuple[()] = (),
    ) -> None:
        """Let the module run with these arguments, in that environment unless it is None.

        longest_sleep: seconds to which each sleep of the module is cut.
        prepare: a function to call in the new process first, as ``MODULE:NAME``, and its keyword arguments.
        """
        assert self._process.stdin is not None
        asked = {
            "args": dict(args),
            "env": None if env is None else dict(env),
            "longest_sleep": longest_sleep,
            "prepare": prepare,
        }
        print(json.dumps(asked), file=self._process.stdin, flush=True)

    def end(self, seconds: float = 60) -> Run:
        """How the run ended that was begun. Raises TimeoutError when that takes longer than so many seconds."""
        if not select.select([self.output], [], [], seconds)[0]:
            raise TimeoutError(f"the module still runs after {seconds} seconds")
        return Run(**json.loads(self.output.readline()))


if __name__ == "__main__":
    main()
