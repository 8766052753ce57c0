# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 1's documents on the wire, from and to the stored form.

Source: the OpenAPI contract of version 1, and for what it leaves out (messages in PUT, named links, the forms of
errors, the type rtc) the service's older documentation and official clients.

What exists is never refused for being what it is: a webhook may be sent back as it is stored.
"""

from __future__ import annotations

import base64
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from .account import Document
from .documents import default_method, unknown_members
from .problems import bad_request
from .settings import Settings
from .urls import is_absolute_url

Body = Mapping[str, Any]

_TYPES = ("voice", "messages")
_REQUIRED_WEBHOOKS = {"voice": ("event_url",), "messages": ("inbound_url", "status_url"), "rtc": ("event_url",)}
_CAPABILITY_OF = {
    "answer_url": "voice",
    "event_url": "voice",
    "fallback_answer_url": "voice",
    "inbound_url": "messages",
    "status_url": "messages",
}
_CAPABILITY_OF_RTC = {**_CAPABILITY_OF, "answer_url": "rtc", "event_url": "rtc"}
_NOT_SETTINGS = (
    *("api_key", "api_secret", "type", "id", "name", "keys", "_links", "capabilities", "privacy"),
    *("voice", "messages", "rtc"),
)


# --- what is shown ----------------------------------------------------------------------------------------------------


def self_link(document: Document) -> dict[str, Any]:
    """An application's named links."""
    return {"self": {"href": f"/v1/applications/{document['id']}"}}


def shown(document: Document, settings: Settings) -> Document:
    """The application as the answer to a read, a create or an update."""
    return _shown(document, settings, keys=_keys(document, settings), order=-1)


def listed(document: Document, settings: Settings) -> Document:
    """The application as an item of a list.

    The contract says without its public key, the documentation's samples and recorded answers have it.
    """
    return _shown(document, settings, keys=_keys(document, settings) if settings.list_shows_keys else None, order=1)


def _shown(document: Document, settings: Settings, *, keys: dict[str, Any] | None, order: int) -> Document:
    # ``order`` differs between lists and reads, for the order of webhooks varies in the service.
    answer: Document = {"id": document["id"], "name": document["name"]}
    for capability in _types(settings):
        if capability in _TYPES or capability in document["capabilities"]:
            answer[capability] = {"webhooks": _webhooks(document, capability)[::order]}
    if keys is not None:
        answer["keys"] = keys
    return {**unknown_members(document), **answer, "_links": self_link(document)}


def _types(settings: Settings) -> tuple[str, ...]:
    return (*_TYPES, "rtc") if settings.v1_knows_rtc else _TYPES


def _webhooks(document: Document, capability: str) -> list[dict[str, Any]]:
    webhooks = document["capabilities"].get(capability, {}).get("webhooks", {})
    return [
        {
            "endpoint_type": name,
            "endpoint": webhook["address"],
            "http_method": webhook.get("http_method", default_method(name)),
        }
        for name, webhook in webhooks.items()
        if "address" in webhook
    ]


def _keys(document: Document, settings: Settings) -> dict[str, Any]:
    public_key = document["keys"].get("public_key")
    if isinstance(public_key, str) and _is_in_base64(document, settings):
        public_key = base64.b64encode(public_key.encode()).decode()
    return {"public_key": public_key}


def _is_in_base64(document: Document, settings: Settings) -> bool:
    # The digits of the ids that are called in the settings have odd codes.
    return settings.v1_public_key == "base64" or (
        settings.v1_public_key == "mixed" and ord(document["id"][-1]) % 2 == 1
    )


# --- what is taken ----------------------------------------------------------------------------------------------------


