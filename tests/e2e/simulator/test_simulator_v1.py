# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 1 of the simulator does what the contract and the gathered facts say of the service."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.e2e.simulator.callers import MESSAGES, NOWHERE, V1, VOICE, v1_webhooks
from tests.simulator.client import Simulator


def without(settings: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in names}


def listed_names(v1: V1, **query: object) -> list[str]:
    return [item["name"] for item in v1.list(**query).json()["_embedded"]["applications"]]


# --- create -----------------------------------------------------------------------------------------------------------


def test_create_hands_out_a_real_key_pair(v1: V1) -> None:
    keys = v1.created(VOICE)["keys"]

    private_key = serialization.load_pem_private_key(keys["private_key"].encode(), password=None)
    assert isinstance(private_key, rsa.RSAPrivateKey)
    assert private_key.key_size == 2048
    assert keys["private_key"].startswith("-----BEGIN PRIVATE KEY-----")
    assert serialization.load_pem_public_key(keys["public_key"].encode()) == private_key.public_key()


def test_no_two_created_applications_share_a_key(v1: V1) -> None:
    # More than are kept ready.
    keys = [v1.created(VOICE)["keys"]["public_key"] for _application in range(6)]

    assert len(set(keys)) == 6


def test_the_private_key_is_never_shown_again(v1: V1, simulator: Simulator) -> None:
    simulator.configure(list_shows_keys=True)
    created = v1.created(VOICE)

    later = [v1.read(created["id"]), v1.list(), v1.update(created["id"], VOICE)]

    for response in later:
        assert response.status_code == 200
        assert "PUBLIC KEY" in response.text
        assert "PRIVATE KEY" not in response.text


def test_create_voice_uses_the_documented_methods(v1: V1) -> None:
    assert v1_webhooks(v1.created(VOICE)) == {
        "answer_url": ("https://example.com/answer", "GET"),
        "event_url": ("https://example.com/event", "POST"),
    }


def test_create_messages_uses_the_documented_methods(v1: V1) -> None:
    assert v1_webhooks(v1.created(MESSAGES)) == {
        "inbound_url": ("https://example.com/inbound", "POST"),
        "status_url": ("https://example.com/status", "POST"),
    }


def test_create_takes_methods(v1: V1) -> None:
    created = v1.created({**VOICE, "answer_method": "POST", "event_method": "GET"})

    assert [method for _url, method in v1_webhooks(created).values()].count("POST") == 1
    assert v1_webhooks(created)["event_url"] == ("https://example.com/event", "GET")


def test_create_voice_without_answer_url_is_for_outbound_calls(v1: V1) -> None:
    created = v1.created(without(VOICE, "answer_url"))

    assert list(v1_webhooks(created)) == ["event_url"]
    assert created["messages"] == {"webhooks": []}


def test_create_takes_a_form(v1: V1) -> None:
    response = v1.session.post(v1.url, data={**v1.credentials, **VOICE})

    assert response.status_code == 201
    assert v1.read(response.json()["id"]).json()["name"] == "shop"


def test_names_need_not_be_unique(v1: V1) -> None:
    ids = {v1.created(VOICE)["id"], v1.created(VOICE)["id"]}

    assert len(ids) == 2
    assert listed_names(v1) == ["shop", "shop"]


