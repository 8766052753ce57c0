# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications of version 1 whose type is none that its contract knows, as the type rtc was."""

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._api import v1, v2
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import NONE, RECREATE, UPDATE
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v1 import RulesV1
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._errors import NexmoError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import arbitrary
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.service_v1 import webhook

ANSWER, EVENT, OTHER = "https://example.com/answer", "https://example.com/event", "https://example.com/other"


def listed(*webhooks):
    return {"webhooks": list(webhooks)}


RTC = listed(webhook("event_url", EVENT, "POST"), webhook("answer_url", ANSWER, "GET"))
OF_TYPE_RTC = {"id": "aaaa", "name": "x", "voice": listed(), "messages": listed(), "rtc": RTC, "vendor": 1}


def plan(shown, **options):
    return arbitrary.plan(dict({"name": "x"}, **options), v1.application_from(shown), RulesV1())


def sent(planned):
    return v1.body_from(planned.after)


BODY = {
    "name": "x",
    "type": "rtc",
    "vendor": 1,
    "event_url": EVENT,
    "event_method": "POST",
    "answer_url": ANSWER,
    "answer_method": "GET",
}


def test_it_is_read_in_the_form_of_version_2():
    described = v1.application_from(OF_TYPE_RTC).described()

    assert described["type"] is None
    assert described["capabilities"] == {"rtc": {"webhooks": {"event_url": {"address": EVENT, "http_method": "POST"}}}}
    assert described["settings"]["capabilities"]["rtc"]["webhooks"] == {
        "answer_url": {"address": ANSWER, "http_method": "GET"}
    }


@pytest.mark.parametrize(
    "options",
    [{}, {"event_url": EVENT}, {"answer_url": ANSWER, "answer_method": "GET"}, {"recreate": True}],
)
def test_it_is_left_alone_where_nothing_else_is_asked(options):
    assert plan(OF_TYPE_RTC, **options).operation == NONE


@pytest.mark.parametrize(
    ("options", "change"),
    [
        ({"application_id": "aaaa", "name": "y"}, {"name": "y"}),
        ({"event_url": OTHER}, {"event_url": OTHER}),
        ({"event_method": "GET"}, {"event_method": "GET"}),
        ({"answer_url": OTHER, "answer_method": "POST"}, {"answer_url": OTHER, "answer_method": "POST"}),
    ],
)
def test_its_name_and_webhooks_are_changed_and_all_else_is_sent_back(options, change):
    planned = plan(OF_TYPE_RTC, **options)

    assert planned.operation == UPDATE
    assert sent(planned) == dict(BODY, **change)


def test_a_webhook_of_it_is_removed():
    body = sent(plan(OF_TYPE_RTC, answer_url=""))

    assert body == {name: value for name, value in BODY.items() if not name.startswith("answer")}


def test_a_method_needs_a_webhook_here_too():
    shown = dict(OF_TYPE_RTC, rtc=listed(webhook("event_url", EVENT, "POST")))

    with pytest.raises(NexmoError, match="^answer_method: .* has no such webhook yet"):
        plan(shown, answer_method="GET")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"type": "voice"}, "type: application 'x' .aaaa. is of type rtc, and the API can't change it to voice"),
        ({"type": "messages"}, "type: application 'x' .aaaa. is of type rtc"),
        ({"inbound_url": OTHER}, "inbound_url: is a setting of type messages, and application 'x' is of type rtc"),
        ({"status_method": "GET"}, "status_method: is a setting of type messages, and .* of type rtc"),
    ],
)
def test_a_refusal_says_what_it_is(options, problem):
    with pytest.raises(NexmoError, match="^" + problem):
        plan(OF_TYPE_RTC, **options)


def test_it_is_made_anew_with_another_type_where_that_is_allowed():
    planned = plan(OF_TYPE_RTC, type="voice", event_url=OTHER, recreate=True)

    assert planned.operation == RECREATE
    assert sent(planned) == {
        "name": "x",
        "type": "voice",
        "vendor": 1,
        "event_url": OTHER,
        "event_method": "POST",
    }


@pytest.mark.parametrize("name", ["rtc", "fax"])
def test_any_type_in_that_form_is_kept(name):
    shown = dict({"id": "aaaa", "name": "x"}, **{name: listed(webhook("new_url", EVENT, "GET"))})

    assert plan(shown).operation == NONE
    assert sent(plan(shown, application_id="aaaa", name="y")) == {
        "name": "y",
        "type": name,
        "new_url": EVENT,
        "new_method": "GET",
    }


def test_webhooks_of_one_name_in_two_types_cannot_be_sent_by_version_1():
    shown = dict(OF_TYPE_RTC, voice=listed(webhook("event_url", OTHER, "POST")))

    assert plan(shown).operation == NONE
    with pytest.raises(NexmoError, match="^api_version: .* types voice and rtc, each with its own event_url.*v2"):
        plan(shown, answer_url=ANSWER)


def test_an_application_with_only_an_empty_webhook_is_of_its_type():
    shown = {"id": "aaaa", "name": "x", "voice": listed(webhook("event_url", "", "POST")), "messages": listed()}

    assert plan(shown).operation == NONE
    assert sent(plan(shown, application_id="aaaa", name="y")) == {"name": "y", "type": "voice"}
    with pytest.raises(NexmoError, match="^event_method: .* has no such webhook yet; give its URL"):
        plan(shown, event_method="GET")


V2 = {
    "id": "aaaa",
    "name": "x",
    "capabilities": {"rtc": {"webhooks": {"answer_url": {"address": ANSWER}, "event_url": {"address": EVENT}}}},
}


def test_version_2_removes_the_member_that_blocks_every_update():
    removal = {"capabilities": {"rtc": {"webhooks": {"answer_url": None}}}}

    planned = arbitrary.plan({"name": "x", "settings": removal}, v2.application_from(V2), RulesV2())

    assert planned.operation == UPDATE
    assert planned.after.settings["capabilities"] == {"rtc": {"webhooks": {"event_url": {"address": EVENT}}}}


@pytest.mark.parametrize("address", ["", " ", None])
@pytest.mark.parametrize("option", ["answer_method", "event_method"])
def test_an_empty_address_is_no_webhook(address, option):
    empty = {"address": address, "http_method": "GET", "socket_timeout": 5000}
    shown = dict(V2, capabilities={"voice": {"webhooks": {"answer_url": empty, "event_url": empty}, "region": "x"}})
    existing = v2.application_from(shown)

    assert existing.described()["capabilities"] == {"voice": {"webhooks": {}, "region": "x"}}
    with pytest.raises(NexmoError, match="^%s: .* has no such webhook yet; give its URL" % option):
        arbitrary.plan({"name": "x", option: "POST"}, existing, RulesV2())
    planned = arbitrary.plan({"name": "x", "answer_url": ANSWER}, existing, RulesV2())
    assert planned.after.capabilities["voice"]["webhooks"] == {"answer_url": {"address": ANSWER, "http_method": "GET"}}
