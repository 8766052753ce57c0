# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad input: refused in one line that names the option, with nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, VOICE_OPTIONS, messages, voice
from tests.e2e.modules.module_runner import ModuleRun
from tests.simulator.client import Simulator

Options = dict[str, Any]

SHOP = {"name": "Shop", **VOICE_OPTIONS}
MAILBOX = {"name": "Shop", **MESSAGES_OPTIONS}

# What is wrong, and the words that the message has to hold.
WRONG_FROM_THE_START: dict[str, tuple[Options, list[str]]] = {
    "no-name-and-no-id": ({**VOICE_OPTIONS}, ["name", "application_id"]),
    "empty-name": ({**SHOP, "name": ""}, ["name"]),
    "blank-name": ({**SHOP, "name": " \t"}, ["name"]),
    "empty-id": ({"application_id": ""}, ["application_id"]),
    "unknown-state": ({**SHOP, "state": "gone"}, ["state", "absent"]),
    "unknown-type": ({**SHOP, "type": "fax"}, ["type", "voice", "messages"]),
    "url-without-scheme": ({**SHOP, "answer_url": "example.com/answer"}, ["answer_url", "http"]),
    "url-that-is-a-path": ({**SHOP, "event_url": "/event"}, ["event_url", "absolute"]),
    "url-of-another-scheme": ({**MAILBOX, "inbound_url": "ftp://example.com"}, ["inbound_url", "https"]),
    "url-without-host": ({**MAILBOX, "status_url": "https://"}, ["status_url"]),
    "url-with-a-space": ({**SHOP, "event_url": "https://example.com/a b"}, ["event_url"]),
    "url-of-two-lines": ({**SHOP, "event_url": "https://example.com/a\nb"}, ["event_url"]),
    "url-with-a-bad-port": ({**SHOP, "event_url": "https://example.com:http/"}, ["event_url"]),
    "other-method": ({**SHOP, "answer_method": "PUT"}, ["answer_method", "GET", "POST"]),
    "method-of-a-webhook-that-goes": ({**SHOP, "answer_url": "", "answer_method": "GET"}, ["answer_method"]),
    "required-webhook-of-voice-removed": ({**SHOP, "event_url": ""}, ["event_url", "voice"]),
    "required-webhook-of-messages-removed": ({**MAILBOX, "status_url": ""}, ["status_url", "messages"]),
    "messages-webhook-on-voice": ({**SHOP, "inbound_url": f"{URL}/in"}, ["inbound_url", "messages", "voice"]),
    "messages-method-on-voice": ({**SHOP, "status_method": "GET"}, ["status_method", "messages"]),
    "voice-webhook-on-messages": ({**MAILBOX, "answer_url": f"{URL}/in"}, ["answer_url", "voice"]),
    "blank-id-and-a-name": ({**SHOP, "application_id": " "}, ["application_id", "is empty"]),
    "api-url-without-scheme": ({**SHOP, "api_url": "api.nexmo.com"}, ["api_url", "https"]),
    "api-url-without-host": ({**SHOP, "api_url": "http://"}, ["api_url"]),
    "api-url-with-password": ({**SHOP, "api_url": "https://user:hunter2@localhost"}, ["api_url", "api_secret"]),
    "api-url-with-query": ({**SHOP, "api_url": "https://localhost/?a=b"}, ["api_url"]),
    "api-url-of-a-version": (
        {**SHOP, "api_url": "https://localhost/v2/"},
        ["api_url", "/v2", "give https://localhost"],
    ),
    "api-url-of-applications": (
        {**SHOP, "api_url": "https://localhost/p/v1/applications"},
        ["api_url", "/v1/applications", "give https://localhost/p"],
    ),
    "api-url-of-no-host": ({**SHOP, "api_url": "https://a..b"}, ["api_url", "'https://a..b' names no host"]),
    "secret-with-a-line-break": ({**SHOP, "api_secret": "hunter2\n"}, ["api_secret: begins or ends with white space"]),
    "secret-of-one-blank": ({**SHOP, "api_secret": " "}, ["api_secret: is empty; check api_key and api_secret"]),
    "key-with-a-blank": ({**SHOP, "api_key": " abcd"}, ["api_key: begins or ends with white space"]),
    "dictionary-for-a-name": ({**SHOP, "name": {"a": 1}}, ["name: holds a dictionary; give text"]),
    "list-for-a-url": ({**SHOP, "answer_url": [URL]}, ["answer_url: holds a list; give text"]),
    "dictionary-for-a-number": ({**SHOP, "timeout": {"seconds": 3}}, ["timeout: holds a dictionary; give a number"]),
    "dictionary-for-a-secret": (
        {**SHOP, "api_secret": {"value": "hunter2"}},
        ["api_secret: holds a dictionary; give text"],
    ),
    "empty-key": ({**SHOP, "api_key": ""}, ["api_key", "NEXMO_API_KEY"]),
    "empty-secret": ({**SHOP, "api_secret": ""}, ["api_secret", "NEXMO_API_SECRET"]),
    "blank-secret": ({**SHOP, "api_secret": "  "}, ["api_secret"]),
    "no-credentials": ({**SHOP, "api_key": None, "api_secret": None}, ["api_key", "api_secret"]),
    "unknown-api-version": ({**SHOP, "api_version": "v3"}, ["api_version", "v1", "v2"]),
    "capabilities": ({"name": "Shop", "capabilities": {"voice": {}}}, ["capabilities", "api_version: v2"]),
    "public-key": ({**SHOP, "public_key": "PEM"}, ["public_key", "api_version: v2"]),
    "improve-ai": ({**SHOP, "improve_ai": False}, ["improve_ai", "api_version: v2"]),
    "rotation": ({**SHOP, "held_keys": [], "lost_key": "rotate"}, ["lost_key", "api_version: v2"]),
    "no-time": ({**SHOP, "timeout": 0}, ["timeout"]),
    "endless-timeout": ({**SHOP, "timeout": "inf"}, ["timeout"]),
    "no-number": ({**SHOP, "deadline": "nan"}, ["deadline"]),
    "negative-deadline": ({**SHOP, "deadline": -1}, ["deadline"]),
    "negative-retries": ({**SHOP, "max_retries": -1}, ["max_retries"]),
    "missing-ca": ({**SHOP, "ca_path": "/nowhere/ca.pem"}, ["ca_path", "/nowhere/ca.pem"]),
    "two-places-for-the-key": ({**SHOP, "held_keys": [], "private_key_path": "/k"}, ["private_key_path", "held_keys"]),
    "unknown-option": ({**SHOP, "webhook": URL}, ["webhook"]),
}


