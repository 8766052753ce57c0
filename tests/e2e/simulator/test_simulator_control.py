# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control interface, and the client that tests use it through."""

from __future__ import annotations

import http.client
import time
import urllib.error
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from cryptography.hazmat.primitives import serialization

from tests.e2e.simulator.callers import NOWHERE, V1, V2, VOICE
from tests.simulator.client import Simulator


def control(simulator: Simulator, method: str, path: str, **arguments: Any) -> requests.Response:
    return requests.request(method, f"{simulator.url}/_simulator/{path}", **arguments)


# --- requests ---------------------------------------------------------------------------------------------------------


def test_the_log_tells_operations_apart(v1: V1, v2: V2, simulator: Simulator) -> None:
    for caller, body in ((v1, VOICE), (v2, {"name": "shop"})):
        application_id = caller.created(body)["id"]
        caller.list()
        caller.read(application_id)
        caller.update(application_id, body)
        caller.delete(application_id)
        caller.session.patch(caller.url)
    requests.get(f"{simulator.url}/v2/applications/a/b")
    requests.get(f"{simulator.url}/elsewhere")

    log = simulator.requests()

    operations = ["create", "list", "read", "update", "delete", None]
    statuses = [201, 200, 200, 200, 204, 405]
    expected = [(version, *each) for version in ("v1", "v2") for each in zip(operations, statuses, strict=True)]
    assert [(entry["version"], entry["operation"], entry["status"]) for entry in log] == [
        *expected,
        ("v2", None, 404),
        (None, None, 404),
    ]
    assert [entry["number"] for entry in log] == list(range(1, 15))
    assert [entry["operation"] for entry in simulator.writes()] == ["create", "update", "delete"] * 2


def test_the_log_shows_what_was_sent_but_no_credentials(v1: V1, v2: V2, simulator: Simulator) -> None:
    before = time.time()
    v1.list(page_size=7)
    v1.create(VOICE)
    v1.session.post(v1.url, data={**v1.credentials, "name": "a b", "empty": ""})
    v2.session.post(v2.url, json=[1], headers={"authorization": "Basic ZGVtby1rZXk6ZGVtby1zZWNyZXQ=", "X-Note": "hi"})
    v2.session.post(v2.url, data=b"{no json")

    log = simulator.requests()

    assert [entry["query"] for entry in log] == [{"page_size": "7"}, {}, {}, {}, {}]
    assert [entry["body"] for entry in log] == [None, VOICE, {"name": "a b", "empty": ""}, [1], "{no json"]
    assert [entry["credentials"] for entry in log] == [["query"], ["body"], ["body"], ["basic"], ["basic"]]
    assert [entry["method"] for entry in log] == ["GET", "POST", "POST", "POST", "POST"]
    assert [entry["path"] for entry in log[2:4]] == ["/v1/applications", "/v2/applications"]
    assert log[3]["headers"]["x-note"] == "hi"
    assert all(before <= entry["time"] <= time.time() for entry in log)
    for secret in ("demo-secret", "demo-key", "ZGVtby1rZXk"):
        assert secret not in str(log)


def test_the_log_shows_credentials_in_every_place(v1: V1, simulator: Simulator) -> None:
    v1.session.post(v1.url, json={**VOICE, "api_key": "x"}, params={"api_secret": "y"}, auth=("x", "y"))

    (entry,) = simulator.requests()

    assert entry["credentials"] == ["basic", "body", "query"]


def test_the_log_tells_connections_apart(simulator: Simulator) -> None:
    address = urlsplit(simulator.url).netloc
    first, second = http.client.HTTPConnection(address), http.client.HTTPConnection(address)
    for connection in (first, second, first):
        connection.request("GET", "/v1/applications")
        connection.getresponse().read()

    numbers = [entry["connection"] for entry in simulator.requests()]

    assert numbers[0] == numbers[2] != numbers[1]


def test_the_log_can_be_emptied(v1: V1, simulator: Simulator) -> None:
    v1.list()
    simulator.forget_requests()
    v1.read(NOWHERE)

    assert [(entry["number"], entry["operation"]) for entry in simulator.requests()] == [(1, "read")]


def test_the_control_interface_is_not_logged(simulator: Simulator) -> None:
    simulator.applications()
    control(simulator, "GET", "nowhere")

    assert simulator.requests() == []


# --- applications -----------------------------------------------------------------------------------------------------


def test_preloaded_documents_are_completed_and_kept(v2: V2, simulator: Simulator) -> None:
    given = [
        {"name": "first", "capabilities": {"teleport": {"a": 1}}, "colour": "dark"},
        {"name": "second", "id": "chosen", "keys": {"public_key": "PEM", "private_key": "SECRET"}},
    ]

    first, second = simulator.preload(given)

    assert serialization.load_pem_public_key(first["keys"]["public_key"].encode())
    assert first["capabilities"] == {"teleport": {"a": 1}}
    assert first["colour"] == "dark"
    assert (second["id"], second["keys"]) == ("chosen", {"public_key": "PEM"})
    assert simulator.applications() == [first, second]
    assert v2.read(first["id"]).json()["colour"] == "dark"


