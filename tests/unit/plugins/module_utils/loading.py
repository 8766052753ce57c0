# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's own files, seen from outside of the running interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COLLECTION = Path(__file__).resolve().parents[4]
MODULE_UTILS = COLLECTION / "plugins" / "module_utils"

# A package of another name around the files, so that neither Ansible nor its loader of collections is needed.
PREAMBLE = """
import importlib, sys, types
package = types.ModuleType("utils")
package.__path__ = [sys.argv[1]]
sys.modules["utils"] = package
"""


def in_new_interpreter(program: str, *arguments: str, timeout: float = 30) -> str:
    """What a program prints that can import our files from the package utils. Raises subprocess.TimeoutExpired."""
    command = [sys.executable, "-c", PREAMBLE + program, str(MODULE_UTILS), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=timeout).stdout.decode("utf-8")
