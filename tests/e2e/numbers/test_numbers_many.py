# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many numbers in one task: one listing, one request for each change, and a failure of one that is its own."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest

from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, SETTINGS, SHOP, STORE, forms, number, operations
from tests.simulator.client import Document, Simulator

pytestmark = pytest.mark.usefixtures("applications")

OTHER = "15550100"
TO_SHOP: Document = {"application_id": SHOP["id"]}


def items(msisdns: list[str], **options: Any) -> list[Document]:
    """The same options for each number."""
    return [{"number": msisdn, **options} for msisdn in msisdns]


@pytest.mark.parametrize("application", [TO_SHOP, {"application_name": "Shop"}])
def test_a_hundred_of_a_thousand_numbers_cost_a_listing_and_a_request_for_each_change(
    application: Document, nexmo: NumberModules, simulator: Simulator
) -> None:
    stored = [each["msisdn"] for each in simulator.preload_number_count(1000)]
    wanted = stored[450:550]

    first = nexmo.numbers(items(wanted, **application))
    changing = operations(simulator)
    simulator.forget_requests()
    second = nexmo.numbers(items(wanted, **application))

    assert [each["msisdn"] for each in simulator.numbers() if each.get("app_id") == SHOP["id"]] == wanted
    assert len(changing) <= ceil(1000 / 100) + 100
    assert (first["changed"], {each["operation"] for each in first["numbers"]}) == (True, {"update"})
    assert (second["changed"], {each["operation"] for each in second["numbers"]}) == (False, {"none"})
    assert operations(simulator) == ["list"] * 10


def test_an_empty_list_asks_for_nothing(nexmo: NumberModules, simulator: Simulator) -> None:
    run = nexmo.numbers([])

    assert (run["changed"], run["numbers"]) == (False, [])
    assert simulator.requests() == []


def test_one_is_looked_up_alone(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(1000)

    nexmo.numbers(items(["447700900555"], **TO_SHOP))

    assert operations(simulator) == ["list", "update"]


def test_each_is_made_as_its_item_says_and_keeps_the_rest(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(app_id=STORE["id"], **SETTINGS), {"msisdn": OTHER, "app_id": SHOP["id"]}])
    wanted = [
        {"number": f"+{NUMBER}", "application_name": "Shop", "relink": True, "sms_url": ""},
        {"number": OTHER, "state": "unlinked"},
    ]

    foretold = nexmo.numbers(wanted, check=True, diff=True)
    nothing_written = simulator.writes()
    run = nexmo.numbers(wanted, diff=True)

    kept = {name: value for name, value in SETTINGS.items() if name != "moHttpUrl"}
    first, second = simulator.numbers()
    assert first == number(app_id=SHOP["id"], **kept)
    assert "app_id" not in second
    assert nothing_written == []
    assert (foretold["numbers"], foretold["diff"]) == (run["numbers"], run["diff"])
    assert [each["number"]["application_id"] for each in run["numbers"]] == [SHOP["id"], None]
    assert [each["before_header"] for each in run["diff"]] == [f"number {NUMBER}", f"number {OTHER}"]


def test_what_cannot_be_done_keeps_nothing_else_from_being_done(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(), {"msisdn": OTHER, "app_id": STORE["id"]}, {"msisdn": "33123456"}])
    simulator.configure(dead_webhooks="https://down.example.com")
    wanted = [
        {"number": OTHER, **TO_SHOP},
        {"number": NUMBER, "application_name": "Shop"},
        {"number": "499999999", **TO_SHOP},
        {"number": "33123456", **TO_SHOP, "sms_url": "https://down.example.com"},
        {"number": "448888888", "application_name": "Nobody"},
    ]

    checked = nexmo.numbers(wanted, check=True)
    run = nexmo.numbers(wanted)

    assert run.message.startswith("4 of 5 numbers failed: ")
    assert run.message.endswith("; 1 more, see numbers")
    assert "\n" not in run.message
    results = run.result["numbers"]
    assert [each.get("failed", False) for each in results] == [True, False, True, True, True]
    assert [each["changed"] for each in results] == [False, True, False, False, False]
    assert [each["msisdn"] for each in results if each.get("failed")] == [OTHER, "499999999", "33123456", "448888888"]
    assert "relink: true" in results[0]["msg"]
    assert "is not a number of this account" in results[2]["msg"]
    assert (results[3]["status"], results[3]["error"]["error-code"]) == (420, "420")
    assert "there is no application with the name 'Nobody'" in results[4]["msg"]
    assert checked.message.startswith("3 of 5 numbers failed: ")
    assert [form["msisdn"] for form in forms(simulator)].count(NUMBER) == 1
    assert simulator.numbers()[0]["app_id"] == SHOP["id"]
    assert run.result["changed"]


def test_an_account_that_cannot_be_listed_fails_in_its_own_words(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(3)
    simulator.fault("list", "status_before", status=401, version="numbers")

    run = nexmo.numbers(items([NUMBER, OTHER], **TO_SHOP))

    assert "/account/numbers: answered 401" in run.message
    assert simulator.writes() == []


def test_429_in_the_midst_of_many_is_waited_for(nexmo: NumberModules, simulator: Simulator) -> None:
    stored = [each["msisdn"] for each in simulator.preload_number_count(50)]
    simulator.fault("update", "status_before", status=429, version="numbers", nth=5, times=5)
    nexmo.longest_sleep = 0.01

    run = nexmo.numbers(items(stored, **TO_SHOP))

    assert not run.failed
    assert {each.get("app_id") for each in simulator.numbers()} == {SHOP["id"]}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("447700900000", ["numbers"]),
        ([{**TO_SHOP}], ["number"]),
        ([{"number": NUMBER}], ["numbers[0]: application_id: is missing"]),
        (
            [{"number": NUMBER, **TO_SHOP}, {"number": "shop", **TO_SHOP}],
            ["numbers[1]: number: 'shop'"],
        ),
        ([{"number": NUMBER, **TO_SHOP, "application_name": "Shop"}], ["application_id", "application_name"]),
        ([{"number": NUMBER, **TO_SHOP, "voice_callback_type": "sip"}], ["numbers[0]: voice_callback_type: sip needs"]),
        (
            [{"number": NUMBER, **TO_SHOP}, {"number": "+44 7700 900000", "state": "unlinked"}],
            ["numbers[1]: number 447700900000 is numbers[0] already"],
        ),
    ],
)
def test_what_cannot_be_right_is_refused_before_the_first_request(
    wanted: Any, words: list[str], nexmo: NumberModules, simulator: Simulator
) -> None:
    run = nexmo.numbers(wanted)

    assert "\n" not in run.message
    assert [word for word in words if word not in run.message] == []
    assert simulator.requests() == []
