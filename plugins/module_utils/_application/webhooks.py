# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The webhooks that version 1 knows, which have options of their own (``answer_url``, ``answer_method``, ...).

Source: the contract's ``createApplication``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Mapping

from .patch import Path


@dataclass(frozen=True)
class Webhook:
    """A webhook of a capability; its name is both its option and what the API calls it."""

    capability: str
    name: str

    @property
    def method_option(self) -> str:
        return self.name[: -len("url")] + "method"

    @property
    def path(self) -> Path:
        """Where it stands in an application's settings."""
        return ("capabilities", self.capability, "webhooks", self.name)


WEBHOOKS = (
    Webhook("voice", "answer_url"),
    Webhook("voice", "event_url"),
    Webhook("messages", "inbound_url"),
    Webhook("messages", "status_url"),
)


def webhooks_of(capability: Any) -> Mapping[str, Any]:
    """The webhooks of a capability's settings, by name; empty where there are none, or what is there is none."""
    found = capability.get("webhooks") if isinstance(capability, dict) else None
    return found if isinstance(found, dict) else {}


def webhook_in(settings: Mapping[str, Any], webhook: Webhook) -> Dict[str, Any]:
    """That webhook's settings, empty where the application does not have it."""
    capabilities = settings.get("capabilities")
    capability = capabilities.get(webhook.capability) if isinstance(capabilities, dict) else None
    found = webhooks_of(capability).get(webhook.name)
    return dict(found) if isinstance(found, dict) else {}
