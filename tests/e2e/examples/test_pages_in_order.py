# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each page of the documentation followed to the letter, from top to bottom, on one account."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.e2e.examples.documented import adapted
from tests.e2e.examples.pages import Commands, File, nameless_plays_of, steps_of
from tests.e2e.playbooks import ROOT
from tests.simulator.client import Simulator

PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "roles" / "nexmo_application" / "README.md",
]
# Has a test of its own, which also answers calls.
OF_ITS_OWN = ROOT / "docs" / "first-call.md"
ACCOUNT = ("demo-key", "demo-secret")
DOCUMENTED_URL = "http://127.0.0.1:8080"
SECONDS = 300
SHOP = {"shop": {"hosts": dict.fromkeys(("web1.example.com", "web2.example.com"))}}


class Reader:
    """Somebody who does what a page says, in a folder of their own, with nothing but an Ansible of their own."""

    def __init__(self, folder: Path, simulator: Simulator) -> None:
        self._folder = folder
        self._simulator = simulator
        self._home = folder / "home"
        self._work = folder / "work"
        self._home.mkdir()
        self._work.mkdir()
        # The clone that a page begins with.
        (self._work / "community.nexmo").symlink_to(ROOT)
        self._save("inventory.yml", yaml.safe_dump(SHOP))
        # Hosts of the pages are folders here.
        self._save(
            "group_vars/all.yml",
            yaml.safe_dump(
                {
                    "ansible_connection": "local",
                    "ansible_python_interpreter": sys.executable,
                    "folder": str(folder / "hosts") + "/{{ inventory_hostname }}",
                    # The role's default is in /etc.
                    "nexmo_application_private_key_path": "{{ folder }}/etc/nexmo/shop.key",
                }
            ),
        )
        self._save("host_vars/localhost.yml", yaml.safe_dump({"folder": str(self._work)}))
        self._variables = self._home / "variables"
        self._variables.touch()

    def follow(self, step: File | Commands) -> None:
        """Save a file, or run commands; those that run a playbook for real run twice."""
        if isinstance(step, File):
            self._save(step.name, self._in_folders(step) if step.name.endswith((".yml", ".yaml")) else step.text)
            return
        self._run(step.text)
        if _writes(step.text):
            assert _unchanged(self._run(step.text)), step.text

    def _save(self, name: str, text: str) -> None:
        path = self._work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @staticmethod
    def _in_folders(step: File) -> str:
        return str(yaml.safe_dump(adapted(yaml.safe_load(step.text)), sort_keys=False))

    def _run(self, commands: str) -> str:
        """Run commands in a shell that knows what earlier ones exported; what they print."""
        commands = commands.replace(DOCUMENTED_URL, self._simulator.url)
        script = f"set -euo pipefail\n. {self._variables}\n{commands}\nexport -p >{self._variables}\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self._work,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"$ {commands}\n{done.stdout}"
        return done.stdout

    def _environment(self) -> dict[str, str]:
        key, secret = ACCOUNT
        return {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "NO_PROXY": "*",
            "ANSIBLE_INVENTORY": "inventory.yml",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_COLLECTIONS_PATH": f"{self._home}/.ansible/collections:{ROOT / 'build'}",
            "NEXMO_API_URL": self._simulator.url,
            "NEXMO_API_KEY": key,
            "NEXMO_API_SECRET": secret,
        }


def _writes(commands: str) -> bool:
    """Whether the commands run a playbook whose second run has nothing to do."""
    return "ansible-playbook" in commands and "--check" not in commands and "lost_key=" not in commands


def _unchanged(output: str) -> bool:
    recaps = [line for line in output.splitlines() if " changed=" in line]
    return bool(recaps) and all(" changed=0 " in line for line in recaps)


@pytest.fixture(scope="module")
def running_simulator() -> Iterator[Simulator]:
    """With the account that the pages name."""
    with Simulator.start(accounts=[ACCOUNT]) as simulator:
        yield simulator


@pytest.fixture
def reader(simulator: Simulator, tmp_path: Path) -> Iterator[Reader]:
    yield Reader(tmp_path, simulator)
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page != OF_ITS_OWN], ids=lambda page: str(page.relative_to(ROOT))
)
def test_page_can_be_followed_from_top_to_bottom(page: Path, reader: Reader) -> None:
    for step in steps_of(page):
        reader.follow(step)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_play_of_a_page_has_a_file_name(page: Path) -> None:
    assert nameless_plays_of(page) == []
