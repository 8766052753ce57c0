# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people give instead of a key: the line says what it looks like, and what to do."""

from __future__ import annotations

import base64
import json
import urllib.parse

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._keys import lookalikes
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import UnreadableKey, private_key, public_key
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

PEM = keys.private_pem(keys.pair())
PUBLIC = keys.public_pem(keys.pair())
OPENSSH = keys.pair().public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def encoded(text):
    return base64.b64encode(text.encode()).decode()


# By what was given: a word of what it is, and one of what to do.
INSTEAD_OF_A_PRIVATE_KEY = {
    "line ends in two characters": (PEM.replace("\n", "\\n"), "\\n in two characters", "replace("),
    "CRLF in four characters": (PEM.replace("\n", "\\r\\n"), "\\n in two characters", "replace("),
    "line ends escaped twice": (PEM.replace("\n", "\\\\n"), "\\n in two characters", "replace("),
    "line ends in two characters, quoted": (json.dumps(PEM), "\\n in two characters", "replace("),
    "line ends in two characters in part": (PEM.replace("\n", "\\n", 3), "\\n in two characters", "replace("),
    "line ends in two characters, first line fine": (
        PEM.replace("\n", "\\n").replace("\\n", "\n", 1),
        "\\n in two characters",
        "replace(",
    ),
    "line ends of HTML": (PEM.replace("\n", "<br>"), "<br>", "regex_replace("),
    "line ends of XHTML": (PEM.replace("\n", "<br />\n"), "<br>", "regex_replace("),
    "line ends as entities": (PEM.replace("\n", "&#10;"), "line end of HTML", "plain text"),
    "line ends by their numbers": (PEM.replace("\n", "\\u000a"), "\\u000a", "from_json"),
    "spaces of no width": (PEM[:100] + "\u200b" + PEM[100:], "cannot be seen", "regex_replace("),
    "a byte order mark in it": (PEM[:300] + "\ufeff" + PEM[300:], "cannot be seen", "regex_replace("),
    "a space of no width in its first line": (PEM.replace("BEGIN", "BEGIN\u200b"), "cannot be seen", "regex_replace("),
    "data URI": ("data:application/x-pem-file;base64," + encoded(PEM), "data URI", "b64decode"),
    "base64": (encoded(PEM), "the base64 of a PEM", "b64decode"),
    "base64 in lines": (
        "\n".join(keys.armored("X", encoded(PEM), 76).splitlines()[1:-1]),
        "base64 of a PEM",
        "b64decode",
    ),
    "base64 without padding": (encoded(PEM.strip()).rstrip("="), "the base64 of a PEM", "b64decode"),
    "base64 without padding, one letter more": (encoded(PEM + "\n").rstrip("="), "the base64 of a PEM", "b64decode"),
    "base64, as PowerShell makes it": (
        base64.b64encode(PEM.encode("utf-16")).decode(),
        "the base64 of a PEM in UTF-16",
        "b64decode(encoding='utf-16')",
    ),
    "base64 twice": (encoded(encoded(PEM)), "the base64 of a PEM", "b64decode"),
    "content alone": (keys.body(PEM), "without the lines -----BEGIN", "give the whole PEM"),
    "public key": (PUBLIC, "it is a public key", "give the private key"),
    "public key, PKCS#1": (
        keys.public_pem(keys.pair(), PublicFormat.PKCS1),
        "it is a public key",
        "give the private key",
    ),
    "encrypted": (keys.private_pem(keys.pair(), password=b"x"), "encrypted with a passphrase", "openssl pkey"),
    "encrypted, PKCS#1": (
        keys.private_pem(keys.pair(), PrivateFormat.TraditionalOpenSSL, b"x"),
        "encrypted with a passphrase",
        "openssl pkey",
    ),
    "OpenSSH": (keys.private_pem(keys.pair(), PrivateFormat.OpenSSH), "the format of OpenSSH", "ssh-keygen"),
    "OpenSSH, public": (OPENSSH, "public key in the format of OpenSSH", "PEM"),
    "PuTTY": ("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "PuTTY", "puttygen"),
    "EC": (keys.private_pem(keys.elliptic()), "not an RSA key", "RSA keys alone"),
    "EC, SEC 1": (
        keys.private_pem(keys.elliptic(), PrivateFormat.TraditionalOpenSSL),
        "elliptic curve key",
        "RSA keys alone",
    ),
    "Ed25519": (keys.private_pem(keys.edwards()), "not an RSA key", "RSA keys alone"),
    "certificate": (keys.certificate(), "it is a certificate", "give the key that belongs to it"),
    "path": ("/etc/nexmo/shop.key", "path of a file", "lookup('ansible.builtin.file', PATH)"),
    "path of the user": ("~/shop.key", "path of a file", "lookup"),
    "relative path": ("files/shop.pem", "path of a file", "lookup"),
    "name of a file": ("shop.key", "path of a file", "lookup"),
    "path with a line end": ("/etc/nexmo/shop.key\n", "path of a file", "lookup"),
    "URL of a file": ("file:///etc/nexmo/shop.key", "path of a file", "lookup"),
    "JSON": (json.dumps({"keys": {"private_key": PEM}}), "it is JSON", "give the member"),
    "vault": ("$ANSIBLE_VAULT;1.1;AES256\n616263", "Ansible Vault", "decrypted"),
    "template": ("{{ my_key }}", "template that was not evaluated", "variable"),
    "URL-encoded": (urllib.parse.quote(PEM), "URL-encoded", "urldecode"),
    "URL-encoded as a form": (urllib.parse.quote_plus(PEM), "URL-encoded", "urldecode"),
    "end missing": (PEM[:500], "its end is missing", "PEM"),
    "typographic dashes": (PEM.replace("--", "\u2013"), "need five dashes", "-----"),
    "a dash missing": (PEM.replace("-----BEGIN", "----BEGIN"), "need five dashes", "-----"),
    "empty": ("", "it is empty", ""),
    "blank": (" \n", "it is empty", ""),
    "text": ("hello", "not a key in PEM form", ""),
    "two keys": (PEM + keys.private_pem(keys.pair(number=1)), "several keys", "give one"),
    "two kinds of keys": (
        PEM + keys.private_pem(keys.elliptic(), PrivateFormat.TraditionalOpenSSL),
        "several keys",
        "give one",
    ),
    "the public key of another": (PEM + keys.public_pem(keys.pair(number=1)), "several keys", "give one"),
}


@pytest.mark.parametrize(("text", "what", "remedy"), INSTEAD_OF_A_PRIVATE_KEY.values(), ids=INSTEAD_OF_A_PRIVATE_KEY)
def test_the_line_says_what_was_given_instead_of_a_private_key_and_what_to_do(text, what, remedy):
    with pytest.raises(UnreadableKey) as caught:
        private_key(text)

    message = str(caught.value)
    assert what in message
    assert remedy in message
    assert "\n" not in message
    assert not keys.shows_part_of(PEM, message)


INSTEAD_OF_A_PUBLIC_KEY = {
    "line ends in two characters": (PUBLIC.replace("\n", "\\n"), "\\n in two characters", "replace("),
    "base64": (encoded(PUBLIC), "the base64 of a PEM", "b64decode"),
    "private key": (PEM, "it is a private key", "its public half"),
    "certificate": (keys.certificate(), "it is a certificate", "give the key that belongs to it"),
    "OpenSSH": (OPENSSH, "public key in the format of OpenSSH", "PEM"),
    "path": ("/etc/nexmo/shop.pub", "path of a file", "lookup"),
    "two keys": (PUBLIC + keys.public_pem(keys.pair(number=1)), "several keys", "give one"),
}


@pytest.mark.parametrize(("text", "what", "remedy"), INSTEAD_OF_A_PUBLIC_KEY.values(), ids=INSTEAD_OF_A_PUBLIC_KEY)
def test_the_line_says_what_was_given_instead_of_a_public_key_and_what_to_do(text, what, remedy):
    with pytest.raises(UnreadableKey) as caught:
        public_key(text)

    assert what in str(caught.value)
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    "beside",
    [PEM, PUBLIC, keys.private_pem(keys.pair(), PrivateFormat.TraditionalOpenSSL), keys.certificate()],
    ids=["itself", "its public half", "itself in another form", "a certificate"],
)
def test_what_belongs_to_a_key_may_stand_beside_it(beside):
    assert private_key(PEM + beside).pem == PEM
    assert private_key(beside + PEM).public.fingerprint == keys.fingerprint(keys.pair())


@given(st.text())
def test_of_any_text_something_is_said_in_one_line(text):
    for message in (lookalikes.of_text(text), lookalikes.of_content(text), lookalikes.of_label(text[:20], "key")):
        assert message
    assert "\n" not in lookalikes.of_text(text) + lookalikes.of_content(text)
