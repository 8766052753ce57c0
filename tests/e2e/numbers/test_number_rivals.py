# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other controllers that change the same number at the same time: one of the links in the end, and no setting lost
without an error."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.relay import Relay, pass_on, passes_on_and
from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, SETTINGS, SHOP, STORE, number, operations
from tests.simulator.client import Document, Simulator

pytestmark = pytest.mark.usefixtures("applications")

SMS = "https://example.com/sms"
ENDED = "https://example.com/ended"


def at_once(*runs: Any) -> list[ModuleRun]:
    """The runs, begun together, in their order."""
    ended: dict[int, ModuleRun] = {}

    def start(position: int) -> None:
        ended[position] = runs[position]()

    threads = [threading.Thread(target=start, args=(position,)) for position in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [ended[position] for position in range(len(runs))]


def test_a_rival_s_link_after_ours_stays_and_is_told(
    relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload_numbers([number(**SETTINGS)])
    rivals = number(app_id=STORE["id"], **SETTINGS)
    relay.play("POST", passes_on_and(lambda: simulator.preload_numbers([rivals])))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"])

    assert run.message == (
        f"number: {NUMBER} was linked to the application 'Store' ({STORE['id']}) by somebody else at the same time, "
        "and that is left as it is"
    )
    assert simulator.numbers() == [rivals]


def test_the_right_to_relink_is_not_one_to_fight(relayed: NumberModules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload([{"name": "Third", "id": "third"}])
    simulator.preload_numbers([number(app_id=STORE["id"])])
    rivals = number(app_id="third")
    relay.play("POST", passes_on_and(lambda: simulator.preload_numbers([rivals])))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"], relink=True)

    assert "was linked to the application 'Third' (third) by somebody else" in run.message
    assert simulator.numbers() == [rivals]


def test_settings_that_a_rival_s_update_took_away_are_put_back_beside_its_own(
    relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload_numbers([number(app_id=SHOP["id"], somethingNew="1")])
    # It had read the number before our update.
    rivals = number(app_id=SHOP["id"], voiceStatusCallback=ENDED, somethingNew="1")
    relay.play("POST", passes_on_and(lambda: simulator.preload_numbers([rivals])))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"], sms_url=SMS)

    assert simulator.numbers() == [
        number(app_id=SHOP["id"], voiceStatusCallback=ENDED, somethingNew="1", moHttpUrl=SMS)
    ]
    assert (run["number"]["sms_url"], run["number"]["voice_status_url"]) == (SMS, ENDED)
    assert operations(simulator) == ["list", "update", "list", "update", "list"]


def test_what_a_rival_made_of_the_rest_of_the_number_is_left_alone(
    relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload_numbers([number()])
    rivals = number(app_id=SHOP["id"], voiceStatusCallback=ENDED)
    relay.play("POST", passes_on_and(lambda: simulator.preload_numbers([rivals])))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"])

    assert run["number"]["voice_status_url"] == ENDED
    assert simulator.numbers() == [rivals]


def test_a_link_that_a_rival_removes_is_told(relayed: NumberModules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])
    relay.play("POST", passes_on_and(lambda: simulator.preload_numbers([number()])))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"])

    assert f"the API took the update of {NUMBER}, and does not show the link as it was sent" in run.message
    assert "\n" not in run.message


def test_a_number_that_is_cancelled_meanwhile_is_told(
    relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload_numbers([number()])
    relay.play("POST", passes_on_and(simulator.clear))

    run = relayed.number(number=NUMBER, application_id=SHOP["id"])

    assert f"{NUMBER} is not a number of this account" in run.message


def test_a_rival_that_is_faster_is_seen_before_the_update(
    relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    """The name of the application is looked up first, the number last, right before its update."""
    simulator.preload_numbers([number()])
    rivals = number(app_id=STORE["id"])
    relay.play("GET", passes_on_and(lambda: simulator.preload_numbers([rivals])), pass_on)

    run = relayed.number(number=NUMBER, application_name="Shop")

    assert "is linked to the application 'Store'" in run.message
    assert (simulator.writes(), simulator.numbers()) == ([], [rivals])


@pytest.mark.parametrize("_round", range(3))
@pytest.mark.parametrize("relink", [False, True])
def test_two_controllers_at_once_end_with_one_of_the_links(
    relink: bool, _round: int, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.configure(latency=0.1)
    simulator.preload_numbers([number(**SETTINGS)])

    def link(application: Document) -> Any:
        return lambda: nexmo.number(number=NUMBER, application_id=application["id"], relink=relink)

    runs = at_once(link(SHOP), link(STORE))

    (stored,) = simulator.numbers()
    winner = runs[[SHOP["id"], STORE["id"]].index(stored["app_id"])]
    assert stored == number(app_id=stored["app_id"], **SETTINGS)
    assert not winner.failed
    assert all("\n" not in run.message for run in runs if run.failed)


@pytest.mark.parametrize("_round", range(2))
def test_controllers_at_once_lose_no_setting_of_each_other(
    _round: int, nexmo: NumberModules, simulator: Simulator
) -> None:
    # Longer than a busy machine keeps one of them from going on: both write before one reads again.
    simulator.configure(latency=2)
    simulator.preload_numbers([number(somethingNew="1")])
    link: Document = {"number": NUMBER, "application_id": SHOP["id"]}

    runs = at_once(
        lambda: nexmo.number(**link, sms_url=SMS),
        lambda: nexmo.number(**link, voice_status_url=ENDED),
    )

    assert [run.failed for run in runs] == [False, False]
    assert simulator.numbers() == [
        number(app_id=SHOP["id"], moHttpUrl=SMS, voiceStatusCallback=ENDED, somethingNew="1")
    ]
