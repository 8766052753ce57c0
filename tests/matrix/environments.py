# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual environments, made once and kept for the next run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "matrix"
REQUIREMENTS = ROOT / "tests" / "requirements" / "matrix.txt"
CONSTRAINTS = ROOT / "tests" / "requirements" / "matrix-constraints.txt"


@dataclass(frozen=True)
class Environment:
    """What an interpreter of some version has installed: what the modules need, and maybe a release of ansible-core."""

    version: str
    ansible: str | None = None

    @property
    def folder(self) -> Path:
        return BUILD / (f"python{self.version}" + (f"-ansible-core-{self.ansible}" if self.ansible else ""))

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def make(self, interpreter: Path) -> None:
        """Make it, unless it is there as it is to be. Raises subprocess.CalledProcessError, with the output."""
        files = [file.read_text(encoding="utf-8") for file in (REQUIREMENTS, CONSTRAINTS)]
        wanted = "\n".join([*self._ansible, *files])
        made = self.folder / "made-of.txt"
        if made.exists() and made.read_text(encoding="utf-8") == wanted and self.python.exists():
            return
        _run(interpreter, "-m", "venv", "--clear", self.folder)
        pip = (self.python, "-m", "pip", "install", "-qq", "--disable-pip-version-check")
        _run(*pip, "-r", REQUIREMENTS, *self._ansible)
        made.write_text(wanted, encoding="utf-8")

    @property
    def _ansible(self) -> list[str]:
        return [f"ansible-core=={self.ansible}"] if self.ansible else []


def _run(*command: str | Path) -> None:
    subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
