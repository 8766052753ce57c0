# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RSA keys in PEM, read with the standard library alone, since target hosts may have nothing else.

Formats: SubjectPublicKeyInfo (RFC 5280, "PUBLIC KEY"), RSAPublicKey and RSAPrivateKey (RFC 8017, "RSA PUBLIC KEY",
"RSA PRIVATE KEY") and PrivateKeyInfo (RFC 5208, "PRIVATE KEY"). Encrypted keys cannot be read.

The layout of a PEM does not matter for reading. Written is the canonical one: lines of 64 characters, and LF.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import List, Sequence, Set, Tuple

from . import lookalikes

PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)

INTEGER, BIT_STRING, NULL, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x03, 0x05, 0x06, 0x30
RSA_ENCRYPTION = bytes.fromhex("2a864886f70d010101")  # 1.2.840.113549.1.1.1


PUBLIC_LABELS = ("PUBLIC KEY", "RSA PUBLIC KEY")
PRIVATE_LABELS = ("PRIVATE KEY", "RSA PRIVATE KEY")


class UnreadableKey(ValueError):
    """Not an RSA key in one of the formats above; the message never holds the key."""


@dataclass(frozen=True)
class Block:
    """One PEM in a text: its label, and what it holds in base64."""

    label: str
    content: str = field(repr=False)

    @property
    def der(self) -> bytes:
        """Raises UnreadableKey."""
        try:
            return base64.b64decode("".join(self.content.split()), validate=True)
        except ValueError:  # binascii.Error is one, and so is what is said of text that is not ASCII
            raise UnreadableKey(lookalikes.of_content(self.content)) from None

    @property
    def canonical(self) -> str:
        """Raises UnreadableKey."""
        return _armored(self.label, self.der)


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
        return _armored("PUBLIC KEY", self._der())

    def _der(self) -> bytes:
        key = _encoded(SEQUENCE, _encoded_integer(self.modulus) + _encoded_integer(self.exponent))
        algorithm = _encoded(SEQUENCE, _encoded(OBJECT_IDENTIFIER, RSA_ENCRYPTION) + _encoded(NULL, b""))
        return _encoded(SEQUENCE, algorithm + _encoded(BIT_STRING, b"\0" + key))


@dataclass(frozen=True)
class PrivateKey:
    """A private key as it is written to a file, and its public half."""

    pem: str = field(repr=False)
    public: PublicKey


def public_key(pem: str) -> PublicKey:
    """Reads a public key. Raises UnreadableKey."""
    return _public_key_in(_public_block(pem))


def is_public_key(pem: str) -> bool:
    """Whether that is a public key, and nothing that has to be kept secret with it."""
    try:
        public_key(pem)
    except UnreadableKey:
        return False
    return "PRIVATE KEY" not in pem


def canonical_pem(pem: str) -> str:
    """A public key in the canonical layout, in the form that it was given in. Raises UnreadableKey."""
    block = _public_block(pem)
    _public_key_in(block)
    return block.canonical


def public_half(pem: str) -> PublicKey:
    """The public half of a private key. Raises UnreadableKey, also where the key's parts don't belong together."""
    return private_key(pem).public


def private_key(pem: str) -> PrivateKey:
    """Reads a private key. Raises UnreadableKey, also for a text that holds several keys.

    The private key's own public half, and certificates, may stand beside it.
    """
    blocks = _blocks(pem)
    block = _first(blocks, PRIVATE_LABELS, "private key that can be read")
    half = _half_in(block)
    if _others(blocks, half):
        raise UnreadableKey("it holds several keys; give one")
    return PrivateKey(block.canonical, half)


def _others(blocks: Sequence[Block], half: PublicKey) -> bool:
    """Whether one of the blocks is another key than that."""
    if any(block.label.endswith("PRIVATE KEY") and block.label not in PRIVATE_LABELS for block in blocks):
        return True
    halves = [_half_in(block) for block in blocks if block.label in PRIVATE_LABELS]
    publics = [_public_key_in(block) for block in blocks if block.label in PUBLIC_LABELS]
    return {half} != {*halves, *publics}


def _public_block(pem: str) -> Block:
    blocks = _blocks(pem)
    block = _first(blocks, PUBLIC_LABELS, "public key")
    keys: Set[PublicKey] = {_public_key_in(each) for each in blocks if each.label in PUBLIC_LABELS}
    if len(keys) > 1:
        raise UnreadableKey("it holds several keys; give one")
    return block


def _public_key_in(block: Block) -> PublicKey:
    der = block.der
    if block.label == "PUBLIC KEY":
        algorithm, bits = _members(_only(der, SEQUENCE), 2)[:2]
        _require_rsa(algorithm)
        der = bits[1][1:]
    return _public_key_of(_integers(der)[:2])


def _half_in(block: Block) -> PublicKey:
    der = block.der
    if block.label == "PRIVATE KEY":
        _version, algorithm, octets = _members(_only(der, SEQUENCE), 3)[:3]
        _require_rsa(algorithm)
        der = octets[1]
    numbers = _integers(der)
    if len(numbers) < 9 or numbers[4] * numbers[5] != numbers[1]:
        raise UnreadableKey("the parts of the private key do not belong together")
    return _public_key_of(numbers[1:3])


def _public_key_of(numbers: List[int]) -> PublicKey:
    if len(numbers) != 2 or min(numbers) <= 0:
        raise UnreadableKey("the key has no modulus and exponent")
    return PublicKey(*numbers)


def _blocks(pem: str) -> List[Block]:
    """The PEMs in a text, at least one."""
    problem = lookalikes.of_document(pem)
    if problem:
        raise UnreadableKey(problem)
    blocks = [Block(found.group(1), found.group(2)) for found in PEM.finditer(pem)]
    if not blocks:
        raise UnreadableKey(lookalikes.of_text(pem))
    return blocks


def _first(blocks: Sequence[Block], labels: Sequence[str], wanted: str) -> Block:
    block = next((block for block in blocks if block.label in labels), None)
    if block is None:
        raise UnreadableKey(lookalikes.of_label(blocks[0].label, wanted))
    return block


def _armored(label: str, der: bytes) -> str:
    text = base64.b64encode(der).decode("ascii")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN %s-----" % label, *lines, "-----END %s-----" % label, ""])


def _require_rsa(algorithm: Tuple[int, bytes]) -> None:
    members = _members(algorithm[1])
    if members[0] != (OBJECT_IDENTIFIER, RSA_ENCRYPTION):
        raise UnreadableKey("the key is not an RSA key; the service takes RSA keys alone")


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
