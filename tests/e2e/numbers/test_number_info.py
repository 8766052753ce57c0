# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nexmo_number_info finds, and what it costs."""

from __future__ import annotations

import pytest

from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, SETTINGS, SHOP, STORE, number, operations
from tests.simulator.client import Document, Simulator

OF_STORE: Document = {"msisdn": "15550100", "country": "US", "app_id": STORE["id"]}
FREE: Document = {"msisdn": f"{NUMBER}1"}


def msisdns(run: object) -> list[str]:
    """The numbers that were returned."""
    return [each["msisdn"] for each in run["numbers"]]  # type: ignore[index]


def test_an_account_without_numbers_is_an_empty_list(nexmo: NumberModules) -> None:
    run = nexmo.number_info()

    assert (run["changed"], run["numbers"]) == (False, [])


@pytest.mark.usefixtures("applications")
@pytest.mark.parametrize("link", ["app_id", "voice", "messages"])
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [NUMBER, OF_STORE["msisdn"], FREE["msisdn"]]),
        ({"number": f"+{NUMBER}"}, [NUMBER]),
        ({"number": NUMBER[:-1]}, []),
        ({"number": NUMBER, "country": "us"}, []),
        ({"number": NUMBER, "application_name": "Shop"}, [NUMBER]),
        ({"number": NUMBER, "application_name": "Store"}, []),
        ({"application_id": SHOP["id"]}, [NUMBER]),
        ({"application_id": "nowhere"}, []),
        ({"application_name": "Store"}, [OF_STORE["msisdn"]]),
        ({"application_name": "Nobody"}, []),
        ({"country": "us"}, [OF_STORE["msisdn"]]),
        ({"country": "GB", "application_id": STORE["id"]}, []),
    ],
)
def test_options_select(
    options: Document, found: list[str], link: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.configure(number_link=link)
    simulator.preload_numbers([number(app_id=SHOP["id"], **SETTINGS), OF_STORE, FREE])

    run = nexmo.number_info(**options)
    checked = nexmo.number_info(check=True, **options)

    assert msisdns(run) == found
    assert checked["numbers"] == run["numbers"]
    assert simulator.writes() == []


def test_an_ambiguous_name_is_refused(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload([{"name": "Twice", "id": "one"}, {"name": "Twice", "id": "two"}])

    run = nexmo.number_info(application_name="Twice")

    assert "application_name: 'Twice' is the name of several applications: one, two" in run.message


def test_what_is_returned_of_a_number(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([FREE, number(app_id=SHOP["id"], **SETTINGS)])

    free, linked = nexmo.number_info()["numbers"]

    assert free == {
        "msisdn": FREE["msisdn"],
        "country": "GB",
        "type": "mobile-lvn",
        "features": ["SMS", "VOICE"],
        "application_id": None,
        "sms_url": None,
        "smpp_system_type": None,
        "voice_callback_type": None,
        "voice_callback_value": None,
        "voice_status_url": None,
    }
    assert linked["application_id"] == SHOP["id"]
    assert linked["voice_callback_value"] == SETTINGS["voiceCallbackValue"]


@pytest.mark.parametrize(("count", "pages"), [(99, 1), (100, 1), (101, 2), (1000, 10)])
def test_all_pages_are_read_once(count: int, pages: int, nexmo: NumberModules, simulator: Simulator) -> None:
    stored = [each["msisdn"] for each in simulator.preload_number_count(count)]

    run = nexmo.number_info()

    assert msisdns(run) == stored
    assert operations(simulator) == ["list"] * pages


def test_a_count_that_does_not_fit_is_looked_at_again(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(3)
    simulator.configure(count_offset=-1)

    run = nexmo.number_info()

    assert len(run["numbers"]) == 3
    # Each of the two listings goes on until a page brings nothing new.
    assert operations(simulator) == ["list"] * 4


# --- nexmo_application_info -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("applications")
@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("link", ["app_id", "voice", "messages"])
def test_applications_come_with_their_numbers(
    link: str, version: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.configure(number_link=link)
    simulator.preload_numbers(
        [number(app_id=SHOP["id"], **SETTINGS), FREE, {"msisdn": "33123456789", "app_id": "gone"}]
    )

    run = nexmo.info(numbers=True, api_version=version)
    shop, store = run["applications"]

    assert [each["msisdn"] for each in shop["numbers"]] == [NUMBER]
    assert shop["numbers"] == nexmo.number_info(number=NUMBER)["numbers"]
    assert store["numbers"] == []
    assert "numbers" not in nexmo.info()["applications"][0]


@pytest.mark.usefixtures("applications")
def test_one_listing_of_the_numbers_serves_all_applications(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_count(98)
    simulator.preload_numbers([{"msisdn": f"4477009{each:05}", "app_id": SHOP["id"]} for each in range(250)])

    run = nexmo.info(numbers=True)

    assert [len(each["numbers"]) for each in run["applications"]] == [250, *([0] * 99)]
    assert operations(simulator) == ["list"] * 3


def test_numbers_are_no_input(nexmo: NumberModules, simulator: Simulator) -> None:
    run = nexmo.info(numbers=True, as_input=True)

    assert run.message.startswith("numbers: cannot be given with as_input")
    assert simulator.requests() == []
