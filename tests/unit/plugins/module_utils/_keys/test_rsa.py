# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import re
import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import PrivateFormat, PublicFormat, load_pem_private_key
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import (
    UnreadableKey,
    canonical_pem,
    is_public_key,
    private_key,
    public_half,
    public_key,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.loading import in_new_interpreter

READERS = (public_key, public_half)

PAIRS = pytest.mark.parametrize(
    ("bits", "exponent"),
    [(1024, 65537), (1024, 3), (1031, 65537), (2048, 65537), (2050, 65537), (2047, 3), (3072, 65537), (4096, 65537)],
)

FORMS = {
    "SubjectPublicKeyInfo": (public_key, keys.public_pem),
    "RSAPublicKey": (public_key, lambda key: keys.public_pem(key, PublicFormat.PKCS1)),
    "PrivateKeyInfo": (public_half, keys.private_pem),
    "RSAPrivateKey": (public_half, lambda key: keys.private_pem(key, PrivateFormat.TraditionalOpenSSL)),
}
EVERY_FORM = pytest.mark.parametrize("form", FORMS)

LAYOUTS = {
    "as it was made": lambda pem: pem,
    "CRLF": lambda pem: pem.replace("\n", "\r\n"),
    "CR": lambda pem: pem.replace("\n", "\r"),
    "one long line": lambda pem: keys.armored(label_of(pem), keys.body(pem), 10**6),
    "short lines": lambda pem: keys.armored(label_of(pem), keys.body(pem), 7),
    "no line end at the end": lambda pem: pem.rstrip("\n"),
    "no line ends at all": lambda pem: pem.replace("\n", ""),
    "blanks at ends of lines": lambda pem: pem.replace("\n", " \t\n"),
    "indented": lambda pem: "".join("    " + line for line in pem.splitlines(True)),
    "blank lines": lambda pem: "\n\n" + pem.replace("\n", "\n\n") + "\n\n",
    "text around it": lambda pem: "Bag Attributes: <Empty>\n" + pem + "the end\n",
}


def label_of(pem: str) -> str:
    return re.match("-----BEGIN (.*?)-----", pem).group(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (lambda: keys.public_pem(keys.pair()), True),
        (lambda: keys.public_pem(keys.pair(), PublicFormat.PKCS1), True),
        (lambda: keys.private_pem(keys.pair()), False),
        (lambda: keys.public_pem(keys.pair()) + keys.private_pem(keys.pair()), False),
        (lambda: keys.public_pem(keys.elliptic()), False),
        (lambda: "", False),
        (lambda: "hello", False),
    ],
    ids=["public", "PKCS#1", "private", "both", "elliptic", "nothing", "text"],
)
def test_only_a_public_key_alone_may_be_shown(text, expected):
    assert is_public_key(text()) is expected


def read_or_refused(pem: str) -> str:
    """Reads the text as a public and as a private key; all the messages. Any other exception than ours goes through."""
    messages = []
    for read in READERS:
        try:
            assert re.fullmatch("[0-9a-f]{64}", read(pem).fingerprint)
        except UnreadableKey as error:
            messages.append(str(error))
    return "\n".join(messages)


@PAIRS
@EVERY_FORM
def test_the_fingerprint_is_that_of_the_public_half_in_der(form, bits, exponent):
    key = keys.pair(bits, exponent)
    read, pem_of = FORMS[form]

    result = read(pem_of(key))

    assert result.fingerprint == keys.fingerprint(key)
    assert result.bits == bits
    assert (result.modulus, result.exponent) == (key.public_key().public_numbers().n, exponent)


@pytest.mark.parametrize("layout", LAYOUTS)
@EVERY_FORM
def test_the_layout_of_the_pem_does_not_matter(form, layout):
    read, pem_of = FORMS[form]

    result = read(LAYOUTS[layout](pem_of(keys.pair())))

    assert result.fingerprint == keys.fingerprint(keys.pair())


@pytest.mark.parametrize("layout", LAYOUTS)
@EVERY_FORM
def test_a_key_is_written_in_the_layout_in_which_openssl_writes_it(form, layout):
    pem = FORMS[form][1](keys.pair())
    read = canonical_pem if FORMS[form][0] is public_key else lambda text: private_key(text).pem

    assert read(LAYOUTS[layout](pem)) == pem


