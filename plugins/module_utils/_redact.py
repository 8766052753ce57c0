# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masks secrets in whatever is shown, in each form in which they can turn up.

Ansible masks the exact text of a ``no_log`` option. A secret that was in a URL comes back percent-encoded, one that
was in a header comes back in base64, one that a server repeats comes back escaped for JSON or HTML: these are masked
here, and so is anything that looks like a private key.
"""

from __future__ import annotations

import base64
import html
import json
import re
from typing import Any, Iterable, List, Pattern

MASK = "********"
# The part of a base64 text that depends on a secret alone is masked only where it is long enough to be no accident.
SHORTEST_BASE64 = 8

PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----.*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----|\Z)", re.DOTALL
)


# Members of JSON objects that hold secrets, wherever they stand: a webhook's secret, a key pair's private half.
SECRET_MEMBERS = frozenset(("secret", "private_key"))
# What the text of a JSON value has if it has such members: their names, or escapes, or more bytes for a character.
SECRET_SIGNS = tuple(name.encode("ascii") for name in sorted(SECRET_MEMBERS)) + (b"\\u", b"\0")


class Redactor:
    """Masks the secrets that it knows; empty ones are left out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = {secret for secret in secrets if secret}

    def learn_from(self, value: Any) -> None:
        """Takes the secrets of a JSON-like value for its own."""
        if isinstance(value, dict):
            for name, item in value.items():
                if name in SECRET_MEMBERS and isinstance(item, str) and item:
                    self._secrets.add(item)
                self.learn_from(item)
        elif isinstance(value, list):
            for item in value:
                self.learn_from(item)

    def learn_from_json(self, content: bytes, value: Any) -> None:
        """The same for a value that was read from JSON: few answers hold secrets, and a look at the text tells."""
        if any(sign in content for sign in SECRET_SIGNS):
            self.learn_from(value)

    def text(self, text: str) -> str:
        """``text`` with each secret replaced by a mask."""
        text = PRIVATE_KEY.sub(MASK, text)
        for secret in sorted(self._secrets, key=len, reverse=True):
            # No form of a secret is shorter than itself, and to look for a private key takes a tenth of a second.
            if len(secret) <= len(text):
                text = _pattern(secret).sub(MASK, text)
        return text

    def value(self, value: Any) -> Any:
        """A JSON-like value with each secret in its strings, keys included, replaced by a mask."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.value(key): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


def _pattern(secret: str) -> Pattern[str]:
    return re.compile("|".join([_escaped_pattern(secret)] + _base64_patterns(secret)))


def _escaped_pattern(secret: str) -> str:
    """Matches the secret with each of its characters raw or escaped, in any mixture."""
    return "".join("(?:%s)" % "|".join(_character_forms(character)) for character in secret)


def _character_forms(character: str) -> List[str]:
    percent = "".join("%%%02X" % byte for byte in character.encode("utf-8", "surrogatepass"))
    in_json = json.dumps(character)[1:-1]
    forms = {
        character,
        in_json,
        in_json.upper().replace("\\U", "\\u") if in_json.startswith("\\u") else in_json,
        html.escape(character),
        "&#%d;" % ord(character),
        "&#x%x;" % ord(character),
        percent,
        percent.lower(),
        percent.replace("%", "%25"),
        percent.lower().replace("%", "%25"),
    }
    if character == " ":
        forms.add("+")
    if character == "/":
        forms.add("\\/")
    return [re.escape(form) for form in sorted(forms, key=len, reverse=True)]


def _base64_patterns(secret: str) -> List[str]:
    """Matches the base64 text of anything that contains the secret, whatever stands around it.

    Three bytes become four characters, so that there are three ways in which a secret can be aligned.
    """
    patterns = []
    content = secret.encode("utf-8", "surrogatepass")
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + content).decode("ascii").rstrip("=")
        last = len(encoded) if (before + len(content)) % 3 == 0 else len(encoded) - 1
        core = encoded[(0, 2, 3)[before] : last]
        if len(core) >= SHORTEST_BASE64:
            patterns.append("[A-Za-z0-9+/_-]?%s[A-Za-z0-9+/_-]?=*" % _either_alphabet(core))
    return patterns


def _either_alphabet(encoded: str) -> str:
    return re.escape(encoded).replace(r"\+", "+").replace("+", "[+-]").replace(r"\/", "/").replace("/", "[/_]")
