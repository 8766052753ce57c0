# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding a secret in text, in every form in which it could have got there."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus


def secrets_in(text: str, key: str, secret: str) -> list[str]:
    """The forms of the secret that the text holds, and private keys."""
    forms = {*_forms_of(secret), base64.b64encode(f"{key}:{secret}".encode()).decode()}
    found = sorted(form for form in forms if form in text)
    return found + (["a private key"] if "PRIVATE KEY" in text else [])


def _forms_of(secret: str) -> Iterator[str]:
    yield secret
    yield html.escape(secret)
    yield json.dumps(secret)[1:-1]
    for safe in ("", "/", "/+"):
        for encoded in (quote(secret, safe=safe), quote_plus(secret, safe=safe)):
            yield encoded
            yield encoded.lower()
            yield quote(encoded)
            yield from _base64_forms(encoded.encode())
    yield from _base64_forms(secret.encode())


def _base64_forms(content: bytes) -> Iterator[str]:
    """What any base64 text that holds the content has in common, by how the content is aligned in it."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            # The outermost digits depend on what stands beside the content.
            encoded = encode(b"\0" * before + content).decode().rstrip("=")
            yield encoded[(0, 2, 3)[before] : -1]