def test_no_text_for_programmers_shows_a_private_key():
    pem = keys.private_pem(keys.pair())

    assert not keys.shows_part_of(pem, repr(private_key(pem)))


@EVERY_FORM
def test_keys_of_different_pairs_differ(form):
    read, pem_of = FORMS[form]

    assert read(pem_of(keys.pair(number=1))).fingerprint != read(pem_of(keys.pair(number=2))).fingerprint


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("options", [("genpkey", "-algorithm", "RSA"), ("genrsa", "2048")])
def test_a_key_that_openssl_made_is_read(options):
    made = subprocess.run(("openssl",) + options, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout

    assert public_half(made.decode("ascii")).fingerprint == keys.fingerprint(load_pem_private_key(made, None))


@pytest.mark.parametrize(
    ("read", "pem", "reason"),
    [
        (public_key, lambda: keys.public_pem(keys.elliptic()), "not an RSA key"),
        (public_key, lambda: keys.public_pem(keys.edwards()), "not an RSA key"),
        (public_key, lambda: keys.public_pem(keys.dsa_key()), "not an RSA key"),
        (public_key, keys.certificate, "type CERTIFICATE is not a public key"),
        (public_key, lambda: keys.private_pem(keys.pair()), "type PRIVATE KEY is not a public key"),
        (
            public_key,
            lambda: keys.private_pem(keys.pair(), PrivateFormat.TraditionalOpenSSL),
            "type RSA PRIVATE KEY is not a public key",
        ),
        (public_half, lambda: keys.private_pem(keys.elliptic()), "not an RSA key"),
        (public_half, lambda: keys.private_pem(keys.edwards()), "not an RSA key"),
        (
            public_half,
            lambda: keys.private_pem(keys.elliptic(), PrivateFormat.TraditionalOpenSSL),
            "type EC PRIVATE KEY",
        ),
        (public_half, lambda: keys.private_pem(keys.pair(), PrivateFormat.OpenSSH), "type OPENSSH PRIVATE KEY"),
        (public_half, lambda: keys.private_pem(keys.pair(), password=b"open"), "type ENCRYPTED PRIVATE KEY"),
        (
            public_half,
            lambda: keys.private_pem(keys.pair(), PrivateFormat.TraditionalOpenSSL, b"open"),
            "does not hold base64",
        ),
        (public_half, lambda: keys.public_pem(keys.pair()), "type PUBLIC KEY is not a private key"),
        (public_half, keys.certificate, "type CERTIFICATE is not a private key"),
    ],
)
def test_other_keys_are_refused_by_their_kind(read, pem, reason):
    text = pem()

    with pytest.raises(UnreadableKey, match=reason) as caught:
        read(text)

    assert not keys.shows_part_of(text, str(caught.value))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== someone@example.com",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        keys.armored("PUBLIC KEY", "A"),
        keys.armored("PRIVATE KEY", "!!!!"),
        keys.armored("PRIVATE KEY", "MAA="),
        keys.armored("RSA PUBLIC KEY", "MAA="),
        keys.armored("RSA PUBLIC KEY", "MAYCAQACAQA="),
        keys.armored("PUBLIC KEY", base64.b64encode(b"\x30\x80").decode()),
        keys.armored("PUBLIC KEY", base64.b64encode(b"\x30\xff").decode()),
        keys.armored("PUBLIC KEY", base64.b64encode(b"\x30\xff" + b"\xff" * 127).decode()),
    ],
)
def test_what_is_no_key_is_refused(read, text):
    with pytest.raises(UnreadableKey):
        read(text)


@EVERY_FORM
def test_halves_of_different_pairs_are_refused_or_told_apart(form):
    """The modulus of one key in the place of another's."""
    read, pem_of = FORMS[form]
    one, other = (keys.pair(number=number) for number in (1, 2))
    der = base64.b64decode(keys.body(pem_of(one)))
    moduli = [key.public_key().public_numbers().n.to_bytes(256, "big") for key in (one, other)]
    mixed = keys.armored(label_of(pem_of(one)), base64.b64encode(der.replace(*moduli)).decode())

    if read is public_half:
        with pytest.raises(UnreadableKey, match="do not belong together"):
            read(mixed)
    else:
        assert read(mixed).fingerprint == keys.fingerprint(other)


