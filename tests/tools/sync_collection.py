# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copy the collection to the folder where Ansible's tools want to find it.

Usage: sync_collection.py FOLDER

What git tracks and what it would track (untracked, not ignored) is copied;
what went away since the last run is removed. The copy is a git repository of
its own, since ansible-test asks git which files there are.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder, whatever repository the caller's environment names."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "safe.directory=*", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True
    ).stdout


def wanted_files() -> set[Path]:
    """Return the paths, relative to the root, that the copy shall have."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    paths = {Path(os.fsdecode(name)) for name in listed.split(b"\0") if name}
    return {path for path in paths if os.path.lexists(ROOT / path)}


def remove_stale(folder: Path, wanted: set[Path]) -> None:
    """Remove what is not wanted (any more), and the folders that this empties."""
    keep = {parent for path in wanted for parent in path.parents}
    for parent, folders, files in os.walk(folder, topdown=True):
        here = Path(parent).relative_to(folder)
        if here == Path("."):
            folders.remove(".git")
        for name in list(folders):
            if here / name not in keep:
                folders.remove(name)
                remove(Path(parent) / name)
        for name in files:
            if here / name not in wanted:
                remove(Path(parent) / name)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def copy(source: Path, target: Path) -> None:
    """Copy one file, unless the target is the same already: mtimes feed caches."""
    if not source.is_symlink() and not target.is_symlink() and target.is_file():
        same_mode = source.stat().st_mode == target.stat().st_mode
        if same_mode and filecmp.cmp(source, target, shallow=False):
            return
    if os.path.lexists(target):
        remove(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target, follow_symlinks=False)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    identity = ("-c", "user.name=build", "-c", "user.email=build@localhost")
    options = ("--quiet", "--allow-empty", "--no-verify", "--no-gpg-sign", "--message=build")
    git(folder, *identity, "commit", *options)


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    if not (folder / ".git").is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet")
    wanted = wanted_files()
    remove_stale(folder, wanted)
    for path in sorted(wanted):
        copy(ROOT / path, folder / path)
    commit(folder)


if __name__ == "__main__":
    main()
