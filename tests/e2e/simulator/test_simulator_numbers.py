# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Numbers API: what the contract says of its answers, what is known beyond it, and the official client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import requests
from vonage import Auth, HttpClientOptions, Vonage
from vonage_http_client.errors import AuthenticationError, HttpRequestError
from vonage_numbers import ListOwnedNumbersFilter, Numbers, UpdateNumberParams
from vonage_numbers.errors import NumbersError

from tests.simulator import client
from tests.simulator.client import Document, Simulator

CONTRACT = json.loads(Path(client.__file__).with_name("numbers.v1.json").read_text(encoding="utf-8"))
BASIC = ("demo-key", "demo-secret")
NUMBER = "447700900000"
EVERYTHING: Document = {
    "moHttpUrl": "https://example.com/sms",
    "moSmppSysType": "inbound",
    "voiceCallbackType": "sip",
    "voiceCallbackValue": "sip:shop@example.com",
    "voiceStatusCallback": "https://example.com/ended",
}


class Caller:
    """The API over plain HTTP; each answer is checked against the contract."""

    def __init__(self, simulator: Simulator) -> None:
        self.url = simulator.url

    def list(self, **query: Any) -> requests.Response:
        """One page."""
        answer = requests.get(f"{self.url}/account/numbers", params=query, auth=BASIC, timeout=10)
        check(answer, "/account/numbers", "get")
        return answer

    def msisdns(self, **query: Any) -> list[str]:
        """The numbers of a page."""
        return [number["msisdn"] for number in self.list(**query).json().get("numbers", [])]

    def update(self, **form: Any) -> requests.Response:
        """An update of the number, in its country unless another is given."""
        values = {"country": "GB", "msisdn": NUMBER, **form}
        answer = requests.post(f"{self.url}/number/update", data=values, auth=BASIC, timeout=10)
        check(answer, "/number/update", "post")
        return answer


def check(response: requests.Response, path: str, method: str) -> None:
    """Fail unless the body is of the contract's schema; 420 is in the contract for other operations alone."""
    assert response.headers["Content-Type"].startswith("application/json")
    responses = CONTRACT["paths"][path][method]["responses"]
    documented = (
        responses.get(str(response.status_code)) or CONTRACT["paths"]["/number/buy"]["post"]["responses"]["420"]
    )
    schema = documented["content"]["application/json"]["schema"]
    jsonschema.Draft4Validator({**schema, "components": CONTRACT["components"]}).validate(response.json())


@pytest.fixture
def api(simulator: Simulator) -> Caller:
    return Caller(simulator)


def code(answer: requests.Response) -> tuple[int, str]:
    """The two codes of an answer."""
    return answer.status_code, answer.json()["error-code"]


def test_the_check_can_fail() -> None:
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/json"
    response._content = b'{"count": 1, "numbers": [{"msisdn": 447700900000}]}'

    with pytest.raises(jsonschema.ValidationError):
        check(response, "/account/numbers", "get")


def test_an_account_without_numbers_answers_with_an_empty_object(api: Caller) -> None:
    assert api.list().json() == {}


def test_pages_count_from_1_and_have_10_numbers_unless_asked_for_more(api: Caller, simulator: Simulator) -> None:
    stored = [number["msisdn"] for number in simulator.preload_number_count(101)]

    assert api.msisdns() == stored[:10]
    assert api.msisdns(size=100) == stored[:100]
    assert api.msisdns(size=100, index=2) == stored[100:]
    assert api.msisdns(size=1000) == stored[:100]
    assert api.list(size=100, index=3).json() == {"count": 101, "numbers": []}
    assert code(api.list(index=0)) == (420, "420")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"pattern": "4477009"}, ["447700900", "4477009001"]),
        ({"pattern": "447700900", "search_pattern": 0}, ["447700900", "4477009001"]),
        ({"pattern": "7009", "search_pattern": 1}, ["447700900", "4477009001", "17009"]),
        ({"pattern": "9001", "search_pattern": 2}, ["4477009001"]),
        ({"country": "US"}, ["17009"]),
        ({"application_id": "shop"}, ["4477009001"]),
        ({"has_application": "true"}, ["4477009001"]),
        ({"has_application": "false"}, ["447700900", "17009"]),
        ({"pattern": "5"}, []),
    ],
)
def test_a_query_selects(query: Document, found: list[str], api: Caller, simulator: Simulator) -> None:
    simulator.preload_numbers(
        [{"msisdn": "447700900"}, {"msisdn": "4477009001", "app_id": "shop"}, {"msisdn": "17009", "country": "US"}]
    )

    answer = api.list(**query).json()

    assert [number["msisdn"] for number in answer.get("numbers", [])] == found
    assert answer.get("count", 0) == len(found)


