# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 2 of the simulator does what the gathered facts say of the service."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.e2e.simulator.callers import NOWHERE, V2
from tests.simulator.client import Simulator

WEBHOOK = {"address": "https://example.com/webhook"}


def voice(**settings: Any) -> dict[str, Any]:
    return {"name": "shop", "capabilities": {"voice": settings}}


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    public_key = key.public_key()
    return public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def rsa_pem(bits: int) -> str:
    return pem(rsa.generate_private_key(public_exponent=65537, key_size=bits))


# --- create and read --------------------------------------------------------------------------------------------------


def test_create_without_a_key_hands_out_a_real_pair_once(v2: V2) -> None:
    created = v2.created({"name": "shop"})

    private_key = serialization.load_pem_private_key(created["keys"]["private_key"].encode(), password=None)
    assert serialization.load_pem_public_key(created["keys"]["public_key"].encode()) == private_key.public_key()
    assert v2.read(created["id"]).json()["keys"] == {"public_key": created["keys"]["public_key"]}


def test_create_with_a_key_hands_out_none(v2: V2) -> None:
    public_key = rsa_pem(2048)

    created = v2.created({"name": "shop", "keys": {"public_key": public_key}})

    assert created["keys"] == {"public_key": public_key}
    assert v2.read(created["id"]).json() == created


def test_create_fills_defaults_in(v2: V2) -> None:
    webhooks = {"answer_url": WEBHOOK, "fallback_answer_url": WEBHOOK, "event_url": WEBHOOK}

    created = v2.created(
        {
            "name": "shop",
            "capabilities": {
                "voice": {"webhooks": webhooks},
                "messages": {"webhooks": {"inbound_url": WEBHOOK, "status_url": WEBHOOK}},
                "rtc": {"webhooks": {"event_url": WEBHOOK}},
                "verify": {"webhooks": {"status_url": WEBHOOK}},
                "vbc": {},
            },
        }
    )

    capabilities = created["capabilities"]
    answer = {**WEBHOOK, "http_method": "GET", "connect_timeout": 1000, "socket_timeout": 5000}
    event = {**WEBHOOK, "http_method": "POST", "connect_timeout": 1000, "socket_timeout": 10000}
    assert capabilities["voice"].pop("webhooks") == {
        "answer_url": answer,
        "fallback_answer_url": answer,
        "event_url": event,
    }
    assert capabilities["voice"]["signed_callbacks"] is True
    assert set(capabilities["voice"]) == {"signed_callbacks", "conversations_ttl", "leg_persistence_time"}
    assert capabilities["messages"]["version"] == "v1"
    assert capabilities["rtc"]["webhooks"]["event_url"]["http_method"] == "POST"
    assert capabilities["verify"]["version"] == "v2"
    assert capabilities["vbc"] == {}
    assert set(created["privacy"]) == {"improve_ai"}
    assert v2.read(created["id"]).json()["capabilities"]["messages"] == capabilities["messages"]


def test_defaults_replace_nothing_that_was_sent(v2: V2) -> None:
    settings = {
        "webhooks": {
            "event_url": {**WEBHOOK, "http_method": "GET", "connect_timeout": 300, "socket_timeout": 1000},
        },
        "signed_callbacks": False,
        "conversations_ttl": 1,
        "leg_persistence_time": 31,
        "region": "eu-west",
    }

    created = v2.created({**voice(**settings), "privacy": {"improve_ai": False}})

    assert created["capabilities"] == {"voice": settings}
    assert created["privacy"] == {"improve_ai": False}


def test_names_need_not_be_unique(v2: V2) -> None:
    assert v2.created({"name": "shop"})["id"] != v2.created({"name": "shop"})["id"]


def test_what_the_simulator_never_heard_of_is_stored_where_it_is_taken(v2: V2, simulator: Simulator) -> None:
    simulator.configure(unknown_members="taken")
    unknown = {
        "name": "shop",
        "capabilities": {
            "teleport": {"range": 7},
            "voice": {"warp": [1], "webhooks": {"hangup_url": {"x": 1}, "event_url": {**WEBHOOK, "retries": 3}}},
        },
        "colour": "dark",
    }

    read = v2.read(v2.created(unknown)["id"]).json()

    assert read["capabilities"]["teleport"] == {"range": 7}
    assert read["capabilities"]["voice"]["warp"] == [1]
    assert read["capabilities"]["voice"]["webhooks"]["hangup_url"] == {"x": 1}
    assert read["capabilities"]["voice"]["webhooks"]["event_url"]["retries"] == 3
    assert read["colour"] == "dark"


