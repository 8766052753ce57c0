# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that change while a task reads them, page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.relay import Relay, pass_on, passes_on_and
from tests.simulator.client import Simulator


class Others:
    """Somebody else who works on the account, at just the wrong moment."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def delete(self, name: str) -> None:
        """Every later application moves one place forward, one of them to a page that was read already."""
        remaining = [document for document in self._simulator.applications() if document["name"] != name]
        self._simulator.clear()
        self._simulator.preload(remaining)

    def replace(self, name: str, new_name: str) -> None:
        """The same, and the account's count stays."""
        self.delete(name)
        self._simulator.preload([voice(new_name)])


@pytest.fixture
def others(simulator: Simulator) -> Others:
    """The account holds a to e, two on a page."""
    simulator.preload([voice(name) for name in "abcde"])
    simulator.configure(max_page_size=2)
    return Others(simulator)


MOVES: dict[str, Callable[[Others], None]] = {
    "one-fewer": lambda others: others.delete("a"),
    "one-fewer-and-one-more": lambda others: others.replace("a", "f"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_an_application_that_was_there_throughout_is_not_made_again(
    move: Callable[[Others], None], others: Others, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("GET", passes_on_and(lambda: move(others)))

    run = relayed.application(name="c", **VOICE_OPTIONS)

    assert run["operation"] == "none"
    assert simulator.writes() == []


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_an_application_that_was_there_throughout_is_deleted(
    move: Callable[[Others], None], others: Others, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("GET", passes_on_and(lambda: move(others)))

    run = relayed.application(name="c", state="absent")

    assert run["operation"] == "delete"
    assert "c" not in [application["name"] for application in simulator.applications()]


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("name", [None, "c"], ids=["all", "by-name"])
def test_info_returns_an_application_that_was_there_throughout(
    name: str | None, move: Callable[[Others], None], others: Others, relayed: Modules, relay: Relay
) -> None:
    relay.play("GET", passes_on_and(lambda: move(others)))

    run = relayed.info(name=name)

    assert "c" in [application["name"] for application in run["applications"]]


def test_a_rename_sees_a_name_that_was_there_throughout(
    others: Others, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    mine = simulator.applications()[4]["id"]
    relay.play("GET", pass_on, passes_on_and(lambda: others.replace("a", "f")))

    run = relayed.application(application_id=mine, name="c")

    assert run.message.startswith("name: ")
    assert simulator.writes() == []


def test_an_account_that_does_not_come_to_rest_is_left_alone(
    others: Others, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    names = iter(range(100))

    def one_more_and_one_fewer() -> None:
        simulator.preload([voice(f"new {next(names)}")])
        others.delete(simulator.applications()[0]["name"])

    relay.play("GET", *[passes_on_and(one_more_and_one_fewer)] * 100)

    run = relayed.application(name="Shop", max_connections=1, **VOICE_OPTIONS)

    assert "changed during each of" in run.message
    assert "\n" not in run.message
    assert simulator.writes() == []
    assert relay.count("GET") < 50


def test_an_application_that_goes_away_before_it_is_read_is_made_anew(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("GET", passes_on_and(simulator.clear))

    run = relayed.application(name="Shop", no_log=True, **VOICE_OPTIONS)

    assert run["operation"] == "create"
    assert [application["name"] for application in simulator.applications()] == ["Shop"]


def test_an_application_that_somebody_else_deletes_first_is_absent(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    relay.play("GET", pass_on, passes_on_and(simulator.clear))

    run = relayed.application(name="Shop", state="absent")

    assert (run["operation"], run["application"]) == ("delete", None)
    assert simulator.applications() == []
