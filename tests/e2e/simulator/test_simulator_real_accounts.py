# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was recorded of real accounts, and the contracts leave out or contradict."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.e2e.simulator.callers import MESSAGES, NOWHERE, V1, V2, VOICE, v1_webhooks
from tests.simulator.client import Document, Simulator

URL = "https://example.com"
RTC = {"name": "shop", "type": "rtc", "event_url": f"{URL}/event", "answer_url": f"{URL}/answer"}


def capability(name: str, **members: Any) -> Document:
    return {"name": "shop", "capabilities": {name: members}}


def webhook(capability_name: str, name: str, **members: Any) -> Document:
    return capability(capability_name, webhooks={name: {"address": f"{URL}/webhook", **members}})


# --- members that the service does and does not know ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "name", "known"),
    [
        ({"name": "shop", "colour": "dark"}, "colour", ["id", "_links", "name", "keys", "capabilities", "privacy"]),
        ({"name": "shop", "privacy": {"improve_ia": True}}, "improve_ia", ["improve_ai"]),
        ({"name": "shop", "keys": {"pem": "x"}}, "pem", ["public_key", "private_key"]),
        (
            capability("vbcs"),
            "vbcs",
            ["voice", "messages", "rtc", "vbc", "verify", "video", "network_apis", "meetings", "bulk"],
        ),
        (capability("messages", region="eu-west"), "region", ["webhooks", "version", "authenticate_inbound_media"]),
        (webhook("voice", "hangup_url"), "hangup_url", ["answer_url", "fallback_answer_url", "event_url"]),
        (
            webhook("voice", "answer_url", connection_timeout=500),
            "connection_timeout",
            ["address", "http_method", "connect_timeout", "socket_timeout"],
        ),
        (webhook("rtc", "answer_url"), "answer_url", ["event_url"]),
        (webhook("messages", "inbound_url", connect_timeout=500), "connect_timeout", ["address", "http_method"]),
        (webhook("verify", "inbound_url"), "inbound_url", ["status_url"]),
        (webhook("video", "stream_created", http_method="GET"), "http_method", ["address", "secret", "active"]),
        (
            capability("video", storage={"local": True}),
            "local",
            ["server_side_encryption", "end_to_end_encryption", "cloud_storage"],
        ),
        (capability("network_apis", redirect_url=URL), "redirect_url", ["redirect_uri", "network_application_id"]),
    ],
)
def test_an_unknown_member_is_refused_with_those_that_are_known_there(
    v2: V2, simulator: Simulator, body: Document, name: str, known: list[str]
) -> None:
    application_id = v2.created({"name": "before"})["id"]

    for response in (v2.create(body), v2.update(application_id, body)):
        listed = ", ".join(f'"{member}"' for member in known)
        assert response.status_code == 400
        assert response.json()["detail"] == (
            f"{name} is not a known json property ({len(known)} known properties: {listed})"
        )
        assert set(response.json()) == {"type", "title", "detail", "instance"}
        assert response.json()["type"].endswith("/application#payload-validation")
    assert [stored["name"] for stored in simulator.applications()] == ["before"]


def test_an_unknown_member_is_refused_before_values_are_looked_at(v2: V2) -> None:
    response = v2.create({"name": "", "colour": "dark"})

    assert response.json()["detail"].startswith("colour is not a known json property")