@pytest.mark.parametrize(
    ("body", "invalid"),
    [
        ({}, ["name"]),
        ({"name": ""}, ["name"]),
        ({"name": 1}, ["name"]),
        ({"name": "x", "capabilities": []}, ["capabilities"]),
        ({"name": "x", "capabilities": {"meetings": 1}}, ["capabilities.meetings"]),
        ({"name": "x", "capabilities": {"vbc": {"a": 1}}}, ["capabilities.vbc"]),
        ({"name": "x", "keys": "PEM"}, ["keys"]),
        ({"name": "x", "privacy": {"improve_ai": "yes"}}, ["privacy.improve_ai"]),
        (voice(webhooks=[]), ["capabilities.voice.webhooks"]),
        (voice(webhooks={"answer_url": "x"}), ["capabilities.voice.webhooks.answer_url"]),
        (voice(webhooks={"answer_url": {}}), ["capabilities.voice.webhooks.answer_url.address"]),
        (
            voice(webhooks={"answer_url": {"address": "x", "http_method": "PUT"}}),
            ["capabilities.voice.webhooks.answer_url.address", "capabilities.voice.webhooks.answer_url.http_method"],
        ),
        (voice(signed_callbacks=1), ["capabilities.voice.signed_callbacks"]),
        (voice(conversations_ttl=0), ["capabilities.voice.conversations_ttl"]),
        (voice(leg_persistence_time=32), ["capabilities.voice.leg_persistence_time"]),
        (voice(region="mars"), ["capabilities.voice.region"]),
        (
            {"name": "x", "capabilities": {"messages": {"version": "v2", "authenticate_inbound_media": "no"}}},
            ["capabilities.messages.version", "capabilities.messages.authenticate_inbound_media"],
        ),
        (
            {"name": "x", "capabilities": {"rtc": {"leg_persistence_time": 0}}},
            ["capabilities.rtc.leg_persistence_time"],
        ),
        ({"name": "x", "capabilities": {"verify": {"version": "v1"}}}, ["capabilities.verify.version"]),
        (
            {"name": "x", "capabilities": {"video": {"storage": {"cloud_storage": 1}}}},
            ["capabilities.video.storage.cloud_storage"],
        ),
        (
            {"name": "x", "capabilities": {"video": {"webhooks": {"stream_created": {"active": 1}}}}},
            ["capabilities.video.webhooks.stream_created.active"],
        ),
        (
            {"name": "x", "capabilities": {"network_apis": {"redirect_uri": "here"}}},
            ["capabilities.network_apis.redirect_uri"],
        ),
    ],
)
def test_what_the_service_refuses_is_named(v2: V2, body: dict[str, Any], invalid: list[str]) -> None:
    application_id = v2.created({"name": "before"})["id"]

    for response in (v2.create(body), v2.update(application_id, body)):
        assert response.status_code == 400
        assert [parameter["name"] for parameter in response.json()["invalid_parameters"]] == invalid
        assert all(parameter["reason"] for parameter in response.json()["invalid_parameters"])
    assert [item["name"] for item in v2.list().json()["_embedded"]["applications"]] == ["before"]


@pytest.mark.parametrize(
    ("webhook", "timeout", "taken", "refused"),
    [
        ("answer_url", "connect_timeout", [300, 1000], [299, 1001, "500", 500.5, True, None]),
        ("answer_url", "socket_timeout", [1000, 5000], [999, 5001]),
        ("fallback_answer_url", "socket_timeout", [1000, 5000], [999, 5001]),
        ("event_url", "socket_timeout", [1000, 10000], [999, 10001]),
    ],
)
def test_timeouts_have_ranges(v2: V2, webhook: str, timeout: str, taken: list[Any], refused: list[Any]) -> None:
    def status(milliseconds: object) -> int:
        return v2.create(voice(webhooks={webhook: {**WEBHOOK, timeout: milliseconds}})).status_code

    assert [status(milliseconds) for milliseconds in taken] == [201] * len(taken)
    assert [status(milliseconds) for milliseconds in refused] == [400] * len(refused)


@pytest.mark.parametrize(
    ("capability", "webhook"),
    [("messages", "inbound_url"), ("messages", "status_url"), ("verify", "status_url")],
)
def test_some_webhooks_are_post_alone(v2: V2, capability: str, webhook: str) -> None:
    webhooks = {webhook: {**WEBHOOK, "http_method": "GET"}}

    response = v2.create({"name": "shop", "capabilities": {capability: {"webhooks": webhooks}}})

    name = f"capabilities.{capability}.webhooks.{webhook}.http_method"
    assert response.json()["invalid_parameters"] == [{"name": name, "reason": "must be one of: POST"}]


@pytest.mark.parametrize(
    "public_key",
    ["", "ssh-rsa AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", 7, None, "weak", "elliptic"],
)
def test_only_a_strong_rsa_public_key_is_taken(v2: V2, public_key: object) -> None:
    if public_key == "weak":
        public_key = rsa_pem(1024)
    if public_key == "elliptic":
        public_key = pem(ec.generate_private_key(ec.SECP256R1()))

    response = v2.create({"name": "shop", "keys": {"public_key": public_key}})

    assert response.status_code == 400
    assert [parameter["name"] for parameter in response.json()["invalid_parameters"]] == ["keys.public_key"]


