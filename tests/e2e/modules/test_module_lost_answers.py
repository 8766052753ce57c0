# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creations whose answers are lost: one application in the end, and its key where it belongs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS
from tests.e2e.modules.key_pairs import public_key_of_file
from tests.e2e.modules.relay import Exchange, Relay, Reply, Step, answers, fails_after_work, reset, reset_after_work
from tests.e2e.modules.unfinished import is_unfinished
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}


def cut_off(exchange: Exchange) -> None:
    """The work is done, and the answer ends in the middle."""
    reply = exchange.forwarded()
    exchange.send(Reply(reply.status, reply.headers, reply.body[: len(reply.body) // 2]))


LOST: dict[str, Step] = {
    "reset": reset_after_work,
    "500": fails_after_work(500),
    "503": fails_after_work(503),
    "cut-off": cut_off,
}


def names_posted(relay: Relay) -> list[str]:
    """The names under which applications were to be made, in order."""
    return [json.loads(received.body)["name"] for received in relay.received if received.method == "POST"]


@pytest.mark.parametrize("fault", [reset, answers(502), answers(504)], ids=["reset", "502", "504"])
def test_a_creation_that_may_still_arrive_is_never_repeated(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("POST", fault)

    failed = relayed.application(**SHOP)
    sent = relay.count("POST")
    again = relayed.application(**SHOP)

    assert "POST" in failed.message
    assert "\n" not in failed.message
    assert sent == 1
    assert again["application"]["name"] == "Shop"
    assert [application["name"] for application in simulator.applications()] == ["Shop"]
    assert len(set(names_posted(relay))) == 2


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("times", [1, 2])
def test_a_creation_whose_answer_was_lost_is_undone_and_made_anew(
    times: int, fault: Step, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("POST", *[fault] * times)

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    (stored,) = simulator.applications()
    assert (run["operation"], stored["name"]) == ("create", "Shop")
    assert stored["keys"]["public_key"] == run["application"]["public_key"] == public_key_of_file(key_path)
    assert list(key_path.parent.iterdir()) == [key_path]
    assert len(set(names_posted(relay))) == relay.count("POST") == times + 1  # none was sent twice
    assert relay.count("DELETE") == times


def test_a_creation_whose_answers_are_all_lost_ends_and_leaves_nothing(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("POST", *[reset_after_work] * 3)

    failed = relayed.application(private_key_path=str(key_path), **SHOP)
    left = (simulator.applications(), list(key_path.parent.iterdir()))
    again = relayed.application(private_key_path=str(key_path), **SHOP)

    assert "POST" in failed.message
    assert "\n" not in failed.message
    assert left == ([], [])
    assert [application["name"] for application in simulator.applications()] == ["Shop"]
    assert public_key_of_file(key_path) == again["application"]["public_key"]
    assert len(set(names_posted(relay))) == relay.count("POST") == 4


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
def test_a_name_that_was_given_counts_even_if_the_answer_is_lost(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("PUT", fault)

    run = relayed.application(private_key_path=str(key_path), max_retries=0, **SHOP)

    (stored,) = simulator.applications()
    assert (run["operation"], run["finished"], stored["name"]) == ("create", True, "Shop")
    assert stored["id"] == run["application"]["id"]
    assert public_key_of_file(key_path) == stored["keys"]["public_key"]
    assert list(key_path.parent.iterdir()) == [key_path]
    assert (relay.count("POST"), relay.count("PUT")) == (1, 1)


@pytest.mark.parametrize("fault", [answers(400, {"title": "No"}), answers(503), reset], ids=["400", "503", "reset"])
def test_a_name_that_was_not_given_is_given_by_the_next_run(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("PUT", fault)

    failed = relayed.application(private_key_path=str(key_path), max_retries=0, **SHOP)
    (begun,) = simulator.applications()
    again = relayed.application(private_key_path=str(key_path), **SHOP)

    assert "PUT" in failed.message
    assert "\n" not in failed.message
    assert is_unfinished(begun["name"], "Shop")
    (stored,) = simulator.applications()
    assert (stored["id"], stored["name"], again["operation"]) == (begun["id"], "Shop", "create")
    assert public_key_of_file(key_path) == stored["keys"]["public_key"]
    assert list(key_path.parent.iterdir()) == [key_path]
    assert relay.count("POST") == 1


def test_an_unfinished_application_of_a_run_that_failed_is_deleted_when_nobody_has_its_key(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("PUT", answers(400))

    failed = relayed.application(**SHOP)
    (begun,) = simulator.applications()
    again = relayed.application(**SHOP)

    assert failed.failed
    (stored,) = simulator.applications()
    assert (stored["id"] != begun["id"], stored["name"]) == (True, "Shop")
    assert "unfinished" in str(again["warnings"])
    assert stored["keys"]["public_key"] == again["application"]["public_key"]
