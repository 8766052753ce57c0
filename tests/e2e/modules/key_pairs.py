# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RSA keys, read by a library that is not the collection's own code."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key


def private_key(number: int = 0) -> str:
    """A private key in PEM; each number has its own."""
    return _private_key(number)


@cache
def _private_key(_number: int) -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def public_key(private_pem: str) -> str:
    """The public half, as the service shows it."""
    key = serialization.load_pem_private_key(private_pem.encode(), None).public_key()
    assert isinstance(key, RSAPublicKey)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(private_pem: str) -> str:
    """SHA-256 of the public half in DER form, in hexadecimal digits."""
    key = serialization.load_pem_private_key(private_pem.encode(), None).public_key()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def public_key_of_file(path: Path) -> str:
    """The public half of the key in a file."""
    return public_key(path.read_text())


def write_key(path: Path, private_pem: str) -> Path:
    """A key file as a task leaves it."""
    path.write_text(private_pem)
    path.chmod(0o600)
    return path