# --- update -----------------------------------------------------------------------------------------------------------


def test_update_replaces_and_keeps_id_and_key(v2: V2) -> None:
    created = v2.created({**voice(region="eu-west"), "privacy": {"improve_ai": False}})

    response = v2.update(created["id"], {"name": "bar", "capabilities": {"vbc": {}}})

    assert response.status_code == 200
    assert v2.read(created["id"]).json() == response.json()
    assert response.json()["capabilities"] == {"vbc": {}}
    assert response.json()["privacy"] != {"improve_ai": False}
    assert response.json()["keys"] == {"public_key": created["keys"]["public_key"]}


def test_update_with_what_was_read_changes_nothing(v2: V2, simulator: Simulator) -> None:
    created = v2.created({"name": "shop", "capabilities": {"video": {}, "voice": {"webhooks": {"event_url": WEBHOOK}}}})
    read = v2.read(created["id"]).json()
    stored = simulator.applications()

    assert v2.update(created["id"], read).json() == read
    assert simulator.applications() == stored


def test_update_with_a_new_key_rotates_it(v2: V2) -> None:
    created = v2.created({"name": "shop"})
    public_key = rsa_pem(3072)

    updated = v2.update(created["id"], {"name": "shop", "keys": {"public_key": public_key}}).json()

    assert updated["keys"] == {"public_key": public_key} != created["keys"]
    assert v2.update(created["id"], {"name": "shop"}).json()["keys"] == {"public_key": public_key}


def test_video_has_settings_that_only_survive_when_sent_back(v2: V2) -> None:
    created = v2.created({"name": "shop", "capabilities": {"video": {}}})
    video = created["capabilities"]["video"]

    sent_back = v2.update(created["id"], {"name": "shop", "capabilities": {"video": video}}).json()
    left_out = v2.update(created["id"], {"name": "shop", "capabilities": {"video": {}}}).json()

    assert set(video) == {"environment_id", "environment_enabled", "hoolock_configs"}
    assert sent_back["capabilities"]["video"] == video
    assert left_out["capabilities"]["video"]["environment_id"] != video["environment_id"]


def test_delete_leaves_nothing(v2: V2) -> None:
    created = v2.created({"name": "shop"})

    response = v2.delete(created["id"])

    assert (response.status_code, response.content) == (204, b"")
    assert v2.read(created["id"]).status_code == 404
    assert v2.list().json()["total_items"] == 0


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers", "links"),
    [
        ({}, range(10), {"self": 1, "first": 1, "last": 3, "next": 2}),
        ({"page": 2}, range(10, 20), {"self": 2, "first": 1, "last": 3, "prev": 1, "next": 3}),
        ({"page": 3}, range(20, 25), {"self": 3, "first": 1, "last": 3, "prev": 2}),
        ({"page": 4}, [], {"self": 4, "first": 1, "last": 3, "prev": 3}),
        ({"page_size": 100}, range(25), {"self": 1, "first": 1, "last": 1}),
        ({"page_size": 25}, range(25), {"self": 1, "first": 1, "last": 1}),
    ],
)
def test_pages(
    v2: V2,
    simulator: Simulator,
    query: dict[str, int],
    numbers: list[int],
    links: dict[str, int],
) -> None:
    stored = simulator.preload_count(25)

    page = v2.list(**query).json()

    assert page["total_items"] == 25
    assert (page["page"], page["page_size"]) == (links["self"], query.get("page_size", 10))
    assert page["total_pages"] == links["last"]
    for item, number in zip(page["_embedded"]["applications"], numbers, strict=True):
        assert item.pop("_links") == {"self": {"href": f"/v2/applications/{item['id']}"}}
        assert item == stored[number]
    size = page["page_size"]
    assert page["_links"] == {
        name: {"href": f"/v2/applications?page_size={size}&page={number}"} for name, number in links.items()
    }


def test_an_empty_account_has_one_empty_page(v2: V2) -> None:
    page = v2.list().json()

    assert (page["total_items"], page["total_pages"]) == (0, 1)
    assert page["_embedded"] == {"applications": []}


@pytest.mark.parametrize(
    "query",
    [{"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": ""}, {"page_size": "0"}, {"page_size": "9" * 5000}],
)
def test_a_page_that_cant_be_is_refused(v2: V2, query: dict[str, str]) -> None:
    response = v2.list(**query)

    assert response.status_code == 400
    assert [parameter["name"] for parameter in response.json()["invalid_parameters"]] == list(query)