def test_preloading_in_numbers_names_them_in_order(simulator: Simulator) -> None:
    simulator.preload_count(3, "shop-{}-{x}")
    simulator.preload_count(1, "plain")

    assert [stored["name"] for stored in simulator.applications()] == [
        "shop-0-{x}",
        "shop-1-{x}",
        "shop-2-{x}",
        "plain",
    ]
    assert len({stored["id"] for stored in simulator.applications()}) == 4


def test_the_stored_documents_are_those_that_the_api_made(v1: V1, simulator: Simulator) -> None:
    created = v1.created(VOICE)

    (stored,) = simulator.applications()

    assert set(stored) == {"id", "name", "keys", "capabilities", "privacy"}
    assert stored["keys"] == {"public_key": created["keys"]["public_key"]}


def test_accounts_are_named_by_key(simulator: Simulator) -> None:
    simulator.preload([{"name": "shop"}], api_key="other-key")
    simulator.preload_count(2, api_key="other-key")

    assert simulator.applications() == simulator.applications("demo-key") == []
    assert len(simulator.applications("other-key")) == 3
    simulator.clear()
    assert simulator.applications("other-key") == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"applications": []} | {"count": 1},
        {"count": -1},
        {"count": True},
        {"applications": {}},
        {"applications": [{}]},
        {"applications": [{"name": "x", "capabilities": {"voice": None}}]},
        {"applications": [{"name": "x", "capabilities": {"voice": {"webhooks": {"event_url": "x"}}}}]},
        {"applications": [{"name": "good"}, {"name": 1}]},
        {"applications": [{"name": "good"}, {"name": "x", "id": "taken"}]},
        {"count": 1, "api_key": "nobody"},
    ],
)
def test_what_cant_be_preloaded_is_refused_whole(simulator: Simulator, body: object) -> None:
    simulator.preload([{"name": "there", "id": "taken"}])

    response = control(simulator, "POST", "applications", json=body)

    assert response.status_code == 400
    assert response.json()["error"]
    assert [stored["name"] for stored in simulator.applications()] == ["there"]


# --- settings ---------------------------------------------------------------------------------------------------------


def test_settings_are_changed_by_name(simulator: Simulator) -> None:
    simulator.configure(max_page_size=7, count_offset=-1)

    assert control(simulator, "GET", "settings").json() == {
        "page_base": 0,
        "max_page_size": 7,
        "v2_clamps_page_size": False,
        "latency": 0,
        "list_shows_keys": False,
        "v1_public_key": "pem",
        "v1_first_page_label": "true",
        "v1_knows_rtc": False,
        "serves_v1": True,
        "count_offset": -1,
        "shows_empty_webhooks": False,
        "unknown_members": "refused",
        "number_link": "app_id",
        "number_shows_status": True,
        "number_refusals": "status",
        "dead_webhooks": "",
        "invalid_key_is_404": False,
        "ignores_id_case": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": 1},
        {"page_base": 2},
        {"page_base": True},
        {"max_page_size": 0},
        {"latency": -1},
        {"latency": "1"},
        {"list_shows_keys": 1},
        {"v1_first_page_label": "other"},
        {"serves_v1": None},
        {"count_offset": 0.5},
        {"v1_public_key": "der"},
        {"unknown_members": True},
        {"ignores_id_case": "true"},
    ],
)
def test_an_impossible_setting_is_refused_and_nothing_changes(simulator: Simulator, changes: dict[str, Any]) -> None:
    before = control(simulator, "GET", "settings").json()

    response = control(simulator, "PUT", "settings", json={"count_offset": 1, **changes})

    assert response.status_code == 400
    assert next(iter(changes)) in response.json()["error"]
    assert control(simulator, "GET", "settings").json() == before


def test_the_client_goes_past_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with Simulator.start() as started:
        assert started.requests() == []


def test_the_client_raises_what_the_simulator_refuses(simulator: Simulator) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        simulator.configure(colour=1)


def test_latency_holds_answers_back_but_not_the_work_nor_the_control_interface(v1: V1, simulator: Simulator) -> None:
    (stored,) = simulator.preload_count(1)
    simulator.configure(latency=3600)

    with pytest.raises(requests.ReadTimeout):
        v1.session.delete(f"{v1.url}/{stored['id']}", params=v1.credentials, timeout=2)

    assert simulator.applications() == []
    assert [(entry["operation"], entry["status"]) for entry in simulator.requests()] == [("delete", None)]
    simulator.configure(latency=0)
    assert v1.list().json()["count"] == 0


def test_reset_brings_the_beginning_back(v1: V1, simulator: Simulator) -> None:
    v1.created(VOICE)
    simulator.configure(page_base=1)

    simulator.reset()

    assert (simulator.requests(), simulator.applications()) == ([], [])
    assert v1.list().json()["page_index"] == 0
