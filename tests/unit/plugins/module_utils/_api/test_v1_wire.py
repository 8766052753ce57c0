# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import ApiV1, application_from, body_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import service_v1
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.accounts import (
    CREDENTIALS,
    Answering,
    no_such,
    refusal,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json

VOICE = {
    "id": "aaaa",
    "name": "My Application",
    "voice": {
        "webhooks": [
            {"endpoint_type": "event_url", "endpoint": "https://example.com/event", "http_method": "POST"},
            {"endpoint_type": "answer_url", "endpoint": "https://example.com/answer", "http_method": "GET"},
        ]
    },
    "messages": {"webhooks": []},
    "keys": {"public_key": "PEM"},
    "_links": {"self": {"href": "/v1/applications/aaaa"}},
}
VOICE_SETTINGS = {
    "name": "My Application",
    "capabilities": {
        "voice": {
            "webhooks": {
                "answer_url": {"address": "https://example.com/answer", "http_method": "GET"},
                "event_url": {"address": "https://example.com/event", "http_method": "POST"},
            }
        }
    },
    "keys": {"public_key": "PEM"},
}
VOICE_BODY = {
    "name": "My Application",
    "type": "voice",
    "answer_url": "https://example.com/answer",
    "answer_method": "GET",
    "event_url": "https://example.com/event",
    "event_method": "POST",
}


def test_an_answer_is_read_as_settings():
    assert application_from(VOICE) == Application("aaaa", VOICE_SETTINGS)


def test_settings_are_sent_flat():
    assert body_from(Application(None, VOICE_SETTINGS, "voice")) == VOICE_BODY


@pytest.mark.parametrize(
    "voice",
    [
        None,
        {},
        [],
        "text",
        {"webhooks": None},
        {"webhooks": {}},
        {"webhooks": []},
        {"webhooks": [None, "text", {}, {"endpoint": "https://example.com"}, {"endpoint_type": 1}]},
    ],
)
def test_a_capability_without_webhooks_is_none(voice):
    assert application_from({"id": "aaaa", "name": "x", "voice": voice}).capabilities == {}


@pytest.mark.parametrize("keys", [None, {}, [], "PEM", {"public_key": None}, {"public_key": ""}])
def test_without_a_public_key_there_are_no_keys(keys):
    assert "keys" not in application_from({"id": "aaaa", "name": "x", "keys": keys}).settings


def test_a_private_key_is_never_part_of_the_settings():
    application = application_from({"id": "a", "name": "x", "keys": {"public_key": "PEM", "private_key": "s3cret"}})

    assert "s3cret" not in json.dumps(application.settings)


@given(service_v1.shown_applications())
def test_every_setting_that_is_shown_is_sent_back(shown):
    body = body_from(replace(application_from(shown), wire_type="voice"))

    expected = {
        name: value for name, value in shown.items() if name not in ("id", "keys", "_links", "voice", "messages")
    }
    for capability in service_v1.KNOWN:
        for webhook in (shown.get(capability) or {}).get("webhooks", []):
            expected[webhook["endpoint_type"]] = webhook["endpoint"]
            expected[service_v1.method_member(webhook["endpoint_type"])] = webhook["http_method"]
    assert as_json(body) == as_json(dict(expected, type="voice"))


@given(service_v1.shown_applications())
def test_what_was_sent_comes_back_as_the_same_settings(shown):
    application = replace(application_from(shown), wire_type="voice")

    again = application_from(service_v1.shown_after(body_from(application), shown.get("keys")))

    assert as_json(again.settings) == as_json(application.settings)


@given(service_v1.shown_applications(), st.data())
def test_the_order_of_webhooks_means_nothing(shown, data):
    other = dict(shown)
    for capability in service_v1.KNOWN:
        if shown.get(capability):
            other[capability] = {"webhooks": data.draw(st.permutations(shown[capability].get("webhooks", [])))}

    assert application_from(other) == application_from(shown)


@pytest.mark.parametrize(
    ("call", "method", "path", "query", "body"),
    [
        (lambda api: api.read("aaaa"), "GET", "/v1/applications/aaaa", CREDENTIALS, None),
        (lambda api: api.read("a/b?c"), "GET", "/v1/applications/a%2Fb%3Fc", CREDENTIALS, None),
        (lambda api: api.delete("a/b"), "DELETE", "/v1/applications/a%2Fb", CREDENTIALS, None),
        (
            lambda api: api.create(Application(None, VOICE_SETTINGS, "voice")),
            "POST",
            "/v1/applications",
            None,
            CREDENTIALS,
        ),
        (
            lambda api: api.update(Application("a/b", VOICE_SETTINGS, "voice")),
            "PUT",
            "/v1/applications/a%2Fb",
            None,
            CREDENTIALS,
        ),
    ],
    ids=["read", "read an odd id", "delete", "create", "update"],
)
def test_credentials_go_where_the_operation_wants_them(call, method, path, query, body):
    http = Answering(VOICE)

    call(ApiV1(http, CREDENTIALS))

    pair = {"api_key": "my-key", "api_secret": "my-secret"}
    sent_method, sent_path, sent = http.requests[0]
    assert (sent_method, sent_path) == (method, path)
    assert sent.get("query") == (pair if query else None)
    assert sent.get("body") == (dict(VOICE_BODY, **pair) if body else None)
    assert len(http.requests) == 1


def test_the_private_key_of_a_new_application_is_handed_out_beside_it():
    http = Answering(dict(VOICE, keys={"public_key": "PEM", "private_key": "s3cret"}))

    created = ApiV1(http, CREDENTIALS).create(Application(None, VOICE_SETTINGS, "voice"))

    assert created.private_key == "s3cret"
    assert created.application == Application("aaaa", VOICE_SETTINGS)


def test_an_application_that_is_not_there_reads_as_none():
    assert ApiV1(Answering(no_such("aaaa")), CREDENTIALS).read("aaaa") is None


def test_deleting_what_is_not_there_is_fine():
    ApiV1(Answering(no_such("aaaa")), CREDENTIALS).delete("aaaa")


@pytest.mark.parametrize("operation", ["read", "delete"])
@pytest.mark.parametrize("status", [400, 401, 410, 500])
def test_other_refusals_are_errors(operation, status):
    with pytest.raises(ApiError):
        getattr(ApiV1(Answering(refusal(status)), CREDENTIALS), operation)("aaaa")


@pytest.mark.parametrize("answer", [None, [], {}, {"id": "aaaa"}, "text"])
@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.read("aaaa"),
        lambda api: api.create(Application(None, VOICE_SETTINGS, "voice")),
        lambda api: api.update(Application("aaaa", VOICE_SETTINGS, "voice")),
    ],
    ids=["read", "create", "update"],
)
def test_an_answer_that_is_no_application_is_an_error(call, answer):
    with pytest.raises(ApiError, match="check api_url"):
        call(ApiV1(Answering(answer), CREDENTIALS))
