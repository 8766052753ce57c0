# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the collection's archive as Galaxy takes it, and use it as someone who installs it does.

Usage: make_dist.py SOURCE FOLDER

SOURCE is the copy of the collection without anything that git ignores. In FOLDER, which is emptied first, the archive
is built; it is looked through, installed into a folder of its own, compared with its own checksums, and the demo is run
with what was installed. Ends with a message at the first thing that is wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What users have a use for. Whatever else the repository holds belongs into build_ignore in galaxy.yml.
WANTED = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "FILES.json",
    "LICENSE",
    "MANIFEST.json",
    "README.md",
    "changelogs",
    "docs",
    "meta",
    "playbooks",
    "plugins",
    "requirements.txt",
    "roles",
    "tests",
}
# For ansible-test sanity, which Galaxy runs on the archive.
WANTED_OF_TESTS = {"tests/config.yml"}


def main() -> None:
    source, folder = (Path(argument).resolve() for argument in sys.argv[1:])
    shutil.rmtree(folder, ignore_errors=True)
    installed = folder / "installed"
    installed.mkdir(parents=True)
    os.environ.update(ANSIBLE_COLLECTIONS_PATH=str(installed), ANSIBLE_HOME=str(folder / "home"))

    say("build")
    run("ansible-galaxy", "collection", "build", str(source), "--output-path", str(folder))
    (archive,) = folder.glob("*.tar.gz")
    look_through(archive)
    say("install")
    run("ansible-galaxy", "collection", "install", str(archive), "--offline", "--collections-path", str(installed))
    run("ansible-galaxy", "collection", "verify", "community.nexmo", "--offline")
    say("demo, of what was installed")
    run(sys.executable, str(ROOT / "tests" / "demo" / "run"))
    say(f"{archive.relative_to(ROOT)} is built, {archive.stat().st_size // 1024} KiB")


def look_through(archive: Path) -> None:
    """End unless the archive holds what is wanted, and nothing else."""
    with tarfile.open(archive) as content:
        files = {member.name for member in content if member.isfile()}
    parts = {file.split("/")[0] for file in files}
    tests = {file for file in files if file.startswith("tests/")}
    surplus = sorted((parts - WANTED) | (tests - WANTED_OF_TESTS))
    missing = sorted((WANTED - parts) | (WANTED_OF_TESTS - tests))
    if surplus:
        sys.exit(f"{archive.name} holds what nobody needs who installs it: {', '.join(surplus)}")
    if missing:
        sys.exit(f"{archive.name} lacks {', '.join(missing)}")


def run(*command: str) -> None:
    status = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    if status:
        sys.exit(f"{command[0]} ended with status {status}")


def say(text: str) -> None:
    print(f"\n== dist: {text} ==", flush=True)


if __name__ == "__main__":
    main()
