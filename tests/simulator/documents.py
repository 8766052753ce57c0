# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service adds to an application's document that the caller left out.

That it does, and the default timeouts, come from the public reference of version 2. The other values are made up:
clients may rely on none. Those of video stand for the settings of the service's own that nobody asked for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from .account import Document

KNOWN_MEMBERS = ("id", "name", "keys", "capabilities", "privacy")

_VOICE_WEBHOOK = {"http_method": "GET", "connect_timeout": 1000, "socket_timeout": 5000}
_VOICE_EVENT_WEBHOOK = {"http_method": "POST", "connect_timeout": 1000, "socket_timeout": 10000}
_PLAIN_WEBHOOK = {"http_method": "POST"}
_WEBHOOK_DEFAULTS: dict[str, dict[str, dict[str, Any]]] = {
    "voice": {
        "answer_url": _VOICE_WEBHOOK,
        "fallback_answer_url": _VOICE_WEBHOOK,
        "event_url": _VOICE_EVENT_WEBHOOK,
    },
    "messages": {"inbound_url": _PLAIN_WEBHOOK, "status_url": _PLAIN_WEBHOOK},
    "rtc": {"event_url": _PLAIN_WEBHOOK},
    "verify": {"status_url": _PLAIN_WEBHOOK},
}
_SETTING_DEFAULTS: dict[str, dict[str, Any]] = {
    "voice": {"signed_callbacks": True, "conversations_ttl": 48, "leg_persistence_time": 7},
    "messages": {"version": "v1"},
    "rtc": {"signed_callbacks": True, "leg_persistence_time": 7},
    "verify": {"version": "v2"},
}
_PRIVACY_DEFAULTS = {"improve_ai": True}


def default_method(webhook: str) -> str:
    """The HTTP method of a webhook of that name, unless the caller chose one."""
    return "GET" if webhook in ("answer_url", "fallback_answer_url") else "POST"


def with_defaults(document: Mapping[str, Any]) -> Document:
    """The document as the service stores it: members in a fixed order, everything unsaid filled in."""
    filled = {name: document[name] for name in KNOWN_MEMBERS if name in document}
    filled["capabilities"] = {
        name: _capability(name, settings) for name, settings in document.get("capabilities", {}).items()
    }
    filled["privacy"] = {**_PRIVACY_DEFAULTS, **document.get("privacy", {})}
    return {**filled, **unknown_members(document)}


def unknown_members(document: Mapping[str, Any], known: Iterable[str] = KNOWN_MEMBERS) -> Document:
    """The top-level members that are none of the known ones."""
    return {name: value for name, value in document.items() if name not in known}


def with_empty_webhooks(document: Document) -> Document:
    """The document with every webhook that its capabilities could have, those that are not set without an address."""
    capabilities = {name: _with_empty_webhooks(name, settings) for name, settings in document["capabilities"].items()}
    return {**document, "capabilities": capabilities}


def _with_empty_webhooks(capability: str, settings: Document) -> Document:
    if capability not in _WEBHOOK_DEFAULTS:
        return settings
    empty = {
        webhook: {"address": "", "http_method": defaults["http_method"]}
        for webhook, defaults in _WEBHOOK_DEFAULTS[capability].items()
    }
    return {**settings, "webhooks": {**empty, **settings.get("webhooks", {})}}


def _capability(name: str, settings: Any) -> Any:
    if not isinstance(settings, dict):
        return settings
    filled = {**settings}
    if isinstance(settings.get("webhooks"), dict):
        defaults = _WEBHOOK_DEFAULTS.get(name, {})
        filled["webhooks"] = {
            webhook: _webhook(value, defaults.get(webhook, {})) for webhook, value in settings["webhooks"].items()
        }
    return {**filled, **{key: value for key, value in _settings(name).items() if key not in filled}}


def _webhook(value: Any, defaults: dict[str, Any]) -> Any:
    if not isinstance(value, dict):
        return value
    # What is not called has a method, and no timeouts.
    filled_in = ("http_method",) if value.get("address") == "" else tuple(defaults)
    return {**value, **{key: default for key, default in defaults.items() if key in filled_in and key not in value}}


def _settings(capability: str) -> dict[str, Any]:
    if capability == "video":
        # The environment is new each time: a client that doesn't send the one it read has lost it.
        return {"environment_id": str(uuid.uuid4()), "environment_enabled": True, "hoolock_configs": {}}
    return _SETTING_DEFAULTS.get(capability, {})
