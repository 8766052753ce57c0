# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API refuses, told in the words of the task."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.modules.relay import Relay, Step, answers
from tests.e2e.modules_v2.life_cycle import assert_refused
from tests.simulator.client import Simulator

ANSWER = "capabilities.voice.webhooks.answer_url"
INBOUND = "capabilities.messages.webhooks.inbound_url"
ADDRESS = {"address": "https://example.com/answer"}


def invalid(*names: str) -> Step:
    """The API's 400 for these parameters."""
    body = {
        "type": "https://developer.nexmo.com/api-errors/application#payload-validation",
        "title": "Bad Request",
        "detail": "The request failed due to validation errors",
        "instance": "797a8f199c45014ab7b08bfe9cc1c12c",
        "invalid_parameters": [{"name": name, "reason": "must not be that"} for name in names],
    }
    return answers(400, body, Content_Type="application/problem+json")


NAMES: dict[str, tuple[dict[str, Any], str, str]] = {
    "flat-method": (
        {"answer_url": ADDRESS["address"], "answer_method": "POST"},
        f"{ANSWER}.http_method",
        "answer_method",
    ),
    "flat-address": ({"answer_url": ADDRESS["address"]}, f"{ANSWER}.address", "answer_url"),
    "flat-webhook": ({"inbound_url": ADDRESS["address"]}, INBOUND, "inbound_url"),
    "flat-method-not-given": (
        {"inbound_url": ADDRESS["address"]},
        f"{INBOUND}.http_method",
        "inbound_method",
    ),
    "nested": (
        {"capabilities": {"voice": {"webhooks": {"answer_url": {**ADDRESS, "http_method": "POST"}}}}},
        f"{ANSWER}.http_method",
        f"{ANSWER}.http_method",
    ),
    "nested-setting": (
        {"capabilities": {"voice": {"region": "eu-west"}}},
        "capabilities.voice.region",
        "capabilities.voice.region",
    ),
    "public-key": ({"public_key": public_key(private_key())}, "keys.public_key", "public_key"),
    "improve-ai": ({"improve_ai": True}, "privacy.improve_ai", "improve_ai"),
    "name": ({}, "name", "name"),
    "not-the-tasks-own": (VOICE_OPTIONS, INBOUND, INBOUND),
}


@pytest.mark.parametrize(("options", "dotted", "option"), NAMES.values(), ids=NAMES)
def test_an_invalid_parameter_has_the_name_that_the_task_gave_it(
    options: dict[str, Any], dotted: str, option: str, relayed: Modules, relay: Relay
) -> None:
    relay.play("POST", invalid(dotted))

    run = relayed.application(name="Shop", **options)

    assert_refused(run, "400", f" {option}: must not be that")
    assert option == dotted or dotted not in run.message
    assert run.result["status"] == 400
    assert run.result["error"]["invalid_parameters"] == [{"name": dotted, "reason": "must not be that"}]
    assert relay.count("POST") == 1


def test_all_invalid_parameters_are_told(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])
    relay.play("PUT", invalid(f"{ANSWER}.address", "capabilities.voice.region", "privacy.improve_ai"))

    run = relayed.application(name="Shop", answer_url="https://example.com/new", improve_ai=False)

    assert_refused(run, "answer_url: must", "capabilities.voice.region: must", "improve_ai: must")


def test_wrong_credentials_are_told_with_where_they_come_from(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(name="Shop", api_secret="wrong")

    assert_refused(run, "401", "Invalid credentials supplied", "api_key and api_secret", "NEXMO_API_KEY")
    assert run.result["status"] == 401
    assert [request["status"] for request in simulator.requests()] == [401]


def test_an_application_that_is_not_there_is_told_by_its_id(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(application_id="missing", improve_ai=False)

    assert_refused(run, "application_id", "missing")
    assert [request["status"] for request in simulator.requests()] == [404]


def test_an_application_that_goes_away_before_its_update_is_an_error(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("PUT", answers(404, {"title": "Not Found", "detail": "ID 'x' does not exist"}))

    run = relayed.application(name="Shop", improve_ai=False)

    assert_refused(run, "404", "Not Found: ID 'x' does not exist")
    assert run.result["status"] == 404


def test_a_listing_that_is_not_found_is_an_error_and_no_empty_account(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("GET", answers(404, b"<html><title>nginx</title></html>"))

    run = relayed.application(name="Shop")

    assert_refused(run, "404", "/v2/applications")
    assert simulator.writes() == []


@pytest.mark.parametrize(
    ("status", "title", "detail"),
    [
        (406, "Invalid Accept header", "Invalid Accept header provided."),
        (415, "Unsupported Content-Type header", "Unsupported Content-Type header provided."),
        (405, "Request method not allowed", "Request method 'POST' not supported"),
        (403, "Forbidden", "Your account does not have permission to perform this action."),
    ],
)
def test_a_refusal_is_told_as_the_api_tells_it_and_not_repeated(
    status: int, title: str, detail: str, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("POST", answers(status, {"title": title, "detail": detail}))

    run = relayed.application(name="Shop")

    assert_refused(run, f"POST {relay.url}/v2/applications", str(status), f"{title}: {detail}")
    assert (run.result["status"], run.result["error"]["title"]) == (status, title)
    assert (relay.count("POST"), simulator.applications()) == (1, [])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_request_that_is_safe_to_repeat_is_repeated(
    method: str, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play(method, answers(429, {"title": "Too Many Requests"}, Retry_After="0"), answers(503))
    options: dict[str, Any] = {"state": "absent"} if method == "DELETE" else {"improve_ai": False}

    run = relayed.application(name="Shop", **options)

    assert run["changed"] is True
    assert relay.count(method) == 3


def test_version_1_that_is_gone_is_told_with_the_way_to_version_2(nexmo: Modules, simulator: Simulator) -> None:
    simulator.configure(serves_v1=False)
    simulator.preload([voice("Shop")])

    run = nexmo.application(api_version="v1", name="Shop")
    listing = nexmo.info(api_version="v1")
    moved = nexmo.application(name="Shop")

    assert_refused(run, "410", "api_version: v2")
    assert_refused(listing, "410", "api_version: v2")
    assert moved["changed"] is False


def test_version_1_that_is_not_found_is_told_with_the_way_to_version_2(relayed: Modules, relay: Relay) -> None:
    relay.play("GET", answers(404, {"title": "Not Found"}))

    run = relayed.application(api_version="v1", name="Shop")

    assert_refused(run, "404", "api_version: v2")
