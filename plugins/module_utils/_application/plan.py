# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what is desired and what exists to a plan, as data. No input or output happens here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Collection, Dict, Iterator, Mapping, Optional, Protocol, Tuple

from .._errors import InvalidOption, KeyLost, Refused
from .._redact import SECRET_MEMBERS
from .capabilities import default_method
from .desired import Desired
from .model import Application, without_secrets
from .patch import Document, Path, combined, member, merged, nested
from .webhooks import WEBHOOKS

NONE, CREATE, UPDATE, RECREATE, DELETE = "none", "create", "update", "recreate", "delete"


class Rules(Protocol):
    """What a version of the API asks of settings, beyond what every version does."""

    def check_supported(self, options: Mapping[str, Any]) -> None:
        """Refuses options that belong to another version, None standing for one not given. Raises InvalidOption."""

    def check(self, desired: Desired) -> None:
        """Refuses, before any request, what the version can never do. Raises InvalidOption."""

    def changes(self, desired: Desired, current: Document) -> Document:
        """The patch to an application's current settings that the task asks for."""

    def enabled(self, desired: Desired) -> Document:
        """The patch that makes the capabilities that the task names exist, whatever else it changes in them."""

    def type_to_send(self, desired: Desired, existing: Optional[Application]) -> Optional[str]:
        """The type that a request has to name, None where the version knows none. Raises NexmoError."""

    def obstacle(self, existing: Application, wire_type: Optional[str]) -> Optional[str]:
        """Why an update cannot make the application as desired; None where it can."""

    def check_new(self, application: Application, wire_type: Optional[str]) -> None:
        """Raises InvalidOption where an application cannot be made with these settings."""

    def inherited(self, existing: Application, wire_type: Optional[str]) -> Mapping[str, Any]:
        """The settings that an application made in place of an existing one takes over from it."""

    def options_for(self, existing: Application) -> Optional[Dict[str, Any]]:
        """The options, but for its name, that ask for an application as it is; None where they cannot say that."""


