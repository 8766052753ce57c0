# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What version 2 of the Applications API can be asked, checked without asking it.

Source, unless a line says otherwise: the service's public reference of version 2.
"""

from __future__ import annotations

from typing import Any, Dict, Optional

from .._errors import InvalidOption
from .._keys.rsa import UnreadableKey, public_key
from .._patch import Document, member, removals
from .capabilities import CAPABILITIES, settings_by_path
from .capability_options import accepts
from .changes import changed_settings
from .desired import Desired
from .model import Application
from .named import in_options
from .webhooks import WEBHOOKS

FLAT_OPTIONS = ("type",) + tuple(option for webhook in WEBHOOKS for option in (webhook.name, webhook.method_option))
FEWEST_BITS = 2048  # of a public key that the service takes


class RulesV2:
    """The rules of version 2; see ``plan.Rules``. It knows no type: ``type`` means that a capability is enabled."""

    unsupported = ()

    @staticmethod
    def check(desired: Desired) -> None:
        """Refuses, before any request, what version 2 can never do. Raises InvalidOption."""
        options = desired.options
        flat = [option for option in FLAT_OPTIONS if option in options]
        if "capabilities" in options and flat:
            raise InvalidOption("capabilities", "cannot be given with %s; say it all in capabilities" % flat[0])
        if "public_key" in options:
            _check_public_key(options["public_key"])
            if desired.lost_key == "rotate":
                raise InvalidOption("lost_key", "rotate makes a new key pair, which public_key would undo")

    @staticmethod
    def updated(desired: Desired, existing: Application) -> Application:
        """Every setting can be changed."""
        return existing.with_settings(_changed(existing.settings, desired))

    @staticmethod
    def created(desired: Desired, replaced: Optional[Application]) -> Application:
        """A name is all that an application needs; it takes over everything but the key pair."""
        return Application(None, _changed(replaced.without_key().settings if replaced else {}, desired))

    @staticmethod
    def options_for(existing: Application) -> Dict[str, Any]:
        """All of its settings; its key pair is left out, for it may be rotated."""
        return in_options(existing.settings, accepts)


def _changed(current: Document, desired: Desired) -> Dict[str, Any]:
    """The settings with the task's changes, without what changes nothing: a key in another layout, and a default that
    cannot be unset."""
    _check_methods(desired, current)
    patch = _without_defaults(_without_same_key(desired.patch, current), current)
    return changed_settings(current, desired, patch, _enabled(desired))


def _enabled(desired: Desired) -> Document:
    """A capability exists as soon as it is named, if only as an empty object."""
    given = desired.options.get("capabilities", {})
    named = {name for name in given if given[name] is not None and desired.patch["capabilities"][name] is not None}
    if desired.type:
        named.add(desired.type)
    return {"capabilities": {name: {} for name in named}} if named else {}


def _check_public_key(pem: str) -> None:
    if "PRIVATE KEY" in pem:
        raise InvalidOption("public_key", "is a private key; give its public half, as openssl pkey -pubout prints it")
    try:
        bits = public_key(pem).bits
    except UnreadableKey as error:
        raise InvalidOption("public_key", "is not an RSA public key in PEM: %s" % error) from None
    if bits < FEWEST_BITS:
        raise InvalidOption("public_key", "has %d bits; give an RSA key of at least %d" % (bits, FEWEST_BITS))


def _check_methods(desired: Desired, current: Document) -> None:
    """Messages are sent by POST alone. An application that version 1 made otherwise can stay as it is."""
    for webhook in WEBHOOKS:
        method = desired.options.get(webhook.method_option)
        choices = CAPABILITIES[webhook.capability].webhooks[webhook.name]["http_method"].choices
        if method and method not in choices and member(current, webhook.path + ("http_method",)) != method:
            raise InvalidOption(webhook.method_option, "%s is not taken here; give %s" % (method, " or ".join(choices)))


def _without_same_key(patch: Document, current: Document) -> Document:
    wanted = Application(None, patch).fingerprint
    if wanted is None or wanted != Application(None, current).fingerprint:
        return patch
    return {name: change for name, change in patch.items() if name != "keys"}


def _without_defaults(patch: Document, current: Document) -> Document:
    """The service fills some settings in by itself; to remove one that has its default would never come to an end."""
    removed = frozenset(removals(patch))
    for path, setting in settings_by_path() if removed else ():
        path = ("capabilities",) + path
        if path in removed and member(current, path) in setting.defaults:
            patch = _without(patch, path)
    return patch


def _without(patch: Document, path: tuple[str, ...]) -> Dict[str, Any]:
    result = dict(patch)
    if len(path) == 1:
        del result[path[0]]
    else:
        result[path[0]] = _without(patch[path[0]], path[1:])
    return result
