# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of many pages, in every way in which version 1 may count them."""

from __future__ import annotations

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.simulator.client import Simulator

PAGINGS: dict[str, dict[str, object]] = {
    "from-0": {"page_base": 0},
    "from-1": {"page_base": 1},
    "as-in-the-sample": {"page_base": 0, "v1_first_page_label": "sample"},
}


@pytest.mark.parametrize("paging", PAGINGS.values(), ids=PAGINGS)
@pytest.mark.parametrize("applications", [6, 7])
def test_every_application_is_found_whatever_the_pages_are_called(
    applications: int, paging: dict[str, object], nexmo: Modules, simulator: Simulator
) -> None:
    given = simulator.preload_count(applications)
    simulator.configure(max_page_size=3, **paging)

    run = nexmo.info()

    assert sorted(found["id"] for found in run["applications"]) == sorted(application["id"] for application in given)


@pytest.mark.parametrize("paging", PAGINGS.values(), ids=PAGINGS)
def test_an_application_of_the_last_page_is_not_made_twice(
    paging: dict[str, object], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload_count(7)
    simulator.configure(max_page_size=3, **paging)

    run = nexmo.application(name="app-6", type="voice", event_url="https://example.com/webhooks/event")

    assert run["operation"] == "none"
    assert simulator.writes() == []


@pytest.mark.parametrize("paging", [PAGINGS["from-0"], PAGINGS["from-1"]], ids=["from-0", "from-1"])
def test_an_application_behind_as_many_as_the_service_counts_is_not_made_twice(
    paging: dict[str, object], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload_count(9)
    simulator.configure(max_page_size=4, **paging)
    simulator.fault("list", "wrong_shape", nth=2, times=1000, patch={"count": 1, "total_items": 1})

    run = nexmo.application(name="app-8", type="voice", event_url="https://example.com/webhooks/event")

    assert run["operation"] == "none"
    assert simulator.writes() == []


@pytest.mark.parametrize("paging", [PAGINGS["from-0"], PAGINGS["from-1"]], ids=["from-0", "from-1"])
def test_a_name_that_is_found_takes_one_listing(
    paging: dict[str, object], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload_count(7)
    simulator.configure(max_page_size=3, **paging)

    nexmo.application(name="app-6", type="voice")

    assert [request["operation"] for request in simulator.requests()] == ["list"] * 3 + ["read"]


def test_an_absence_in_an_account_of_several_pages_is_confirmed(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload_count(7)
    simulator.configure(max_page_size=3)

    run = nexmo.application(name="New", no_log=True, **VOICE_OPTIONS)

    assert run["operation"] == "create"
    twice = ["list"] * 6
    assert [request["operation"] for request in simulator.requests()] == [*twice, "create", *twice, "update"]


def test_an_account_of_exactly_one_page_takes_one_request(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload_count(100)

    run = nexmo.application(name="Nothing", state="absent")

    assert run["changed"] is False
    assert [request["operation"] for request in simulator.requests()] == ["list"]


@pytest.mark.parametrize("offset", [1, 3])
def test_a_count_that_is_always_too_high_is_no_obstacle(offset: int, nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload_count(4)
    simulator.configure(max_page_size=3, count_offset=offset)

    found = nexmo.application(name="app-3", state="absent")
    missing = nexmo.application(name="app-3", state="absent")

    assert (found["changed"], missing["changed"]) == (True, False)


def test_names_that_several_applications_have_are_refused_with_their_ids(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="first"), voice("Other"), voice("Shop", id="second")])
    simulator.configure(max_page_size=1)

    present = nexmo.application(name="Shop", event_url="https://example.com/new")
    absent = nexmo.application(name="Shop", state="absent")

    for run in (present, absent):
        assert run.message.startswith("name: ")
        assert "first, second" in run.message
        assert "application_id" in run.message
        assert "\n" not in run.message
    assert simulator.writes() == []


def test_a_rename_to_a_name_that_is_taken_is_refused(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop"), voice("Store", id="store")])

    run = nexmo.application(application_id="shop", name="Store")

    assert run.message.startswith("name: ")
    assert "store" in run.message
    assert simulator.writes() == []
