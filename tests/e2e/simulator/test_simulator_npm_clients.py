# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's own clients of npm work with the simulator as they do with the service.

``make e2e`` installs them where Node.js is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.simulator import client
from tests.simulator.client import Simulator

SOURCES = Path(__file__).with_name("npm")
INSTALLED = Path(client.__file__).parents[2] / "build" / "npm" / "node_modules"
OLD_CLIENT = {"answer_url": "https://example.com/answer", "event_url": "https://example.com/event"}


@pytest.fixture(scope="module", autouse=True)
def clients() -> None:
    """Skip all tests where Node.js is not, or has no clients."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    if not INSTALLED.is_dir():
        pytest.skip("the clients of npm are not installed: make build/npm/.installed")


def skip_on_older_node(package: str) -> None:
    """Skip the test where the package wants a later Node.js than is here."""
    manifest = json.loads((INSTALLED / package / "package.json").read_text(encoding="utf-8"))
    here = subprocess.run(["node", "--version"], text=True, capture_output=True, check=True).stdout
    wanted = manifest.get("engines", {}).get("node", "0")
    if major(here) < major(wanted):
        pytest.skip(f"{package} wants Node.js {wanted}, and here is {here}")


def major(version: str) -> int:
    """The first number of a version or a range of versions."""
    return int(re.findall(r"\d+", version)[0])


def run(simulator: Simulator, home: Path, *arguments: str | Path) -> str:
    """What a Node.js program prints for whom the simulator is the service."""
    assert simulator.ca_path is not None
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "NODE_PATH": str(INSTALLED),
        "NODE_EXTRA_CA_CERTS": simulator.ca_path,
        "NODE_NO_WARNINGS": "1",
        "SIMULATOR_URL": simulator.url,
        "NEXMO_API_KEY": "demo-key",
        "NEXMO_API_SECRET": "demo-secret",
    }
    command = ["node", "--require", SOURCES / "redirect.js", *arguments]
    ended = subprocess.run(command, cwd=home, env=environment, text=True, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize(
    ("package", "version", "api"),
    [("nexmo-1", "1.2.0", "v1"), ("nexmo", "2.9.1", "v2"), ("@vonage/applications", "1.20.0", "v2")],
)
def test_all_five_operations(secure_simulator: Simulator, tmp_path: Path, package: str, version: str, api: str) -> None:
    skip_on_older_node(package)

    done = json.loads(run(secure_simulator, tmp_path, SOURCES / "operations.js", package))

    assert json.loads((INSTALLED / package / "package.json").read_text(encoding="utf-8"))["version"] == version
    application_id = done["created"]["id"]
    assert secure_simulator.private_keys()[0] in done["created"]["keys"].values()
    assert [(done[step]["id"], done[step]["name"]) for step in ("read", "updated")] == [
        (application_id, "shop"),
        (application_id, "bar"),
    ]
    assert "https://example.com/event" in json.dumps(done["read"])
    assert "https://example.com/new" in json.dumps(done["updated"])
    assert [item["id"] for item in done["listed"]] == [application_id]
    assert done["before"] == done["after"] == secure_simulator.applications() == []
    assert operations_of(secure_simulator) == [
        (api, "list", 200),
        (api, "create", 201),
        (api, "read", 200),
        (api, "update", 200),
        (api, "list", 200),
        (api, "delete", 204),
        (api, "list", 200),
    ]


def operations_of(simulator: Simulator) -> list[tuple[Any, Any, Any]]:
    """Version, operation and status of every request."""
    return [(entry["version"], entry["operation"], entry["status"]) for entry in simulator.requests()]


def test_the_oldest_sends_everything_in_the_query(secure_simulator: Simulator, tmp_path: Path) -> None:
    run(secure_simulator, tmp_path, SOURCES / "operations.js", "nexmo-1")

    create, update = (entry for entry in secure_simulator.writes() if entry["operation"] != "delete")
    assert create["query"] == {"name": "shop", "type": "voice", **OLD_CLIENT}
    assert update["query"] == {**create["query"], "name": "bar", "event_url": "https://example.com/new"}
    assert (create["body"], update["body"]) == (None, None)
    assert create["credentials"] == update["credentials"] == ["query"]


def test_the_command_line(secure_simulator: Simulator, tmp_path: Path) -> None:
    """Of two, this one: it sends what nexmo 2.9.1 does; @vonage/cli is ten times as large, and sends the same."""
    (tmp_path / ".nexmorc").write_text("[credentials]\napi_key=demo-key\napi_secret=demo-secret\n", encoding="utf-8")
    urls = ["https://example.com/answer", "https://example.com/event"]

    def nexmo(*arguments: str) -> str:
        return run(secure_simulator, tmp_path, INSTALLED / "nexmo-cli" / "lib" / "bin.js", *arguments)

    created = nexmo("app:create", "shop", *urls, "--keyfile=shop.key")
    (stored,) = secure_simulator.applications()
    listed = nexmo("app:list")
    shown = nexmo("app:show", stored["id"])
    nexmo("app:update", stored["id"], "bar", urls[0], "https://example.com/new")
    (updated,) = secure_simulator.applications()
    nexmo("app:delete", stored["id"], "--confirm")

    assert stored["id"] in created
    assert (tmp_path / "shop.key").read_text(encoding="utf-8") == secure_simulator.private_keys()[0]
    assert f"{stored['id']} | shop" in listed
    assert "https://example.com/event" in shown
    assert updated["name"] == "bar"
    assert updated["capabilities"]["voice"]["webhooks"]["event_url"]["address"] == "https://example.com/new"
    assert secure_simulator.applications() == []