@pytest.mark.parametrize(
    "body",
    [
        *(
            webhook("video", name, secret="s", active=True)
            for name in ("session_created", "session_destroyed", "session_notification")
        ),
        capability("meetings", anything={"at": ["all"]}),
        capability("bulk"),
        capability("voice", payment_enabled=True, payments={"gateways": [{"name": "x"}]}),
        capability("video", environment_enabled=False, environment_id="x", hoolock_configs={"deep": {"er": [1]}}),
    ],
)
def test_what_todays_services_know_is_stored_and_shown(v2: V2, body: Document) -> None:
    created = v2.created(body)

    read = v2.read(created["id"]).json()

    ((name, members),) = body["capabilities"].items()
    assert members.items() <= read["capabilities"][name].items()
    assert v2.update(created["id"], body).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": "shop", "colour": "dark"},
        capability("telepathy", range=7),
        capability("voice", warp=[1]),
        webhook("voice", "hangup_url"),
        webhook("voice", "answer_url", retries=3),
    ],
)
def test_a_member_that_the_account_has_is_known(v2: V2, simulator: Simulator, body: Document) -> None:
    (stored,) = simulator.preload([body])
    read = v2.read(stored["id"]).json()

    responses = [v2.update(stored["id"], read), v2.create(body)]
    removed = v2.update(stored["id"], {"name": "shop"})

    assert [response.status_code for response in responses] == [200, 201]
    assert responses[0].json() == read
    assert set(removed.json()) == {"id", "name", "keys", "capabilities", "privacy", "_links"}
    assert removed.json()["capabilities"] == {}


def test_what_an_account_had_is_forgotten_when_it_is_emptied(v2: V2, simulator: Simulator) -> None:
    body = {"name": "shop", "colour": "dark"}
    simulator.preload([body])
    simulator.clear()

    assert v2.create(body).status_code == 400


def test_every_unknown_member_can_be_refused_even_one_that_is_shown(v2: V2, simulator: Simulator) -> None:
    simulator.configure(unknown_members="refused_always")
    (stored,) = simulator.preload([webhook("voice", "hangup_url")])
    read = v2.read(stored["id"]).json()

    assert v2.update(stored["id"], read).status_code == 400
    read["capabilities"]["voice"]["webhooks"].pop("hangup_url")
    assert v2.update(stored["id"], read).status_code == 200
    assert v2.read(stored["id"]).json()["capabilities"]["voice"]["webhooks"] == {}


# --- values that today's reference does not allow ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "other"),
    [
        ("voice.webhooks.answer_url.socket_timeout", 500, 501),
        ("voice.webhooks.answer_url.address", "/relative", "/other"),
        ("voice.webhooks.answer_url.address", "", " "),
        ("voice.webhooks.answer_url", {"http_method": "GET"}, {"http_method": "POST", "address": "x"}),
        ("voice.region", "us-1", "us-2"),
        ("voice.conversations_ttl", 0, -1),
        ("voice.signed_callbacks", 1, "yes"),
        ("messages.webhooks.inbound_url.http_method", "GET", "PUT"),
        ("network_apis.redirect_uri", "", "here"),
        ("verify.version", "v1", "v0"),
    ],
)
def test_what_is_stored_may_be_sent_back_but_not_changed_to_its_like(
    v2: V2, simulator: Simulator, path: str, old: Any, other: Any
) -> None:
    def holding(value: Any) -> Document:
        body: Document = {"address": f"{URL}/webhook"} if path.endswith(("timeout", "http_method")) else {}
        names = path.split(".")
        body = {**body, names[-1]: value}
        for name in reversed(names[:-1]):
            body = {name: body}
        return {"name": "shop", "capabilities": body}

    (stored,) = simulator.preload([holding(old)])
    read = v2.read(stored["id"]).json()

    sent_back = v2.update(stored["id"], {**read, "name": "bar"})
    changed = v2.update(stored["id"], holding(other))
    anew = v2.create(holding(old))

    assert (sent_back.status_code, sent_back.json()) == (200, {**read, "name": "bar"})
    assert (changed.status_code, anew.status_code) == (400, 400)
    names = {parameter["name"].removeprefix("capabilities.") for parameter in changed.json()["invalid_parameters"]}
    assert {name.startswith(path) for name in names} == {True}
    assert simulator.applications() == [{**stored, "name": "bar"}]


