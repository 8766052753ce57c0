# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was begun and not finished under version 2: creations, and rotations of keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.relay import Exchange, Relay, Reply, Step, answers, reset_after_work
from tests.e2e.modules.unfinished import is_unfinished, unfinished_name
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "capabilities": {"voice": {"region": "eu-west"}, "vbc": {}}}


def shows_more(exchange: Exchange) -> None:
    """The service adds settings that the client has never heard of."""
    reply = exchange.forwarded()
    shown = json.loads(reply.body)
    shown["x_quota"] = {"calls": 7}
    shown["capabilities"]["voice"]["x_route"] = ["a", None]
    exchange.send(Reply(reply.status, reply.headers, json.dumps(shown).encode()))


def test_a_playbook_delivers_the_key_before_the_application_gets_its_name(nexmo: Modules, simulator: Simulator) -> None:
    first = nexmo.application(held_keys=[], no_log=True, **SHOP)
    (between,) = simulator.applications()
    held_keys = [fingerprint(first["private_key"])]
    second = nexmo.application(held_keys=held_keys, **SHOP)
    again = nexmo.application(held_keys=held_keys, **SHOP)

    assert (first["operation"], first["finished"]) == ("create", False)
    assert is_unfinished(between["name"], "Shop")
    assert (second["operation"], second["finished"]) == ("create", True)
    assert "private_key" not in second
    assert simulator.applications() == [{**between, "name": "Shop"}]
    assert [request["operation"] for request in simulator.writes()] == ["create", "update"]
    assert (again["changed"], again["finished"]) == (False, True)


def test_the_request_that_gives_the_name_keeps_what_the_service_added(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    simulator.configure(unknown_members="taken")
    relay.play("POST", shows_more)

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    (body,) = [json.loads(received.body) for received in relay.received if received.method == "PUT"]
    assert (run["operation"], body["name"]) == ("create", "Shop")
    assert body["x_quota"] == {"calls": 7}
    assert body["capabilities"]["voice"]["x_route"] == ["a", None]
    assert body["capabilities"]["voice"]["region"] == "eu-west"
    assert public_key_of_file(key_path) == simulator.applications()[0]["keys"]["public_key"]


def test_an_expired_application_is_adopted_by_whoever_has_its_key_and_gets_the_settings_of_the_task(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    keys = {"public_key": public_key(private_key())}
    simulator.preload([voice(unfinished_name("Shop", seconds=-1), id="begun", keys=keys, x_note="kept")])
    write_key(key_path.with_name(f"{key_path.name}.{fingerprint(private_key())}"), private_key())

    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    (stored,) = simulator.applications()
    assert (stored["id"], stored["name"], stored["keys"], stored["x_note"]) == ("begun", "Shop", keys, "kept")
    assert stored["capabilities"]["voice"]["region"] == "eu-west"
    assert "vbc" in stored["capabilities"]
    assert (run["operation"], key_path.read_text()) == ("create", private_key())
    assert list(key_path.parent.iterdir()) == [key_path]


def test_a_key_that_is_given_needs_no_delivery(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice(unfinished_name("Shop", seconds=-1))])

    run = nexmo.application(public_key=public_key(private_key()), **SHOP)

    (stored,) = simulator.applications()
    assert (run["finished"], stored["name"]) == (True, "Shop")
    assert stored["keys"] == {"public_key": public_key(private_key())}


@pytest.mark.parametrize("fault", [reset_after_work, answers(503)], ids=["done", "not-done"])
def test_a_rotation_without_an_answer_is_finished_by_the_next_run(
    fault: Step, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    """The new key waits beside the old one until it is known whose application it is."""
    simulator.preload([voice("Shop", id="shop")])
    write_key(key_path, private_key(1))
    options = {"name": "Shop", "private_key_path": str(key_path), "lost_key": "rotate"}
    relay.play("PUT", fault)

    failed = relayed.application(max_retries=0, **options)
    run = relayed.application(**options)
    again = relayed.application(**options)

    assert "PUT" in failed.message
    assert (run["changed"], again["changed"]) == (True, False)
    (stored,) = simulator.applications()
    assert (stored["id"], stored["keys"]["public_key"]) == ("shop", public_key_of_file(key_path))
    aside = key_path.with_name(f"{key_path.name}.{fingerprint(private_key(1))[:16]}.old")
    assert set(key_path.parent.iterdir()) == {key_path, aside}
    assert aside.read_text() == private_key(1)
