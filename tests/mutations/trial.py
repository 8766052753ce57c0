# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running tests on a copy of the collection, with a fault or without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from tests.mutations.fault import Fault

_FROM = ("plugins", "tests", "meta", "roles", "playbooks", "galaxy.yml", "pyproject.toml", "README.md", "docs")
_IGNORED = shutil.ignore_patterns("__pycache__", "output", ".hypothesis")
_SECONDS = 300  # for the tests of one fault; who waits for ever has found it

# How pytest ends, see its ExitCode.
_PASSED, _FAILED = 0, 1


class Verdict(Enum):
    """What came of a fault; broken are tests that could not be run, or that fail without it too."""

    FOUND = "found"
    SURVIVED = "survived"
    BROKEN = "broken"


class Trial:
    """A copy of the collection, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._collection = folder / "ansible_collections" / "community" / "nexmo"

    @classmethod
    @contextmanager
    def on_copy_of(cls, root: Path) -> Iterator[Trial]:
        """For the length of a ``with`` block. ``root`` is the folder of the sources."""
        with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
            trial = cls(Path(folder))
            for name in _FROM:
                source, target = root / name, trial._collection / name
                if source.is_dir():
                    shutil.copytree(source, target, ignore=_IGNORED, symlinks=True)
                elif source.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, target)
            yield trial

    def of(self, fault: Fault) -> Verdict:
        """What its tests say of a fault. Raises Outdated."""
        path = self._collection / fault.file
        right, wrong = path.read_text(encoding="utf-8"), fault.applied(self._collection)
        path.write_text(wrong, encoding="utf-8")
        try:
            return self._verdict(fault.tests)
        finally:
            path.write_text(right, encoding="utf-8")

    def passes(self, test: str) -> bool:
        """Whether a test file passes as long as there is no fault."""
        return self._verdict([test]) is Verdict.SURVIVED

    def _verdict(self, tests: Sequence[str]) -> Verdict:
        # Bytecode could outlive the change of a file within one second.
        env = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(self._folder), str(self._collection)]),
            "ANSIBLE_COLLECTIONS_PATH": str(self._folder),
        }
        options = ["-q", "-x", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir=.", "--import-mode=importlib"]
        # Of the tests against the simulator, those of ``make test``.
        options += ["-m", "not thorough"]
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "pytest", *options, *tests],
                cwd=self._collection,
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Verdict.FOUND
        return {_PASSED: Verdict.SURVIVED, _FAILED: Verdict.FOUND}.get(ended.returncode, Verdict.BROKEN)
