# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The capabilities of version 2 of the API, as data: which settings each has, and what each setting can be.

Source: the service's public reference of version 2; for the range of ``conversations_ttl`` its official Python client.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple


@dataclass(frozen=True)
class Setting:
    """One setting; ``kind`` is its type as an Ansible option.

    ``lowest`` and ``highest`` are in ``unit``. ``defaults`` are the values that the service is known to fill in by
    itself. ``is_url`` says that it has to be an absolute URL, ``secret`` that the value must not be shown.
    """

    kind: str = "str"
    choices: Tuple[str, ...] = ()
    lowest: Optional[int] = None
    highest: Optional[int] = None
    unit: str = ""
    defaults: Tuple[Any, ...] = ()
    is_url: bool = False
    secret: bool = False


Settings = Mapping[str, Setting]


@dataclass(frozen=True)
class Capability:
    """The settings of one capability; ``webhooks`` and ``groups`` hold the settings that are nested in them."""

    settings: Settings = field(default_factory=dict)
    webhooks: Mapping[str, Settings] = field(default_factory=dict)
    groups: Mapping[str, Settings] = field(default_factory=dict)


BOOLEAN = Setting("bool")
TEXT = Setting()
URL = Setting(is_url=True)
LEG_PERSISTENCE = Setting("int", lowest=1, highest=31, unit="days", defaults=(7, 2))
SIGNED_CALLBACKS = Setting("bool", defaults=(True,))
REGIONS = ("na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia")
VIDEO_EVENTS = (
    "archive_status",
    "broadcast_status",
    "captions_status",
    "connection_created",
    "connection_destroyed",
    "render_status",
    "session_created",
    "session_destroyed",
    "session_notification",
    "sip_call_created",
    "sip_call_destroyed",
    "sip_call_mute_forced",
    "sip_call_updated",
    "stream_created",
    "stream_destroyed",
)


def _webhook(default_method: str, methods: Tuple[str, ...] = ("GET", "POST")) -> Dict[str, Setting]:
    return {"address": URL, "http_method": Setting(choices=methods, defaults=(default_method,))}


def _voice_webhook(default_method: str, longest_read: int) -> Dict[str, Setting]:
    return dict(
        _webhook(default_method),
        connect_timeout=Setting("int", lowest=300, highest=1000, unit="milliseconds", defaults=(1000,)),
        socket_timeout=Setting("int", lowest=1000, highest=longest_read, unit="milliseconds", defaults=(longest_read,)),
    )


ONLY_POST = _webhook("POST", ("POST",))

CAPABILITIES: Mapping[str, Capability] = {
    "voice": Capability(
        settings={
            "signed_callbacks": SIGNED_CALLBACKS,
            "conversations_ttl": Setting("int", lowest=1, highest=9000, unit="hours", defaults=(48,)),
            "leg_persistence_time": LEG_PERSISTENCE,
            "region": Setting(choices=REGIONS),
        },
        webhooks={
            "answer_url": _voice_webhook("GET", 5000),
            "fallback_answer_url": _voice_webhook("GET", 5000),
            "event_url": _voice_webhook("POST", 10000),
        },
    ),
    "messages": Capability(
        settings={"version": Setting(choices=("v0.1", "v1"), defaults=("v1",)), "authenticate_inbound_media": BOOLEAN},
        webhooks={"inbound_url": ONLY_POST, "status_url": ONLY_POST},
    ),
    "rtc": Capability(
        settings={"signed_callbacks": SIGNED_CALLBACKS, "leg_persistence_time": LEG_PERSISTENCE},
        webhooks={"event_url": _webhook("POST")},
    ),
    "vbc": Capability(),
    "verify": Capability(
        settings={"version": Setting(choices=("v2",), defaults=("v2",))}, webhooks={"status_url": ONLY_POST}
    ),
    "video": Capability(
        webhooks={event: {"address": URL, "secret": Setting(secret=True), "active": BOOLEAN} for event in VIDEO_EVENTS},
        groups={
            "storage": {
                "server_side_encryption": BOOLEAN,
                "end_to_end_encryption": BOOLEAN,
                "cloud_storage": BOOLEAN,
            }
        },
    ),
    "network_apis": Capability(settings={"redirect_uri": URL, "network_application_id": TEXT}),
}


def default_method(capability: str, webhook: str) -> Optional[str]:
    """The method that the API documents as that webhook's default; None where it has none."""
    settings = CAPABILITIES[capability].webhooks.get(webhook, {}) if capability in CAPABILITIES else {}
    return str(settings["http_method"].defaults[0]) if "http_method" in settings else None


def settings_by_path() -> Iterator[Tuple[Tuple[str, ...], Setting]]:
    """Every setting, with the names that lead to it from ``capabilities``."""
    for name, capability in CAPABILITIES.items():
        for setting, kind in capability.settings.items():
            yield (name, setting), kind
        for webhook, settings in capability.webhooks.items():
            for setting, kind in settings.items():
                yield (name, "webhooks", webhook, setting), kind
        for group, settings in capability.groups.items():
            for setting, kind in settings.items():
                yield (name, group, setting), kind
