# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What version 2 takes in the body of a create or an update.

Sources: the public reference of version 2, and for what it lacks the service's official clients.

What exists is never refused for being what it is: a value that today's reference doesn't allow may be sent back as it
is stored, and a member that the reference lacks may be sent once the account has had it.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from typing import Any

from . import dotted
from .account import Document
from .checks import (
    Check,
    Invalid,
    UnknownMember,
    absolute_url,
    an_object,
    anything,
    between,
    boolean,
    filled_text,
    members,
    one_of,
    text,
    that,
)
from .keys import why_unfit
from .settings import Settings

REGIONS = ("na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia")

_METHODS = one_of("GET", "POST")
_POST_ALONE = {"address": absolute_url, "http_method": one_of("POST")}
_LEG_DAYS = between(1, 31)


def _webhooks(**settings_of_webhooks: dict[str, Any]) -> Any:
    known = {webhook: members(settings, required=("address",)) for webhook, settings in settings_of_webhooks.items()}
    return members(known, others=an_object)


def _voice_webhook(longest_read: int) -> dict[str, Any]:
    # Milliseconds. An older reference calls the first one connection_timeout, which the service refuses.
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
    "payment_enabled": anything,
    "payments": anything,
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
_VIDEO_WEBHOOKS = (
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
_STORAGE = ("server_side_encryption", "end_to_end_encryption", "cloud_storage")
_VIDEO: dict[str, Check] = {
    "webhooks": members(dict.fromkeys(_VIDEO_WEBHOOKS, _VIDEO_WEBHOOK), others=_VIDEO_WEBHOOK),
    "storage": members(dict.fromkeys(_STORAGE, boolean)),
    "environment_enabled": anything,
    "environment_id": anything,
    "hoolock_configs": anything,
}
_CAPABILITIES: dict[str, Check] = {
    "voice": members(_VOICE),
    "messages": members(_MESSAGES),
    "rtc": members(_RTC),
    "vbc": that(lambda value: value == {}, "must be an empty object"),
    "verify": members(_VERIFY),
    "video": members(_VIDEO),
    "network_apis": members({"redirect_uri": absolute_url, "network_application_id": text}),
    "meetings": an_object,
    "bulk": an_object,
}
_APPLICATION = members(
    {
        # The first two are part of an answer, which may be sent back whole.
        "id": anything,
        "_links": anything,
        "name": filled_text,
        "keys": members({"public_key": _public_key, "private_key": anything}),
        "capabilities": members(_CAPABILITIES, others=an_object),
        "privacy": members({"improve_ai": boolean}),
    },
    required=("name",),
)
# Version 1 takes it and version 2 shows it, but not even unchanged does version 2 take it.
_REFUSED_ALWAYS = ("capabilities.rtc.webhooks.answer_url",)


def unknown_members(body: object, held: Container[str], settings: Settings) -> Iterator[UnknownMember]:
    """The members of the body that the service doesn't know.

    held: the dotted names of the members that the account's applications have or had.
    """
    for unknown in _APPLICATION.unknown_members("", body):
        if unknown.path in _REFUSED_ALWAYS or _is_refused(unknown, held, settings):
            yield unknown


def _is_refused(unknown: UnknownMember, held: Container[str], settings: Settings) -> bool:
    if settings.unknown_members == "refused":
        return unknown.path not in held
    return settings.unknown_members == "refused_always"


def invalid_settings(body: object, stored: Document, settings: Settings) -> dict[str, str]:
    """What is wrong with the body: reasons by dotted name; empty when it is right.

    stored: the application that the body is to replace, empty where there is none.
    """
    sent, before = dotted.members(body), dotted.members(stored)
    return {
        name: reason
        for name, reason in _APPLICATION("", body)
        if not _is_unchanged(name, sent, before) and not _is_empty_webhook(name, sent, settings)
    }


def _is_unchanged(name: str, sent: Document, before: Document) -> bool:
    if name in sent:
        return name in before and _as_json(sent[name]) == _as_json(before[name])
    # Something is missing that the reference requires, and that what is stored does without.
    return name not in before and dotted.outer(name) in before


def _as_json(value: Any) -> str:
    # 1, 1.0 and true are equal in Python alone.
    return json.dumps(value, sort_keys=True)


def _is_empty_webhook(name: str, sent: Document, settings: Settings) -> bool:
    return settings.shows_empty_webhooks and name.endswith(".address") and sent.get(name) == ""
