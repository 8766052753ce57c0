# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command that runs the simulator."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.e2e.simulator.callers import V1, V2
from tests.simulator import client
from tests.simulator.client import Simulator

ROOT = Path(client.__file__).parents[2]
COMMAND = [sys.executable, "-m", "tests.simulator"]


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    with subprocess.Popen(
        [*COMMAND, "--json", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def test_it_says_where_it_listens_and_nothing_else() -> None:
    with running() as (process, announcement):
        V1(announcement["url"]).list()
        process.terminate()
        rest, errors = process.communicate(timeout=60)

    assert set(announcement) == {"url", "ca_path", "pid"}
    assert announcement["ca_path"] is None
    assert announcement["pid"] == process.pid
    assert (rest, errors) == ("", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to_stop(number: signal.Signals) -> None:
    with running("--latency=3600") as (process, announcement):
        with pytest.raises(requests.ReadTimeout):
            requests.get(f"{announcement['url']}/v1/applications", timeout=0.5)
        process.send_signal(number)
        status = process.wait(timeout=60)

    assert status == 0


def test_its_options_reach_the_server() -> None:
    options = ["--account=a:x:y", "--account", "b:-z", "--applications=3", "--page-base=1", "--max-page-size=2"]
    with running(*options) as (_process, announcement):
        url = announcement["url"]
        page = V1(url, "a", "x:y").list().json()
        other = V2(url, "b", "-z").list().json()
        default = V2(url).list().status_code

    assert (page["count"], page["page_index"], page["page_size"]) == (3, 1, 2)
    assert [item["name"] for item in page["_embedded"]["applications"]] == ["app-0", "app-1"]
    assert other["total_items"] == 0
    assert default == 401


def test_every_setting_is_an_option() -> None:
    changed: dict[str, object] = {
        "page_base": 1,
        "max_page_size": 7,
        "v2_clamps_page_size": True,
        "latency": 0.5,
        "list_shows_keys": True,
        "v1_public_key": "mixed",
        "v1_first_page_label": "sample",
        "v1_knows_rtc": True,
        "serves_v1": False,
        "count_offset": -1,
        "shows_empty_webhooks": True,
        "unknown_members": "refused_always",
        "number_link": "voice",
        "number_shows_status": False,
        "number_refusals": "answer",
        "dead_webhooks": "https://down.example.com",
        "invalid_key_is_404": True,
        "ignores_id_case": True,
    }
    with Simulator.start(**changed) as simulator:
        settings = requests.get(f"{simulator.url}/_simulator/settings").json()

    assert settings == changed
    with Simulator.start(v1_first_page_label="true") as simulator:
        settings = requests.get(f"{simulator.url}/_simulator/settings").json()

    assert settings["v1_first_page_label"] == "true"


def test_the_page_for_users_names_settings_and_values_that_exist(simulator: Simulator) -> None:
    page = (ROOT / "docs" / "testing-your-playbooks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", page, flags=re.MULTILINE)

    for name, values in rows:
        for value in re.findall(r"`(\w+)`", values):
            simulator.configure(**{name: json.loads(value) if value in ("true", "false", "0", "1") else value})

    assert len(rows) == 10


def test_it_listens_on_the_port_asked_for() -> None:
    with running() as (_process, announcement):
        port = announcement["url"].rpartition(":")[2]
        second = subprocess.run(
            [*COMMAND, "--port", port], cwd=ROOT, text=True, capture_output=True, timeout=60, check=False
        )
    with running("--port", port) as (_process, again):
        assert again["url"].endswith(f":{port}")

    assert second.returncode == 1
    assert second.stderr.startswith("The simulator can't start: ")
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--account=key"],
        ["--account=:s"],
        ["--applications=-1"],
        ["--latency=-1"],
        ["--max-page-size=0"],
        ["--page-base=2"],
        ["--ignores-id-case=1"],
        ["--v1-public-key=der"],
        ["--unknown-members=true"],
    ],
)
def test_wrong_options_are_refused(arguments: list[str]) -> None:
    ended = subprocess.run([*COMMAND, *arguments], cwd=ROOT, text=True, capture_output=True, timeout=60, check=False)

    assert ended.returncode == 2
    assert arguments[0].partition("=")[0] in ended.stderr
    assert ended.stdout == ""


def test_help_shows_how_to_use_it() -> None:
    ended = subprocess.run([*COMMAND, "--help"], cwd=ROOT, text=True, capture_output=True, timeout=60, check=True)

    for wanted in ("make simulator", "examples:", "--account", "--tls-dir"):
        assert wanted in ended.stdout


def test_people_are_told_how_to_reach_and_how_to_stop_it() -> None:
    process = subprocess.Popen([*COMMAND, "--account=key:it's"], cwd=ROOT, text=True, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _line in range(5))
    finally:
        process.terminate()
        process.wait()

    (url,) = re.findall("listens at (http://[^ ]+)[.]", told)
    (export,) = re.findall("export .*", told)
    script = f'{export}\nprintf "%s %s %s" "$NEXMO_API_URL" "$NEXMO_API_KEY" "$NEXMO_API_SECRET"'
    exported = subprocess.run(["sh", "-c", script], text=True, capture_output=True, check=True).stdout
    assert exported == f"{url} key it's"
    assert "Ctrl-C stops it" in told


def test_https_is_trusted_by_those_who_have_its_authority_alone(tmp_path: Path) -> None:
    with Simulator.start(tls_dir=tmp_path / "new" / "folder", applications=1) as simulator:
        on_localhost = simulator.url.replace("127.0.0.1", "localhost")
        trusted = [
            requests.get(f"{url}/v1/applications", verify=simulator.ca_path).status_code
            for url in (simulator.url, on_localhost)
        ]
        with pytest.raises(urllib.error.URLError) as refusal:
            urllib.request.urlopen(f"{on_localhost}/v1/applications", context=ssl.create_default_context())
        stored = simulator.applications()

    assert simulator.url.startswith("https://")
    assert simulator.ca_path == str(tmp_path / "new" / "folder" / "ca.pem")
    assert trusted == [401, 401]
    assert isinstance(refusal.value.reason, ssl.SSLCertVerificationError)
    assert len(stored) == 1


def test_the_client_stops_it_even_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), Simulator.start() as simulator:
        raise ZeroDivisionError

    with pytest.raises(ProcessLookupError):
        os.kill(simulator.pid, 0)


def test_the_client_says_when_it_doesnt_start() -> None:
    with pytest.raises(RuntimeError, match="status 2"), Simulator.start(max_page_size=0):
        pytest.fail("it started")