def test_the_largest_page_is_refused_beyond_and_not_clamped(v2: V2, simulator: Simulator) -> None:
    default = [v2.list(page_size=size).status_code for size in (100, 101)]
    simulator.configure(max_page_size=3)
    smaller = [v2.list(page_size=size).status_code for size in (3, 4)]

    assert default == smaller == [200, 400]
    assert v2.list().json()["page_size"] == 3


def test_the_total_can_be_made_to_disagree_with_the_pages(v2: V2, simulator: Simulator) -> None:
    simulator.preload_count(2)
    simulator.configure(count_offset=3)

    page = v2.list().json()

    assert (page["total_items"], page["total_pages"], len(page["_embedded"]["applications"])) == (5, 1, 2)


def test_the_collection_has_a_trailing_slash_or_none(v2: V2) -> None:
    v2.url += "/"

    assert v2.create({"name": "shop"}).status_code == 201
    assert v2.list().json()["total_items"] == 1


# --- other errors -----------------------------------------------------------------------------------------------------


def all_operations(v2: V2, application_id: str) -> list[int]:
    return [
        v2.list().status_code,
        v2.create({"name": "shop"}).status_code,
        v2.read(application_id).status_code,
        v2.update(application_id, {"name": "shop"}).status_code,
        v2.delete(application_id).status_code,
    ]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        ("demo-key", "wrong"),
        ("nobody", "demo-secret"),
        ("other-key", "demo-secret"),
        "Basic",
        "Basic !",
        "Basic /w==",
        "Bearer demo-key:demo-secret",
    ],
)
def test_wrong_credentials_open_nothing(v2: V2, authorization: str | tuple[str, str] | None) -> None:
    application_id = v2.created({"name": "before"})["id"]
    stranger = V2(v2.url.removesuffix("/v2/applications"))
    stranger.session.auth = authorization if isinstance(authorization, tuple) else None
    if isinstance(authorization, str):
        stranger.session.headers["Authorization"] = authorization

    statuses = all_operations(stranger, application_id)

    assert statuses == [401] * 5
    assert v2.list().json()["total_items"] == 1


def test_credentials_of_version_1_are_none_of_version_2(v2: V2) -> None:
    v2.session.auth = None
    v2.session.params = {"api_key": "demo-key", "api_secret": "demo-secret"}

    assert v2.list().status_code == 401


def test_a_secret_may_hold_any_characters(simulator: Simulator) -> None:
    other = V2(simulator.url, *simulator.accounts[1])

    assert other.created({"name": "shop"})["name"] == "shop"


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/*", "application/json;q=0, text/html", ""])
def test_a_client_that_takes_no_json_gets_none(v2: V2, accept: str) -> None:
    application_id = v2.created({"name": "before"})["id"]
    v2.session.headers["Accept"] = accept

    assert all_operations(v2, application_id) == [406] * 5


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "Application/JSON", "text/html, application/json;charset=utf-8;q=0.1"]
)
def test_a_client_that_takes_json_gets_it(v2: V2, accept: str) -> None:
    v2.session.headers["Accept"] = accept

    assert v2.list().status_code == 200


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "application/jsonx", None])
def test_a_body_that_isnt_said_to_be_json_is_refused(v2: V2, content_type: str | None) -> None:
    application_id = v2.created({"name": "before"})["id"]
    headers = {"Content-Type": content_type}

    for method, url in (("POST", v2.url), ("PUT", f"{v2.url}/{application_id}")):
        response = v2.session.request(method, url, data=b'{"name": "shop"}', headers=headers)
        assert response.status_code == 415


def test_a_content_type_may_have_parameters(v2: V2) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}

    assert v2.session.post(v2.url, data=b'{"name": "shop"}', headers=headers).status_code == 201


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe\xfa"])
def test_a_body_that_is_no_object_is_refused(v2: V2, body: bytes) -> None:
    response = v2.session.post(v2.url, data=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", ""), ("DELETE", ""), ("POST", "/x"), ("PATCH", "/x"), ("HEAD", "")]
)
def test_other_methods_are_not_allowed(v2: V2, method: str, path: str) -> None:
    assert v2.session.request(method, v2.url + path).status_code == 405


def test_every_error_is_a_problem(v2: V2) -> None:
    responses = [
        v2.list(page=0),
        v2.session.get(v2.url, auth=("demo-key", "wrong")),
        v2.read(NOWHERE),
        v2.session.patch(v2.url),
        v2.session.get(v2.url, headers={"Accept": "text/html"}),
        v2.session.post(v2.url, data={"name": "shop"}),
    ]

    assert [response.status_code for response in responses] == [400, 401, 404, 405, 406, 415]
    for response in responses:
        assert response.headers["Content-Type"].startswith("application/problem+json")
        assert set(response.json()) - {"invalid_parameters"} == {"type", "title", "detail", "instance"}
        assert all(response.json().values())