def test_an_update_replaces(api: Caller, simulator: Simulator) -> None:
    (shop,) = simulator.preload([{"name": "shop"}])
    (stored,) = simulator.preload_numbers([{"msisdn": NUMBER, **EVERYTHING}])

    assert code(api.update(app_id=shop["id"], moHttpUrl="")) == (200, "200")

    nature = {name: stored[name] for name in ("msisdn", "country", "type", "features")}
    assert simulator.numbers() == [{**nature, "app_id": shop["id"]}]
    assert simulator.writes()[-1]["version"] == "numbers"


@pytest.mark.parametrize("callback", ["voice", "messages"])
def test_an_application_can_be_linked_in_the_older_way(callback: str, api: Caller, simulator: Simulator) -> None:
    (shop,) = simulator.preload([{"name": "shop"}])
    simulator.preload_number_count(1)

    api.update(**{f"{callback}CallbackType": "app", f"{callback}CallbackValue": shop["id"]})

    assert simulator.numbers()[0]["app_id"] == shop["id"]


@pytest.mark.parametrize("callback", ["voice", "messages"])
def test_a_link_can_be_listed_in_the_older_way(callback: str, api: Caller, simulator: Simulator) -> None:
    simulator.preload_numbers([{"msisdn": NUMBER, "app_id": "shop"}])
    simulator.configure(number_link=callback)

    (listed,) = api.list().json()["numbers"]

    assert "app_id" not in listed
    assert (listed[f"{callback}CallbackType"], listed[f"{callback}CallbackValue"]) == ("app", "shop")


def test_a_number_whose_calls_are_forwarded_lists_an_application_for_messages(
    api: Caller, simulator: Simulator
) -> None:
    simulator.preload_numbers([{"msisdn": NUMBER, "app_id": "shop", **EVERYTHING}])
    simulator.configure(number_link="voice")

    (listed,) = api.list().json()["numbers"]

    assert (listed["voiceCallbackType"], listed["messagesCallbackValue"]) == ("sip", "shop")


@pytest.mark.parametrize(
    "form",
    [
        {"msisdn": "447700900001"},
        {"country": "US"},
        {"country": ""},
        {"app_id": "nobody's"},
        {"moHttpUrl": "example.com"},
        {"moHttpUrl": "https://down.example.com/sms"},
        {"voiceStatusCallback": "ftp://example.com"},
        {"voiceCallbackType": "sip"},
        {"voiceCallbackValue": "sip:shop@example.com"},
        {"voiceCallbackType": "fax", "voiceCallbackValue": "1"},
        {"messagesCallbackType": "tel", "messagesCallbackValue": "1"},
    ],
)
@pytest.mark.parametrize(("way", "status"), [("status", 420), ("answer", 200)])
def test_what_is_refused_changes_nothing(
    way: str, status: int, form: Document, api: Caller, simulator: Simulator
) -> None:
    given = simulator.preload_number_count(1)
    simulator.configure(number_refusals=way, dead_webhooks="https://down.example.com")

    answer = api.update(**form)

    assert code(answer) == (status, "420")
    assert simulator.numbers() == given


