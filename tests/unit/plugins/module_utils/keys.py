# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys made with cryptography, whose reading and writing of keys is what ours is held against."""

from __future__ import annotations

import datetime
import hashlib
import re
import textwrap
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


def pair(bits: int = 2048, exponent: int = 65537, number: int = 0) -> rsa.RSAPrivateKey:
    """An RSA key pair, the same for the same arguments."""
    return _pair(bits, exponent, number)


@lru_cache(maxsize=None)
def _pair(bits: int, exponent: int, _number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=exponent, key_size=bits)


def public_pem(key: Any, form: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> str:
    return key.public_key().public_bytes(Encoding.PEM, form).decode("ascii")


def private_pem(key: Any, form: PrivateFormat = PrivateFormat.PKCS8, password: bytes = b"") -> str:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, form, encryption).decode("ascii")


def fingerprint(key: Any) -> str:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


@lru_cache(maxsize=None)
def elliptic() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


@lru_cache(maxsize=None)
def edwards() -> Any:
    return ed25519.Ed25519PrivateKey.generate()


@lru_cache(maxsize=None)
def dsa_key() -> Any:
    return dsa.generate_private_key(1024)


@lru_cache(maxsize=None)
def certificate() -> str:
    """One of our RSA key, signed by itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    start = datetime.datetime(2026, 1, 1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(pair().public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=1))
    )
    return builder.sign(pair(), hashes.SHA256()).public_bytes(Encoding.PEM).decode("ascii")


def body(pem: str) -> str:
    """The base64 text of a PEM, without line ends."""
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


def armored(label: str, base64_text: str, width: int = 64) -> str:
    """A PEM."""
    lines = textwrap.wrap(base64_text, width) or [""]
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, "\n".join(lines), label)


def shows_part_of(pem: str, text: str, length: int = 8) -> bool:
    """Whether the text holds so many characters in a row of the PEM's content."""
    content = body(pem)
    words = re.findall(r"[A-Za-z0-9+/]{%d,}" % length, text)
    return any(word[i : i + length] in content for word in words for i in range(len(word) - length + 1))