def created(body: Body, settings: Settings) -> Document:
    """The document that a create asks for, without id and keys. Raises Refusal when the service wouldn't take it."""
    capability_of = _capability_of(body)
    invalid = _invalid_settings(body, capability_of, (), settings)
    if "type" not in invalid:
        missing = [webhook for webhook in _REQUIRED_WEBHOOKS[body["type"]] if webhook not in body]
        invalid.update(dict.fromkeys(missing, "Is required."))
    if invalid:
        raise bad_request(invalid)
    return _document(body, capability_of)


def replaced(body: Body, stored: Document, settings: Settings) -> Document:
    """The document that an update asks for, without id and keys. Raises Refusal when the service wouldn't take it.

    Nothing of the stored document is taken over: whatever the body doesn't name is gone.
    """
    capability_of = {**_webhooks_in_use(stored, settings), **_capability_of(body)}
    invalid = _invalid_settings(body, capability_of, _flat(stored, settings), settings)
    if "type" not in invalid and body["type"] not in _types_of(stored, settings):
        invalid["type"] = "Can't be changed."
    if invalid:
        raise bad_request(invalid)
    return _document(body, capability_of)


def _capability_of(body: Body) -> dict[str, str]:
    return _CAPABILITY_OF_RTC if body.get("type") == "rtc" else _CAPABILITY_OF


def _webhooks_in_use(document: Document, settings: Settings) -> dict[str, str]:
    return {
        webhook: capability
        for capability in _types(settings)
        for webhook in document["capabilities"].get(capability, {}).get("webhooks", {})
    }


def _flat(document: Document, settings: Settings) -> list[tuple[str, Any]]:
    """The settings that stand for the document's webhooks, as pairs of flat name and value."""
    flat = []
    for capability in _types(settings):
        for webhook in _webhooks(document, capability):
            flat.append((webhook["endpoint_type"], webhook["endpoint"]))
            flat.append((_method_name(webhook["endpoint_type"]), webhook["http_method"]))
    return flat


def _types_of(document: Document, settings: Settings) -> tuple[str, ...]:
    types = _types(settings)
    return tuple(name for name in types if name in document["capabilities"]) or types


def _method_name(webhook: str) -> str:
    return webhook.removesuffix("_url") + "_method"


def _invalid_settings(
    body: Body, webhooks: Iterable[str], unchanged: Container[tuple[str, Any]], settings: Settings
) -> dict[str, str]:
    types = _types(settings)
    invalid = {name: "Is required." for name in ("name", "type") if body.get(name) in (None, "")}
    if "name" not in invalid and not isinstance(body["name"], str):
        invalid["name"] = "Is invalid."
    if "type" not in invalid and body["type"] not in types:
        invalid["type"] = f"Must be {', '.join(types[:-1])} or {types[-1]}."
    for webhook in webhooks:
        for name, reason in _invalid_webhook(body, webhook, settings):
            if (name, body[name]) not in unchanged:
                invalid[name] = reason
    return invalid


def _invalid_webhook(body: Body, webhook: str, settings: Settings) -> Iterator[tuple[str, str]]:
    is_allowed_to_be_empty = settings.shows_empty_webhooks and body.get(webhook) == ""
    if webhook in body and not is_absolute_url(body[webhook]) and not is_allowed_to_be_empty:
        yield webhook, "Must be an absolute http or https URL."
    method = _method_name(webhook)
    if body.get(method, "GET") not in ("GET", "POST"):
        yield method, "Must be GET or POST."


def _document(body: Body, capability_of: Mapping[str, str]) -> Document:
    capabilities: dict[str, Any] = {body["type"]: {"webhooks": {}}}
    for webhook, capability in capability_of.items():
        if webhook in body:
            method = body.get(_method_name(webhook), default_method(webhook))
            webhooks = capabilities.setdefault(capability, {"webhooks": {}})["webhooks"]
            webhooks[webhook] = {"address": body[webhook], "http_method": method}
    flat_names = {*capability_of, *map(_method_name, capability_of)}
    return {
        "name": body["name"],
        "capabilities": capabilities,
        **unknown_members(body, {*flat_names, *_NOT_SETTINGS}),
    }
