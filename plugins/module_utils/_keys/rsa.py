# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RSA keys in PEM, read with the standard library alone, since target hosts may have nothing else.

Formats: SubjectPublicKeyInfo (RFC 5280, "PUBLIC KEY"), RSAPublicKey and RSAPrivateKey (RFC 8017, "RSA PUBLIC KEY",
"RSA PRIVATE KEY") and PrivateKeyInfo (RFC 5208, "PRIVATE KEY"). Encrypted keys cannot be read.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import List, Tuple

PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x03, 0x04, 0x05, 0x06, 0x30
RSA_ENCRYPTION = bytes.fromhex("2a864886f70d010101")  # 1.2.840.113549.1.1.1


class UnreadableKey(ValueError):
    """Not an RSA key in one of the formats above; the message never holds the key."""


@dataclass(frozen=True)
class PublicKey:
    """The public half of a pair."""

    modulus: int
    exponent: int

    @property
    def bits(self) -> int:
        return self.modulus.bit_length()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER form of SubjectPublicKeyInfo, in hex: the same however the PEM was laid out."""
        return hashlib.sha256(self._der()).hexdigest()

    @property
    def pem(self) -> str:
        """The PEM of SubjectPublicKeyInfo."""
        text = base64.b64encode(self._der()).decode("ascii")
        lines = [text[start : start + 64] for start in range(0, len(text), 64)]
        return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])

    def _der(self) -> bytes:
        key = _encoded(SEQUENCE, _encoded_integer(self.modulus) + _encoded_integer(self.exponent))
        algorithm = _encoded(SEQUENCE, _encoded(OBJECT_IDENTIFIER, RSA_ENCRYPTION) + _encoded(NULL, b""))
        return _encoded(SEQUENCE, algorithm + _encoded(BIT_STRING, b"\0" + key))


def public_key(pem: str) -> PublicKey:
    """Reads a public key. Raises UnreadableKey."""
    label, der = _pem_content(pem)
    if label == "PUBLIC KEY":
        algorithm, bits = _members(_only(der, SEQUENCE), 2)[:2]
        _require_rsa(algorithm)
        der = bits[1][1:]
    elif label != "RSA PUBLIC KEY":
        raise UnreadableKey("a PEM of type %s is not a public key" % label)
    return _public_key_of(_integers(der)[:2])


def is_public_key(pem: str) -> bool:
    """Whether that is a public key, and nothing that has to be kept secret with it."""
    try:
        public_key(pem)
    except UnreadableKey:
        return False
    return "PRIVATE KEY" not in pem


def public_half(pem: str) -> PublicKey:
    """The public half of a private key. Raises UnreadableKey, also where the key's parts don't belong together."""
    label, der = _pem_content(pem)
    if label == "PRIVATE KEY":
        _version, algorithm, octets = _members(_only(der, SEQUENCE), 3)[:3]
        _require_rsa(algorithm)
        der = octets[1]
    elif label != "RSA PRIVATE KEY":
        raise UnreadableKey("a PEM of type %s is not a private key that can be read" % label)
    numbers = _integers(der)
    if len(numbers) < 9 or numbers[4] * numbers[5] != numbers[1]:
        raise UnreadableKey("the parts of the private key do not belong together")
    return _public_key_of(numbers[1:3])


def _public_key_of(numbers: List[int]) -> PublicKey:
    if len(numbers) != 2 or min(numbers) <= 0:
        raise UnreadableKey("the key has no modulus and exponent")
    return PublicKey(*numbers)


def _pem_content(pem: str) -> Tuple[str, bytes]:
    found = PEM.search(pem)
    if found is None:
        raise UnreadableKey("not a key in PEM form")
    try:
        return found.group(1), base64.b64decode("".join(found.group(2).split()), validate=True)
    except ValueError:  # binascii.Error is one, and so is what is said of text that is not ASCII
        raise UnreadableKey("the PEM does not hold base64") from None


def _require_rsa(algorithm: Tuple[int, bytes]) -> None:
    members = _members(algorithm[1])
    if members[0] != (OBJECT_IDENTIFIER, RSA_ENCRYPTION):
        raise UnreadableKey("the key is not an RSA key")


def _integers(der: bytes) -> List[int]:
    return [int.from_bytes(content, "big") for tag, content in _members(_only(der, SEQUENCE)) if tag == INTEGER]


def _only(der: bytes, tag: int) -> bytes:
    members = _members(der)
    if len(members) != 1 or members[0][0] != tag:
        raise UnreadableKey("the key's DER is not in the expected form")
    return members[0][1]


def _members(der: bytes, at_least: int = 1) -> List[Tuple[int, bytes]]:
    """The tags and contents of DER values that follow each other (ITU-T X.690)."""
    members = []
    position = 0
    while position < len(der):
        tag = der[position]
        length, position = _length(der, position + 1)
        if position + length > len(der):
            raise UnreadableKey("the key's DER is cut off")
        members.append((tag, der[position : position + length]))
        position += length
    if len(members) < at_least:
        raise UnreadableKey("the key's DER lacks a part")
    return members


def _length(der: bytes, position: int) -> Tuple[int, int]:
    if position >= len(der):
        raise UnreadableKey("the key's DER is cut off")
    first = der[position]
    if first < 0x80:
        return first, position + 1
    end = position + 1 + (first & 0x7F)
    return int.from_bytes(der[position + 1 : end], "big"), end


def _encoded(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def _encoded_integer(number: int) -> bytes:
    return _encoded(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
