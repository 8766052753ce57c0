# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links and settings of a number: what is sent, what is in the account then, and what is told."""

from __future__ import annotations

import pytest

from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NATURE, NUMBER, SETTINGS, SHOP, STORE, forms, number, operations
from tests.simulator.client import Document, Simulator

pytestmark = pytest.mark.usefixtures("applications")

SHOWN: Document = {
    **NATURE,
    "application_id": SHOP["id"],
    "sms_url": "https://example.com/sms",
    "smpp_system_type": "inbound",
    "voice_callback_type": "sip",
    "voice_callback_value": "sip:shop@example.com",
    "voice_status_url": "https://example.com/ended",
}


@pytest.mark.parametrize("application", [{"application_id": SHOP["id"]}, {"application_name": "Shop"}])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_link_keeps_everything_else(
    version: str, application: Document, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload_numbers([number(**SETTINGS)])

    first = nexmo.number(number=NUMBER, api_version=version, **application)
    second = nexmo.number(number=NUMBER, api_version=version, **application)

    assert (first["changed"], first["operation"], first["number"]) == (True, "update", SHOWN)
    assert (second["changed"], second["operation"], second["number"]) == (False, "none", SHOWN)
    assert simulator.numbers() == [number(app_id=SHOP["id"], **SETTINGS)]
    assert forms(simulator) == [{"msisdn": NUMBER, "country": "GB", "app_id": SHOP["id"], **SETTINGS}]
    assert operations(simulator) == ["list", "update", "list", "list"]


def test_credentials_are_in_no_url(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])

    nexmo.number(number=NUMBER, application_id=SHOP["id"])

    numbers = [request for request in simulator.requests() if request["version"] == "numbers"]
    assert [request["credentials"] for request in numbers] == [["basic"]] * 3
    assert numbers[1]["headers"]["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("application", [{}, {"application_id": SHOP["id"]}, {"application_name": "Shop"}])
def test_unlinking_keeps_everything_else(application: Document, nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(app_id=SHOP["id"], **SETTINGS)])

    first = nexmo.number(number=NUMBER, state="unlinked", **application)
    second = nexmo.number(number=NUMBER, state="unlinked", **application)

    assert (first["changed"], first["number"]) == (True, {**SHOWN, "application_id": None})
    assert second["changed"] is False
    assert simulator.numbers() == [number(**SETTINGS)]


@pytest.mark.parametrize(
    "application", [{"application_id": SHOP["id"]}, {"application_name": "Shop"}, {"application_name": "Nobody"}]
)
def test_unlinking_leaves_the_link_of_another_application(
    application: Document, nexmo: NumberModules, simulator: Simulator
) -> None:
    given = simulator.preload_numbers([number(app_id=STORE["id"])])

    run = nexmo.number(number=NUMBER, state="unlinked", **application)

    assert (run["changed"], run["number"]["application_id"]) == (False, STORE["id"])
    assert (simulator.writes(), simulator.numbers()) == ([], given)


UPPER, LOWER = "AAAAAAAA-0000-4000-8000-ABCDEFABCDEF", "aaaaaaaa-0000-4000-8000-abcdefabcdef"


@pytest.mark.parametrize(("given", "stored"), [(UPPER, LOWER), (LOWER, UPPER), (LOWER.replace("abc", "ABC"), LOWER)])
def test_an_application_is_the_same_however_its_id_is_written(
    given: str, stored: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload([{**SHOP, "name": "Third", "id": stored}])
    simulator.preload_numbers([number(app_id=stored)])

    linked = [nexmo.number(number=NUMBER, application_id=given, relink=relink) for relink in (False, True)]
    selected = nexmo.number_info(application_id=given)
    unlinked = [nexmo.number(number=NUMBER, application_id=given, state="unlinked") for _run in range(2)]

    assert [run["changed"] for run in linked] == [False, False]
    assert [each["application_id"] for each in selected["numbers"]] == [stored]
    assert [run["changed"] for run in unlinked] == [True, False]
    assert simulator.numbers() == [number()]


@pytest.mark.parametrize("check", [False, True])
def test_a_number_of_another_application_is_not_taken_away(
    check: bool, nexmo: NumberModules, simulator: Simulator
) -> None:
    given = simulator.preload_numbers([number(app_id=STORE["id"], **SETTINGS)])

    run = nexmo.number(number=NUMBER, application_name="Shop", check=check)

    assert run.message == (
        f"number: {NUMBER} is linked to the application 'Store' ({STORE['id']}); "
        "relink: true allows to take it away from there"
    )
    assert (simulator.writes(), simulator.numbers()) == ([], given)


def test_a_number_of_an_application_that_is_gone_is_named_by_its_id(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(app_id="gone")])

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"])

    assert "is linked to the application gone; relink: true" in run.message


