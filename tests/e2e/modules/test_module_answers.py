# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that no client should trust: cut, endless, of the wrong kind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.relay import Exchange, Relay, Step, answers, drips
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}
HTML = b"<!DOCTYPE html><html><head><title>Welcome to\n our proxy</title></head><body>Log in</body></html>"


def listing(*applications: object, **members: object) -> dict[str, object]:
    """A page of a listing."""
    return {"count": len(applications), "_embedded": {"applications": list(applications)}, **members}


def cut_off(exchange: Exchange) -> None:
    """Half of what the header announces."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "1000")
    exchange.end_headers()
    exchange.wfile.write(b'{"count": 0, ')
    exchange.close_connection = True


def sends_too_much(exchange: Exchange) -> None:
    """More than any page of a listing can be, and no end in sight."""
    exchange.send_response(200)
    exchange.end_headers()
    exchange.close_connection = True
    for _chunk in range(1000):
        exchange.wfile.write(b" " * (1024 * 1024))


USELESS: dict[str, tuple[Step, list[str]]] = {
    "html": (answers(200, HTML), ["not JSON", "Welcome to our proxy"]),
    "broken-json": (answers(200, b'{"count": 1, "_embedded": {"appl'), ["not JSON"]),
    "no-text": (answers(200, b"\x00\xff\xfe\x80" * 20), ["not JSON"]),
    "nothing": (answers(200, b""), ["api_url"]),
    "no-content": (answers(204), ["api_url"]),
    "null": (answers(200, None), ["api_url"]),
    "list": (answers(200, []), ["api_url"]),
    "text": (answers(200, "ok"), ["api_url"]),
    "no-listing": (answers(200, {"applications": []}), ["api_url"]),
    "listing-of-an-object": (answers(200, {"count": 1, "_embedded": {"applications": {}}}), ["api_url"]),
    "no-count": (answers(200, {"_embedded": {"applications": []}}), ["api_url"]),
    "count-that-is-text": (answers(200, listing(count="1")), ["api_url"]),
    "application-that-is-none": (answers(200, listing(None)), ["api_url"]),
    "application-without-id": (answers(200, listing({"name": "Shop"})), ["api_url"]),
    "application-without-name": (answers(200, listing({"id": "shop"})), ["api_url"]),
    "number-as-id": (answers(200, listing({"id": 7, "name": "Shop"})), ["api_url"]),
    "too-large": (sends_too_much, ["larger than", "MiB"]),
}


@pytest.mark.parametrize(("answer", "words"), USELESS.values(), ids=USELESS)
def test_a_useless_answer_ends_the_run_in_one_line(
    answer: Step, words: list[str], relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("GET", *[answer] * 20)

    run = relayed.application(**SHOP)

    assert "\n" not in run.message
    assert "unexpected" not in run.message
    assert f"GET {relay.url}/v1/applications: " in run.message or "GET /v1/applications: " in run.message
    assert [word for word in words if word not in run.message] == []
    assert simulator.writes() == []
    assert relay.count("GET") == 1


ODD: dict[str, object] = {
    "webhooks-missing": listing({"id": "shop", "name": "Shop"}),
    "webhooks-null": listing({"id": "shop", "name": "Shop", "voice": None, "messages": {"webhooks": None}}),
    "webhooks-of-odd-kinds": listing(
        {"id": "shop", "name": "Shop", "voice": {"webhooks": [None, 1, {}, {"endpoint_type": None}]}, "keys": []}
    ),
    "more-than-counted": listing({"id": "shop", "name": "Shop"}, count=0),
    "no-page-numbers": listing({"id": "shop", "name": "Shop"}, page_index=None, page_size="many", _links=[]),
}


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_an_odd_answer_is_understood_as_far_as_it_goes(answer: object, relayed: Modules, relay: Relay) -> None:
    relay.play("GET", *[answers(200, answer)] * 20)

    run = relayed.info()

    assert run["applications"] == [{"id": "shop", "name": "Shop", "type": None, "public_key": None, "capabilities": {}}]


def test_a_deadline_ends_an_answer_that_drips(relayed: Modules, relay: Relay) -> None:
    relay.play("GET", *[drips] * 20)

    run = relayed.info(deadline=0.5, timeout=10)

    assert "deadline" in run.message
    assert "0.5 seconds" in run.message
    assert relay.count("GET") == 1


def test_a_timeout_ends_an_answer_that_does_not_begin(relayed: Modules, relay: Relay) -> None:
    def is_silent(exchange: Exchange) -> None:
        relay.closing.wait(20)
        exchange.reset()

    relay.play("GET", *[is_silent] * 20)

    run = relayed.info(timeout=0.5, max_retries=1)

    assert "timeout" in run.message
    assert relay.count("GET") == 2


def test_an_answer_that_breaks_off_is_asked_for_again(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])
    relay.play("GET", cut_off)

    run = relayed.info()

    assert len(run["applications"]) == 1
    assert relay.count("GET") == 2


def keeps_the_key(exchange: Exchange) -> None:
    """The answer to a creation, without the private key."""
    reply = exchange.forwarded()
    body = json.loads(reply.body)
    del body["keys"]["private_key"]
    exchange.send(replace(reply, body=json.dumps(body).encode()))


def test_a_key_that_the_service_does_not_hand_out_is_missed(relayed: Modules, relay: Relay, key_path: Path) -> None:
    relay.play("POST", keeps_the_key)

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    assert list(key_path.parent.iterdir()) == []
    assert "private key" in (run.message if run.failed else str(run.result.get("warnings")))


def test_a_creation_whose_answer_is_useless_is_told(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    relay.play("POST", answers(201, HTML))

    run = relayed.application(**SHOP)

    assert "POST" in run.message
    assert relay.count("POST") == 1
    assert simulator.applications() == []


def test_settings_that_the_service_did_not_take_are_warned_of(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    (before,) = simulator.preload([voice("Shop")])
    relay.play("PUT", answers(200, {"id": before["id"], "name": "Shop"}))

    run = relayed.application(name="Shop", answer_method="POST")

    assert "did not take" in str(run["warnings"])
    assert "\n" not in str(run["warnings"])
    assert run["application"]["capabilities"] == {}