def test_what_version_1_made_is_shown_and_may_be_sent_back_in_version_2(v1: V1, v2: V2) -> None:
    created = v1.created({**MESSAGES, "inbound_method": "GET"})
    read = v2.read(created["id"]).json()

    assert read["capabilities"]["messages"]["webhooks"]["inbound_url"]["http_method"] == "GET"
    assert v2.update(created["id"], read).json() == read


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=4) | st.sampled_from(["", "GET", URL, "v1"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
WEBHOOKS = st.dictionaries(
    st.sampled_from(["answer_url", "event_url", "status_url", "session_created", "x"]),
    st.dictionaries(st.sampled_from(["address", "http_method", "socket_timeout", "secret", "y"]), VALUES, max_size=3),
    max_size=2,
)
CAPABILITIES = st.dictionaries(
    st.sampled_from(["voice", "messages", "verify", "video", "network_apis", "meetings", "telepathy"]),
    st.fixed_dictionaries(
        {}, optional={"webhooks": WEBHOOKS, **dict.fromkeys(["region", "version", "redirect_uri", "z"], VALUES)}
    ),
    max_size=3,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    document=st.fixed_dictionaries(
        {"name": st.text(max_size=5), "capabilities": CAPABILITIES},
        optional={"privacy": st.dictionaries(st.sampled_from(["improve_ai", "x"]), VALUES), "colour": VALUES},
    ),
    shows_empty_webhooks=st.booleans(),
)
def test_whatever_is_shown_may_be_sent_back_and_nothing_changes(
    v2: V2, simulator: Simulator, document: Document, shows_empty_webhooks: bool
) -> None:
    simulator.clear()
    simulator.configure(shows_empty_webhooks=shows_empty_webhooks)
    (stored,) = simulator.preload([document])
    read = v2.read(stored["id"]).json()

    response = v2.update(stored["id"], read)

    assert (response.status_code, response.json()) == (200, read)
    assert v2.read(stored["id"]).json() == read


# --- webhooks with an empty address -----------------------------------------------------------------------------------


def test_webhooks_that_are_not_set_can_be_shown_empty(v2: V2, simulator: Simulator) -> None:
    simulator.configure(shows_empty_webhooks=True)
    created = v2.created(webhook("voice", "answer_url"))
    v2.update(created["id"], {**created, "capabilities": {**created["capabilities"], "messages": {}, "vbc": {}}})

    read = v2.read(created["id"]).json()["capabilities"]
    (listed,) = v2.list().json()["_embedded"]["applications"]

    assert read == listed["capabilities"]
    assert read["voice"]["webhooks"] == {
        "answer_url": created["capabilities"]["voice"]["webhooks"]["answer_url"],
        "fallback_answer_url": {"address": "", "http_method": "GET"},
        "event_url": {"address": "", "http_method": "POST"},
    }
    assert read["messages"]["webhooks"] == {
        "inbound_url": {"address": "", "http_method": "POST"},
        "status_url": {"address": "", "http_method": "POST"},
    }
    assert read["vbc"] == {}


def test_an_empty_address_is_stored_and_shown_where_such_are_shown(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.configure(shows_empty_webhooks=True)
    empty = {"address": "", "http_method": "POST"}
    created = v2.created(webhook("voice", "event_url"))

    response = v2.update(created["id"], capability("voice", webhooks={"event_url": empty}))

    assert response.json()["capabilities"]["voice"]["webhooks"]["event_url"] == empty
    assert simulator.applications()[0]["capabilities"]["voice"]["webhooks"] == {"event_url": empty}
    assert v1_webhooks(v1.read(created["id"]).json()) == {"event_url": ("", "POST")}
    assert v1.update(created["id"], {"name": "bar", "type": "voice", "event_url": ""}).status_code == 200
    assert v1.update(created["id"], {"name": "bar", "type": "voice", "answer_url": ""}).status_code == 200


def test_a_new_empty_address_is_refused_as_the_reference_says(v2: V2) -> None:
    response = v2.create(webhook("voice", "answer_url", address=""))

    name = "capabilities.voice.webhooks.answer_url.address"
    assert [parameter["name"] for parameter in response.json()["invalid_parameters"]] == [name]


# --- version 1: keys, the type rtc, values of old, pages --------------------------------------------------------------


def keys_shown(v1: V1, simulator: Simulator) -> dict[str, Any]:
    """The public key that the list and a read of each application show; both show the same."""
    shown = {
        item["id"]: item["keys"]["public_key"] for item in v1.list(page_size=100).json()["_embedded"]["applications"]
    }
    assert shown == {
        stored["id"]: v1.read(stored["id"]).json()["keys"]["public_key"] for stored in simulator.applications()
    }
    return shown


def test_version_1_can_show_public_keys_as_the_base64_of_the_pem(v1: V1, simulator: Simulator) -> None:
    simulator.configure(list_shows_keys=True, v1_public_key="base64")
    created = v1.created(VOICE)

    shown = keys_shown(v1, simulator)[created["id"]]

    assert created["keys"]["public_key"].startswith("-----BEGIN PUBLIC KEY-----\n")
    assert base64.b64decode(shown, validate=True).decode() == created["keys"]["public_key"]
    assert v1.update(created["id"], VOICE).json()["keys"]["public_key"] == shown


def test_version_1_can_show_some_public_keys_like_this_and_others_in_pem(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.configure(list_shows_keys=True, v1_public_key="mixed")
    stored = simulator.preload([{"name": "shop", "id": f"{NOWHERE[:-1]}{digit}"} for digit in "0123456789abcdef"])

    shown = keys_shown(v1, simulator)

    in_base64 = {application_id[-1] for application_id, key in shown.items() if not key.startswith("-----BEGIN")}
    assert in_base64 == set("13579ace")
    assert {v2.read(each["id"]).json()["keys"]["public_key"] for each in stored} == {
        key if key.startswith("-----BEGIN") else base64.b64decode(key).decode() for key in shown.values()
    }


def test_version_1_can_know_the_type_rtc(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.configure(v1_knows_rtc=True)

    created = v1.created(RTC)

    assert (created["voice"], created["messages"]) == ({"webhooks": []}, {"webhooks": []})
    assert created["rtc"]["webhooks"][::-1] == [
        {"endpoint_type": "answer_url", "endpoint": f"{URL}/answer", "http_method": "GET"},
        {"endpoint_type": "event_url", "endpoint": f"{URL}/event", "http_method": "POST"},
    ]
    assert v1.list().json()["_embedded"]["applications"][0]["rtc"]["webhooks"] == created["rtc"]["webhooks"][::-1]
    assert set(v2.read(created["id"]).json()["capabilities"]) == {"rtc"}
    assert "rtc" not in v1.created(VOICE)


def test_an_application_of_the_type_rtc_is_renamed_and_deleted_through_version_1(v1: V1, simulator: Simulator) -> None:
    simulator.configure(v1_knows_rtc=True)
    created = v1.created(RTC)

    renamed = v1.update(created["id"], {**RTC, "name": "bar"})
    retyped = v1.update(created["id"], {**VOICE, "name": "bar"})

    assert renamed.json() == {**v1.read(created["id"]).json(), "name": "bar", "rtc": created["rtc"]}
    assert retyped.json()["invalid_parameters"] == {"type": "Can't be changed."}
    assert v1.delete(created["id"]).status_code == 204


@pytest.mark.parametrize(
    ("body", "invalid"),
    [
        ({**RTC, "type": "vbc"}, {"type": "Must be voice, messages or rtc."}),
        ({"name": "shop", "type": "rtc"}, {"event_url": "Is required."}),
        ({**RTC, "answer_url": "x"}, {"answer_url": "Must be an absolute http or https URL."}),
    ],
)
def test_the_type_rtc_has_rules_as_the_others(
    v1: V1, simulator: Simulator, body: Document, invalid: dict[str, str]
) -> None:
    simulator.configure(v1_knows_rtc=True)

    assert v1.create(body).json()["invalid_parameters"] == invalid


def test_version_2_refuses_the_answer_url_that_version_1_took_until_it_is_left_out(
    v1: V1, v2: V2, simulator: Simulator
) -> None:
    simulator.configure(v1_knows_rtc=True)
    created = v1.created(RTC)
    read = v2.read(created["id"]).json()
    assert set(read["capabilities"]["rtc"]["webhooks"]) == {"answer_url", "event_url"}

    for unknown_members in ("refused", "refused_always", "taken"):
        simulator.configure(unknown_members=unknown_members)
        refused = v2.update(created["id"], read)
        assert refused.status_code == 400
        assert refused.json()["detail"] == ('answer_url is not a known json property (1 known properties: "event_url")')
    read["capabilities"]["rtc"]["webhooks"].pop("answer_url")
    assert v2.update(created["id"], read).json() == read


def test_a_preloaded_answer_url_of_rtc_is_refused_in_the_same_way(v2: V2, simulator: Simulator) -> None:
    (stored,) = simulator.preload([webhook("rtc", "answer_url")])

    assert v2.update(stored["id"], v2.read(stored["id"]).json()).status_code == 400


def test_version_1_takes_a_webhook_back_as_it_is_stored(v1: V1, simulator: Simulator) -> None:
    old = {"address": "/relative", "http_method": "PUT"}
    (stored,) = simulator.preload([capability("voice", webhooks={"event_url": old})])
    flat = {"name": "bar", "type": "voice", "event_url": "/relative", "event_method": "PUT"}

    changed = v1.update(stored["id"], {**flat, "event_url": "/other", "event_method": "PATCH"})
    sent_back = v1.update(stored["id"], flat)

    assert set(changed.json()["invalid_parameters"]) == {"event_url", "event_method"}
    assert v1_webhooks(sent_back.json()) == {"event_url": ("/relative", "PUT")}


def test_pages_counted_from_1_are_as_recorded(v1: V1, simulator: Simulator) -> None:
    simulator.configure(page_base=1)
    simulator.preload_count(7)

    page = v1.list(page_size=3).json()
    last = v1.list(page_size=3, page_index=3).json()

    indices = {name: re.findall(r"page_index=(\d+)", link["href"]) for name, link in page["_links"].items()}
    assert (page["count"], page["page_index"]) == (7, 1)
    assert indices == {"self": ["1"], "first": [], "last": ["3"], "next": ["2"]}
    assert page["_links"]["first"]["href"].endswith("?page_size=3")
    assert [item["name"] for item in last["_embedded"]["applications"]] == ["app-6"]


# --- credentials and ids ----------------------------------------------------------------------------------------------


def operations(caller: V1 | V2, body: Document, application_id: str) -> list[requests.Response]:
    return [
        caller.list(),
        caller.create(body),
        caller.read(application_id),
        caller.update(application_id, body),
        caller.delete(application_id),
    ]


@pytest.mark.parametrize(("key", "secret"), [("demo-key", "wrong"), ("nobody", "demo-secret")])
def test_an_invalid_api_key_can_be_a_404(v1: V1, simulator: Simulator, key: str, secret: str) -> None:
    simulator.configure(invalid_key_is_404=True)
    application_id = v1.created(VOICE)["id"]

    answers = [
        *operations(V1(simulator.url, key, secret), VOICE, application_id),
        *operations(V2(simulator.url, key, secret), {"name": "shop"}, application_id),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["title"] for answer in answers} == {"Invalid API Key"}
    assert {answer.json()["detail"] for answer in answers} == {
        f"API key '{key}' does not exist, or you do not have access"
    }
    assert len(simulator.applications()) == 1


def test_no_credentials_are_a_401_all_the_same(v2: V2, simulator: Simulator) -> None:
    simulator.configure(invalid_key_is_404=True)
    v2.session.auth = None

    assert v2.list().status_code == 401


def test_ids_are_told_apart_by_case(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.preload([{"name": "shop", "id": "abc"}])

    assert (v1.read("ABC").status_code, v2.read("ABC").status_code) == (404, 404)


def test_ids_can_be_found_in_any_case_and_are_shown_as_they_are(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.configure(ignores_id_case=True)
    (stored,) = simulator.preload([{"name": "shop", "id": "0000aBcD-0000-4000-8000-000000000000"}])
    own_id = stored["id"]

    for spelling in (own_id, own_id.upper(), own_id.lower()):
        answers = [
            v1.read(spelling),
            v1.update(spelling, VOICE),
            v2.read(spelling),
            v2.update(spelling, {"name": spelling}),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
        assert {answer.json()["id"] for answer in answers} == {own_id}
    assert [each["id"] for each in simulator.applications()] == [own_id]
    assert v2.delete(own_id.upper()).status_code == 204
    assert v1.read(own_id).status_code == 404
