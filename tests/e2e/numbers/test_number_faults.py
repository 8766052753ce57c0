# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""However a request dies, the run says so in one line, betrays nothing, and the next run puts it right."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.relay import Exchange, Relay, Reply
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, SETTINGS, SHOP, number, operations
from tests.simulator.client import Document, Simulator

pytestmark = pytest.mark.usefixtures("applications")

LINK: Document = {"number": NUMBER, "application_id": SHOP["id"], "sms_url": "https://example.com/new"}
DESIRED = number(app_id=SHOP["id"], **{**SETTINGS, "moHttpUrl": "https://example.com/new"})

FAULTS: dict[str, Document] = {
    "reset-before": {"fault": "reset_before"},
    "reset-after": {"fault": "reset_after"},
    "silence-after": {"fault": "silence_after"},
    "late": {"fault": "late", "seconds": 0.5},
    "cut-off": {"fault": "cut_off"},
    "429": {"fault": "status_before", "status": 429},
    "500-before": {"fault": "status_before", "status": 500},
    "503-after": {"fault": "status_after", "status": 503},
    "mislabelled": {"fault": "mislabelled", "status": 500},
    "401": {"fault": "status_before", "status": 401},
    "404": {"fault": "status_before", "status": 404},
    "420": {"fault": "status_before", "status": 420},
    "echo": {"fault": "echo", "status": 400},
    "redirect": {"fault": "redirect", "status": 302, "location": "https://elsewhere.example.com/"},
    "html": {"fault": "html"},
    "broken-json": {"fault": "broken_json"},
    "huge": {"fault": "huge"},
    "list": {"fault": "wrong_shape", "body": []},
    "null": {"fault": "wrong_shape", "body": None},
    "object": {"fault": "wrong_shape", "body": {}},
    "refusal": {"fault": "wrong_shape", "body": {"error-code": "420", "error-code-label": "method failed"}},
    "refusal-as-number": {"fault": "wrong_shape", "body": {"error-code": 420}},
    "unauthorized": {
        "fault": "wrong_shape",
        "body": {"error-code": "401", "error-code-label": "authentication failed"},
    },
}
FOR_GOOD = ("reset-before", "429", "500-before", "503-after")
TARGETS = [("list", 1), ("update", 1), ("list", 2)]


@pytest.mark.parametrize(("operation", "nth"), TARGETS, ids=["list1", "update1", "list2"])
@pytest.mark.parametrize(("name", "times"), [*((name, 1) for name in FAULTS), *((name, 100) for name in FOR_GOOD)])
def test_a_fault_is_told_in_one_line_and_put_right_by_the_next_run(
    name: str, operation: str, nth: int, times: int, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload_numbers([number(**SETTINGS)])
    simulator.fault(operation, version="numbers", nth=nth, times=times, **FAULTS[name])
    nexmo.longest_sleep = 0.01

    disturbed = nexmo.number(**LINK, timeout=0.4 if "silence" in name or name == "late" else 20, max_retries=2)
    simulator.ended_requests()
    simulator.no_faults()
    next_run = nexmo.number(**LINK)
    last_run = nexmo.number(**LINK)

    if disturbed.failed:
        assert "\n" not in disturbed.message
        assert "unexpected" not in disturbed.message
        assert "exception" not in disturbed.result
    assert not next_run.failed
    assert last_run["changed"] is False
    assert simulator.numbers() == [DESIRED]


def test_an_update_that_may_have_arrived_is_not_sent_again(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])
    simulator.fault("update", "reset_after", version="numbers")

    run = nexmo.number(**LINK)

    assert run.message.startswith(f"POST {simulator.url}/number/update: connection failed")
    assert operations(simulator) == ["list", "update"]


def test_an_empty_object_on_a_later_page_is_no_end_of_the_account(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(150)
    simulator.fault("list", "wrong_shape", version="numbers", nth=2, body={})

    run = nexmo.number_info()

    assert len(run["numbers"]) == 150


@pytest.mark.parametrize("way", ["status", "answer"])
def test_a_refused_update_says_what_the_api_said_and_that_it_calls_the_webhook(
    way: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    given = simulator.preload_numbers([number()])
    simulator.configure(number_refusals=way, dead_webhooks="https://down.example.com")

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], sms_url="https://down.example.com/sms")

    answered = {"status": "answered 420", "answer": "answered with error-code 420"}[way]
    assert run.message == (
        f"POST {simulator.url}/number/update: {answered}: method failed: moHttpUrl did not answer with 200; "
        "the service calls sms_url before it takes an update, and refuses unless that answers with status 200"
    )
    assert run.result["status"] == {"status": 420, "answer": 200}[way]
    assert run.result["error"]["error-code"] == "420"
    assert simulator.numbers() == given


def test_a_refusal_without_a_webhook_does_not_speak_of_one(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])

    run = nexmo.number(number=NUMBER, application_id="nobody's")

    assert run.message == (
        f"POST {simulator.url}/number/update: answered 420: method failed: app_id; "
        "the account has no application nobody's; give one that it has, or remove the link with state: unlinked"
    )


