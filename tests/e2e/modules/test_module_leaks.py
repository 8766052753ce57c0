# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret shows in anything that a module prints.

Every run of this folder is checked for that, see ``conftest.Modules``; here are servers that try to betray one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET, Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.relay import Exchange, Relay, Reply, answers
from tests.e2e.modules.secrecy import secrets_in
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}

ENCODINGS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "json": lambda secret: json.dumps({"secret": secret}),
    "quoted": lambda secret: quote(secret, safe=""),
    "quoted-for-a-query": quote_plus,
    "quoted-twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "basic": lambda secret: base64.b64encode(f"{API_KEY}:{secret}".encode()).decode(),
    "inside-base64": lambda secret: base64.b64encode(f"who={secret}&more".encode()).decode(),
    "private-key": lambda secret: private_key(),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
def test_these_tests_recognize_a_secret(encode: Callable[[str], str]) -> None:
    assert secrets_in(f"before {encode(API_SECRET)} after", API_KEY, API_SECRET) != []


def everything_of(exchange: Exchange) -> str:
    """All that the request holds, as servers repeat it in their errors."""
    received = exchange.request_received
    repeated = [received.target, unquote_plus(received.target), received.body.decode()]
    return " | ".join(repeated + [encode(API_SECRET) for encode in ENCODINGS.values()])


def as_problem(exchange: Exchange) -> bytes:
    said = everything_of(exchange)
    parameters = [{"name": said, "reason": API_SECRET}]
    body = {"title": "No", "detail": said, "invalid_parameters": parameters, said: {"deep": [said]}}
    return json.dumps(body).encode()


def as_reasons(exchange: Exchange) -> bytes:
    said = everything_of(exchange)
    reasons = {said: said, "api_secret": API_SECRET}
    return json.dumps({"error_title": API_SECRET, "invalid_parameters": reasons}).encode()


def as_page(exchange: Exchange) -> bytes:
    return f"<html><title>No {API_SECRET}</title><body>{everything_of(exchange)}</body></html>".encode()


def as_text(exchange: Exchange) -> bytes:
    return f"{API_SECRET} {everything_of(exchange)}".encode()


def as_key(exchange: Exchange) -> bytes:
    return json.dumps({"title": private_key(), "error": everything_of(exchange)}).encode()


@pytest.mark.parametrize(
    ("method", "status", "tell"),
    [
        *[("GET", 401, tell) for tell in (as_problem, as_reasons, as_page, as_text, as_key)],
        *[("GET", 200, tell) for tell in (as_problem, as_page, as_text)],
        *[("POST", 400, tell) for tell in (as_problem, as_reasons, as_page)],
        ("PUT", 422, as_problem),
        ("DELETE", 403, as_reasons),
    ],
)
def test_a_server_that_repeats_what_it_was_sent_betrays_nothing(
    method: str,
    status: int,
    tell: Callable[[Exchange], bytes],
    relayed: Modules,
    relay: Relay,
    simulator: Simulator,
) -> None:
    simulator.preload([voice("Shop")] if method in ("PUT", "DELETE") else [])
    relay.play(method, lambda exchange: exchange.send(Reply(status, {}, tell(exchange))))

    run = relayed.application(state="absent" if method == "DELETE" else "present", answer_method="POST", **SHOP)

    assert run.failed  # and Modules has found no secret in what it printed
    assert secrets_in(json.dumps(run.result, ensure_ascii=False), API_KEY, API_SECRET) == []


LONG_ENOUGH = "x" * 190 + API_SECRET + " and more"  # a message is cut at 200 characters, here within the secret


@pytest.mark.parametrize("body", [{"title": LONG_ENOUGH}, LONG_ENOUGH.encode()], ids=["problem", "text"])
def test_a_part_of_the_secret_that_is_left_when_a_message_is_cut_is_hidden_too(
    body: object, relayed: Modules, relay: Relay
) -> None:
    relay.play("GET", answers(400, body))

    run = relayed.info()

    assert API_SECRET[:5] not in run.message


def test_a_redirect_that_carries_the_secret_betrays_nothing(relayed: Modules, relay: Relay) -> None:
    def redirects(exchange: Exchange) -> None:
        target = f"https://{quote(API_SECRET, safe='')}@elsewhere.example.com/{exchange.path}"
        exchange.send(Reply(302, {"Location": target}, b""))

    relay.play("GET", redirects)

    run = relayed.info()

    assert "elsewhere.example.com" in run.message


def test_a_webhook_secret_that_the_service_shows_is_not_returned(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    def shows_a_secret(exchange: Exchange) -> None:
        reply = exchange.forwarded()
        body = json.loads(reply.body)
        body["x_signing"] = {"secret": "whsec/1+2"}
        exchange.send(Reply(200, {}, json.dumps(body).encode()))

    simulator.preload([voice("Shop", id="shop")])
    relay.play("GET", shows_a_secret, shows_a_secret)

    read = relayed.info(application_id="shop")
    updated = relayed.application(application_id="shop", answer_method="POST", diff=True)

    assert "whsec" not in read.output + updated.output
    assert simulator.applications()[0]["x_signing"] == {"secret": "whsec/1+2"}
