# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What version 1 of the Applications API can be asked, checked without asking it.

Source, unless a line says otherwise: the service's contract (OpenAPI, version 1.0.2 of the API).
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .._errors import InvalidOption
from .desired import Desired, names
from .model import TYPES, Application
from .patch import Document
from .webhooks import WEBHOOKS, webhook_in

REQUIRED_WEBHOOKS = {"voice": ("event_url",), "messages": ("inbound_url", "status_url")}
ONLY_VERSION_2 = ("capabilities", "public_key", "improve_ai")


class RulesV1:
    """The rules of version 1; see ``plan.Rules``."""

    @staticmethod
    def check_supported(options: Mapping[str, Any]) -> None:
        """Refuses options that version 1 knows nothing of. Raises InvalidOption."""
        for option in ONLY_VERSION_2:
            if options.get(option) is not None:
                raise InvalidOption(option, "needs version 2 of the API; set api_version: v2")

    @staticmethod
    def check(desired: Desired) -> None:
        """Refuses, before any request, what version 1 can never do. Raises InvalidOption."""
        RulesV1.check_supported(desired.options)
        if desired.lost_key == "rotate":
            raise InvalidOption("lost_key", "rotate needs version 2 of the API; set api_version: v2, or take recreate")
        for webhook in WEBHOOKS:
            if desired.type and names(desired.options, webhook) and webhook.capability != desired.type:
                raise _other_type(desired, webhook.name, webhook.capability, desired.type)
            if desired.options.get(webhook.name) == "" and webhook.name in REQUIRED_WEBHOOKS[webhook.capability]:
                raise InvalidOption(
                    webhook.name, "cannot be removed: an application of type %s needs it" % webhook.capability
                )

    @staticmethod
    def changes(desired: Desired, current: Document) -> Document:
        """What the task changes in the settings; ``type`` is none, it stands beside them."""
        return desired.patch

    @staticmethod
    def enabled(desired: Desired) -> Document:
        """Nothing: a capability exists through its webhooks."""
        return {}

    @staticmethod
    def type_to_send(desired: Desired, existing: Optional[Application]) -> str:
        """The type that the task gives, else the application's, else (it has both) that of the options named."""
        if desired.type:
            return desired.type
        if existing is None:
            raise InvalidOption("type", "is needed to create %s; give voice or messages" % desired.described)
        types = [name for name in TYPES if name in existing.capabilities]
        if len(types) == 1:
            _check_options_of(types[0], desired)
            return types[0]
        candidates = [name for name in TYPES if name in desired.types_named] or types
        if not candidates:
            raise InvalidOption(
                "type", "cannot be told from %s, which shows no webhooks; give voice or messages" % desired.described
            )
        return candidates[0]

    @staticmethod
    def obstacle(existing: Application, wire_type: Optional[str]) -> Optional[str]:
        """The type cannot change."""
        if existing.type is None or existing.type == wire_type:
            return None
        return "type: application %r (%s) is of type %s, and the API can't change it to %s" % (
            existing.name,
            existing.id,
            existing.type,
            wire_type,
        )

    @staticmethod
    def check_new(application: Application, wire_type: Optional[str]) -> None:
        """Refuses a new application without the webhooks that its type requires. Raises InvalidOption."""
        for webhook in WEBHOOKS:
            required = webhook.name in REQUIRED_WEBHOOKS[str(wire_type)] and webhook.capability == wire_type
            if required and not webhook_in(application.settings, webhook):
                raise InvalidOption(
                    webhook.name, "is needed to create application %r of type %s" % (application.name, wire_type)
                )

    @staticmethod
    def inherited(existing: Application, wire_type: Optional[str]) -> Mapping[str, Any]:
        """All settings but the key pair, and those of a type that the new application does not have."""
        capabilities = existing.capabilities
        if existing.type is not None and existing.type != wire_type:
            capabilities = {}
        return dict(existing.without_key().settings, capabilities=capabilities)

    @staticmethod
    def options_for(existing: Application) -> Optional[Dict[str, Any]]:
        """Its type and webhooks, those of the first type where it has both; None for one that shows no webhooks."""
        shown = next((name for name in TYPES if name in existing.capabilities), None)
        if shown is None:
            return None
        options = {"type": shown}
        for webhook in WEBHOOKS:
            settings = webhook_in(existing.settings, webhook) if webhook.capability == shown else {}
            if "address" in settings:
                options[webhook.name] = settings["address"]
            if "http_method" in settings:
                options[webhook.method_option] = settings["http_method"]
        return options


def _check_options_of(wire_type: str, desired: Desired) -> None:
    for webhook in WEBHOOKS:
        removed = desired.options.get(webhook.name) == ""
        if names(desired.options, webhook) and webhook.capability != wire_type and not removed:
            raise _other_type(desired, webhook.name, webhook.capability, wire_type)


def _other_type(desired: Desired, option: str, its_type: str, wire_type: str) -> InvalidOption:
    named = option if option in desired.options else option[: -len("url")] + "method"
    return InvalidOption(
        named, "is a setting of type %s, and %s is of type %s" % (its_type, desired.described, wire_type)
    )
