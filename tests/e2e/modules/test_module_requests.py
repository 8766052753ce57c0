# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a task takes, and how they look."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.e2e.modules.conftest import API_KEY, Modules
from tests.e2e.modules.documents import URL, VOICE_OPTIONS, voice
from tests.e2e.modules.module_runner import ROOT
from tests.e2e.modules.relay import Relay
from tests.simulator.client import Simulator


def operations(simulator: Simulator) -> list[str]:
    """What the module asked of the API, in order."""
    return [request["operation"] for request in simulator.requests()]


REQUESTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by-name": ({"name": "Shop", **VOICE_OPTIONS}, ["list", "read"]),
    "by-id": ({"application_id": "shop", **VOICE_OPTIONS}, ["read"]),
    "by-id-with-its-name": ({"application_id": "shop", "name": "Shop"}, ["read"]),
    "absent-by-name": ({"name": "Nothing", "state": "absent"}, ["list"]),
    "absent-by-id": ({"application_id": "nothing", "state": "absent"}, ["read"]),
    "create": ({"name": "New", **VOICE_OPTIONS}, ["list", "create", "list", "update"]),
    "update": ({"name": "Shop", "event_url": f"{URL}/new"}, ["list", "read", "update"]),
    "update-by-id": ({"application_id": "shop", "event_url": f"{URL}/new"}, ["read", "update"]),
    "rename": ({"application_id": "shop", "name": "Store"}, ["read", "list", "update"]),
    "delete": ({"name": "Shop", "state": "absent"}, ["list", "read", "delete"]),
    "delete-by-id": ({"application_id": "shop", "state": "absent"}, ["read", "delete"]),
}


@pytest.mark.parametrize(("options", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_a_task_takes_no_more_requests_than_it_needs(
    options: dict[str, Any], expected: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Other"), voice("Shop", id="shop")])

    run = nexmo.application(no_log=True, **options)

    assert not run.failed
    assert operations(simulator) == expected


def test_a_listing_that_shows_keys_makes_a_read_needless(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])
    simulator.configure(list_shows_keys=True)

    run = nexmo.application(name="Shop", **VOICE_OPTIONS)

    assert run["changed"] is False
    assert run["application"]["public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    assert operations(simulator) == ["list"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["list"]),
        ({"type": "voice"}, ["list"]),
        ({"name": "Shop"}, ["list", "read"]),
        ({"application_id": "shop"}, ["read"]),
        ({"name": "Nothing"}, ["list"]),
    ],
)
def test_info_takes_no_more_requests_than_it_needs(
    options: dict[str, Any], expected: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop", id="shop")])

    nexmo.info(**options)

    assert operations(simulator) == expected


@pytest.mark.parametrize("max_connections", [1, 2])
def test_all_requests_of_a_run_share_its_connections_and_name_the_collection(
    max_connections: int, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice(f"Other {number}") for number in range(5)] + [voice("Shop")])
    simulator.configure(max_page_size=2, latency=0.2)
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]

    nexmo.application(name="Shop", event_url=f"{URL}/new", max_connections=max_connections)

    requests = simulator.requests()
    assert operations(simulator) == ["list", "list", "list", "read", "update"]
    assert len({request["connection"] for request in requests}) == max_connections
    assert {request["headers"]["user-agent"].split()[0] for request in requests} == {f"community.nexmo/{version}"}


def test_credentials_are_where_version_1_expects_them(nexmo: Modules, simulator: Simulator) -> None:
    nexmo.application(name="Shop", no_log=True, **VOICE_OPTIONS)
    nexmo.application(name="Shop", event_url=f"{URL}/new")
    nexmo.application(name="Shop", state="absent")

    sent = {(request["operation"], tuple(request["credentials"])) for request in simulator.requests()}
    assert sent == {
        ("list", ("query",)),
        ("read", ("query",)),
        ("create", ("body",)),
        ("update", ("body",)),
        ("delete", ("query",)),
    }


def test_the_api_can_be_below_a_path(relayed: Modules, relay: Relay) -> None:
    run = relayed.info(api_url=f"{relay.url}/gateway/nexmo/")

    assert run.result["status"] == 404  # the simulator knows no such path
    assert relay.received[0].target.startswith(f"/gateway/nexmo/v1/applications?api_key={API_KEY}&")


def test_an_id_cannot_lead_to_another_path(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop")])

    runs = [
        nexmo.application(application_id=application_id, state="absent")
        for application_id in ("x/../shop", "shop?a=b", "shop#", ".")
    ]

    assert not any(run.result.get("changed") for run in runs)
    assert simulator.writes() == []
