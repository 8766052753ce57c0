# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Let ansible-test make its virtual environments from a package index alone.

Usage: ansible_test_bootstrap.py, with the Python that has ansible-core.

ansible-test makes virtual environments without pip and fetches a script from
the internet that installs it, unless a file of that name is in its cache.
This puts one there that needs nothing but what Python ships and the package
index that pip is configured for. A script that is there already is kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

from ansible_test._internal.python_requirements import get_venv_packages

SCRIPT = '''\
"""Install pip, as get-pip.py does, from the copy that Python ships."""

import subprocess
import sys

# In a process of its own: importing ensurepip makes pip ignore its configuration.
subprocess.check_call([sys.executable, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
arguments = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
subprocess.check_call([sys.executable, "-m", "pip", "install", "--quiet"] + arguments)
'''


def cached_script() -> Path:
    """Return the path at which this release of ansible-test looks for the script."""
    packages = get_venv_packages(SimpleNamespace(version="{}.{}".format(*sys.version_info)))
    name = "get_pip_{}.py".format(packages["pip"].replace(".", "_"))
    return Path.home() / ".ansible" / "test" / "cache" / name


def main() -> None:
    path = cached_script()
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whoever reads it meanwhile sees all of it or none.
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(SCRIPT, encoding="utf-8")
    unfinished.rename(path)


if __name__ == "__main__":
    main()
