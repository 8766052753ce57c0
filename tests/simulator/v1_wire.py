# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 1's documents on the wire, from and to the stored form.

Source: the OpenAPI contract of version 1, and for what it leaves out (messages in PUT, named links, the forms of
errors) the service's older documentation and official clients.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .account import Document
from .documents import default_method, unknown_members
from .problems import bad_request
from .urls import is_absolute_url

Body = Mapping[str, Any]

_TYPES = ("voice", "messages")
_REQUIRED_WEBHOOKS = {"voice": ("event_url",), "messages": ("inbound_url", "status_url")}
_CAPABILITY_OF = {
    "answer_url": "voice",
    "event_url": "voice",
    "fallback_answer_url": "voice",
    "inbound_url": "messages",
    "status_url": "messages",
}
_NOT_SETTINGS = ("api_key", "api_secret", "type", "id", "name", "keys", "_links", *_TYPES, "capabilities", "privacy")


def self_link(document: Document) -> dict[str, Any]:
    """An application's named links."""
    return {"self": {"href": f"/v1/applications/{document['id']}"}}


def shown(document: Document) -> Document:
    """The application as the answer to a read, a create or an update."""
    return _shown(document, keys={"public_key": document["keys"].get("public_key")}, order=-1)


def listed(document: Document) -> Document:
    """The application as an item of a list, without its public key, as the contract says."""
    return _shown(document, keys=None, order=1)


def listed_with_keys(document: Document) -> Document:
    """The application as an item of a list, with its public key, as the documentation's samples show."""
    return _shown(document, keys={"public_key": document["keys"].get("public_key")}, order=1)


def _shown(document: Document, *, keys: dict[str, Any] | None, order: int) -> Document:
    # ``order`` differs between lists and reads, for the order of webhooks varies in the service.
    answer: Document = {"id": document["id"], "name": document["name"]}
    for capability in _TYPES:
        answer[capability] = {"webhooks": _webhooks(document, capability)[::order]}
    if keys is not None:
        answer["keys"] = keys
    return {**unknown_members(document), **answer, "_links": self_link(document)}


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


def created(body: Body) -> Document:
    """The document that a create asks for, without id and keys. Raises Refusal when the service wouldn't take it."""
    invalid = _invalid_settings(body, _CAPABILITY_OF)
    if "type" not in invalid:
        missing = [webhook for webhook in _REQUIRED_WEBHOOKS[body["type"]] if webhook not in body]
        invalid.update(dict.fromkeys(missing, "Is required."))
    if invalid:
        raise bad_request(invalid)
    return _document(body, _CAPABILITY_OF)


def replaced(body: Body, stored: Document) -> Document:
    """The document that an update asks for, without id and keys. Raises Refusal when the service wouldn't take it.

    Nothing of the stored document is taken over: whatever the body doesn't name is gone.
    """
    capability_of = {**_webhooks_in_use(stored), **_CAPABILITY_OF}
    invalid = _invalid_settings(body, capability_of)
    if "type" not in invalid and body["type"] not in _types_of(stored):
        invalid["type"] = "Can't be changed."
    if invalid:
        raise bad_request(invalid)
    return _document(body, capability_of)


def _webhooks_in_use(document: Document) -> dict[str, str]:
    return {
        webhook: capability
        for capability in _TYPES
        for webhook in document["capabilities"].get(capability, {}).get("webhooks", {})
    }


def _types_of(document: Document) -> tuple[str, ...]:
    return tuple(name for name in _TYPES if name in document["capabilities"]) or _TYPES


def _method_name(webhook: str) -> str:
    return webhook.removesuffix("_url") + "_method"


def _invalid_settings(body: Body, webhooks: Mapping[str, str]) -> dict[str, str]:
    invalid = {name: "Is required." for name in ("name", "type") if body.get(name) in (None, "")}
    if "name" not in invalid and not isinstance(body["name"], str):
        invalid["name"] = "Is invalid."
    if "type" not in invalid and body["type"] not in _TYPES:
        invalid["type"] = "Must be voice or messages."
    for webhook in webhooks:
        if webhook in body and not is_absolute_url(body[webhook]):
            invalid[webhook] = "Must be an absolute http or https URL."
        if body.get(_method_name(webhook), "GET") not in ("GET", "POST"):
            invalid[_method_name(webhook)] = "Must be GET or POST."
    return invalid


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