@dataclass(frozen=True)
class Plan:
    """One operation on one application: what is there before it, and what is meant to be there after it.

    ``type`` is what a request has to name as the type, under a version that knows types. ``rotates`` says that the
    application gets a new key pair, made here. ``adopts`` is an unfinished application whose key is in safe hands: it
    is finished instead of making another. ``leftovers`` are unfinished ones that nobody will finish.
    """

    operation: str
    before: Optional[Application]
    after: Optional[Application]
    type: Optional[str] = None
    rotates: bool = False
    adopts: Optional[Application] = None
    leftovers: Tuple[Application, ...] = ()

    @property
    def changed(self) -> bool:
        return self.operation != NONE or bool(self.leftovers)

    @property
    def brings_key(self) -> bool:
        """Whether there will be a new private key to look after."""
        return self.operation in (CREATE, RECREATE) or self.rotates

    def diff(self) -> Dict[str, Any]:
        """In the form of Ansible's diff mode, without secrets."""
        return {
            "before": _shown(self.before, self.after, "hidden, the old one"),
            "after": _shown(self.after, self.before, "hidden, the new one"),
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
    must_recreate = _must_recreate(desired, rules.obstacle(existing, wire_type))
    way_out = None if must_recreate else _way_out(desired, existing, held_keys)
    if must_recreate or way_out == "recreate":
        return _replacement(RECREATE, desired, existing, rules, wire_type)
    after = Application(existing.id, _settings(existing.settings, desired, rules))
    if way_out == "rotate":
        return Plan(UPDATE, existing, after.without_key(), wire_type, rotates=True)
    return Plan(NONE if after.settings == existing.settings else UPDATE, existing, after, wire_type)


def plan_adoption(plan: Plan, mine: Application, desired: Desired, rules: Rules) -> Plan:
    """The plan to make an application, changed so that it finishes one that was begun."""
    name = plan.after.name if plan.after else mine.name
    after = Application(mine.id, _settings(mine.renamed(name).settings, desired, rules))
    return replace(plan, adopts=mine, after=after)


def _must_recreate(desired: Desired, obstacle: Optional[str]) -> bool:
    if obstacle is not None and not desired.recreate:
        raise Refused(
            "%s; recreate: true allows to delete it and to create it anew, with a new id and a new key" % obstacle
        )
    return obstacle is not None


def _way_out(desired: Desired, existing: Application, held_keys: Optional[Collection[str]]) -> Optional[str]:
    """What the task wants done about a key that is lost; None where none is, or the task gives a public key itself."""
    if held_keys is None or "public_key" in desired.options or _holds_key(existing, held_keys):
        return None
    if desired.lost_key == "fail" and held_keys and existing.fingerprint:
        raise KeyLost(_other_key_held(desired, existing, held_keys))
    if desired.lost_key == "fail":
        raise KeyLost(
            "%s (%s) exists, but its private key is not where it belongs, and the API hands a key out only once; "
            "restore the key file from a backup, or choose a way out with lost_key: recreate makes the application "
            "anew, with a new id and a new key; rotate, under api_version: v2, gives it a new key"
            % (desired.described, existing.id)
        )
    return desired.lost_key


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
    patch = rules.changes(desired, current)
    enabled = merged(current, rules.enabled(desired))
    changed = merged(enabled, combined(_default_methods(current, patch), patch))
    for path, change in _webhook_changes(patch):
        is_new = change is not None and member(current, path) is None
        if is_new and member(changed, path + ("address",)) is None:
            raise InvalidOption(
                _option_of(desired, path), "%s has no such webhook yet; give its URL as well" % desired.described
            )
    return changed


def _default_methods(current: Document, patch: Document) -> Document:
    """The methods of webhooks that are new: the API documents a default for each, and it is sent explicitly."""
    methods: Document = {}
    for path, change in _webhook_changes(patch):
        method = default_method(path[1], path[3])
        if change and "address" in change and method and member(current, path) is None:
            methods = combined(methods, nested(path + ("http_method",), method))
    return methods


def _webhook_changes(patch: Document) -> Iterator[Tuple[Path, Any]]:
    """The webhooks that a patch names, by their path, with what it changes in them."""
    for capability, change in (patch.get("capabilities") or {}).items():
        webhooks = (change or {}).get("webhooks") or {}
        for webhook, webhook_change in webhooks.items():
            yield ("capabilities", capability, "webhooks", webhook), webhook_change


def _option_of(desired: Desired, path: Path) -> str:
    flat = next((webhook for webhook in WEBHOOKS if webhook.path == path), None)
    return flat.method_option if flat and flat.method_option in desired.options else ".".join(path)


def _shown(application: Optional[Application], other: Optional[Application], another: str) -> Dict[str, Any]:
    if application is None:
        return {}
    counterpart: Document = other.settings if other else {}
    masked = _masked(application.settings, counterpart, another)
    shown = {name: value for name, value in masked.items() if name != "keys"}
    if other is not None and other.public_key != application.public_key:
        shown["public_key"] = application.public_key
    return shown


def _masked(value: Any, counterpart: Any, another: str) -> Any:
    """Without secrets; one that is not the same in the counterpart is called ``another``."""
    if not isinstance(value, dict):
        return without_secrets(value)
    others = counterpart if isinstance(counterpart, dict) else {}
    masked = {}
    for name, item in value.items():
        if name in SECRET_MEMBERS:
            masked[name] = "hidden" if others.get(name, item) == item else another
        else:
            masked[name] = _masked(item, others.get(name), another)
    return masked


def _header(application: Optional[Application]) -> str:
    if application is None:
        return "no application"
    return "application %s (%s)" % (application.name, application.id or "id not known yet")


def _other_key_held(desired: Desired, existing: Application, held_keys: Collection[str]) -> str:
    """The message where another key than the application's lies where that belongs."""
    path = desired.options.get("private_key_path")
    holds = "%s holds" % path if path else "the hosts hold"
    return (
        "%s (%s) exists, but its private key is not where it belongs: %s another key, with the fingerprint %s, "
        "and the application's has %s; put the right key there, or choose a way out with lost_key: recreate makes the "
        "application anew, with a new id and a new key; rotate, under api_version: v2, gives it a new key"
        % (desired.described, existing.id, holds, " and ".join(sorted(held_keys)), existing.fingerprint)
    )
