# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running a module as Ansible does on a host: a process of its own, parameters in, one line of JSON out."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.forking import ForkingRunner

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60
# Stands for an option that is there and null.
NULL = object()

# One for each thread, for tests let modules run at the same time.
_RUNNERS = threading.local()
_UNTIL_THE_END = contextlib.ExitStack()
atexit.register(_UNTIL_THE_END.close)

_PR_CAPBSET_DROP = 24
_CAP_CHOWN, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 0, 1, 2, 3


@dataclass(frozen=True)
class ModuleRun:
    """How a module ended. ``output`` is all that it printed."""

    result: dict[str, Any]
    returncode: int
    output: str

    @property
    def failed(self) -> bool:
        return bool(self.result.get("failed"))

    @property
    def message(self) -> str:
        """What a user reads of a failure."""
        assert self.failed, f"the module succeeded: {self.result}"
        return str(self.result["msg"])

    def __getitem__(self, name: str) -> Any:
        assert not self.failed, f"the module failed: {self.result}"
        return self.result[name]

    def __contains__(self, name: str) -> bool:
        return name in self.result


def collections_path() -> str:
    """The folder that holds ``ansible_collections``, the collection under test being in there."""
    return os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(os.pathsep)[0] or str(ROOT / "build")


def run_module(
    name: str,
    args: Mapping[str, Any],
    *,
    check: bool = False,
    diff: bool = False,
    no_log: bool = False,
    env: Mapping[str, str] | None = None,
    before_start: Callable[[], None] | None = None,
    longest_sleep: float | None = None,
) -> ModuleRun:
    """Run a module of the collection; options that are None are left out, those that are NULL are null.

    env: the environment, besides what Python needs. ``before_start`` runs in the new process. ``longest_sleep`` are the
    seconds to which each sleep of the module is cut, which ``before_start`` and another ``PYTHONPATH`` preclude.
    Raises AssertionError when the module prints no result, which no module may do.
    """
    given = {option: None if value is NULL else value for option, value in args.items() if value is not None}
    internal = {"_ansible_check_mode": check, "_ansible_diff": diff, "_ansible_no_log": no_log}
    environment = _environment(env or {})
    is_common = before_start is None and environment["PYTHONPATH"] == collections_path()
    run = partial(_forked, longest_sleep=longest_sleep) if is_common else partial(_started, before_start=before_start)
    output, returncode = run(name, {**given, **internal}, environment)
    lines = [line for line in output.splitlines() if line.startswith("{")]
    assert lines, f"the module gave no result: {output}"
    return ModuleRun(json.loads(lines[-1]), returncode, output)


def _forked(
    name: str, args: Mapping[str, Any], environment: Mapping[str, str], longest_sleep: float | None
) -> tuple[str, int]:
    """Most of the time of a module goes into its start; see ``forking``."""
    runners = _RUNNERS.__dict__
    if name not in runners:
        runner = ForkingRunner.start(name, ROOT, {**os.environ, **environment})
        runners[name] = _UNTIL_THE_END.enter_context(runner)
    run = runners[name].run(args, env=environment, longest_sleep=longest_sleep, seconds=SECONDS)
    return run.output, run.returncode


def _started(
    name: str, args: Mapping[str, Any], environment: Mapping[str, str], before_start: Callable[[], None] | None
) -> tuple[str, int]:
    process = subprocess.run(
        [sys.executable, "-m", f"ansible_collections.community.nexmo.plugins.modules.{name}"],
        input=json.dumps({"ANSIBLE_MODULE_ARGS": args}),
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=before_start,
    )
    return process.stdout + process.stderr, process.returncode


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    # Nothing else is taken over: neither a proxy nor credentials of whoever runs the tests.
    paths = [env["PYTHONPATH"]] if "PYTHONPATH" in env else []
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        **env,
        "PYTHONPATH": os.pathsep.join([*paths, collections_path()]),
    }


def obey_permissions() -> None:
    """For ``before_start``: makes root obey the permissions of files, as other users have to."""
    _give_up(_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH)


def own_files_alone() -> None:
    """For ``before_start``: makes root one who may only do to files what other users may do to theirs."""
    _give_up(_CAP_CHOWN, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER)


def _give_up(*capabilities: int) -> None:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in capabilities:
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def generous_umask() -> None:
    """For ``before_start``: files get just the permissions that they are made with."""
    os.umask(0)
