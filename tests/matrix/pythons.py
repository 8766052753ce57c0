# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Pythons of this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

_VERSION = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"


def found(versions: Iterable[str]) -> dict[str, Path]:
    """The first interpreter of each version that can make virtual environments; versions without one are left out."""
    interpreters = {}
    for version in versions:
        for candidate in _candidates(version):
            if _is_version(candidate, version):
                interpreters[version] = candidate
                break
    return interpreters


def _candidates(version: str) -> Iterator[Path]:
    """Those on PATH, and then pyenv's."""
    for folder in os.get_exec_path():
        yield Path(folder) / f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"))


def _is_version(interpreter: Path, version: str) -> bool:
    # pyenv has commands on PATH for versions that are not switched on; they fail.
    if not interpreter.exists():
        return False
    run = subprocess.run([interpreter, "-c", _VERSION], capture_output=True, text=True, check=False)
    return run.stdout.strip() == version
