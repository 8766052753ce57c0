# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model: one application, whatever the version of the API that it came through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Dict, Mapping, Optional

from .._keys.rsa import UnreadableKey, public_key
from .named import everything, in_options

TYPES = ("voice", "messages")


@dataclass(frozen=True)
class Application:
    """One application.

    ``id`` is None for one that does not exist yet. ``settings`` is the document that version 2 of the API shows, less
    ``id``, ``_links`` and the private key: ``name``, ``capabilities``, ``keys.public_key``, ``privacy.improve_ai``,
    and whatever else the service keeps there, which is carried through unread. ``wire_type`` is what a request of
    version 1 has to name as the type, as far as it is known; it is no difference between applications.
    """

    id: Optional[str]
    settings: Mapping[str, Any]
    wire_type: Optional[str] = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return str(self.settings.get("name", ""))

    @property
    def capabilities(self) -> Mapping[str, Any]:
        return _mapping(self.settings.get("capabilities"))

    @property
    def public_key(self) -> Optional[str]:
        key = _mapping(self.settings.get("keys")).get("public_key")
        return key if isinstance(key, str) and key else None

    @property
    def fingerprint(self) -> Optional[str]:
        """The public key's (see ``rsa``), None where the API shows no key or one that cannot be read."""
        try:
            return public_key(self.public_key).fingerprint if self.public_key else None
        except UnreadableKey:
            return None

    @property
    def shows_unreadable_key(self) -> bool:
        """Whether the API shows a public key that cannot be read: then no private key can be matched to it."""
        return self.public_key is not None and self.fingerprint is None

    @property
    def type(self) -> Optional[str]:
        """What version 1 calls the type; None for an application that is neither or both."""
        types = [name for name in TYPES if name in self.capabilities]
        return types[0] if len(types) == 1 else None

    def with_settings(self, settings: Mapping[str, Any]) -> Application:
        """The same application with other settings."""
        return replace(self, settings=settings)

    def renamed(self, name: str) -> Application:
        """The same application under another name."""
        return self.with_settings(dict(self.settings, name=name))

    def without_key(self) -> Application:
        """The same application before its key pair is known."""
        return self.with_settings({name: value for name, value in self.settings.items() if name != "keys"})

    def with_public_key(self, pem: str) -> Application:
        """The same application with another public key."""
        return self.with_settings(dict(self.settings, keys={"public_key": pem}))

    def with_key_of(self, other: Application) -> Application:
        """The same application with the other's public key, if its own is not shown: not every answer has it."""
        return self.with_public_key(other.public_key) if other.public_key and not self.public_key else self

    def described(self) -> Dict[str, Any]:
        """The form in which modules return an application; it holds no secret, and is valid as options again."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "public_key": self.public_key,
            "capabilities": {},
            **in_options(self.settings, everything),
        }


@dataclass(frozen=True)
class Created:
    """A new application and its private key in PEM, which the API hands out this one time, or not at all."""

    application: Application
    private_key: Optional[str]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
