# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad input under version 2: refused before the first request, in one line that names the option."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import messages, voice
from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.modules_v2.life_cycle import assert_refused, nested, performed
from tests.simulator.client import Simulator

URL = "https://example.com/webhook"


def setting(path: str, value: Any) -> dict[str, Any]:
    """The options that name one setting of a capability, by its dotted name."""
    return {"capabilities": nested(path.split("."), value)}


def webhook(path: str, **settings: Any) -> dict[str, Any]:
    """The options that name one webhook, as capability and name."""
    capability, name = path.split(".")
    return setting(f"{capability}.webhooks.{name}", {"address": URL, **settings})


# By what is wrong: options, and what the message has to say.
OUT_OF_RANGE: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "connect-timeout-low": (
        webhook("voice.answer_url", connect_timeout=299),
        ("capabilities.voice.webhooks.answer_url.connect_timeout", "299", "300 to 1000 milliseconds"),
    ),
    "connect-timeout-high": (
        webhook("voice.event_url", connect_timeout=1001),
        ("capabilities.voice.webhooks.event_url.connect_timeout", "1001", "300 to 1000 milliseconds"),
    ),
    "socket-timeout-low": (
        webhook("voice.fallback_answer_url", socket_timeout=999),
        ("capabilities.voice.webhooks.fallback_answer_url.socket_timeout", "1000 to 5000 milliseconds"),
    ),
    "socket-timeout-high": (
        webhook("voice.answer_url", socket_timeout=5001),
        ("capabilities.voice.webhooks.answer_url.socket_timeout", "1000 to 5000 milliseconds"),
    ),
    "socket-timeout-of-events-high": (
        webhook("voice.event_url", socket_timeout=10001),
        ("capabilities.voice.webhooks.event_url.socket_timeout", "1000 to 10000 milliseconds"),
    ),
    "ttl-low": (setting("voice.conversations_ttl", 0), ("capabilities.voice.conversations_ttl", "1 to 9000 hours")),
    "ttl-high": (setting("voice.conversations_ttl", 9001), ("capabilities.voice.conversations_ttl", "1 to 9000 hours")),
    "legs-of-voice": (
        setting("voice.leg_persistence_time", 32),
        ("capabilities.voice.leg_persistence_time", "1 to 31 days"),
    ),
    "legs-of-rtc": (
        setting("rtc.leg_persistence_time", 0),
        ("capabilities.rtc.leg_persistence_time", "1 to 31 days"),
    ),
    "no-number": (webhook("voice.answer_url", connect_timeout="fast"), ("connect_timeout", "int")),
    "no-boolean": (setting("voice.signed_callbacks", "perhaps"), ("signed_callbacks", "bool")),
}
NOT_A_CHOICE: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "region": (setting("voice.region", "moon"), ("region", "moon", "na-east", "apac-australia", "voice")),
    "version-of-messages": (setting("messages.version", "v2"), ("version", "v2", "v0.1", "v1", "messages")),
    "version-of-verify": (setting("verify.version", "v1"), ("version", "v2", "v1", "verify")),
    "get-for-inbound": (webhook("messages.inbound_url", http_method="GET"), ("http_method", "POST", "inbound_url")),
    "get-for-status": (webhook("messages.status_url", http_method="GET"), ("http_method", "POST", "status_url")),
    "get-for-verify": (webhook("verify.status_url", http_method="GET"), ("http_method", "POST", "status_url")),
    "patch-for-voice": (webhook("voice.answer_url", http_method="PATCH"), ("http_method", "GET, POST", "answer_url")),
    "capability": (setting("telepathy", {}), ("telepathy", "network_apis")),
    "setting": (setting("voice.regoin", "eu-west"), ("capabilities.voice.regoin", "region")),
    "setting-of-vbc": (setting("vbc.region", "eu-west"), ("capabilities.vbc.region",)),
    "webhook": (webhook("rtc.answer_url"), ("capabilities.rtc.webhooks.answer_url", "event_url")),
    "unset": (setting("messages.unset", ["region"]), ("unset", "region", "version", "messages")),
    "unset-of-vbc": (setting("vbc.unset", ["region"]), ("capabilities.vbc.unset",)),
    "state": (setting("voice.state", "gone"), ("state", "gone", "present", "absent")),
    "method": ({"answer_url": URL, "answer_method": "PUT"}, ("answer_method", "PUT", "GET")),
    "api-version": ({"api_version": "v3"}, ("api_version", "v3", "v1, v2")),
}
NO_URL: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "webhook": (
        webhook("voice.answer_url", address="/answer"),
        ("capabilities.voice.webhooks.answer_url.address", "'/answer'", "absolute http or https URL"),
    ),
    "video": (
        webhook("video.archive_status", address="ftp://example.com"),
        ("capabilities.video.webhooks.archive_status.address", "absolute http or https URL"),
    ),
    "redirect": (
        setting("network_apis.redirect_uri", "example.com"),
        ("capabilities.network_apis.redirect_uri", "absolute http or https URL"),
    ),
    "flat": ({"event_url": "example.com"}, ("event_url", "'example.com'", "absolute http or https URL")),
}
CONTRADICTIONS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "capabilities-and-type": ({"capabilities": {"voice": {}}, "type": "voice"}, ("capabilities", "type")),
    "capabilities-and-url": ({"capabilities": {"rtc": {}}, "answer_url": URL}, ("capabilities", "answer_url")),
    "capabilities-and-method": (
        {"capabilities": {"rtc": {}}, "status_method": "POST"},
        ("capabilities", "status_method"),
    ),
    "absent-and-a-setting": (
        setting("voice", {"state": "absent", "region": "eu-west"}),
        ("capabilities.voice", "region", "absent"),
    ),
    "absent-and-a-webhook": (
        setting("rtc", {"state": "absent", "webhooks": {"event_url": {"address": URL}}}),
        ("capabilities.rtc", "webhooks", "absent"),
    ),
    "unset-and-given": (
        setting("voice", {"unset": ["region"], "region": "eu-west"}),
        ("capabilities.voice", "region", "unset"),
    ),
    "unset-and-given-group": (
        setting("video", {"unset": ["storage"], "storage": {"cloud_storage": True}}),
        ("capabilities.video", "storage", "unset"),
    ),
    "removed-and-given": (
        webhook("voice.answer_url", address="", http_method="GET"),
        ("capabilities.voice.webhooks.answer_url", "address"),
    ),
    "removed-and-given-flat": ({"answer_url": "", "answer_method": "GET"}, ("answer_method", "answer_url")),
    "public-key-and-rotate": (
        {"public_key": public_key(private_key()), "lost_key": "rotate", "held_keys": None},
        ("lost_key", "rotate", "public_key"),
    ),
    "public-key-and-file": (
        {"public_key": public_key(private_key()), "private_key_path": "/etc/nexmo/key"},
        ("public_key", "private_key_path"),
    ),
    "no-name": ({"name": None}, ("name",)),
    "empty-name": ({"name": " "}, ("name",)),
    "empty-id": ({"application_id": ""}, ("application_id",)),
}
NO_DICTIONARY: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "text-for-a-webhook": (setting("voice.webhooks.answer_url", URL), ("capabilities", "answer_url")),
    "text-for-a-capability": (setting("voice", "on"), ("capabilities", "voice")),
    "boolean-for-a-capability": (setting("vbc", True), ("capabilities", "vbc")),
    "list-for-webhooks": (setting("voice.webhooks", [{"address": URL}]), ("capabilities", "voice", "webhooks")),
    "list-of-capabilities": ({"capabilities": ["voice", "messages"]}, ("capabilities",)),
    "text-for-a-group": (setting("video.storage", "yes"), ("capabilities", "storage")),
}
VERSION_2 = ("api_version: v2",)
OTHER_VERSION: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "capabilities": ({"capabilities": {"voice": {}}}, ("capabilities", *VERSION_2)),
    "public-key": ({"public_key": public_key(private_key())}, ("public_key", *VERSION_2)),
    "improve-ai": ({"improve_ai": False}, ("improve_ai", *VERSION_2)),
    "rotate": ({"lost_key": "rotate"}, ("lost_key", "rotate", *VERSION_2)),
}
BAD = {
    f"{kind}-{name}": case
    for kind, cases in {
        "range": OUT_OF_RANGE,
        "choice": NOT_A_CHOICE,
        "url": NO_URL,
        "contradiction": CONTRADICTIONS,
        "shape": NO_DICTIONARY,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("options", "said"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_before_the_first_request(
    options: dict[str, Any], said: tuple[str, ...], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(**{"name": "Shop", **options})

    assert_refused(run, *said)
    assert simulator.requests() == []


@pytest.mark.parametrize(("options", "said"), OTHER_VERSION.values(), ids=OTHER_VERSION)
def test_an_option_of_version_2_is_refused_under_version_1(
    options: dict[str, Any], said: tuple[str, ...], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(api_version="v1", name="Shop", **options)

    assert_refused(run, *said)
    assert simulator.requests() == []


def test_bad_input_is_refused_in_check_mode_too(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(check=True, name="Shop", **setting("voice.conversations_ttl", 0))

    assert_refused(run, "capabilities.voice.conversations_ttl", "1 to 9000 hours")
    assert simulator.requests() == []


@pytest.mark.parametrize("option", ["inbound", "status"])
def test_get_is_refused_for_a_flat_webhook_that_takes_only_post(
    option: str, nexmo: Modules, simulator: Simulator
) -> None:
    stored = simulator.preload([voice("Shop")])
    options: dict[str, Any] = {f"{option}_url": URL, f"{option}_method": "GET"}

    run = nexmo.application(name="Shop", **options)

    assert_refused(run, f"{option}_method", "POST")
    assert (simulator.applications(), simulator.writes()) == (stored, [])


def test_a_setting_of_a_webhook_that_is_not_there_is_refused(nexmo: Modules, simulator: Simulator) -> None:
    stored = simulator.preload([messages("Shop")])

    nested_option = nexmo.application(name="Shop", **setting("voice.webhooks.answer_url", {"connect_timeout": 500}))
    flat = nexmo.application(name="Shop", answer_method="POST")

    assert_refused(nested_option, "capabilities.voice.webhooks.answer_url", "'Shop'")
    assert_refused(flat, "answer_method", "'Shop'")
    assert (simulator.applications(), simulator.writes()) == (stored, [])


LEAST = {"connect_timeout": 300, "socket_timeout": 1000}
MOST = {"connect_timeout": 1000, "socket_timeout": 5000}
ENDS: dict[str, dict[str, Any]] = {
    "least": {
        "webhooks": {"answer_url": {"address": URL, **LEAST}, "event_url": {"address": URL, **LEAST}},
        "conversations_ttl": 1,
        "leg_persistence_time": 1,
    },
    "most": {
        "webhooks": {"answer_url": {"address": URL, **MOST}, "event_url": {"address": URL, "socket_timeout": 10000}},
        "conversations_ttl": 9000,
        "leg_persistence_time": 31,
    },
}


@pytest.mark.parametrize("wish", ENDS.values(), ids=ENDS)
def test_the_ends_of_the_ranges_are_taken(wish: dict[str, Any], nexmo: Modules, simulator: Simulator) -> None:
    performed(nexmo, simulator, name="Shop", capabilities={"voice": wish})

    (stored,) = simulator.applications()
    assert stored["capabilities"]["voice"]["conversations_ttl"] == wish["conversations_ttl"]
