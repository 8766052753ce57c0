# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generates RSA key pairs with what the host has: the Python library cryptography, or the program openssl."""

from __future__ import annotations

import shutil
import subprocess

from .._errors import NexmoError

BITS = 2048  # what the service itself makes


class NoKeyMaker(NexmoError):
    """The host has nothing that generates key pairs."""


def check_key_maker() -> None:
    """Makes sure that the host has something that makes key pairs. Raises NoKeyMaker."""
    try:
        from cryptography.hazmat.primitives.asymmetric import rsa as _rsa  # noqa: F401
    except ImportError:
        if shutil.which("openssl") is None:
            raise _no_key_maker("neither is here") from None


def new_private_key() -> str:
    """A private key in PEM (PKCS#8, not encrypted); ``rsa.public_half`` gives its public half. Raises NoKeyMaker."""
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa
    except ImportError:
        return _by_openssl()
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")


def _by_openssl() -> str:
    command = ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:%d" % BITS]
    try:
        return subprocess.run(command, check=True, capture_output=True, encoding="ascii").stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise _no_key_maker(type(error).__name__) from None


def _no_key_maker(problem: str) -> NoKeyMaker:
    return NoKeyMaker(
        "a key pair cannot be made here (%s); install openssl, or the Python library cryptography" % problem
    )