@pytest.mark.parametrize(("options", "words"), WRONG_FROM_THE_START.values(), ids=WRONG_FROM_THE_START)
def test_what_cannot_be_right_is_refused_before_the_first_request(
    options: Options, words: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(**options)

    assert_refused(run, words)
    assert "hunter2" not in run.output
    assert simulator.requests() == []


# The same for what the account decides.
WRONG_FOR_THE_ACCOUNT: dict[str, tuple[Options, list[str]]] = {
    "create-without-type": ({"name": "New", "event_url": f"{URL}/event"}, ["type", "voice", "messages"]),
    "create-voice-without-event-url": (
        {"name": "New", "type": "voice", "answer_url": f"{URL}/answer"},
        ["event_url", "voice"],
    ),
    "create-messages-without-inbound-url": (
        {"name": "New", "type": "messages", "status_url": f"{URL}/status"},
        ["inbound_url", "messages"],
    ),
    "create-messages-without-status-url": (
        {"name": "New", "type": "messages", "inbound_url": f"{URL}/inbound"},
        ["status_url", "messages"],
    ),
    "recreate-without-the-webhooks-of-the-new-type": (
        {"name": "Shop", "type": "messages", "recreate": True},
        ["inbound_url", "messages"],
    ),
    "id-that-does-not-exist": ({"application_id": "nothing", **VOICE_OPTIONS}, ["application_id", "nothing"]),
    "other-type": ({"name": "Shop", **MESSAGES_OPTIONS}, ["type", "voice", "messages", "recreate: true"]),
    "other-type-by-id": ({"application_id": "shop", "type": "messages"}, ["type", "recreate: true"]),
    "webhook-of-the-other-type": ({"name": "Shop", "inbound_url": f"{URL}/in"}, ["inbound_url", "messages"]),
    "method-of-the-other-type": ({"name": "Shop", "status_method": "GET"}, ["status_method", "messages"]),
    "webhook-of-the-other-type-on-messages": ({"name": "Mailbox", "event_url": f"{URL}/e"}, ["event_url", "voice"]),
    "method-without-webhook": ({"name": "Calls", "answer_method": "GET"}, ["answer_method", "URL"]),
}


@pytest.mark.parametrize(("options", "words"), WRONG_FOR_THE_ACCOUNT.values(), ids=WRONG_FOR_THE_ACCOUNT)
def test_what_the_account_does_not_allow_is_refused_before_the_first_write(
    options: Options, words: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    calls = voice("Calls")
    del calls["capabilities"]["voice"]["webhooks"]["answer_url"]
    given = simulator.preload([voice("Shop", id="shop"), messages("Mailbox"), calls])

    foretold = nexmo.application(check=True, **options)
    run = nexmo.application(**options)

    assert_refused(run, words)
    assert foretold.message == run.message
    assert (simulator.writes(), simulator.applications()) == ([], given)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": ""}, ["name"]),
        ({"application_id": " "}, ["application_id"]),
        ({"type": "fax"}, ["type", "voice"]),
        ({"api_url": "nexmo"}, ["api_url"]),
    ],
)
def test_info_refuses_bad_input_before_the_first_request(
    options: Options, words: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.info(**options)

    assert_refused(run, words)
    assert simulator.requests() == []


def test_a_service_without_version_1_is_told_in_one_line(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop")])
    simulator.configure(serves_v1=False)

    run = nexmo.application(name="Shop", state="absent")

    assert_refused(run, ["410", "api_version: v2"])
    assert run.result["status"] == 410
    assert run.result["error"]["title"] == "Gone"


def assert_refused(run: ModuleRun, words: list[str]) -> None:
    """One line, with all that it has to say."""
    assert run.returncode == 1
    assert "\n" not in run.message
    assert "unexpected" not in run.message
    assert [word for word in words if word not in run.message] == []
