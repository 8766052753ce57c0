# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The webhooks that version 1 knows, which have options of their own (``answer_url``, ``answer_method``, ...).

Source: the contract's ``createApplication``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, Mapping

from .._patch import Document, Path


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


def without_empty_webhooks(settings: Document) -> Dict[str, Any]:
    """Settings without the webhooks that have an empty address: the service shows such where there is no webhook."""
    return _with_webhooks(settings, lambda webhooks: {name: it for name, it in webhooks.items() if not _is_empty(it)})


def removing_empty_webhooks(patch: Document) -> Dict[str, Any]:
    """A patch that removes the webhooks that it gives an empty address."""
    return _with_webhooks(
        patch, lambda webhooks: {name: None if _is_empty(it) else it for name, it in webhooks.items()}
    )


def _is_empty(webhook: Any) -> bool:
    if not isinstance(webhook, dict) or "address" not in webhook:
        return False
    address = webhook["address"]
    return address is None or (isinstance(address, str) and not address.strip())


def _with_webhooks(settings: Document, change: Callable[[Mapping[str, Any]], Dict[str, Any]]) -> Dict[str, Any]:
    """The settings with another set of webhooks in each capability that has some."""
    capabilities = settings.get("capabilities")
    if not isinstance(capabilities, dict):
        return dict(settings)
    changed = {
        name: dict(capability, webhooks=change(webhooks_of(capability))) if webhooks_of(capability) else capability
        for name, capability in capabilities.items()
    }
    return dict(settings, capabilities=changed)
