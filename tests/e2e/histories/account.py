# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account, as somebody at the service's dashboard sees and changes it."""

from __future__ import annotations

import base64
import re
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.e2e.histories.numbers import edited
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.documents import messages, voice
from tests.e2e.modules.key_pairs import private_key, public_key
from tests.simulator.client import Document, Simulator

_UNFINISHED = re.compile(r"(?P<name>.*) \[community\.nexmo \w+ (?P<expiry>\d+) (?P<machine>\w+) \d+ \d+\]", re.DOTALL)


@dataclass(frozen=True)
class Unfinished:
    """What an unfinished application's name says: its later name, the end of its lease, its maker's machine."""

    name: str
    expiry: int
    machine: str


def unfinished(document: Document) -> Unfinished | None:
    """What the name says; None for an application that is finished."""
    found = _UNFINISHED.fullmatch(document["name"])
    return Unfinished(found["name"], int(found["expiry"]), found["machine"]) if found else None


def meant_name(document: Document) -> str:
    """The name that it has, or will have when it is finished."""
    parts = unfinished(document)
    return parts.name if parts else str(document["name"])


def odd(document: Document, oddity: str) -> Document:
    """The application with something that no task names, and that today's reference may not allow."""
    capabilities = document["capabilities"]
    if oddity == "empty webhook" and "voice" in capabilities:
        fallback = {"address": "", "http_method": "GET"}
        return _with_webhook(document, "voice", "fallback_answer_url", fallback)
    if oddity == "fallback" and "voice" in capabilities:
        fallback = {"address": "https://example.com/fallback", "http_method": "GET"}
        return _with_webhook(document, "voice", "fallback_answer_url", fallback)
    if oddity == "unknown member":
        return {**document, "x_note": {"kept": [1, None]}}
    if oddity == "unknown capability":
        return {**document, "capabilities": {**capabilities, "meetings": {"webhooks": {"room_changed": {}}}}}
    if oddity == "no webhooks":
        return {**document, "capabilities": {}}
    if oddity == "both":
        return {**document, "capabilities": {**voice("")["capabilities"], **messages("")["capabilities"]}}
    return document


def _with_webhook(document: Document, capability: str, webhook: str, settings: dict[str, Any]) -> Document:
    old = document["capabilities"][capability]
    new = {**old, "webhooks": {**old["webhooks"], webhook: settings}}
    return {**document, "capabilities": {**document["capabilities"], capability: new}}


ODDITIES = ("none", "empty webhook", "fallback", "unknown member", "unknown capability", "no webhooks", "both")

# Applications of other teams, as the service holds some.
BYSTANDERS: tuple[Document, ...] = (
    {
        "name": "Bakery",
        "capabilities": {
            "voice": {"webhooks": {"answer_url": {"address": "https://example.com", "socket_timeout": 500}}},
            "messages": {"webhooks": {"inbound_url": {"address": "https://example.com", "http_method": "GET"}}},
        },
    },
    {"name": "Butcher", "capabilities": {"network_apis": {"redirect_uri": ""}, "verify": {"version": "v1"}}},
    {"name": "Cinema", "capabilities": {"rtc": {"webhooks": {"answer_url": {"address": "https://example.com"}}}}},
    {"name": "Shop 22", "capabilities": {}, "x_unheard_of": None},
    {"name": "Shop [community.nexmo]", "capabilities": {"bulk": {}}},
)


class Account:
    """What the simulator holds for the account, changed by a person."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def documents(self) -> list[Document]:
        """All applications."""
        return self.simulator.applications()

    def finished(self, name: str) -> list[Document]:
        """Those of that name."""
        return [document for document in self.documents() if document["name"] == name]

    def create(self, name: str, kind: str, oddity: str, key: int) -> None:
        """Make an application, whoever has one of that name already."""
        document = voice(name) if kind == "voice" else messages(name)
        self.simulator.preload([odd({**document, "keys": _public_key(key)}, oddity)])

    def rename(self, name: str, new_name: str) -> None:
        """Rename the first one of that name."""
        self._change(name, {"name": new_name})

    def rekey(self, name: str, key: int) -> None:
        """Give the first one of that name another key."""
        self._change(name, {"keys": _public_key(key)})

    def reconfigure(self, name: str, kind: str, oddity: str) -> None:
        """Give the first one of that name other settings."""
        fresh = odd(voice(name) if kind == "voice" else messages(name), oddity)
        self._change(name, fresh)

    def delete(self, name: str) -> None:
        """Delete the first one of that name."""
        for document in self.finished(name)[:1]:
            self._delete(document["id"])

    def delete_duplicates(self, name: str) -> None:
        """Delete all but the first one of that name."""
        for document in self.finished(name)[1:]:
            self._delete(document["id"])

    def edit_number(self, msisdn: str, status: int, name: str | None) -> None:
        """Give a number another webhook, and link it to the first application of that name, or to none."""
        number = next(each for each in self.simulator.numbers() if each["msisdn"] == msisdn)
        ids = [document["id"] for document in self.finished(name)] if name is not None else []
        self.simulator.preload_numbers([edited(number, status, ids[0] if ids else None)])

    def _change(self, name: str, members: Document) -> None:
        for document in self.finished(name)[:1]:
            self._delete(document["id"])
            self.simulator.preload([{**document, **members}])

    def _delete(self, application_id: str) -> None:
        pair = base64.b64encode(f"{API_KEY}:{API_SECRET}".encode()).decode()
        request = urllib.request.Request(
            f"{self.simulator.url}/v2/applications/{application_id}",
            method="DELETE",
            headers={"Authorization": f"Basic {pair}"},
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60):
            pass


def _public_key(key: int) -> dict[str, str]:
    """Of a few key pairs, which the user has."""
    return {"public_key": public_key(private_key(key))}
