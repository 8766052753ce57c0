# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which requests are repeated, and which never are."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, VOICE_OPTIONS, voice, webhooks_of
from tests.e2e.modules.relay import Exchange, Relay, Step, answers, fails_after_work, reset, reset_after_work
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}

PASSING_FAULTS: dict[str, Step] = {
    "500": answers(500),
    "502": answers(502, b"<html><title>Bad Gateway</title></html>"),
    "503": answers(503, Retry_After="0"),
    "504": answers(504, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "429": answers(429, {"title": "Slow down"}, Retry_After="0"),
    "429-without-a-time": answers(429),
    "429-with-a-senseless-time": answers(429, Retry_After="soon"),
    "reset": reset,
}


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS)
def test_a_listing_is_repeated_after_a_fault_that_passes(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("GET", fault)

    run = relayed.info()

    assert [application["name"] for application in run["applications"]] == ["Shop"]
    assert relay.count("GET") == 2


@pytest.mark.parametrize("status", [400, 403, 404, 409, 501])
def test_a_fault_that_does_not_pass_is_told_at_once(status: int, relayed: Modules, relay: Relay) -> None:
    relay.play("GET", answers(status, {"title": "No"}))

    run = relayed.info()

    assert (run.result["status"], run.result["error"]) == (status, {"title": "No"})
    assert f"answered {status}: No" in run.message
    assert relay.count("GET") == 1


@pytest.mark.parametrize("max_retries", [0, 2])
def test_repeats_end_after_max_retries(max_retries: int, relayed: Modules, relay: Relay) -> None:
    relay.play("GET", *[answers(503, Retry_After="0")] * 10)

    run = relayed.info(max_retries=max_retries)

    assert run.result["status"] == 503
    assert relay.count("GET") == 1 + max_retries


@pytest.mark.parametrize("fault", [reset_after_work, fails_after_work(503)], ids=["reset", "503"])
def test_an_update_is_repeated_with_the_same_body(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("PUT", fault)

    run = relayed.application(name="Shop", event_url=f"{URL}/new")

    assert run["operation"] == "update"
    first, second = [received.body for received in relay.received if received.method == "PUT"]
    assert first == second
    assert webhooks_of(simulator.applications()[0])["event_url"] == (f"{URL}/new", "POST")


@pytest.mark.parametrize("fault", [reset_after_work, fails_after_work(502)], ids=["reset", "502"])
def test_a_deletion_that_is_repeated_may_find_nothing(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("DELETE", fault)

    run = relayed.application(name="Shop", state="absent")

    assert (run["operation"], simulator.applications()) == ("delete", [])
    assert relay.count("DELETE") == 2


def test_a_creation_that_was_turned_away_is_repeated(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    relay.play("POST", answers(429, Retry_After="0"), answers(429, Retry_After="0"))

    run = relayed.application(**SHOP)

    assert run["operation"] == "create"
    assert len(simulator.applications()) == 1
    assert relay.count("POST") == 3


def test_a_creation_that_was_not_connected_is_repeated(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    def goes_away_for_a_moment(exchange: Exchange) -> None:
        relay.stop_listening()
        threading.Timer(0.2, relay.listen_again).start()
        exchange.close_connection = True
        exchange.send(exchange.forwarded())

    relay.play("GET", goes_away_for_a_moment)

    run = relayed.application(**SHOP)

    assert run["operation"] == "create"
    assert len(simulator.applications()) == 1
    assert relay.count("POST") == 1


def test_a_server_that_is_not_there_is_told(relayed: Modules, relay: Relay) -> None:
    relay.stop_listening()

    run = relayed.info(max_retries=1)

    assert f"{relay.url}/v1/applications" in run.message
    assert "refused" in run.message
    assert "\n" not in run.message