@given(st.text())
@example(keys.armored("PUBLIC KEY", "\xe9"))
@example(keys.armored("PRIVATE KEY", "\ufffd"))
@example("-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----")
def test_any_text_is_read_or_refused(text):
    read_or_refused(text)


LABELS = st.sampled_from(["PUBLIC KEY", "RSA PUBLIC KEY", "PRIVATE KEY", "RSA PRIVATE KEY", "CERTIFICATE"])


@given(LABELS, st.text())
@example("PUBLIC KEY", "\xe9")
def test_any_text_in_a_pem_is_read_or_refused(label, text):
    read_or_refused("-----BEGIN %s-----\n%s\n-----END %s-----" % (label, text, label))


@given(LABELS, st.binary() | st.binary(max_size=20).map(lambda start: b"\x30\x0d\x06\x09" + start))
def test_any_bytes_in_a_pem_are_read_or_refused(label, content):
    read_or_refused(keys.armored(label, base64.b64encode(content).decode()))


@EVERY_FORM
@given(data=st.data())
def test_a_key_that_was_cut_off_is_refused(form, data):
    pem = FORMS[form][1](keys.pair(1024))
    der = base64.b64decode(keys.body(pem))
    kept = data.draw(st.integers(0, len(der) - 1))
    cut_off = keys.armored(label_of(pem), base64.b64encode(der[:kept]).decode())

    with pytest.raises(UnreadableKey) as caught:
        FORMS[form][0](cut_off)

    assert not keys.shows_part_of(pem, str(caught.value))


@EVERY_FORM
@given(data=st.data())
def test_a_pem_that_was_cut_off_is_refused(form, data):
    pem = FORMS[form][1](keys.pair(1024)).rstrip("\n")
    cut_off = pem[: data.draw(st.integers(0, len(pem) - 1))]

    with pytest.raises(UnreadableKey) as caught:
        FORMS[form][0](cut_off)

    assert not keys.shows_part_of(pem, str(caught.value))


@EVERY_FORM
@given(data=st.data())
def test_a_key_with_flipped_bits_is_read_or_refused(form, data):
    pem = FORMS[form][1](keys.pair(1024))
    der = bytearray(base64.b64decode(keys.body(pem)))
    # The structure is at the beginning: half of the flips go there.
    places = st.integers(0, 40) | st.integers(0, len(der) - 1)
    for place, bit in data.draw(st.lists(st.tuples(places, st.integers(0, 7)), min_size=1, max_size=4)):
        der[place] ^= 1 << bit

    messages = read_or_refused(keys.armored(label_of(pem), base64.b64encode(bytes(der)).decode()))

    assert not keys.shows_part_of(pem, messages)


@EVERY_FORM
@given(data=st.data())
def test_a_pem_with_changed_characters_is_read_or_refused(form, data):
    pem = FORMS[form][1](keys.pair(1024))
    place = data.draw(st.integers(0, len(pem) - 1))
    changed = pem[:place] + data.draw(st.text(max_size=3)) + pem[place + data.draw(st.integers(0, 3)) :]

    messages = read_or_refused(changed)

    assert not keys.shows_part_of(pem, messages)


@pytest.mark.parametrize(
    "text",
    [
        "'-----BEGIN PUBLIC KEY-----' + ' ' * 16384",
        "'-----BEGIN PUBLIC KEY-----\\n' * 600",
        "'-----BEGIN ' + 'A ' * 16384",
        "'-----BEGIN A-----' + 'B\\n' * 8192 + '-----END C-----'",
    ],
)
def test_no_text_takes_long_to_be_refused(text):
    program = (
        "from utils._keys.rsa import *\n"
        "try:\n    public_key(%s)\nexcept UnreadableKey as error:\n    print(error)\n" % text
    )

    assert in_new_interpreter(program, timeout=60).startswith("not a key in PEM form")
