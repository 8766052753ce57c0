# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What version 1 of the Applications API can be asked, checked without asking it.

Source, unless a line says otherwise: the service's contract (OpenAPI, version 1.0.2 of the API).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Mapping, Optional, Tuple

from .._errors import InvalidOption, Refused
from .._patch import Document, nested
from .capabilities import CAPABILITIES
from .capability_options import accepts
from .changes import changed_settings
from .desired import Desired, check_supported, names
from .model import TYPES, Application
from .plan import CannotChange
from .shown import shown
from .webhooks import WEBHOOKS, Webhook, webhook_in, webhooks_of

REQUIRED_WEBHOOKS: Mapping[str, Tuple[str, ...]] = {"voice": ("event_url",), "messages": ("inbound_url", "status_url")}

ADDRESS = CAPABILITIES["voice"].webhooks["answer_url"]["address"]
METHOD = CAPABILITIES["voice"].webhooks["answer_url"]["http_method"]

# A type that version 1 had, besides those that it documents. Its webhooks have the names of those of voice.
RTC = "rtc"


class RulesV1:
    """The rules of version 1; see ``plan.Rules``. A capability of an application is what version 1 calls a type."""

    unsupported = ("capabilities", "public_key", "improve_ai", "settings")

    @staticmethod
    def check(desired: Desired) -> None:
        """Refuses, before any request, what version 1 can never do. Raises InvalidOption."""
        check_supported(desired.options, RulesV1.unsupported)
        if desired.lost_key == "rotate":
            raise InvalidOption("lost_key", "rotate needs version 2 of the API; set api_version: v2, or take recreate")
        for webhook in WEBHOOKS:
            if desired.type and names(desired.options, webhook) and webhook.capability != desired.type:
                raise _other_type(desired, webhook, desired.type)
            if desired.options.get(webhook.name) == "" and webhook.name in REQUIRED_WEBHOOKS[webhook.capability]:
                raise InvalidOption(
                    webhook.name, "cannot be removed: an application of type %s needs it" % webhook.capability
                )

    @staticmethod
    def updated(desired: Desired, existing: Application) -> Application:
        """The type cannot change, and a request has to name it."""
        wire_type = _type_of(existing, desired)
        after = replace(
            existing, settings=_changed(existing.settings, desired, existing.capabilities), wire_type=wire_type
        )
        if after != existing:
            _check_can_be_sent(after, desired)
        return after

    @staticmethod
    def created(desired: Desired, replaced: Optional[Application]) -> Application:
        """The type has to be known, and all webhooks that it requires. Settings of another type are not taken over."""
        wire_type = desired.type or (_type_of(replaced, desired) if replaced else None)
        if wire_type is None:
            raise InvalidOption("type", "is needed to create %s; give voice or messages" % desired.described)
        inherited: Document = {}
        if replaced is not None:
            keeps = replaced.capabilities if wire_type in replaced.capabilities else {}
            inherited = dict(replaced.without_key().settings, capabilities=keeps)
        settings = _changed(inherited, desired, inherited.get("capabilities", {}))
        application = Application(None, settings, wire_type)
        for webhook in WEBHOOKS:
            required = webhook.name in REQUIRED_WEBHOOKS.get(wire_type, ()) and webhook.capability == wire_type
            if required and not webhook_in(settings, webhook):
                raise InvalidOption(
                    webhook.name, "is needed to create application %r of type %s" % (application.name, wire_type)
                )
        return application

    @staticmethod
    def options_for(existing: Application) -> Optional[Dict[str, Any]]:
        """Its type and webhooks, those of the first type where it has both; None for one of neither type."""
        own_type = next((name for name in TYPES if name in existing.capabilities), None)
        if own_type is None:
            return None
        options: Dict[str, Any] = {"type": own_type}
        for webhook in WEBHOOKS:
            if webhook.capability == own_type:
                options.update(_options_for(webhook, shown(webhook_in(existing.settings, webhook))))
        return options


def _type_of(existing: Application, desired: Desired) -> Optional[str]:
    """The type that a request has to name: the application's, or where it has several, that of the options.

    None where the application shows none, and the task gives none. Raises CannotChange and InvalidOption.
    """
    types = tuple(existing.capabilities)
    if desired.type and types and desired.type not in types:
        raise CannotChange(
            "type: application %r (%s) is of type %s, and the API can't change it to %s; recreate: true allows to "
            "delete it and to create it anew, with a new id and a new key"
            % (existing.name, existing.id, " and ".join(types), desired.type)
        )
    if len(types) == 1:
        _check_options_of(types[0], desired)
    if RTC in types:  # only then do names that it shares with voice mean its own webhooks
        return RTC
    candidates = [desired.type] if desired.type else [name for name in types if name in desired.types_named]
    candidates += list(types) or [name for name in TYPES if name in desired.types_named]
    return candidates[0] if candidates else None


def _changed(current: Document, desired: Desired, types: Mapping[str, Any]) -> Dict[str, Any]:
    """The settings with the task's changes; a capability exists through its webhooks."""
    patch = desired.patch
    capabilities = patch.get("capabilities", {})
    if RTC in types and "voice" in capabilities and "voice" not in types:
        others = {name: change for name, change in capabilities.items() if name != "voice"}
        patch = dict(patch, capabilities=dict(others, **nested((RTC,), capabilities["voice"])))
    return changed_settings(current, desired, patch, {})


def _check_can_be_sent(application: Application, desired: Desired) -> None:
    """Raises NexmoError where version 1 cannot express what the application is."""
    if application.wire_type is None:
        raise InvalidOption(
            "type",
            "cannot be told from %s, which shows no webhooks; set api_version: v2, or give the type that it has, voice "
            "or messages" % desired.described,
        )
    sent: Dict[str, Tuple[str, Any]] = {}
    for capability, settings in application.capabilities.items():
        for name, webhook in webhooks_of(settings).items():
            other, its_webhook = sent.setdefault(name, (capability, webhook))
            if its_webhook != webhook:
                raise Refused(
                    "api_version: %s (%s) is of the types %s and %s, each with its own %s, and a request of version 1 "
                    "can name only one; set api_version: v2"
                    % (desired.described, application.id, other, capability, name)
                )


def _options_for(webhook: Webhook, settings: Mapping[str, Any]) -> Dict[str, Any]:
    """The options that keep a webhook as it is, as far as they take its values."""
    url, method = settings.get("address"), settings.get("http_method")
    options = {webhook.name: url} if accepts(ADDRESS, url) else {}
    if accepts(METHOD, method):
        options[webhook.method_option] = method
    return options


def _check_options_of(wire_type: str, desired: Desired) -> None:
    for webhook in WEBHOOKS:
        removed = desired.options.get(webhook.name) == ""
        fits = webhook.capability == wire_type or (wire_type == RTC and webhook.capability == "voice")
        if names(desired.options, webhook) and not fits and not removed:
            raise _other_type(desired, webhook, wire_type)


def _other_type(desired: Desired, webhook: Webhook, wire_type: str) -> InvalidOption:
    return InvalidOption(
        webhook.name if webhook.name in desired.options else webhook.method_option,
        "is a setting of type %s, and %s is of type %s" % (webhook.capability, desired.described, wire_type),
    )
