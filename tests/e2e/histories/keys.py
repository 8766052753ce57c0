# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys by their fingerprints."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from tests.simulator.client import Document


def key_of(document: Document) -> str:
    """The fingerprint of an application's public key."""
    return _public(document["keys"]["public_key"])


def key_in(path: Path) -> str | None:
    """The fingerprint of the private key in a file, None where there is none, or none that can be read."""
    try:
        return _private(path.read_bytes())
    except OSError:
        return None


@cache
def _public(text: str) -> str:
    return _fingerprint(serialization.load_pem_public_key(text.encode()))


@cache
def _private(content: bytes) -> str | None:
    try:
        # A check of the numbers takes as long as a run of a module.
        key = serialization.load_pem_private_key(content, None, unsafe_skip_rsa_key_validation=True)
    except (TypeError, ValueError):
        return None
    return _fingerprint(key.public_key())


def _fingerprint(key: PublicKeyTypes) -> str:
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()
