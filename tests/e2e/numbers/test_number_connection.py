# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the requests go: the Numbers API has a host of its own, and test credentials never reach the real one."""

from __future__ import annotations

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.relay import Relay, answers
from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import NUMBER, number, operations
from tests.simulator.client import Document, Simulator

pytestmark = pytest.mark.usefixtures("applications")


def test_without_rest_url_the_requests_go_to_api_url(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])

    nexmo.number(number=NUMBER, application_name="Shop")

    assert operations(simulator) == ["list", "update", "list"]


@pytest.mark.parametrize("way", ["option", "environment"])
@pytest.mark.parametrize("path", ["", "/", "/prefix/"])
def test_rest_url_is_where_the_numbers_are(
    path: str, way: str, nexmo: NumberModules, relay: Relay, simulator: Simulator
) -> None:
    relay.play("GET", answers(200, {}))
    given: Document = (
        {"rest_url": relay.url + path} if way == "option" else {"env": {"NEXMO_REST_URL": relay.url + path}}
    )

    run = nexmo.number(number=NUMBER, application_name="Shop", **given)

    assert "is not a number of this account" in run.message
    assert [received.target.partition("?")[0] for received in relay.received] == [f"{path.rstrip('/')}/account/numbers"]
    assert {request["path"] for request in simulator.requests()} == {"/v1/applications"}


@pytest.mark.parametrize(
    "api_url", ["https://api.nexmo.com", "https://api.nexmo.com/", "https://API.nexmo.com:443", None]
)
def test_the_default_is_the_service_s_own_host(api_url: str | None, nexmo: NumberModules, relay: Relay) -> None:
    run = nexmo.number_info(api_url=api_url, env={"HTTPS_PROXY": relay.url}, max_retries=0, timeout=5)

    assert run.message.startswith("GET https://rest.nexmo.com/account/numbers: ")
    assert [received.target for received in relay.received] == ["rest.nexmo.com:443"]


def test_another_api_url_from_the_environment_is_where_the_numbers_are(
    nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload_numbers([number()])

    run = nexmo.number_info(api_url=None, env={"NEXMO_API_URL": simulator.url})

    assert len(run["numbers"]) == 1


def test_credentials_come_from_the_environment(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_numbers([number()])
    pair = {"VONAGE_API_KEY": API_KEY, "VONAGE_API_SECRET": API_SECRET}

    assert len(nexmo.number_info(api_key=None, api_secret=None, env=pair)["numbers"]) == 1


def test_a_redirect_is_refused_in_the_option_s_name(relayed: NumberModules, relay: Relay) -> None:
    relay.play("GET", answers(302, b"", Location="https://elsewhere.example.com/"))

    run = relayed.number_info()

    assert "redirected to https://elsewhere.example.com" in run.message
    assert "correct rest_url" in run.message


@pytest.mark.parametrize("body", [[], None, "text", {"count": "many"}, {"count": -1}, {"numbers": {}, "count": 1}])
def test_another_server_is_recognized(body: object, relayed: NumberModules, relay: Relay) -> None:
    relay.play("GET", answers(200, body))

    run = relayed.number_info()

    assert "is not what the Numbers API answers; check rest_url" in run.message


@pytest.mark.parametrize("item", ["447700900000", {"country": "GB"}, {"msisdn": 447700900000}, {"msisdn": ""}, None])
def test_a_number_without_digits_is_recognized(item: object, relayed: NumberModules, relay: Relay) -> None:
    relay.play("GET", answers(200, {"count": 1, "numbers": [item]}))

    assert "a number without an msisdn" in relayed.number_info().message


def test_a_clear_text_rest_url_is_warned_of(nexmo: NumberModules, relay: Relay) -> None:
    run = nexmo.number_info(rest_url="http://rest.example.com", env={"HTTP_PROXY": relay.url}, max_retries=0)

    assert "rest_url: http://rest.example.com is not https" in run.output


@pytest.mark.parametrize("run", ["application", "applications", "info", "number", "numbers", "number_info"])
def test_every_module_of_the_action_group_takes_rest_url(run: str, nexmo: NumberModules, simulator: Simulator) -> None:
    given: Document = {
        "application": {"name": "Nobody", "state": "absent"},
        "number": {"number": NUMBER, "state": "unlinked"},
    }.get(run, {})
    items = [[]] if run == "numbers" else []
    simulator.preload_numbers([number()])

    assert not getattr(nexmo, run)(*items, **given, rest_url=simulator.url).failed
