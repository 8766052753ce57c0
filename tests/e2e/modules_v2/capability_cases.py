# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every capability of version 2, as data for the steps that each goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.simulator.client import Document

URL = "https://example.com"
TIMEOUTS = {"connect_timeout": 1000, "socket_timeout": 5000}


@dataclass(frozen=True)
class CapabilityCase:
    """A capability from creation to removal.

    options: what a task asks for; ``stored`` is what the service then stores, but for members whose names start with
        those in ``made_up``, whose values the service makes up.
    enabled: what the service stores of a capability that a task enables with ``{}``.
    changes: by its dotted name, the other value that a setting gets.
    unset: by its name, what a setting that is removed alone comes to: the service's default, or None where it is gone.
    unset_from: by its name, what a setting is before it is removed, where ``stored`` does not have it so.
    webhook: one to remove.
    """

    options: Mapping[str, Any]
    stored: Document
    enabled: Document
    changes: Mapping[str, Any] = field(default_factory=dict)
    unset: Mapping[str, Any] = field(default_factory=dict)
    unset_from: Mapping[str, Any] = field(default_factory=dict)
    webhook: str | None = None
    made_up: tuple[str, ...] = ()


CAPABILITIES = {
    "voice": CapabilityCase(
        options={
            "webhooks": {
                "answer_url": {
                    "address": f"{URL}/answer",
                    "http_method": "POST",
                    "connect_timeout": 500,
                    "socket_timeout": 3000,
                },
                "fallback_answer_url": {"address": f"{URL}/fallback"},
                "event_url": {"address": f"{URL}/event", "socket_timeout": 8000},
            },
            "signed_callbacks": False,
            "conversations_ttl": 12,
            "leg_persistence_time": 14,
            "region": "eu-west",
        },
        stored={
            "webhooks": {
                "answer_url": {
                    "address": f"{URL}/answer",
                    "http_method": "POST",
                    "connect_timeout": 500,
                    "socket_timeout": 3000,
                },
                "fallback_answer_url": {"address": f"{URL}/fallback", "http_method": "GET", **TIMEOUTS},
                "event_url": {
                    "address": f"{URL}/event",
                    "http_method": "POST",
                    "connect_timeout": 1000,
                    "socket_timeout": 8000,
                },
            },
            "signed_callbacks": False,
            "conversations_ttl": 12,
            "leg_persistence_time": 14,
            "region": "eu-west",
        },
        enabled={"signed_callbacks": True, "conversations_ttl": 48, "leg_persistence_time": 7},
        changes={
            "webhooks.answer_url.address": f"{URL}/new",
            "webhooks.fallback_answer_url.connect_timeout": 300,
            "webhooks.event_url.socket_timeout": 10000,
            "conversations_ttl": 9000,
            "region": "apac-australia",
        },
        unset={"signed_callbacks": True, "region": None},
        webhook="fallback_answer_url",
    ),
    "messages": CapabilityCase(
        options={
            "webhooks": {
                "inbound_url": {"address": f"{URL}/inbound"},
                "status_url": {"address": f"{URL}/status", "http_method": "POST"},
            },
            "version": "v0.1",
            "authenticate_inbound_media": False,
        },
        stored={
            "webhooks": {
                "inbound_url": {"address": f"{URL}/inbound", "http_method": "POST"},
                "status_url": {"address": f"{URL}/status", "http_method": "POST"},
            },
            "version": "v0.1",
            "authenticate_inbound_media": False,
        },
        enabled={"version": "v1"},
        changes={
            "webhooks.inbound_url.address": f"{URL}/new",
            "authenticate_inbound_media": True,
        },
        unset={"version": "v1", "authenticate_inbound_media": None},
        webhook="status_url",
    ),
    "rtc": CapabilityCase(
        options={
            "webhooks": {"event_url": {"address": f"{URL}/rtc"}},
            "signed_callbacks": False,
            "leg_persistence_time": 1,
        },
        stored={
            "webhooks": {"event_url": {"address": f"{URL}/rtc", "http_method": "POST"}},
            "signed_callbacks": False,
            "leg_persistence_time": 1,
        },
        enabled={"signed_callbacks": True, "leg_persistence_time": 7},
        changes={
            "webhooks.event_url.http_method": "GET",
            "signed_callbacks": True,
        },
        unset={"leg_persistence_time": 7},
        webhook="event_url",
    ),
    "vbc": CapabilityCase(options={}, stored={}, enabled={}),
    "verify": CapabilityCase(
        options={"webhooks": {"status_url": {"address": f"{URL}/verify"}}, "version": "v2"},
        stored={"webhooks": {"status_url": {"address": f"{URL}/verify", "http_method": "POST"}}, "version": "v2"},
        enabled={"version": "v2"},
        changes={"webhooks.status_url.address": f"{URL}/new"},
        unset={"version": "v2"},
        unset_from={"version": "a later one"},
        webhook="status_url",
    ),
    "video": CapabilityCase(
        options={
            "webhooks": {
                "archive_status": {"address": f"{URL}/archive", "active": True},
                "stream_created": {"address": f"{URL}/stream"},
            },
            "storage": {"server_side_encryption": True, "cloud_storage": False},
        },
        stored={
            "webhooks": {
                "archive_status": {"address": f"{URL}/archive", "active": True},
                "stream_created": {"address": f"{URL}/stream"},
            },
            "storage": {"server_side_encryption": True, "cloud_storage": False},
            "environment_id": "made up",
            "environment_enabled": True,
            "hoolock_configs": {},
        },
        enabled={"environment_id": "made up", "environment_enabled": True, "hoolock_configs": {}},
        changes={
            "webhooks.archive_status.active": False,
            "webhooks.sip_call_mute_forced.address": f"{URL}/another",
            "storage.end_to_end_encryption": True,
        },
        unset={"storage": None},
        webhook="stream_created",
        made_up=("environment_id",),
    ),
    "network_apis": CapabilityCase(
        options={"redirect_uri": f"{URL}/redirect", "network_application_id": "2bzfIFqRG128IcjSj1YhZNtw6LADG"},
        stored={"redirect_uri": f"{URL}/redirect", "network_application_id": "2bzfIFqRG128IcjSj1YhZNtw6LADG"},
        enabled={},
        changes={"network_application_id": "another"},
        unset={"redirect_uri": None, "network_application_id": None},
    ),
}


def each_change() -> list[Any]:
    """Parameters: capability, dotted name, value."""
    return [
        pytest.param(name, setting, value, id=f"{name}.{setting}")
        for name, case in CAPABILITIES.items()
        for setting, value in case.changes.items()
    ]


def each_unset() -> list[Any]:
    """Parameters: capability, name."""
    return [
        pytest.param(name, setting, id=f"{name}.{setting}")
        for name, case in CAPABILITIES.items()
        for setting in case.unset
    ]


def each_webhook() -> list[Any]:
    """Parameters: capability, webhook."""
    return [
        pytest.param(name, case.webhook, id=f"{name}.{case.webhook}")
        for name, case in CAPABILITIES.items()
        if case.webhook
    ]


def application(capability: str, settings: Document) -> Document:
    """An application called Shop with that capability and one that nobody has heard of."""
    return {
        "id": "shop",
        "name": "Shop",
        "capabilities": {capability: settings, "telepathy": {"range": [1, {"unit": "au"}]}},
    }
