# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task does not name survives, byte for byte, in the API's replace."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules_v2.life_cycle import assert_unchanged, performed, replaced, without
from tests.simulator.client import Document, Simulator

URL = "https://example.com"
ODD = {
    "text": 'Ladën ☎ \u2028 \\ " </script>',
    "empty": ["", {}, [], None, False, 0],
    "numbers": [1.5, -0.25, 1e-7, 12345678901234567890, 0.1],
    "nested": [{"null": None, "secretive": [[[]]]}],
    "state": "absent",
    "unset": ["region"],
}
# Members of the service's own, or of its future, at each level of a document.
GIVEN: Document = {
    "id": "shop",
    "name": "Shop",
    "capabilities": {
        "telepathy": {"webhooks": {"thought_url": {"address": f"{URL}/thought", "http_method": "PATCH"}}, **ODD},
        "voice": {
            "webhooks": {
                "answer_url": {
                    "address": f"{URL}/answer",
                    "http_method": "POST",
                    "connection_timeout": 700,
                    "socket_timeout": 1234,
                    "retries": ODD,
                },
                "event_url": {"address": f"{URL}/event", "http_method": "GET", "connect_timeout": 301},
                "whisper_url": {"address": f"{URL}/whisper"},
            },
            "signed_callbacks": False,
            "conversations_ttl": 11,
            "region": "eu-east",
            "payment_enabled": True,
            "payments": ODD,
        },
        "messages": {"webhooks": {"inbound_url": {"address": f"{URL}/inbound"}}, "version": "v0.1", "inbox": ODD},
        "video": {
            "environment_id": "5e2a6c7e-0000-4000-8000-1234567890ab",
            "environment_enabled": False,
            "hoolock_configs": {"deep": {"er": ODD}},
            "webhooks": {"stream_created": {"address": f"{URL}/stream", "active": False, "headers": {"x": ["y"]}}},
            "storage": {"cloud_storage": True, "bucket": {"name": "archive"}},
        },
    },
    "privacy": {"improve_ai": False, "retention": {"days": 3}},
    "security": {"auth": ODD},
    "labels": ["one", "two"],
}


@dataclass(frozen=True)
class Change:
    """A task's options, and what they make of a document."""

    options: dict[str, Any]
    expected: Callable[[Document], Document]


def sets(path: str, value: Any) -> Callable[[Document], Document]:
    """Sets one member, by its dotted name."""

    def change(document: Document) -> Document:
        return replaced(document, path.split("."), value)

    return change


def removes(path: str) -> Callable[[Document], Document]:
    """Removes one member, by its dotted name."""

    def change(document: Document) -> Document:
        return without(document, path.split("."))

    return change


def voice(**settings: Any) -> dict[str, Any]:
    """The options for voice."""
    return {"name": "Shop", "capabilities": {"voice": settings}}


def video(**settings: Any) -> dict[str, Any]:
    """The options for video."""
    return {"name": "Shop", "capabilities": {"video": settings}}


