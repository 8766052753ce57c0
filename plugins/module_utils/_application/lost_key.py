# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decides whether the private key of an application is lost, and what the task allows then."""

from __future__ import annotations

from typing import Collection, Optional

from .._errors import KeyLost
from .desired import Desired
from .model import Application

WAYS_OUT = (
    "or choose a way out with lost_key: recreate makes the application anew, with a new id and a new key; rotate, "
    "under api_version: v2, gives it a new key"
)


def way_out(desired: Desired, existing: Application, held_keys: Optional[Collection[str]]) -> Optional[str]:
    """What the task allows for a key that is lost, ``recreate`` or ``rotate``.

    None where no key is lost, the task stores none (``held_keys`` is None), or the task gives a public key itself.
    Raises KeyLost where the task allows neither.
    """
    if held_keys is None or "public_key" in desired.options or _holds_key(existing, held_keys):
        return None
    if desired.lost_key == "fail":
        raise KeyLost("%s, %s" % (_problem(desired, existing, held_keys), WAYS_OUT))
    return desired.lost_key


def _holds_key(existing: Application, held_keys: Collection[str]) -> bool:
    """Where the API does not show the public key, any private key counts as the right one."""
    return bool(held_keys) if existing.public_key is None else existing.fingerprint in held_keys


def _problem(desired: Desired, existing: Application, held_keys: Collection[str]) -> str:
    """What is wrong, and what to do about it."""
    application = "%s (%s)" % (desired.described, existing.id)
    if existing.shows_unreadable_key:
        return (
            "%s exists, but the API shows a public key that cannot be read, so that no private key can be matched to "
            "it; give it another public_key" % application
        )
    if held_keys:
        path = desired.options.get("private_key_path")
        return (
            "%s exists, but its private key is not where it belongs: %s another key, with the fingerprint %s, "
            "and the application's has %s; put the right key there"
            % (
                application,
                "%s holds" % path if path else "the hosts hold",
                " and ".join(sorted(held_keys)),
                existing.fingerprint,
            )
        )
    return (
        "%s exists, but its private key is not where it belongs, and the API hands a key out only once; restore the "
        "key file from a backup" % application
    )