def test_relink_takes_it_and_keeps_everything_else(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(app_id=STORE["id"], **SETTINGS)])

    runs = [nexmo.number(number=NUMBER, application_id=SHOP["id"], relink=True) for _run in range(2)]

    assert [run["changed"] for run in runs] == [True, False]
    assert simulator.numbers() == [number(app_id=SHOP["id"], **SETTINGS)]


@pytest.mark.parametrize("callback", ["voice", "messages"])
@pytest.mark.parametrize("settings", [{}, SETTINGS], ids=["bare", "with-settings"])
def test_a_link_that_is_shown_in_an_older_way_is_a_link(
    settings: Document, callback: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.configure(number_link=callback)
    given = simulator.preload_numbers([number(app_id=SHOP["id"], **settings)])

    linked = nexmo.number(number=NUMBER, application_id=SHOP["id"])
    refused = nexmo.number(number=NUMBER, application_id=STORE["id"])
    unchanged = simulator.numbers()
    updated = nexmo.number(number=NUMBER, application_id=SHOP["id"], sms_url="https://example.com/new")
    changed = simulator.numbers()
    unlinked = nexmo.number(number=NUMBER, state="unlinked")

    assert (linked["changed"], linked["number"]["application_id"]) == (False, SHOP["id"])
    assert SHOP["id"] in refused.message
    assert unchanged == given
    assert updated["changed"]
    assert changed == [number(app_id=SHOP["id"], **{**settings, "moHttpUrl": "https://example.com/new"})]
    assert unlinked["number"]["application_id"] is None
    assert simulator.numbers() == [number(**{**settings, "moHttpUrl": "https://example.com/new"})]


# Options, the settings before, and those after.
CHANGES: dict[str, tuple[Document, Document, Document]] = {
    "sms": ({"sms_url": "https://example.com/sms"}, {}, {"moHttpUrl": "https://example.com/sms"}),
    "no sms": ({"sms_url": ""}, {"moHttpUrl": "https://example.com/sms", "moSmppSysType": "x"}, {"moSmppSysType": "x"}),
    "status": (
        {"voice_status_url": "https://example.com/new"},
        {"voiceStatusCallback": "https://example.com/old", "moHttpUrl": "https://example.com/sms"},
        {"voiceStatusCallback": "https://example.com/new", "moHttpUrl": "https://example.com/sms"},
    ),
    "no status": ({"voice_status_url": ""}, {"voiceStatusCallback": "https://example.com/old"}, {}),
    "sip": (
        {"voice_callback_type": "sip", "voice_callback_value": "sip:shop@example.com;transport=tls"},
        {},
        {"voiceCallbackType": "sip", "voiceCallbackValue": "sip:shop@example.com;transport=tls"},
    ),
    "tel instead of sip": (
        {"voice_callback_type": "tel", "voice_callback_value": "+44 7700 900001"},
        {"voiceCallbackType": "sip", "voiceCallbackValue": "sip:shop@example.com"},
        {"voiceCallbackType": "tel", "voiceCallbackValue": "447700900001"},
    ),
    "another value": (
        {"voice_callback_value": "44-7700-900001"},
        {"voiceCallbackType": "tel", "voiceCallbackValue": "447700900002"},
        {"voiceCallbackType": "tel", "voiceCallbackValue": "447700900001"},
    ),
    "no callback": (
        {"voice_callback_type": ""},
        {"voiceCallbackType": "tel", "voiceCallbackValue": "447700900002"},
        {},
    ),
    "no value": ({"voice_callback_value": ""}, {"voiceCallbackType": "tel", "voiceCallbackValue": "447700900002"}, {}),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("state", ["linked", "unlinked"])
def test_settings_that_the_task_names_are_made_so(
    state: str, name: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    options, before, after = CHANGES[name]
    link = {"app_id": SHOP["id"]} if state == "linked" else {}
    application = {"application_id": SHOP["id"]} if state == "linked" else {}
    simulator.preload_numbers([number(**link, **before, somethingNew="1")])

    foretold = nexmo.number(number=NUMBER, state=state, **application, **options, check=True, diff=True)
    untouched = (simulator.writes(), simulator.numbers())
    run = nexmo.number(number=NUMBER, state=state, **application, **options, diff=True)
    again = nexmo.number(number=NUMBER, state=state, **application, **options, diff=True)

    assert untouched == ([], [number(**link, **before, somethingNew="1")])
    assert simulator.numbers() == [number(**link, **after, somethingNew="1")]
    assert {name: foretold[name] for name in ("changed", "number", "diff")} == {
        name: run[name] for name in ("changed", "number", "diff")
    }
    assert (run["changed"], again["changed"], len(simulator.writes())) == (True, False, 1)
    assert run["diff"]["before"] != run["diff"]["after"]
    assert again["diff"]["before"] == again["diff"]["after"]


def test_the_diff_shows_a_number_whole(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(**SETTINGS)])

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], diff=True, check=True)

    assert run["diff"] == {
        "before": {**SHOWN, "application_id": None, "somethingNew": "yes"},
        "after": {**SHOWN, "somethingNew": "yes"},
        "before_header": f"number {NUMBER}",
        "after_header": f"number {NUMBER}",
    }


