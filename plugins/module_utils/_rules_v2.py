# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What version 2 of the Applications API can be asked, checked without asking it.

Source, unless a line says otherwise: the service's public reference of version 2.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from ._application import Application
from ._capabilities import CAPABILITIES, settings_by_path
from ._desired import Desired
from ._errors import InvalidOption
from ._patch import Document, combined, member, nested
from ._rsa import UnreadableKey, public_key
from ._webhooks import WEBHOOKS

FLAT_OPTIONS = ("type",) + tuple(option for webhook in WEBHOOKS for option in (webhook.name, webhook.method_option))
FEWEST_BITS = 2048  # of a public key that the service takes


class RulesV2:
    """The rules of version 2; see ``_plan.Rules``. It knows no type: ``type`` means that a capability is enabled."""

    @staticmethod
    def check_supported(options: Mapping[str, Any]) -> None:
        """Nothing to refuse: version 2 can do what version 1 can."""

    @staticmethod
    def check(desired: Desired) -> None:
        """Refuses, before any request, what version 2 can never do. Raises InvalidOption."""
        options = desired.options
        flat = [option for option in FLAT_OPTIONS if option in options]
        if "capabilities" in options and flat:
            raise InvalidOption("capabilities", "cannot be given with %s; say it all in capabilities" % flat[0])
        for webhook in WEBHOOKS:
            method = options.get(webhook.method_option)
            methods = CAPABILITIES[webhook.capability].webhooks[webhook.name]["http_method"].choices
            if method is not None and method not in methods:
                raise InvalidOption(
                    webhook.method_option, "is %s, and version 2 calls it with %s alone" % (method, " or ".join(methods))
                )
        if "public_key" in options:
            _check_public_key(options["public_key"])
            if desired.lost_key == "rotate":
                raise InvalidOption("lost_key", "rotate makes a new key pair, which public_key would undo")

    @staticmethod
    def changes(desired: Desired, current: Document) -> Document:
        """The task's patch, less what is so already: a key in another layout, a default that cannot be unset."""
        patch: Document = desired.patch
        if desired.type:
            patch = combined(nested(("capabilities", desired.type), {}), patch)
        return _without_defaults(_without_same_key(patch, current), current)

    @staticmethod
    def type_to_send(desired: Desired, existing: Optional[Application]) -> None:
        """None: version 2 has no types."""

    @staticmethod
    def obstacle(existing: Application, wire_type: Optional[str]) -> None:
        """None: every setting can be changed."""

    @staticmethod
    def check_new(application: Application, wire_type: Optional[str]) -> None:
        """A name is all that an application needs."""

    @staticmethod
    def inherited(existing: Application, wire_type: Optional[str]) -> Mapping[str, Any]:
        """All settings but the key pair."""
        return existing.without_key().settings


def _check_public_key(pem: str) -> None:
    if "PRIVATE KEY" in pem:
        raise InvalidOption("public_key", "is a private key; give its public half, as openssl pkey -pubout prints it")
    try:
        bits = public_key(pem).bits
    except UnreadableKey as error:
        raise InvalidOption("public_key", "is not an RSA public key in PEM: %s" % error) from None
    if bits < FEWEST_BITS:
        raise InvalidOption("public_key", "has %d bits; give an RSA key of at least %d" % (bits, FEWEST_BITS))


def _without_same_key(patch: Document, current: Document) -> Document:
    wanted = Application(None, patch).fingerprint
    if wanted is None or wanted != Application(None, current).fingerprint:
        return patch
    return {name: change for name, change in patch.items() if name != "keys"}


def _without_defaults(patch: Document, current: Document) -> Document:
    """The service fills some settings in by itself; to remove one that has its default would never come to an end."""
    for path, setting in settings_by_path():
        path = ("capabilities",) + path
        removed = path[-1] in (member(patch, path[:-1]) or {}) and member(patch, path) is None
        if removed and member(current, path) in setting.defaults:
            patch = _without(patch, path)
    return patch


def _without(patch: Document, path: tuple[str, ...]) -> Dict[str, Any]:
    result = dict(patch)
    if len(path) == 1:
        del result[path[0]]
    else:
        result[path[0]] = _without(patch[path[0]], path[1:])
    return result