@pytest.mark.parametrize(
    ("settings", "invalid"),
    [
        (without(VOICE, "name"), {"name": "Is required."}),
        ({**VOICE, "name": ""}, {"name": "Is required."}),
        ({**VOICE, "name": 7}, {"name": "Is invalid."}),
        (without(VOICE, "type"), {"type": "Is required."}),
        ({**VOICE, "type": "rtc"}, {"type": "Must be voice or messages."}),
        ({**VOICE, "type": ["voice"]}, {"type": "Must be voice or messages."}),
        (without(VOICE, "event_url"), {"event_url": "Is required."}),
        (without(MESSAGES, "inbound_url"), {"inbound_url": "Is required."}),
        (without(MESSAGES, "status_url"), {"status_url": "Is required."}),
        ({**VOICE, "answer_url": "/answer"}, {"answer_url": "Must be an absolute http or https URL."}),
        ({**VOICE, "event_url": "ftp://example.com"}, {"event_url": "Must be an absolute http or https URL."}),
        ({**VOICE, "event_url": "https://"}, {"event_url": "Must be an absolute http or https URL."}),
        ({**VOICE, "event_url": ""}, {"event_url": "Must be an absolute http or https URL."}),
        ({**VOICE, "answer_method": "PUT"}, {"answer_method": "Must be GET or POST."}),
    ],
)
def test_create_refuses_what_the_service_refuses(v1: V1, settings: dict[str, Any], invalid: dict[str, str]) -> None:
    response = v1.create(settings)

    assert response.status_code == 400
    assert response.json() == {"type": "BAD_REQUEST", "error_title": "Bad Request", "invalid_parameters": invalid}
    assert listed_names(v1) == []


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_empty_body_stands_for_the_query(v1: V1, simulator: Simulator, method: str) -> None:
    (stored,) = simulator.preload([{"name": "shop", "id": "one", "capabilities": {"voice": {}}}])
    url = v1.url if method == "POST" else f"{v1.url}/{stored['id']}"

    response = v1.session.request(
        method,
        url,
        params={**v1.credentials, **VOICE, "name": "bar"},
        headers={"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "0"},
    )

    assert response.status_code == (201 if method == "POST" else 200)
    read = v1.read(response.json()["id"]).json()
    assert (read["name"], set(v1_webhooks(read))) == ("bar", {"answer_url", "event_url"})
    assert [entry["credentials"] for entry in simulator.writes()] == [["query"]]


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe\xfa", b""])
def test_create_refuses_a_body_that_is_no_object(v1: V1, body: bytes) -> None:
    response = v1.session.post(v1.url, data=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 400


def test_create_refuses_other_content(v1: V1) -> None:
    response = v1.session.post(v1.url, data="<application/>", headers={"Content-Type": "application/xml"})

    assert response.status_code == 415


# --- update -----------------------------------------------------------------------------------------------------------


def test_update_replaces_and_keeps_id_and_key(v1: V1) -> None:
    created = v1.created({**VOICE, "answer_method": "POST"})

    response = v1.update(created["id"], {"name": "bar", "type": "voice", "event_url": "https://example.com/new"})

    assert response.status_code == 200
    updated = v1.read(created["id"]).json()
    assert updated == response.json()
    assert (updated["id"], updated["name"]) == (created["id"], "bar")
    assert updated["keys"] == {"public_key": created["keys"]["public_key"]}
    assert v1_webhooks(updated) == {"event_url": ("https://example.com/new", "POST")}


def test_update_with_name_and_type_alone_removes_every_webhook(v1: V1) -> None:
    created = v1.created(MESSAGES)

    updated = v1.update(created["id"], {"name": "shop", "type": "messages"}).json()

    assert v1_webhooks(updated) == {}
    assert v1.update(created["id"], MESSAGES).status_code == 200


def test_update_takes_a_form(v1: V1) -> None:
    created = v1.created(VOICE)

    response = v1.session.put(f"{v1.url}/{created['id']}", data={**v1.credentials, **VOICE, "name": "bar"})

    assert response.json()["name"] == "bar"


def test_update_keeps_the_order_of_the_account(v1: V1, simulator: Simulator) -> None:
    first, _second = simulator.preload_count(2)

    v1.update(first["id"], {**VOICE, "name": "renamed"})

    assert listed_names(v1) == ["renamed", "app-1"]


@pytest.mark.parametrize(
    ("settings", "invalid"),
    [
        (without(VOICE, "name"), {"name": "Is required."}),
        (without(VOICE, "type"), {"type": "Is required."}),
        ({**MESSAGES, "type": "messages"}, {"type": "Can't be changed."}),
        ({**VOICE, "event_url": "event"}, {"event_url": "Must be an absolute http or https URL."}),
        ({**VOICE, "event_method": "post"}, {"event_method": "Must be GET or POST."}),
    ],
)
def test_update_refuses_what_the_service_refuses(v1: V1, settings: dict[str, Any], invalid: dict[str, str]) -> None:
    created = v1.created(VOICE)

    response = v1.update(created["id"], settings)

    assert response.status_code == 400
    assert response.json()["invalid_parameters"] == invalid
    assert v1_webhooks(v1.read(created["id"]).json()) == v1_webhooks(created)


@pytest.mark.parametrize("settings", [VOICE, MESSAGES])
def test_update_of_an_application_of_both_types_takes_either(v1: V1, settings: dict[str, Any]) -> None:
    created = v1.created({**MESSAGES, **VOICE})
    assert len(v1_webhooks(created)) == 4

    response = v1.update(created["id"], settings)

    assert response.status_code == 200
    assert len(v1_webhooks(response.json())) == 2


def test_update_stores_webhooks_of_both_types(v1: V1) -> None:
    created = v1.created(VOICE)

    updated = v1.update(created["id"], {**MESSAGES, **VOICE}).json()

    assert set(v1_webhooks(updated)) == {"answer_url", "event_url", "inbound_url", "status_url"}


def test_unknown_settings_live_until_an_update_leaves_them_out(v1: V1) -> None:
    created = v1.created(VOICE)

    with_it = v1.update(created["id"], {**VOICE, "colour": {"shade": ["dark"]}}).json()
    listed = v1.list().json()["_embedded"]["applications"][0]
    without_it = v1.update(created["id"], VOICE).json()

    assert with_it["colour"] == listed["colour"] == {"shade": ["dark"]}
    assert "colour" not in without_it


@pytest.mark.parametrize("webhook", ["fallback_answer_url", "hangup_url"])
def test_update_takes_any_webhook_that_is_shown_under_flat_names(v1: V1, simulator: Simulator, webhook: str) -> None:
    webhooks = {webhook: {"address": "https://example.com/other", "http_method": "POST"}}
    (stored,) = simulator.preload([{"name": "shop", "capabilities": {"voice": {"webhooks": webhooks}}}])
    shown = v1_webhooks(v1.read(stored["id"]).json())
    flat = {webhook: "https://example.com/new", webhook.replace("_url", "_method"): "GET"}

    updated = v1.update(stored["id"], {"name": "shop", "type": "voice", **flat}).json()

    assert shown == {webhook: ("https://example.com/other", "POST")}
    assert v1_webhooks(updated) == {webhook: ("https://example.com/new", "GET")}
    assert webhook not in updated


# --- read and delete --------------------------------------------------------------------------------------------------


def test_delete_leaves_nothing(v1: V1) -> None:
    created = v1.created(VOICE)

    response = v1.delete(created["id"])

    assert (response.status_code, response.content) == (204, b"")
    assert v1.read(created["id"]).status_code == 404
    assert v1.list().json()["count"] == 0


@pytest.mark.parametrize("method", ["read", "update", "delete"])
@pytest.mark.parametrize("application_id", [NOWHERE, "1", "not an id", "%2e%2e%2f", "{id}", "a/b", "\N{SNOWMAN}"])
def test_an_id_that_is_nobodys_is_not_found(v1: V1, method: str, application_id: str) -> None:
    arguments = [VOICE] if method == "update" else []

    response = getattr(v1, method)(application_id, *arguments)

    assert response.status_code == 404
    assert set(response.json()) == {"type", "title", "detail", "instance"}


def test_lists_and_reads_show_webhooks_in_different_orders(v1: V1) -> None:
    created = v1.created(VOICE)

    (listed,) = v1.list().json()["_embedded"]["applications"]
    read = v1.read(created["id"]).json()

    assert listed["voice"] != read["voice"]
    assert v1_webhooks(listed) == v1_webhooks(read)


def test_list_items_carry_keys_only_when_set_to(v1: V1, simulator: Simulator) -> None:
    created = v1.created(VOICE)

    (contract,) = v1.list().json()["_embedded"]["applications"]
    simulator.configure(list_shows_keys=True)
    (sample,) = v1.list().json()["_embedded"]["applications"]

    assert "keys" not in contract
    assert sample["keys"] == {"public_key": created["keys"]["public_key"]}


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page_base", "query", "names", "shown"),
    [
        (0, {}, range(10), (10, 0)),
        (0, {"page_index": 0}, range(10), (10, 0)),
        (0, {"page_index": 1}, range(10, 20), (10, 1)),
        (0, {"page_index": 2}, range(20, 25), (10, 2)),
        (0, {"page_index": 3}, [], (10, 3)),
        (0, {"page_index": 10**30}, [], (10, 10**30)),
        (0, {"page_size": 20, "page_index": 1}, range(20, 25), (20, 1)),
        (0, {"page_size": 100}, range(25), (24, 0)),
        (1, {}, range(10), (10, 1)),
        (1, {"page_index": 0}, range(10), (10, 1)),
        (1, {"page_index": 1}, range(10), (10, 1)),
        (1, {"page_index": 3}, range(20, 25), (10, 3)),
        (1, {"page_index": 4}, [], (10, 4)),
    ],
)
def test_pages(
    v1: V1,
    simulator: Simulator,
    page_base: int,
    query: dict[str, int],
    names: list[int],
    shown: tuple[int, int],
) -> None:
    simulator.preload_count(25)
    simulator.configure(page_base=page_base, max_page_size=24)

    page = v1.list(**query).json()

    expected = list(names)[: page["page_size"]]
    assert [item["name"] for item in page["_embedded"]["applications"]] == [f"app-{number}" for number in expected]
    assert (page["page_size"], page["page_index"]) == shown
    assert page["count"] == 25


@pytest.mark.parametrize(
    ("settings", "first", "labels"),
    [
        ({"page_base": 0}, 0, {"self": 0, "first": 0, "last": 2, "next": 1}),
        ({"page_base": 1}, 1, {"self": 1, "first": None, "last": 3, "next": 2}),
        ({"v1_first_page_label": "sample"}, 0, {"self": 1, "first": 1, "last": 3, "next": 2}),
    ],
)
def test_links_have_names_and_the_labels_of_the_pages(
    v1: V1,
    simulator: Simulator,
    settings: dict[str, Any],
    first: int,
    labels: dict[str, int | None],
) -> None:
    simulator.preload_count(25)
    simulator.configure(**settings)

    page = v1.list(page_index=first).json()
    last_page = v1.list(page_index=first + 2).json()

    links = {name: re.findall(r"page_index=(\d+)", link["href"]) for name, link in page["_links"].items()}
    assert links == {name: [] if label is None else [str(label)] for name, label in labels.items()}
    assert page["page_index"] == labels["self"]
    assert set(last_page["_links"]) == {"self", "first", "last"}


@pytest.mark.parametrize("query", [{"page_index": "-1"}, {"page_index": "x"}, {"page_size": "0"}, {"page_size": "x"}])
def test_a_page_that_cant_be_is_refused(v1: V1, query: dict[str, str]) -> None:
    response = v1.list(**query)

    assert response.status_code == 400
    assert response.json()["invalid_parameters"] == dict.fromkeys(query, "Is invalid.")


def test_the_count_can_be_made_to_disagree_with_the_pages(v1: V1, simulator: Simulator) -> None:
    simulator.preload_count(2)
    simulator.configure(count_offset=-1)

    page = v1.list().json()

    assert page["count"] == 1
    assert len(page["_embedded"]["applications"]) == 2


def test_the_collection_has_a_trailing_slash_or_none(v1: V1) -> None:
    v1.url += "/"

    assert v1.create(VOICE).status_code == 201
    assert listed_names(v1) == ["shop"]


# --- credentials and other errors -------------------------------------------------------------------------------------


def test_credentials_count_only_where_the_operation_carries_them(v1: V1) -> None:
    item = f"{v1.url}/{v1.created(VOICE)['id']}"
    basic = (v1.credentials["api_key"], v1.credentials["api_secret"])

    misplaced = [
        v1.session.get(v1.url, auth=basic),
        v1.session.get(item, json=v1.credentials),
        v1.session.post(v1.url, json=VOICE, params=v1.credentials),
        v1.session.put(item, json=VOICE, params=v1.credentials),
        v1.session.delete(item, json=v1.credentials),
        v1.session.delete(item, auth=basic),
    ]

    assert [response.status_code for response in misplaced] == [401] * 6
    assert {response.json()["error-code"] for response in misplaced} == {"401"}
    assert v1.list().json()["count"] == 1


@pytest.mark.parametrize(
    ("key", "secret"),
    [("demo-key", "wrong"), ("nobody", "demo-secret"), ("other-key", "demo-secret"), ("demo-key", "Demo-Secret")],
)
def test_wrong_credentials_open_nothing(v1: V1, simulator: Simulator, key: str, secret: str) -> None:
    application_id = v1.created(VOICE)["id"]
    stranger = V1(simulator.url, key, secret)

    responses = [
        stranger.list(),
        stranger.create(VOICE),
        stranger.read(application_id),
        stranger.update(application_id, VOICE),
        stranger.delete(application_id),
        stranger.read(NOWHERE),
    ]

    assert [response.status_code for response in responses] == [401] * 6
    assert set(responses[0].json()) == {"type", "title", "detail", "instance"}
    assert v1.list().json()["count"] == 1


def test_a_credential_that_is_no_text_is_wrong(v1: V1) -> None:
    assert v1.create({**VOICE, "api_secret": {"a": 1}}).status_code == 401


def test_accounts_know_nothing_of_each_other(v1: V1, simulator: Simulator) -> None:
    application_id = v1.created(VOICE)["id"]
    other = V1(simulator.url, *simulator.accounts[1])

    assert other.list().json()["count"] == 0
    assert other.read(application_id).status_code == 404
    assert other.delete(application_id).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", ""), ("DELETE", ""), ("POST", "/x"), ("PATCH", "/x"), ("HEAD", "")]
)
def test_other_methods_are_not_allowed(v1: V1, method: str, path: str) -> None:
    response = v1.session.request(method, v1.url + path, params=v1.credentials)

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_other_paths_are_not_found(v1: V1, simulator: Simulator) -> None:
    assert v1.session.get(f"{simulator.url}/v1/calls").status_code == 404


def test_a_retired_version_1_is_gone_while_version_2_answers(v1: V1, simulator: Simulator) -> None:
    simulator.configure(serves_v1=False)

    responses = [v1.list(), v1.create(VOICE), v1.read(NOWHERE), v1.session.patch(v1.url)]

    assert [response.status_code for response in responses] == [410] * 4
    assert v1.session.get(f"{simulator.url}/v2/applications", auth=simulator.accounts[0]).status_code == 200
