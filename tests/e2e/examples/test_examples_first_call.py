# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide "From nothing to a call that is answered", followed from the beginning to the end on one account."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.playbooks import ROOT, PlaybookRun, local_hosts
from tests.e2e.role.provisioning import API_KEY, API_SECRET, Provisioning
from tests.simulator.client import Simulator

PAGE = (ROOT / "docs" / "first-call.md").read_text(encoding="utf-8")
NUMBER = "447700900000"


def blocks(language: str) -> list[str]:
    """What the page holds in that language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


NUMBERS, FIRST_CALL, CHECK, UNDO, MANY = (yaml.safe_load(text) for text in blocks("yaml"))


@pytest.fixture
def webhooks(tmp_path: Path) -> Iterator[str]:
    """The page's web server, on a free port; its address."""
    (program,) = blocks("python")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = tmp_path / "answer.py"
    assert "8000" in program
    script.write_text(program.replace("8000", str(port)))
    process = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(200):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


class Reader:
    """Somebody who does what the page says."""

    def __init__(self, role: Provisioning, simulator: Simulator, folder: Path) -> None:
        self._role = role
        self._folder = folder
        self._environment = {
            "NEXMO_API_URL": simulator.url,
            "NEXMO_API_KEY": API_KEY,
            "NEXMO_API_SECRET": API_SECRET,
            "NEXMO_API_VERSION": "v2",
        }

    def plays(self, play: Any, *arguments: str, check: bool = False) -> PlaybookRun:
        """Run a playbook of the page, which is in the folder."""
        text = yaml.safe_dump(play).replace("{{ playbook_dir }}", str(self._folder))
        inventory = local_hosts({"localhost": {}})
        return self._role.play(
            yaml.safe_load(text), inventory, extra_env=self._environment, arguments=arguments, check=check
        )


@pytest.fixture
def reader(role: Provisioning, simulator: Simulator, tmp_path: Path) -> Reader:
    return Reader(role, simulator, tmp_path)


def test_the_guide_leads_to_a_call_that_is_answered_and_back(
    reader: Reader, simulator: Simulator, webhooks: str, tmp_path: Path
) -> None:
    kept = {"moHttpUrl": "https://sms.example.com", "moSmppSysType": "inbound"}
    (free,) = simulator.preload_numbers([{"msisdn": NUMBER, **kept}])
    here = ("-e", f"webhooks={webhooks}")

    before = reader.plays(NUMBERS)
    foretold = reader.plays(FIRST_CALL, *here, check=True)
    nothing_written = simulator.writes()
    first = reader.plays(FIRST_CALL, *here)
    linked = simulator.numbers()
    simulator.forget_requests()
    second = reader.plays(FIRST_CALL, *here)
    second_writes = simulator.writes()
    checked = reader.plays(CHECK)
    many = reader.plays(MANY)
    (shop,) = simulator.applications()
    undone = reader.plays(UNDO)

    for run in (before, foretold, first, second, checked, many, undone):
        assert run.ok, run.output
    assert f"{NUMBER} (GB): linked to no application" in before.output
    assert (nothing_written, foretold.changed("localhost")) == ([], 1)
    assert linked == [{**free, "app_id": shop["id"]}]
    assert (first.changed("localhost"), second.changed("localhost"), second_writes) == (2, 0, [])
    assert checked.changed("localhost") == 0
    assert many.changed("localhost") == 0
    assert simulator.applications() == []
    assert simulator.numbers() == [free]
    assert list(tmp_path.rglob("*.key")) == []


@pytest.mark.parametrize(
    ("broken", "task"),
    [
        ("application", "Check that there is one such application"),
        ("key", "Check that the key is the application's"),
        ("link", "Check that the number is linked to the application"),
        ("webhook", "Ask the answer webhook what to do with a call"),
    ],
)
def test_the_guide_s_checks_find_what_is_missing(
    broken: str, task: str, reader: Reader, simulator: Simulator, webhooks: str, tmp_path: Path
) -> None:
    simulator.preload_numbers([{"msisdn": NUMBER}])
    address = "http://127.0.0.1:9" if broken == "webhook" else webhooks
    made = reader.plays(FIRST_CALL, "-e", f"webhooks={address}")
    if broken == "application":
        simulator.clear()
    if broken == "key":
        subprocess.run(["openssl", "genrsa", "-out", tmp_path / "shop.key", "2048"], check=True, capture_output=True)
    if broken == "link":
        simulator.preload_numbers([{"msisdn": NUMBER}])

    checked = reader.plays(CHECK)

    assert made.ok, made.output
    assert [each.task for each in checked.tasks if each.status == "failed"] == [task]
