# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what is desired and what exists to a plan, as data. No input or output happens here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Dict, Mapping, Optional, Protocol

from ._application import Application, without_secrets
from ._desired import Desired, names
from ._errors import InvalidOption, KeyLost, Refused
from ._patch import Document, combined, merged, nested
from ._webhooks import WEBHOOKS, webhook_in

NONE, CREATE, UPDATE, RECREATE, DELETE = "none", "create", "update", "recreate", "delete"


class Rules(Protocol):
    """What a version of the API asks of settings, beyond what every version does."""

    def check(self, desired: Desired) -> None:
        """Refuses, before any request, what the version can never do. Raises InvalidOption."""

    def changes(self, desired: Desired) -> Document:
        """The patch to an application's settings that the task asks for."""

    def type_to_send(self, desired: Desired, existing: Optional[Application]) -> Optional[str]:
        """The type that a request has to name, None where the version knows none. Raises NexmoError."""

    def obstacle(self, existing: Application, wire_type: Optional[str]) -> Optional[str]:
        """Why an update cannot make the application as desired; None where it can."""

    def check_new(self, application: Application, wire_type: Optional[str]) -> None:
        """Raises InvalidOption where an application cannot be made with these settings."""

    def inherited(self, existing: Application, wire_type: Optional[str]) -> Mapping[str, Any]:
        """The settings that an application made in place of an existing one takes over from it."""


@dataclass(frozen=True)
class Plan:
    """One operation on one application: what is there before it, and what is meant to be there after it.

    ``type`` is what a request has to name as the type, under a version that knows types.
    """

    operation: str
    before: Optional[Application]
    after: Optional[Application]
    type: Optional[str] = None

    @property
    def changed(self) -> bool:
        return self.operation != NONE

    def diff(self) -> Dict[str, Any]:
        """In the form of Ansible's diff mode, without secrets."""
        return {
            "before": _shown(self.before, self.after),
            "after": _shown(self.after, self.before),
            "before_header": _header(self.before),
            "after_header": _header(self.after),
        }


def plan_absent(existing: Optional[Application]) -> Plan:
    """The plan that makes an application absent."""
    return Plan(DELETE if existing else NONE, existing, None)


def plan_present(
    desired: Desired, existing: Optional[Application], rules: Rules, held_keys: Optional[Collection[str]]
) -> Plan:
    """The plan that makes an application as desired.

    ``held_keys`` are the fingerprints of the private keys that lie where the application's belongs; None where the
    task does not look after a key. Raises NexmoError where the wish cannot be fulfilled.
    """
    wire_type = rules.type_to_send(desired, existing)
    if existing is None:
        return _replacement(CREATE, desired, None, rules, wire_type)
    if _must_recreate(desired, rules.obstacle(existing, wire_type), existing, held_keys):
        return _replacement(RECREATE, desired, existing, rules, wire_type)
    after = Application(existing.id, _settings(existing.settings, desired, rules))
    return Plan(NONE if after.settings == existing.settings else UPDATE, existing, after, wire_type)


def _must_recreate(
    desired: Desired, obstacle: Optional[str], existing: Application, held_keys: Optional[Collection[str]]
) -> bool:
    if obstacle is not None and not desired.recreate:
        raise Refused(
            "%s; recreate: true allows to delete it and to create it anew, with a new id and a new key" % obstacle
        )
    key_lost = held_keys is not None and not _holds_key(existing, held_keys)
    if key_lost and obstacle is None and desired.lost_key == "fail":
        raise KeyLost(
            "%s (%s) exists, but its private key is not where it belongs, and the API hands a key out only once; "
            "restore the key file from a backup, or choose a way out with lost_key: recreate makes the application "
            "anew, with a new id and a new key" % (desired.described, existing.id)
        )
    return obstacle is not None or key_lost


def _holds_key(existing: Application, held_keys: Collection[str]) -> bool:
    """Where the API does not show the public key, any private key has to be believed."""
    return bool(held_keys) if existing.fingerprint is None else existing.fingerprint in held_keys


def _replacement(
    operation: str, desired: Desired, existing: Optional[Application], rules: Rules, wire_type: Optional[str]
) -> Plan:
    inherited = rules.inherited(existing, wire_type) if existing else {}
    after = Application(None, _settings(inherited, desired, rules))
    rules.check_new(after, wire_type)
    return Plan(operation, existing, after, wire_type)


def _settings(current: Document, desired: Desired, rules: Rules) -> Dict[str, Any]:
    """The current settings with the task's changes."""
    changed = merged(current, combined(_default_methods(current, desired), rules.changes(desired)))
    for webhook in WEBHOOKS:
        if webhook.method_option in desired.options and "address" not in webhook_in(changed, webhook):
            raise InvalidOption(
                webhook.method_option,
                "%s has no %s; give %s as well" % (desired.described, webhook.name, webhook.name),
            )
    return changed


def _default_methods(current: Document, desired: Desired) -> Dict[str, Any]:
    """The methods of webhooks that are new: the API documents a default for each, and it is sent explicitly."""
    patch: Dict[str, Any] = {}
    for webhook in WEBHOOKS:
        if desired.options.get(webhook.name) and not webhook_in(current, webhook):
            patch = combined(patch, nested(webhook.path + ("http_method",), webhook.default_method))
    return patch


def _shown(application: Optional[Application], other: Optional[Application]) -> Dict[str, Any]:
    if application is None:
        return {}
    shown = {
        name: without_secrets(value)
        for name, value in application.settings.items()
        if name not in ("id", "keys")
    }
    if other is not None and other.public_key != application.public_key:
        shown["public_key"] = application.public_key
    return shown


def _header(application: Optional[Application]) -> str:
    if application is None:
        return "no application"
    return "application %s (%s)" % (application.name, application.id or "id not known yet")
