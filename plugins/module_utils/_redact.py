# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masks secrets in whatever is shown, however they are encoded there.

Ansible masks the exact text of a ``no_log`` option. A secret that was in a URL comes back percent-encoded, one that
was in a header comes back in base64, one that a server repeats comes back escaped for JSON or HTML: encodings are
undone here, and what holds a secret then is masked, and so is anything that looks like a private key.
"""

from __future__ import annotations

import base64
import re
from typing import Any, Iterable, Iterator, List, Pattern, Tuple

from ._decoding import SIGN, Readings
from ._urls import PASSWORD_MASK, passwords_in, without_passwords

MASK = PASSWORD_MASK
# Bytes; what is shorter turns up by accident in what any word stands for in base64.
SHORTEST_IN_BASE64 = 6
# Base64 in base64 is undone as well.
LAYERS_OF_BASE64 = 2
# Characters that tell where a secret may begin.
BEGINNING = 4

PRIVATE_KEY = re.compile(
    r"-----BEGIN[\s+](?:[A-Z0-9]+[\s+])*PRIVATE[\s+]KEY-----.*?"
    r"(?:-----END[\s+](?:[A-Z0-9]+[\s+])*PRIVATE[\s+]KEY-----|\Z)",
    re.DOTALL,
)
# The beginning of a private key in DER form, by itself (PKCS #1) or with its algorithm (PKCS #8).
PRIVATE_KEY_IN_DER = re.compile(rb"\x30\x82..\x02\x01\x00[\x02\x30]", re.DOTALL)
SHORTEST_PRIVATE_KEY = len("-----BEGIN PRIVATE KEY-----")  # bytes
# What stands in every private key: the word, as it is or in base64, or the beginning of its DER form in base64. Few
# texts hold it, and to undo the encodings of all texts would take longer than the rest of a task.
SIGNS_OF_PRIVATE_KEY = ("PRIVATE", "UFJJVkFUR", "BSSVZBVE", "QUklWQVRF", "IBAA", "IBAD")

# Base64 in either alphabet, over one line or several.
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}(?:(?<=[A-Za-z0-9+/_-]{16})[ \t]*[\r\n]+[ \t]*[A-Za-z0-9+/_-]+)*={0,2}")
TO_STANDARD_ALPHABET = str.maketrans({"-": "+", "_": "/", "=": "", "\r": "", "\n": "", " ": "", "\t": ""})

# Members of JSON objects that hold secrets, wherever they stand: a webhook's secret, a key pair's private half.
SECRET_MEMBERS = frozenset(("secret", "private_key"))
# What the text of a JSON value has if it holds secrets: the names of such members, a sign of URLs with a password, or
# escapes, or more bytes for a character.
SECRET_SIGNS = tuple(name.encode("ascii") for name in sorted(SECRET_MEMBERS)) + (b"@", b"\\u", b"\0")

# From where to where.
Span = Tuple[int, int]


class Redactor:
    """Masks the secrets that it knows; empty ones are left out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = {secret for secret in secrets if secret}

    def learn(self, secrets: Iterable[str]) -> None:
        """Masks these as well from now on."""
        self._secrets.update(secret for secret in secrets if secret)

    def learn_from(self, value: Any) -> None:
        """Masks the secrets of a JSON-like value from now on, passwords in URLs among them."""
        if isinstance(value, dict):
            for name, item in value.items():
                if name in SECRET_MEMBERS and isinstance(item, str) and item:
                    self._secrets.add(item)
                self.learn_from(item)
        elif isinstance(value, list):
            for item in value:
                self.learn_from(item)
        elif isinstance(value, str):
            self._secrets.update(passwords_in(value))

    def learn_from_json(self, content: bytes, value: Any) -> None:
        """The same for a value that was read from JSON: few answers hold secrets, and a look at the text tells."""
        if any(sign in content for sign in SECRET_SIGNS):
            self.learn_from(value)

    def text(self, text: str) -> str:
        """``text`` with each secret replaced by a mask."""
        secrets = sorted(self._secrets, key=len, reverse=True)
        return _masked(text, _spans(text, secrets, LAYERS_OF_BASE64))

    def value(self, value: Any) -> Any:
        """A JSON-like value with each secret in its strings, keys included, replaced by a mask."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.value(key): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


def shown(value: Any) -> Any:
    """A JSON-like value as results may show it: without the passwords of URLs, and private keys only by that name."""
    if isinstance(value, str):
        return without_passwords(Redactor(()).text(value) if holds_private_key(value) else value)
    if isinstance(value, dict):
        return {name: item if name == "private_key" else shown(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    return value


def holds_private_key(text: str) -> bool:
    """Whether a text holds what looks like a private key, in any encoding."""
    return any(sign in text for sign in SIGNS_OF_PRIVATE_KEY) and any(_spans(text, (), LAYERS_OF_BASE64))


def _masked(text: str, spans: Iterable[Span]) -> str:
    """The text with a mask instead of each of the spans; those that overlap get one."""
    parts: List[str] = []
    shown_to = 0
    for start, end in sorted(spans):
        if start >= shown_to:
            parts += [text[shown_to:start], MASK]
        shown_to = max(shown_to, end)
    return "".join([*parts, text[shown_to:]])


def _spans(text: str, secrets: Iterable[str], layers_of_base64: int) -> Iterator[Span]:
    """Where a text holds what is to be masked."""
    readings = Readings(text)
    decoded, places = readings.decoded()
    for found in PRIVATE_KEY.finditer(decoded):
        yield places[found.start()], places[found.end()]
    for secret in secrets:
        # Whatever the encoding, a secret does not get shorter by it.
        if len(secret) <= len(text):
            yield from _spans_of(secret, readings)
    if layers_of_base64:
        # Base64 can follow a backslash, which makes an escape of its first letter.
        for form, places_in_text in {decoded: places, text: range(len(text) + 1)}.items():
            for start, end in _spans_of_base64(form, secrets, layers_of_base64):
                yield places_in_text[start], places_in_text[end]


def _spans_of(secret: str, readings: Readings) -> Iterator[Span]:
    for beginning in _pattern(secret).finditer(readings.text):
        end = readings.end_of(secret, beginning.start())
        if end is not None:
            yield beginning.start(), end


def _pattern(secret: str) -> Pattern[str]:
    """Matches where the secret may begin: with its first characters, as they are up to a sign of an escape."""
    pattern = ""
    for character in reversed(secret[:BEGINNING]):
        pattern = "(?:%s%s|%s)" % (re.escape(character), pattern, SIGN.pattern)
    return re.compile("(?=%s)" % pattern)


def _spans_of_base64(text: str, secrets: Iterable[str], layers: int) -> Iterator[Span]:
    """The base64 in a text that decodes to something with a secret in it."""
    encoded = {secret: secret.encode("utf-8", "surrogatepass") for secret in secrets}
    long_enough = {secret: content for secret, content in encoded.items() if len(content) >= SHORTEST_IN_BASE64}
    shortest = min([SHORTEST_PRIVATE_KEY, *map(len, long_enough.values())])
    for found in BASE64.finditer(text):
        if (found.end() - found.start()) * 3 // 4 < shortest:
            continue
        for content in _contents(found.group()):
            if (
                PRIVATE_KEY_IN_DER.search(content)
                or any(secret in content for secret in long_enough.values())
                or any(_spans(content.decode("utf-8", "replace"), long_enough, layers - 1))
            ):
                yield found.span()
                break


def _contents(encoded: str) -> Iterator[bytes]:
    """What base64 decodes to from each of its first four characters on: other characters may stand before it."""
    letters = encoded.translate(TO_STANDARD_ALPHABET)
    for first in range(4):
        part = letters[first:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        yield base64.b64decode(part + "=" * (-len(part) % 4))
