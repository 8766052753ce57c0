# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the account holds in these tests, and how it is looked at."""

from __future__ import annotations

from typing import Any

from tests.simulator.client import Document, Simulator

SHOP: Document = {"name": "Shop", "id": "aaaaaaaa-0000-4000-8000-000000000001"}
STORE: Document = {"name": "Store", "id": "aaaaaaaa-0000-4000-8000-000000000002"}
NUMBER = "447700900000"
NATURE: Document = {"msisdn": NUMBER, "country": "GB", "type": "mobile-lvn", "features": ["SMS", "VOICE"]}

# All that the API can keep of a number, and a setting that nobody knows.
SETTINGS: Document = {
    "moHttpUrl": "https://example.com/sms",
    "moSmppSysType": "inbound",
    "voiceCallbackType": "sip",
    "voiceCallbackValue": "sip:shop@example.com",
    "voiceStatusCallback": "https://example.com/ended",
    "somethingNew": "yes",
}


def number(**settings: Any) -> Document:
    """The number with these settings."""
    return {**NATURE, **settings}


def operations(simulator: Simulator) -> list[str]:
    """What the Numbers API was asked for."""
    return [request["operation"] for request in simulator.requests() if request["version"] == "numbers"]


def forms(simulator: Simulator) -> list[Document]:
    """What was sent to it to be stored."""
    return [write["body"] for write in simulator.writes() if write["version"] == "numbers"]
