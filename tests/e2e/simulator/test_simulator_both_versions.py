# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Both versions serve the same applications."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.e2e.simulator.callers import MESSAGES, V1, V2, VOICE, v1_webhooks
from tests.simulator.client import Simulator


def test_an_application_of_version_1_is_there_in_version_2(v1: V1, v2: V2) -> None:
    created = v1.created({**VOICE, "answer_method": "POST"})

    read = v2.read(created["id"]).json()

    webhooks = read["capabilities"]["voice"]["webhooks"]
    assert {name: (webhook["address"], webhook["http_method"]) for name, webhook in webhooks.items()} == {
        "answer_url": ("https://example.com/answer", "POST"),
        "event_url": ("https://example.com/event", "POST"),
    }
    assert webhooks["event_url"]["socket_timeout"] == 10000
    assert set(read["capabilities"]) == {"voice"}
    assert read["keys"] == {"public_key": created["keys"]["public_key"]}


def test_an_application_of_version_2_is_there_in_version_1(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.configure(unknown_members="taken")
    address = "https://example.com/status"
    created = v2.created(
        {
            "name": "shop",
            "capabilities": {"messages": {"webhooks": {"status_url": {"address": address}}}, "rtc": {}, "video": {}},
            "colour": "dark",
        }
    )

    read = v1.read(created["id"]).json()

    assert v1_webhooks(read) == {"status_url": (address, "POST")}
    assert set(read) == {"id", "name", "voice", "messages", "keys", "_links", "colour"}
    assert read["colour"] == "dark"
    assert read["keys"] == {"public_key": created["keys"]["public_key"]}


def test_settings_of_version_2_alone_dont_survive_an_update_through_version_1(v1: V1, v2: V2) -> None:
    webhook = {"address": VOICE["event_url"], "connect_timeout": 300}
    capabilities = {"voice": {"webhooks": {"event_url": webhook}, "region": "eu-west"}, "rtc": {}}
    created = v2.created({"name": "shop", "capabilities": capabilities, "privacy": {"improve_ai": False}})

    assert v1.update(created["id"], VOICE).status_code == 200

    read = v2.read(created["id"]).json()
    assert set(read["capabilities"]) == {"voice"}
    assert "region" not in read["capabilities"]["voice"]
    assert read["capabilities"]["voice"]["webhooks"]["event_url"]["connect_timeout"] == 1000
    assert read["privacy"] != {"improve_ai": False}
    assert read["keys"] == {"public_key": created["keys"]["public_key"]}


@pytest.mark.parametrize("settings", [VOICE, MESSAGES])
def test_an_application_without_a_type_takes_either(v1: V1, v2: V2, settings: dict[str, str]) -> None:
    created = v2.created({"name": "shop", "capabilities": {"rtc": {}}})

    assert v1.update(created["id"], settings).status_code == 200
    assert set(v2.read(created["id"]).json()["capabilities"]) == {settings["type"]}


def test_what_one_version_deletes_the_other_has_lost(v1: V1, v2: V2) -> None:
    first, second = v1.created(VOICE)["id"], v2.created({"name": "shop"})["id"]

    assert (v2.delete(first).status_code, v1.delete(second).status_code) == (204, 204)
    assert (v1.read(first).status_code, v2.read(second).status_code) == (404, 404)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["voice", "https://a/b", "GET"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
V1_NAMES = ("name", "type", "answer_url", "event_url", "answer_method", "inbound_url", "voice", "id", "_links")
V1_BODIES = st.fixed_dictionaries({}, optional=dict.fromkeys(V1_NAMES, VALUES))
V2_BODIES = st.fixed_dictionaries(
    {"name": st.just("shop")},
    optional={
        "keys": VALUES | st.fixed_dictionaries({"public_key": VALUES}),
        "privacy": VALUES,
        "capabilities": VALUES
        | st.dictionaries(
            st.sampled_from(["voice", "messages", "rtc", "vbc", "verify", "video", "network_apis", "teleport"]),
            VALUES
            | st.fixed_dictionaries(
                {"webhooks": st.dictionaries(st.sampled_from(["answer_url", "status_url", "x"]), VALUES, max_size=2)},
                optional={"region": VALUES, "version": VALUES, "storage": VALUES},
            ),
            max_size=3,
        ),
        "_links": VALUES,
        "voice": VALUES,
    },
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(v1_body=V1_BODIES, v2_body=V2_BODIES)
def test_any_body_is_taken_or_refused_and_never_breaks_the_account(
    v1: V1,
    v2: V2,
    simulator: Simulator,
    v1_body: dict[str, object],
    v2_body: dict[str, object],
) -> None:
    simulator.clear()
    (stored,) = simulator.preload([{"name": "shop"}])
    application_id = stored["id"]

    updates = [v2.update(application_id, v2_body), v1.update(application_id, v1_body)]
    reads = [v1.read(application_id), v2.read(application_id), v1.list(), v2.list()]

    assert {response.status_code for response in updates} <= {200, 400}
    assert [response.status_code for response in reads] == [200] * 4