CHANGES = {
    "flat-option": Change(
        {"name": "Shop", "answer_url": f"{URL}/new"},
        sets("capabilities.voice.webhooks.answer_url.address", f"{URL}/new"),
    ),
    "webhook": Change(
        voice(webhooks={"event_url": {"connect_timeout": 999}}),
        sets("capabilities.voice.webhooks.event_url.connect_timeout", 999),
    ),
    "unset": Change(voice(unset=["region"]), removes("capabilities.voice.region")),
    "webhook-removed": Change(
        voice(webhooks={"event_url": {"address": ""}}), removes("capabilities.voice.webhooks.event_url")
    ),
    "video-webhook": Change(
        video(webhooks={"stream_created": {"active": True}}),
        sets("capabilities.video.webhooks.stream_created.active", True),
    ),
    "capability-removed": Change(
        {"name": "Shop", "capabilities": {"messages": {"state": "absent"}}}, removes("capabilities.messages")
    ),
    "capability-added": Change({"name": "Shop", "capabilities": {"vbc": {}}}, sets("capabilities.vbc", {})),
    "improve-ai": Change({"name": "Shop", "improve_ai": True}, sets("privacy.improve_ai", True)),
    "rename": Change({"application_id": "shop", "name": "Store"}, sets("name", "Store")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_leaves_everything_else_byte_for_byte(change: Change, nexmo: Modules, simulator: Simulator) -> None:
    (shop,) = simulator.preload([GIVEN])

    performed(nexmo, simulator, **change.options)

    (stored,) = simulator.applications()
    assert in_bytes(stored) == in_bytes(change.expected(shop))


def test_the_replacing_request_carries_the_whole_document(nexmo: Modules, simulator: Simulator) -> None:
    """Also what only the service itself can have put there."""
    (shop,) = simulator.preload([GIVEN])

    nexmo.application(**voice(region="na-west"))

    (write,) = simulator.writes()
    expected = without(replaced(shop, ["capabilities", "voice", "region"], "na-west"), ["id"])
    assert in_bytes(write["body"]) == in_bytes(expected)


def test_what_is_unknown_is_no_difference(nexmo: Modules, simulator: Simulator) -> None:
    stored = simulator.preload([GIVEN])

    run = nexmo.application(
        diff=True,
        name="Shop",
        improve_ai=False,
        capabilities={
            "voice": {"webhooks": {"answer_url": {"address": f"{URL}/answer", "http_method": "POST"}}},
            "messages": {"version": "v0.1"},
            "video": {"storage": {"cloud_storage": True}, "webhooks": {"stream_created": {"active": False}}},
        },
    )

    assert_unchanged(run, simulator, stored)


def test_an_answer_shows_what_options_can_name_in_the_form_of_options(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([GIVEN])

    run = nexmo.application(name="Shop")

    capabilities = run["application"]["capabilities"]
    assert set(capabilities) == {"voice", "messages", "video"}
    assert capabilities["video"] == {
        "webhooks": {"stream_created": {"address": f"{URL}/stream", "active": False}},
        "storage": {"cloud_storage": True},
    }
    assert run["application"]["improve_ai"] is False


def test_defaults_that_the_service_fills_in_are_no_difference(nexmo: Modules, simulator: Simulator) -> None:
    webhooks = {"answer_url": {"address": f"{URL}/answer"}, "event_url": {"address": f"{URL}/event"}}
    wish = {
        "voice": {"webhooks": webhooks},
        "messages": {"webhooks": {"inbound_url": {"address": f"{URL}/inbound"}}},
        "rtc": {"webhooks": {"event_url": {"address": f"{URL}/rtc"}}},
        "verify": {},
        "video": {"webhooks": {"archive_status": {"address": f"{URL}/archive"}}},
    }
    nexmo.application(name="Shop", capabilities=wish)
    (created,) = simulator.applications()
    simulator.forget_requests()

    again = nexmo.application(name="Shop", capabilities=wish)

    assert created["capabilities"]["voice"]["webhooks"]["answer_url"]["socket_timeout"] == 5000
    assert created["privacy"] == {"improve_ai": True}
    assert_unchanged(again, simulator, [created])


def test_defaults_are_not_asked_for_in_an_update(nexmo: Modules, simulator: Simulator) -> None:
    """A new webhook beside settings that differ from every default."""
    (shop,) = simulator.preload([GIVEN])

    nexmo.application(**voice(webhooks={"fallback_answer_url": {"address": f"{URL}/fallback"}}))

    expected = copy.deepcopy(shop["capabilities"]["voice"])
    fallback = {"address": f"{URL}/fallback", "http_method": "GET", "connect_timeout": 1000, "socket_timeout": 5000}
    expected["webhooks"]["fallback_answer_url"] = fallback
    (stored,) = simulator.applications()
    assert stored["capabilities"]["voice"] == expected
    (write,) = simulator.writes()
    sent = write["body"]["capabilities"]["voice"]["webhooks"]["fallback_answer_url"]
    assert sent == {"address": f"{URL}/fallback", "http_method": "GET"}


def test_making_an_application_anew_keeps_what_is_not_named(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    (shop,) = simulator.preload([GIVEN])

    done = nexmo.application(name="Shop", private_key_path=str(key_path), lost_key="recreate")

    (stored,) = simulator.applications()
    assert done["operation"] == "recreate"
    assert stored["id"] != shop["id"]
    assert without(without(stored, ["id"]), ["keys"]) == without(without(shop, ["id"]), ["keys"])


def in_bytes(document: Document) -> str:
    """Two documents are the same here only if they are written the same."""
    return json.dumps(document)
