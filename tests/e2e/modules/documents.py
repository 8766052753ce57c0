# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications to find in an account, in the form in which the simulator stores them."""

from __future__ import annotations

from typing import Any

from tests.simulator.client import Document

URL = "https://example.com"
VOICE_OPTIONS: dict[str, Any] = {"type": "voice", "answer_url": f"{URL}/answer", "event_url": f"{URL}/event"}
MESSAGES_OPTIONS: dict[str, Any] = {"type": "messages", "inbound_url": f"{URL}/inbound", "status_url": f"{URL}/status"}


def webhook(path: str, method: str) -> dict[str, str]:
    """A webhook at example.com."""
    return {"address": f"{URL}/{path}", "http_method": method}


def voice(name: str, **members: Any) -> Document:
    """As VOICE_OPTIONS ask for it."""
    webhooks = {"answer_url": webhook("answer", "GET"), "event_url": webhook("event", "POST")}
    return {"name": name, "capabilities": {"voice": {"webhooks": webhooks}}, **members}


def messages(name: str, **members: Any) -> Document:
    """As MESSAGES_OPTIONS ask for it."""
    webhooks = {"inbound_url": webhook("inbound", "POST"), "status_url": webhook("status", "POST")}
    return {"name": name, "capabilities": {"messages": {"webhooks": webhooks}}, **members}


def of_both_types(name: str) -> Document:
    """With the webhooks of both types, as in the contract's own example."""
    return {"name": name, "capabilities": {**voice(name)["capabilities"], **messages(name)["capabilities"]}}


def webhooks_of(document: Document) -> dict[str, tuple[str, str]]:
    """The address and method of every webhook, by its name."""
    return {
        name: (found["address"], found["http_method"])
        for capability in document["capabilities"].values()
        for name, found in capability["webhooks"].items()
    }
