# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The password of a webhook's URL is sent to the service, and shown by nobody."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, VOICE_OPTIONS, voice
from tests.e2e.modules.relay import Exchange, Relay, Reply
from tests.simulator.client import Simulator

# As it stands in a URL, and what it stands for.
PASSWORD = "hunt%2Fer2"
DECODED = "hunt/er2"
ADDRESS = f"https://user:{PASSWORD}@example.com/answer"
SHOWN = "https://user:********@example.com/answer"
SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS, "answer_url": ADDRESS}

# The options that name the same webhook.
WAYS: dict[str, dict[str, Any]] = {
    "v1": {"api_version": "v1", **VOICE_OPTIONS, "answer_url": ADDRESS},
    "v2": {"api_version": "v2", **VOICE_OPTIONS, "answer_url": ADDRESS},
    "capabilities": {
        "api_version": "v2",
        "capabilities": {"voice": {"webhooks": {"answer_url": {"address": ADDRESS}}}},
    },
    "capabilities-as-text": {
        "api_version": "v2",
        "capabilities": json.dumps({"voice": {"webhooks": {"answer_url": {"address": ADDRESS}}}}),
    },
    "settings": {
        "api_version": "v2",
        "settings": {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": ADDRESS}}}}},
    },
}


def assert_hidden(*outputs: str) -> None:
    for output in outputs:
        assert [form for form in (PASSWORD, DECODED, quote(PASSWORD, safe="")) if form in output] == []


def address_in(document: Any) -> str:
    return str(document["capabilities"]["voice"]["webhooks"]["answer_url"]["address"])


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_a_password_is_sent_and_not_shown(options: dict[str, Any], nexmo: Modules, simulator: Simulator) -> None:
    foretold = nexmo.application(name="Shop", no_log=True, check=True, diff=True, **options)
    created = nexmo.application(name="Shop", no_log=True, diff=True, **options)
    again = nexmo.application(name="Shop", **options)
    listed = nexmo.applications(
        {"name": "Shop", **{k: v for k, v in options.items() if k != "api_version"}},
        api_version=options["api_version"],
        diff=True,
    )
    told = nexmo.info(api_version=options["api_version"])
    as_input = nexmo.info(api_version=options["api_version"], as_input=True)

    assert_hidden(*(run.output for run in (foretold, created, again, listed, told, as_input)))
    assert (created["operation"], again["operation"], listed["counts"]["none"]) == ("create", "none", 1)
    assert address_in(simulator.applications()[0]) == ADDRESS
    for shown in (foretold["application"], created["application"], told["applications"][0]):
        assert address_in(shown) == SHOWN


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_what_was_read_can_be_given_again_and_changes_nothing(
    version: str, nexmo: Modules, simulator: Simulator
) -> None:
    nexmo.application(api_version=version, no_log=True, **SHOP)
    before = simulator.applications()
    items = nexmo.info(api_version=version, as_input=True)["applications"]

    run = nexmo.applications(*items, api_version=version)

    assert run["counts"]["none"] == 1
    assert simulator.applications() == before


def test_another_password_is_a_change_that_shows_neither(nexmo: Modules, simulator: Simulator) -> None:
    nexmo.application(no_log=True, **SHOP)

    run = nexmo.application(diff=True, **{**SHOP, "answer_url": ADDRESS.replace(PASSWORD, "other-one")})

    assert run["operation"] == "update"
    assert address_in(simulator.applications()[0]) == ADDRESS.replace(PASSWORD, "other-one")
    assert_hidden(run.output)
    assert "other-one" not in run.output
    assert run["diff"]["before"] != run["diff"]["after"]


def test_a_mask_is_never_sent(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(**{**SHOP, "answer_url": SHOWN})

    assert run.failed
    assert "answer_url" in run.message
    assert simulator.writes() == []


MALFORMED = {
    "port": f"https://user:{DECODED}@example.com:x/",
    "blank": f"https://user:{PASSWORD} x@example.com",
    "slash": f"https://user:{DECODED}@example.com",
    "no-scheme": f"user:{PASSWORD}@example.com",
    "scheme": f"ftp://user:{PASSWORD}@example.com",
    "lines": f"https://user:{PASSWORD}\n@example.com",
}


@pytest.mark.parametrize("url", MALFORMED.values(), ids=MALFORMED)
def test_a_password_in_what_is_no_url_is_not_shown(url: str, nexmo: Modules, simulator: Simulator) -> None:
    nested = {"voice": {"webhooks": {"answer_url": {"address": url}}}}

    for run, option in (
        (nexmo.application(name="Shop", type="voice", answer_url=url), "answer_url"),
        (nexmo.application(name="Shop", api_version="v2", capabilities=nested), "answer_url.address"),
        (nexmo.applications({"name": "Shop", "type": "voice", "answer_url": url}), "applications[0]: answer_url"),
    ):
        assert option in run.message
        assert "\n" not in run.message
        assert_hidden(run.output)
    assert simulator.requests() == []


def test_a_server_that_repeats_a_password_betrays_nothing(relayed: Modules, relay: Relay) -> None:
    def repeats(exchange: Exchange) -> None:
        said = f"{exchange.request_received.body.decode()} {DECODED} {quote(PASSWORD, safe='')}"
        exchange.send(Reply(400, {}, json.dumps({"title": said, "errors": [{"message": said}], said: said}).encode()))

    relay.play("POST", repeats)

    run = relayed.application(no_log=True, **SHOP)

    assert "answered 400" in run.message
    assert_hidden(run.output, json.dumps(run.result, ensure_ascii=False))


def test_a_password_that_only_the_service_knows_is_not_shown(
    relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    document = voice("Shop", id="shop")
    document["capabilities"]["voice"]["webhooks"]["answer_url"]["address"] = ADDRESS
    simulator.preload([document])

    def repeats(exchange: Exchange) -> None:
        exchange.send(Reply(400, {}, json.dumps({"title": exchange.request_received.body.decode()}).encode()))

    relay.play("PUT", repeats)
    failed = relayed.application(application_id="shop", event_url=f"{URL}/new")
    updated = relayed.application(application_id="shop", event_url=f"{URL}/new", diff=True)
    removed = relayed.application(application_id="shop", state="absent", diff=True)

    assert failed.failed
    assert updated["operation"] == "update"
    assert removed["operation"] == "delete"
    assert_hidden(failed.output, updated.output, removed.output)
    puts = [json.loads(request.body) for request in relay.received if request.method == "PUT"]
    assert all(ADDRESS in json.dumps(put) for put in puts)