def test_a_link_to_an_application_that_is_gone_is_what_a_refusal_speaks_of(
    nexmo: NumberModules, simulator: Simulator
) -> None:
    given = simulator.preload_numbers([number(app_id="gone", **SETTINGS)])

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], state="unlinked", sms_url="https://example.com/new")

    assert "the account has no application gone; " in run.message
    assert "the service calls sms_url" not in run.message
    assert simulator.numbers() == given


@pytest.mark.parametrize("api_secret", ["wrong"])
def test_wrong_credentials_are_told_with_what_to_check(api_secret: str, nexmo: NumberModules) -> None:
    run = nexmo.number_info(api_secret=api_secret)

    assert "/account/numbers: answered 401: authentication failed; check api_key and api_secret" in run.message


def test_wrong_credentials_are_told_so_with_status_200_as_well(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.fault("list", "wrong_shape", version="numbers", body=FAULTS["unauthorized"]["body"])

    run = nexmo.number_info()

    assert "answered with error-code 401: authentication failed; check api_key and api_secret" in run.message


# --- leaks ------------------------------------------------------------------------------------------------------------


def everything_of(exchange: Exchange) -> str:
    """All that the request holds, and the secret in several forms, as servers repeat it in their errors."""
    received = exchange.request_received
    pair = base64.b64encode(f"{API_KEY}:{API_SECRET}".encode()).decode()
    forms = [API_SECRET, quote(API_SECRET, safe=""), json.dumps(API_SECRET), pair, received.headers["authorization"]]
    return " | ".join([received.target, received.body.decode(), *forms])


@pytest.mark.parametrize("status", [200, 401, 420])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("padding", [0, 190])
def test_a_refusal_that_repeats_what_was_sent_betrays_nothing(
    padding: int, method: str, status: int, relayed: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    def refuses(exchange: Exchange) -> None:
        said = "x" * padding + everything_of(exchange)
        body = {"error-code": said[:500], "error-code-label": said, said: [said]}
        exchange.send(Reply(status, {}, json.dumps(body).encode()))

    simulator.preload_numbers([number()])
    relay.play(method, refuses)

    run = relayed.number(**LINK)

    assert run.failed  # and Modules has found no secret in what it printed
    assert secrets_in(json.dumps(run.result, ensure_ascii=False), API_KEY, API_SECRET) == []
    assert API_SECRET[:5] not in run.message


def test_a_number_that_holds_the_secret_betrays_nothing(nexmo: NumberModules, simulator: Simulator) -> None:
    sms_url = f"https://example.com/{quote(API_SECRET, safe='')}"
    simulator.preload_numbers([number(moHttpUrl=sms_url, somethingNew=API_SECRET)])

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], diff=True)

    assert run["changed"]
    stored: Any = simulator.numbers()[0]
    assert (stored["moHttpUrl"], stored["somethingNew"]) == (sms_url, API_SECRET)


@pytest.mark.parametrize("where", ["given", "kept"])
def test_passwords_in_urls_and_sip_uris_are_masked(where: str, nexmo: NumberModules, simulator: Simulator) -> None:
    options: Document = {
        "sms_url": "https://user:hunter2-sms@example.com/sms",
        "voice_status_url": "https://user:hunter2-status@example.com/ended",
        "voice_callback_type": "sip",
        "voice_callback_value": "sip:user:hunter2-sip@example.com",
    }
    settings = {
        "moHttpUrl": options["sms_url"],
        "voiceStatusCallback": options["voice_status_url"],
        "voiceCallbackType": "sip",
        "voiceCallbackValue": options["voice_callback_value"],
    }
    simulator.preload_numbers([number(**(settings if where == "kept" else {}))])
    named = options if where == "given" else {}

    run = nexmo.number(number=NUMBER, application_id=SHOP["id"], diff=True, **named)
    listed = nexmo.number_info()
    of_application = nexmo.info(numbers=True)
    in_list = nexmo.numbers([{"number": NUMBER, "application_id": SHOP["id"], **named}], diff=True)

    assert simulator.numbers() == [number(app_id=SHOP["id"], **settings)]
    assert in_list["changed"] is False
    for shown in (run, listed, of_application, in_list):
        assert "hunter2" not in shown.output


def test_a_password_in_a_url_that_is_refused_is_masked(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])
    simulator.configure(dead_webhooks="https://user:hunter2")
    link: Document = {"number": NUMBER, "application_id": SHOP["id"]}

    refused = nexmo.number(**link, sms_url="https://user:hunter2@example.com/sms")
    bad_url = nexmo.number(**link, sms_url="ftp://user:hunter2@example.com/sms")
    bad_sip = nexmo.number(**link, voice_callback_type="sip", voice_callback_value="sip:user:hunter2@example.com /")

    for run in (refused, bad_url, bad_sip):
        assert run.failed
        assert "hunter2" not in run.output