def test_credentials_are_parameters_or_basic(api: Caller, simulator: Simulator) -> None:
    simulator.preload_number_count(1)
    pair = {"api_key": BASIC[0], "api_secret": BASIC[1]}
    update = {"country": "GB", "msisdn": NUMBER}

    listed = requests.get(f"{api.url}/account/numbers", params=pair, timeout=10)
    answers = [
        requests.post(f"{api.url}/number/update", params=pair, data=update, timeout=10),
        requests.post(f"{api.url}/number/update", data={**pair, **update}, timeout=10),
    ]
    refused = [
        requests.get(f"{api.url}/account/numbers", timeout=10),
        requests.post(f"{api.url}/number/update", data=update, auth=("demo-key", "wrong"), timeout=10),
    ]

    assert listed.json()["count"] == 1
    assert [code(answer) for answer in answers] == [(200, "200")] * 2
    assert [code(answer) for answer in refused] == [(401, "401")] * 2
    check(refused[0], "/account/numbers", "get")
    check(refused[1], "/number/update", "post")


def test_accounts_know_nothing_of_each_other_s_numbers(api: Caller, simulator: Simulator) -> None:
    simulator.preload_number_count(1, api_key="other-key")

    assert api.list().json() == {}
    assert code(api.update()) == (420, "420")


def test_faults_befall_the_numbers_api_alone_where_a_rule_says_so(api: Caller, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503, version="numbers")

    listed = requests.get(f"{simulator.url}/v2/applications", auth=BASIC, timeout=10)
    faulty = requests.get(f"{simulator.url}/account/numbers", auth=BASIC, timeout=10)

    assert (listed.status_code, faulty.status_code) == (200, 503)


# --- the official client ----------------------------------------------------------------------------------------------


def numbers_of(simulator: Simulator, secret: str) -> Numbers:
    host = urlsplit(simulator.url).netloc
    options = HttpClientOptions(api_host=host, rest_host=host, max_retries=0)
    return Vonage(Auth(api_key="demo-key", api_secret=secret), options).numbers


@pytest.fixture
def official(secure_simulator: Simulator) -> Numbers:
    """The numbers part of the client, pointed at the simulator."""
    return numbers_of(secure_simulator, "demo-secret")


def test_the_official_client_lists_every_page(official: Numbers, secure_simulator: Simulator) -> None:
    stored = secure_simulator.preload_number_count(25)

    listed = []
    index: int | None = 1
    while index is not None:
        numbers, count, index = official.list_owned_numbers(ListOwnedNumbersFilter(size=10, index=index))
        listed += numbers
        assert count == 25

    assert [number.msisdn for number in listed] == [number["msisdn"] for number in stored]
    assert {request["credentials"][0] for request in secure_simulator.requests()} == {"basic"}


def test_the_official_client_finds_an_account_empty(official: Numbers) -> None:
    assert official.list_owned_numbers() == ([], 0, None)


def test_the_official_client_updates(official: Numbers, secure_simulator: Simulator) -> None:
    (shop,) = secure_simulator.preload([{"name": "shop"}])
    secure_simulator.preload_numbers([{"msisdn": NUMBER, "voiceStatusCallback": "https://example.com/ended"}])

    status = official.update_number(
        UpdateNumberParams(country="GB", msisdn=NUMBER, app_id=shop["id"], mo_http_url="https://example.com/sms")
    )
    ((updated,), _count, _next) = official.list_owned_numbers(ListOwnedNumbersFilter(application_id=shop["id"]))

    assert status.error_code == "200"
    assert (updated.app_id, updated.mo_http_url) == (shop["id"], "https://example.com/sms")
    assert "voiceStatusCallback" not in secure_simulator.numbers()[0]


def test_the_official_client_sees_refusals_in_both_ways(official: Numbers, secure_simulator: Simulator) -> None:
    secure_simulator.preload_number_count(1)
    params = UpdateNumberParams(country="GB", msisdn=NUMBER, app_id="nobody's")

    with pytest.raises(HttpRequestError, match="420"):
        official.update_number(params)
    secure_simulator.configure(number_refusals="answer")
    with pytest.raises(NumbersError, match="420"):
        official.update_number(params)
    with pytest.raises(AuthenticationError):
        numbers_of(secure_simulator, "wrong").list_owned_numbers()