@pytest.mark.parametrize("text", [NUMBER, f"+{NUMBER}", "+44 7700 900000", "44-7700-900-000", f" {NUMBER} "])
def test_a_number_is_found_however_it_is_written(text: str, nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number(app_id=SHOP["id"])])

    assert nexmo.number(number=text, application_id=SHOP["id"])["changed"] is False
    assert nexmo.number(msisdn=text, app_id=SHOP["id"])["changed"] is False


def test_only_the_very_number_is_meant(nexmo: NumberModules, simulator: Simulator) -> None:
    longer = [f"{NUMBER}{digits}" for digits in range(200)]
    given = simulator.preload_numbers([{"msisdn": each} for each in [*longer, f"1{NUMBER}", NUMBER]])

    nexmo.number(number=NUMBER, application_id=SHOP["id"])

    assert simulator.numbers() == [*given[:-1], {**given[-1], "app_id": SHOP["id"]}]


def test_a_setting_that_the_api_does_not_show_is_sent_and_told(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.configure(number_shows_status=False)
    simulator.preload_numbers([number()])

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], voice_status_url="https://example.com/ended")

    assert run["changed"]
    assert "the API does not show these settings as they were sent: voice_status_url" in str(run["warnings"])
    assert simulator.numbers() == [number(app_id=SHOP["id"], voiceStatusCallback="https://example.com/ended")]


@pytest.mark.parametrize("linked", [(SHOP["id"], STORE["id"]), (STORE["id"], SHOP["id"])])
def test_a_number_of_two_applications_in_the_older_way_keeps_the_other_one(
    linked: tuple[str, str], nexmo: NumberModules, simulator: Simulator
) -> None:
    calls, messages = linked
    older = {
        "voiceCallbackType": "app",
        "voiceCallbackValue": calls,
        "messagesCallbackType": "app",
        "messagesCallbackValue": messages,
    }
    simulator.preload_numbers([number(**older)])

    refused = nexmo.number(number=NUMBER, application_id=SHOP["id"])
    unlinked = nexmo.number(number=NUMBER, application_id=SHOP["id"], state="unlinked")

    assert STORE["id"] in refused.message
    assert unlinked["number"]["application_id"] == STORE["id"]
    assert simulator.numbers() == [number(app_id=STORE["id"])]
