# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text looks like that is not the key it should be, and what to do about it. Nothing of the text is shown."""

from __future__ import annotations

import base64
import json
import re
from typing import Callable, Mapping, Pattern, Tuple

NO_PEM = "not a key in PEM form"

ESCAPED_LINE_END = re.compile(r"\\+r?\\*n")
HTML_LINE_END = re.compile(r"<br ?/?>|&#(?:10|x0?a);", re.IGNORECASE)
JSON_LINE_END = re.compile(r"\\u000[ad]", re.IGNORECASE)
# Spaces of no width, and marks of direction or byte order.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
PATH_LIKE = re.compile(r"(?:~|\.{1,2})?/[^\n]*|file:[^\n]*|[^\n]+\.(?:key|pem|der|pub|txt)", re.IGNORECASE)
BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]+-----")

# By the label of its PEM: what it is, and what to do.
LABELS: Mapping[str, str] = {
    "PUBLIC KEY": "it is a public key; give the private key of the pair",
    "RSA PUBLIC KEY": "it is a public key; give the private key of the pair",
    "ENCRYPTED PRIVATE KEY": "it is encrypted with a passphrase; remove that with openssl pkey -in FILE -out NEW_FILE",
    "OPENSSH PRIVATE KEY": "it is in the format of OpenSSH; convert a copy with ssh-keygen -p -m PEM -f FILE",
    "EC PRIVATE KEY": "it is an elliptic curve key; the service takes RSA keys alone",
    "EC PARAMETERS": "it is an elliptic curve key; the service takes RSA keys alone",
    "DSA PRIVATE KEY": "it is a DSA key; the service takes RSA keys alone",
    "CERTIFICATE": "it is a certificate; give the key that belongs to it",
    "TRUSTED CERTIFICATE": "it is a certificate; give the key that belongs to it",
    "CERTIFICATE REQUEST": "it is a certificate request; give the key that belongs to it",
    "PRIVATE KEY": "it is a private key; give its public half, as openssl pkey -pubout prints it",
    "RSA PRIVATE KEY": "it is a private key; give its public half, as openssl pkey -pubout prints it",
}


def of_label(label: str, wanted: str) -> str:
    """What is wrong with a PEM of that label where a ``wanted`` is expected ("public key", for instance)."""
    advice = LABELS.get(label)
    problem = "a PEM of type %s is not a %s" % (label, wanted)
    return "%s: %s" % (problem, advice) if advice else problem


def of_content(content: str) -> str:
    """What is wrong with a PEM's content that is not base64."""
    if "Proc-Type" in content or "DEK-Info" in content:
        return (
            "the PEM does not hold base64 alone: it is encrypted with a passphrase; "
            "remove that with openssl pkey -in FILE -out NEW_FILE"
        )
    for sign, problem in _DAMAGES:
        if sign.search(content):
            return problem
    return "the PEM does not hold base64; give it as it was made"


def of_document(text: str) -> str:
    """What is wrong with a text that is no PEM, whatever it holds; empty where that is not so."""
    return _JSON if _is_json(text) else ""


def of_text(text: str) -> str:
    """What is wrong with a text that holds no whole PEM."""
    return next((problem for looks_so, problem in _LOOKS if looks_so(text)), NO_PEM)


_ESCAPED = (
    "it has \\n in two characters where its lines end; "
    "put line ends there with the filter replace('\\\\n', '\\n'), in double quotes of YAML"
)
_IN_HTML = (
    "it has <br>, or another line end of HTML, where its lines end; copy it as plain text, "
    "or put line ends there with the filter regex_replace('<br ?/?>', '\\n'), in double quotes of YAML"
)
_IN_JSON = (
    "it has \\u000a where its lines end, as JSON may write them; "
    "decode it with the filter from_json, with the quotes of JSON around it"
)
_INVISIBLE = (
    "it holds characters that cannot be seen; copy it again as plain text, "
    "or remove them with the filter regex_replace('[^\\n -~]', ''), in double quotes of YAML"
)
_JSON = "it is JSON; give the member that holds the key, keys.private_key for instance"
_URL_ENCODED = "it is URL-encoded; decode it with the filter urldecode"

# What happened to the line ends of a PEM, or to all of it, by a sign of that in its content.
_DAMAGES: Tuple[Tuple[Pattern[str], str], ...] = (
    (ESCAPED_LINE_END, _ESCAPED),
    (JSON_LINE_END, _IN_JSON),
    (HTML_LINE_END, _IN_HTML),
    (re.compile(r"%[0-9A-Fa-f]{2}"), _URL_ENCODED),
    (INVISIBLE, _INVISIBLE),
)


def _is_escaped(text: str) -> bool:
    return "-----BEGIN" in text and ESCAPED_LINE_END.search(text) is not None


def _decoded(text: str) -> bytes:
    letters = "".join(text.split()).strip("\"'").rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except ValueError:
        return b""


def _is_base64_of_pem(text: str) -> bool:
    decoded = _decoded(text)
    return b"-----BEGIN" in decoded or b"-----BEGIN" in _decoded(decoded.decode("latin-1"))


def _is_base64_of_pem_in_utf_16(text: str) -> bool:
    return "-----BEGIN".encode("utf-16-le") in _decoded(text)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except ValueError:
        return False


def _starts_with(*starts: str) -> Callable[[str], bool]:
    return lambda text: text.lstrip("\ufeff \t\r\n\"'").startswith(starts)


def _is_path(text: str) -> bool:
    return PATH_LIKE.fullmatch(text.strip().strip("\"'")) is not None


_LOOKS: Tuple[Tuple[Callable[[str], bool], str], ...] = (
    (lambda text: not text.strip(), "it is empty"),
    (_starts_with("$ANSIBLE_VAULT"), "it is encrypted by Ansible Vault; give the decrypted text"),
    (_starts_with("{{", "{%"), "it is a template that was not evaluated; see where the variable comes from"),
    (_is_escaped, _ESCAPED),
    (lambda text: re.search(r"-----BEGIN(?:%20|\+)", text) is not None, _URL_ENCODED),
    (
        lambda text: re.match(r"\s*data:[^,]*,", text) is not None,
        "it is a data URI; give what is behind its comma, decoded with the filter b64decode",
    ),
    (lambda text: "-----" in text and INVISIBLE.search(text) is not None, _INVISIBLE),
    (_is_base64_of_pem, "it is the base64 of a PEM; decode it with the filter b64decode"),
    (
        _is_base64_of_pem_in_utf_16,
        "it is the base64 of a PEM in UTF-16; decode it with the filter b64decode(encoding='utf-16')",
    ),
    (
        lambda text: _decoded(text)[:2] == b"\x30\x82",
        "it is base64 without the lines -----BEGIN ...----- and -----END ...----- around it; give the whole PEM",
    ),
    (_starts_with("ssh-", "ecdsa-"), "it is a public key in the format of OpenSSH; give the key in PEM"),
    (_starts_with("PuTTY-User-Key-File"), "it is in the format of PuTTY; convert it with puttygen"),
    (
        lambda text: BEGIN.search(text) is None and re.search(r"BEGIN [A-Z0-9 ]*KEY", text) is not None,
        NO_PEM + ": its first and last line need five dashes, -----, at each end",
    ),
    (lambda text: BEGIN.search(text) is not None, NO_PEM + ": its end is missing, or not that of its beginning"),
    (
        _is_path,
        "it looks like the path of a file; give what the file holds, with lookup('ansible.builtin.file', PATH)",
    ),
)
