# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What cannot be right is refused in one line, before the first request; what the account does not allow, before a
write."""

from __future__ import annotations

import pytest

from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, SHOP, STORE, number
from tests.simulator.client import Document, Simulator

LINK: Document = {"number": NUMBER, "application_id": SHOP["id"]}
UNLINK: Document = {"number": NUMBER, "state": "unlinked"}


def assert_refused(run: ModuleRun, words: list[str]) -> None:
    """In one line that says what is wrong."""
    assert "\n" not in run.message
    assert [word for word in words if word not in run.message] == []


WRONG_FROM_THE_START: dict[str, tuple[Document, list[str]]] = {
    "no number": ({**LINK, "number": None}, ["number"]),
    "empty number": ({**LINK, "number": ""}, ["number: is empty"]),
    "a plus sign": ({**LINK, "number": "+"}, ["number: is empty"]),
    "blanks": ({**LINK, "number": " - "}, ["number: is empty"]),
    "letters": ({**LINK, "number": "44 SHOP"}, ["number: '44 SHOP' is not a number", "447700900000"]),
    "two plus signs": ({**LINK, "number": "++447700900000"}, ["number", "is not a number"]),
    "a plus sign within": ({**LINK, "number": "44+7700900000"}, ["number", "is not a number"]),
    "a list": ({**LINK, "number": [NUMBER]}, ["number"]),
    "an empty list": ({**LINK, "number": []}, ["number"]),
    "a dictionary": ({**LINK, "number": {"msisdn": NUMBER}}, ["number"]),
    "a float": ({**LINK, "number": 4.4e11}, ["number", "is not a number"]),
    "other digits": ({**LINK, "number": "\u0664\u0664\u0667\u0667"}, ["number", "is not a number"]),
    "two lines": ({**LINK, "number": "4477009\n00000"}, ["number", "is not a number"]),
    "16 digits": ({**LINK, "number": "1234567890123456"}, ["number", "16 digits", "at most 15"]),
    "national": ({**LINK, "number": "07700 900000"}, ["number", "begins with 0", "country code"]),
    "double zero": ({**LINK, "number": "00447700900000"}, ["number", "begins with 0"]),
    "no application": ({"number": NUMBER}, ["application_id", "application_name"]),
    "both applications": ({**LINK, "application_name": "Shop"}, ["application_id", "application_name"]),
    "both, to unlink": ({**LINK, **UNLINK, "application_name": "Shop"}, ["application_id", "application_name"]),
    "empty id": ({**LINK, "application_id": ""}, ["application_id: is empty"]),
    "empty id, to unlink": ({**UNLINK, "application_id": " "}, ["application_id: is empty"]),
    "empty name": ({"number": NUMBER, "application_name": ""}, ["application_name: is empty"]),
    "empty name, to unlink": ({**UNLINK, "application_name": ""}, ["application_name: is empty"]),
    "unknown state": ({**LINK, "state": "present"}, ["state", "linked", "unlinked"]),
    "type without value": ({**LINK, "voice_callback_type": "sip"}, ["voice_callback_type", "voice_callback_value"]),
    "type without value, to unlink": ({**UNLINK, "voice_callback_type": "tel"}, ["voice_callback_value"]),
    "type with empty value": (
        {**LINK, "voice_callback_type": "sip", "voice_callback_value": ""},
        ["voice_callback_type", "voice_callback_value"],
    ),
    "value with empty type": (
        {**LINK, "voice_callback_type": "", "voice_callback_value": "sip:a@example.com"},
        ["voice_callback_value", "empty voice_callback_type"],
    ),
    "app as type": (
        {**LINK, "voice_callback_type": "app", "voice_callback_value": SHOP["id"]},
        ["voice_callback_type: 'app' is neither sip nor tel"],
    ),
    "unknown type without value": ({**LINK, "voice_callback_type": "fax"}, ["voice_callback_type: 'fax' is neither"]),
    "tel that is no number": (
        {**LINK, "voice_callback_type": "tel", "voice_callback_value": "reception"},
        ["voice_callback_value: 'reception' is not a number"],
    ),
    "sip with blanks": (
        {**LINK, "voice_callback_type": "sip", "voice_callback_value": "sip:a b@example.com"},
        ["voice_callback_value", "SIP URI"],
    ),
    "sms url without scheme": ({**LINK, "sms_url": "example.com/sms"}, ["sms_url", "https"]),
    "status url of another scheme": ({**LINK, "voice_status_url": "ftp://example.com"}, ["voice_status_url", "https"]),
    "rest_url without scheme": ({**LINK, "rest_url": "localhost"}, ["rest_url", "https://rest.nexmo.com"]),
    "rest_url with a password": ({**LINK, "rest_url": "https://a:b@localhost"}, ["rest_url", "api_secret"]),
    "rest_url with a query": ({**LINK, "rest_url": "https://localhost/?a=b"}, ["rest_url"]),
    "bad api_url": ({**LINK, "api_url": "nexmo"}, ["api_url"]),
    "empty secret": ({**LINK, "api_secret": ""}, ["api_secret"]),
    "unknown option": ({**LINK, "country": "GB"}, ["country"]),
}


@pytest.mark.parametrize(("options", "words"), WRONG_FROM_THE_START.values(), ids=WRONG_FROM_THE_START)
def test_what_cannot_be_right_is_refused_before_the_first_request(
    options: Document, words: list[str], nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload_numbers([number(voiceCallbackType="sip", voiceCallbackValue="sip:a@example.com")])

    run = nexmo.number(**options)

    assert_refused(run, words)
    assert simulator.requests() == []


WRONG_FOR_THE_ACCOUNT: dict[str, tuple[Document, list[str]]] = {
    "number of another account": ({**LINK, "number": "15550100"}, ["number: 15550100 is not a number of this account"]),
    "nobody's number": ({**LINK, "number": "33123456789"}, ["number: 33123456789 is not a number of this account"]),
    "nobody's number, to unlink": ({**UNLINK, "number": "33123456789"}, ["number: 33123456789 is not a number"]),
    "beginning of a number": ({**LINK, "number": NUMBER[:-1]}, [f"number: {NUMBER[:-1]} is not a number of this"]),
    "unknown name": ({"number": NUMBER, "application_name": "shop"}, ["application_name", "'shop'"]),
    "ambiguous name": (
        {"number": NUMBER, "application_name": "Twice"},
        ["application_name: 'Twice' is the name of several applications: one, two", "application_id"],
    ),
    "ambiguous name, to unlink": ({**UNLINK, "application_name": "Twice"}, ["application_name: 'Twice'", "one, two"]),
    "value without a type": ({**LINK, "voice_callback_value": "447700900001"}, ["voice_callback_value", "tel"]),
    "number that is linked": ({"number": "447700900009", "application_id": SHOP["id"]}, ["Store", "relink: true"]),
}


@pytest.mark.parametrize(("options", "words"), WRONG_FOR_THE_ACCOUNT.values(), ids=WRONG_FOR_THE_ACCOUNT)
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
@pytest.mark.usefixtures("applications")
def test_what_the_account_does_not_allow_is_refused_before_a_write(
    check: bool, options: Document, words: list[str], nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload([{"name": "Twice", "id": "one"}, {"name": "Twice", "id": "two"}])
    simulator.preload_numbers([{"msisdn": "15550100"}], api_key="other-key")
    given = simulator.preload_numbers([number(), {"msisdn": "447700900009", "app_id": STORE["id"]}])

    run = nexmo.number(check=check, **options)

    assert_refused(run, words)
    assert (simulator.writes(), simulator.numbers()) == ([], given)


def test_a_number_of_an_account_without_any_is_refused(nexmo: NumberModules) -> None:
    assert_refused(nexmo.number(**LINK), [f"number: {NUMBER} is not a number of this account"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"number": "x"}, ["number: 'x'"]),
        ({"number": ""}, ["number: is empty"]),
        ({"application_id": ""}, ["application_id: is empty"]),
        ({"application_name": " "}, ["application_name: is empty"]),
        ({"application_id": "a", "application_name": "b"}, ["application_id", "application_name"]),
        ({"country": "Britain"}, ["country", "two letters"]),
        ({"country": ""}, ["country", "two letters"]),
        ({"rest_url": "rest.nexmo.com"}, ["rest_url", "https"]),
    ],
)
def test_info_refuses_bad_input_before_the_first_request(
    options: Document, words: list[str], nexmo: NumberModules, simulator: Simulator
) -> None:
    assert_refused(nexmo.number_info(**options), words)
    assert simulator.requests() == []
