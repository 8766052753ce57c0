# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What version 2 takes in the body of a create or an update.

Source: the public reference of version 2. Capabilities and settings that it doesn't list pass
unchecked, for the service knows more of them than it documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checks import (
    Invalid,
    absolute_url,
    an_object,
    between,
    boolean,
    each_member,
    filled_text,
    members,
    one_of,
    text,
    that,
)
from .keys import why_unfit

REGIONS = ("na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia")

_METHODS = one_of("GET", "POST")
_POST_ALONE = {"address": absolute_url, "http_method": one_of("POST")}
_LEG_DAYS = between(1, 31)


def _webhooks(**settings_of_webhooks: dict[str, Any]) -> Any:
    known = {webhook: members(settings, required=("address",)) for webhook, settings in settings_of_webhooks.items()}
    return each_member(an_object, known)


def _voice_webhook(longest_read: int) -> dict[str, Any]:
    # Milliseconds. An older reference calls the first one connection_timeout.
    timeouts = {"connect_timeout": between(300, 1000), "socket_timeout": between(1000, longest_read)}
    return {"address": absolute_url, "http_method": _METHODS, **timeouts}


def _public_key(name: str, value: Any) -> Iterator[Invalid]:
    reason = why_unfit(value) if isinstance(value, str) else "must be a string"
    if reason is not None:
        yield name, reason


_VOICE = {
    "webhooks": _webhooks(
        answer_url=_voice_webhook(5000),
        fallback_answer_url=_voice_webhook(5000),
        event_url=_voice_webhook(10000),
    ),
    "signed_callbacks": boolean,
    # Hours; the official client allows as many.
    "conversations_ttl": between(1, 9000),
    "leg_persistence_time": _LEG_DAYS,
    "region": one_of(*REGIONS),
}
_MESSAGES = {
    "webhooks": _webhooks(inbound_url=_POST_ALONE, status_url=_POST_ALONE),
    "version": one_of("v0.1", "v1"),
    "authenticate_inbound_media": boolean,
}
_RTC = {
    "webhooks": _webhooks(event_url={"address": absolute_url, "http_method": _METHODS}),
    "signed_callbacks": boolean,
    "leg_persistence_time": _LEG_DAYS,
}
_VERIFY = {"webhooks": _webhooks(status_url=_POST_ALONE), "version": one_of("v2")}
_VIDEO_WEBHOOK = members({"address": absolute_url, "secret": text, "active": boolean})
_STORAGE = ("server_side_encryption", "end_to_end_encryption", "cloud_storage")
_VIDEO = {
    "webhooks": each_member(_VIDEO_WEBHOOK),
    "storage": members(dict.fromkeys(_STORAGE, boolean)),
}
_CAPABILITIES = {
    "voice": members(_VOICE),
    "messages": members(_MESSAGES),
    "rtc": members(_RTC),
    "vbc": that(lambda value: value == {}, "must be an empty object"),
    "verify": members(_VERIFY),
    "video": members(_VIDEO),
    "network_apis": members({"redirect_uri": absolute_url, "network_application_id": text}),
}
_APPLICATION = members(
    {
        "name": filled_text,
        "keys": members({"public_key": _public_key}),
        "capabilities": each_member(an_object, _CAPABILITIES),
        "privacy": members({"improve_ai": boolean}),
    },
    required=("name",),
)


def invalid_settings(body: object) -> dict[str, str]:
    """What is wrong with the body: reasons by dotted name; empty when it is right."""
    return dict(_APPLICATION("", body))
