# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications that are there before anybody created them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .account import Account, Document, new_id
from .checks import an_object, each_member, members, text
from .documents import with_defaults
from .keys import KeyMaker

# Looser than either version, so that tests can put odd applications in a client's way.
_CAPABILITY = members({"webhooks": each_member(an_object)})
_APPLICATION = members(
    {
        "id": text,
        "name": text,
        "keys": an_object,
        "capabilities": each_member(_CAPABILITY),
        "privacy": an_object,
    },
    required=("name",),
)


def made_up(count: int, name: str = "app-{}") -> list[Document]:
    """``count`` voice applications; ``{}`` in the name stands for a number from 0."""
    return [_voice_application(name.replace("{}", str(number))) for number in range(count)]


def _voice_application(name: str) -> Document:
    webhooks = {
        webhook: {"address": f"https://example.com/webhooks/{path}"}
        for webhook, path in (("answer_url", "answer"), ("event_url", "event"))
    }
    return {"name": name, "capabilities": {"voice": {"webhooks": webhooks}}}


def documents(body: Mapping[str, Any]) -> list[Document]:
    """The documents that a body of the control interface stands for.

    Raises ValueError when it is neither ``{"applications": [...]}`` nor ``{"count": N, "name": "app-{}"}``.
    """
    if ("applications" in body) == ("count" in body):
        raise ValueError("give either applications or count")
    if "count" in body:
        if not isinstance(body["count"], int) or isinstance(body["count"], bool) or body["count"] < 0:
            raise ValueError("count must be a whole number of 0 or more")
        return made_up(body["count"], str(body.get("name", "app-{}")))
    if not isinstance(body["applications"], list):
        raise ValueError("applications must be a list")
    return [_checked(number, document) for number, document in enumerate(body["applications"])]


def _checked(number: int, document: Any) -> Document:
    for name, reason in _APPLICATION(f"applications[{number}]", document):
        raise ValueError(f"{name} {reason}")
    checked: Document = document
    return checked


def store(given: Iterable[Document], account: Account, keys: KeyMaker) -> list[Document]:
    """Store the documents with the service's defaults, an id and a public key where they have none.

    They share a few public keys, and nobody has the private ones. Raises ValueError, and stores none, when one has
    an id that is taken.
    """
    completed = [_completed(document, keys) for document in given]
    taken = [document["id"] for document in completed if document["id"] in account]
    if taken:
        raise ValueError(f"these ids are taken: {', '.join(taken)}")
    return [account.store(document) for document in completed]


def _completed(document: Document, keys: KeyMaker) -> Document:
    public_key = document.get("keys", {}).get("public_key") or keys.shared_public_key()
    return with_defaults({**document, "id": document.get("id") or new_id(), "keys": {"public_key": public_key}})
