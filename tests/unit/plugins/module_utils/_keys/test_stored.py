# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import PrivateFormat
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.stored import LARGEST_KEY, stored_key
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    AS_ROOT,
    as_nobody,
    directory_of_nobody,
    pem,
)

OPENSSL = shutil.which("openssl")
HEAD, *BODY, FOOT = pem().splitlines()


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return tmp_path / "my.key"


def read(path):
    return stored_key("private_key_path", str(path))


def lines_of(width, end="\n"):
    """The key in lines of that many characters."""
    text = "".join(BODY)
    return end.join([HEAD, *(text[start : start + width] for start in range(0, len(text), width)), FOOT, ""])


# How a key can be laid out, and whether openssl 3.0 can read it then.
LAYOUTS = {
    "as it was made": (pem(), True),
    "no line end at the end": (pem().rstrip(), True),
    "CRLF": (pem().replace("\n", "\r\n"), True),
    "CR": (pem().replace("\n", "\r"), False),
    "folded, as by > in YAML": (pem().replace("\n", " "), False),
    "on one line": (pem().replace("\n", ""), False),
    "indented": ("".join("  %s\n" % line for line in pem().splitlines()), False),
    "indented from the second line on": (pem().strip().replace("\n", "\n  "), False),
    "first line indented": (" " + pem(), False),
    "last line indented": (pem().replace("-----END", " -----END"), False),
    "content indented": ("\n".join([HEAD, *("  " + line for line in BODY), FOOT, ""]), True),
    "blanks at ends of lines": (pem().replace("\n", " \t\n"), True),
    "blank lines": (pem().replace("\n", "\n\n"), False),
    "a blank line first": (pem().replace(HEAD, HEAD + "\n"), True),
    "a blank line last": (pem().replace(FOOT, "\n" + FOOT), False),
    "a blank line between": ("\n".join([HEAD, *BODY[:5], "", *BODY[5:], FOOT, ""]), False),
    "a blank in a line": (pem().replace(BODY[0], BODY[0][:30] + " " + BODY[0][30:]), True),
    "lines of 76": (lines_of(76), True),
    "lines of 7": (lines_of(7), True),
    "one long line": (lines_of(10**6), True),
    "text before": ("Bag Attributes: <Empty>\n" + pem(), True),
    "text after": (pem() + "the end\n", True),
    "text before on the same line": ("key: " + pem(), False),
    "text after on the same line": (pem().rstrip() + " x\n", False),
    "content on the first line": (pem().replace(HEAD + "\n", HEAD + " "), False),
    "content on the last line": (pem().replace("\n" + FOOT, FOOT), False),
    "quoted": ('"%s"' % pem(), False),
    "a certificate first": (keys.certificate() + pem(), True),
    "byte order mark": ("\ufeff" + pem(), True),
    "NUL after": (pem() + "\0\0", True),
    "NUL before": ("\0\n" + pem(), False),
    "NUL before lines of 76": ("#\n\0#\n" + lines_of(76), False),
}


@pytest.mark.parametrize(("text", "readable"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_key_is_read_in_any_layout_and_known_whether_programs_can(path, text, readable):
    path.write_bytes(text.encode())

    stored = read(path)

    assert stored.public.fingerprint == keys.fingerprint(keys.pair())
    assert stored.private.pem == pem()
    assert stored.is_readable is readable


def openssl_reads(path):
    return (
        subprocess.run([OPENSSL, "pkey", "-in", str(path), "-noout"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
@pytest.mark.parametrize(("text", "_readable"), LAYOUTS.values(), ids=LAYOUTS)
def test_what_openssl_cannot_read_is_never_called_readable(path, text, _readable):
    """Versions differ in what else they can."""
    path.write_bytes(text.encode())

    assert openssl_reads(path) or not read(path).is_readable


PIECES = st.sampled_from(["", " ", "\t", "\n", "\r\n", "x", "\n\n", "  \n", "#\n", "\0\n"])


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
@given(st.tuples(PIECES, PIECES, PIECES, PIECES, PIECES, PIECES))
@example(("", "\n", "\n", "\n", "\n", ""))
def test_no_layout_is_called_readable_that_openssl_cannot_read(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("layouts") / "my.key"
    before, after_head, between, within, before_foot, after = pieces
    half = len(BODY) // 2
    text = "".join(
        [before, HEAD, after_head, between.join(BODY[:half]), within, "\n".join(BODY[half:]), before_foot, FOOT, after]
    )
    path.write_text(text, newline="")

    try:
        stored = read(path)
    except InvalidOption:
        return

    assert openssl_reads(path) or not stored.is_readable


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (pem(), True),
        (keys.private_pem(keys.pair(), PrivateFormat.TraditionalOpenSSL), True),
        ("# of the shop\n" + pem() + "\n# end\n", True),
        (pem().rstrip(), False),
        (pem().replace("\n", "\r\n"), False),
        (lines_of(76), False),
        ("x" + pem(), False),
    ],
    ids=["as made", "PKCS#1", "text around", "no line end", "CRLF", "lines of 76", "text before"],
)
def test_a_key_is_canonical_where_it_is_laid_out_as_this_collection_writes_it(path, text, canonical):
    path.write_bytes(text.encode())

    assert read(path).is_canonical is canonical


@pytest.mark.parametrize("content", [None, "", "\n", " \n\t\n"])
def test_where_there_is_no_key_there_is_none(path, content):
    if content is not None:
        path.write_text(content)

    assert read(path) is None


def test_bytes_that_are_not_utf_8_beside_a_key_do_not_matter(path):
    path.write_bytes(b"caf\xe9 \xff\n" + pem().encode())

    assert read(path).private.pem == pem()
    assert read(path).is_readable


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"hello", "not a key in PEM form", id="text"),
        pytest.param(keys.public_pem(keys.pair()).encode(), "it is a public key", id="public key"),
        pytest.param(keys.private_pem(keys.elliptic()).encode(), "not an RSA key", id="other kind of key"),
        pytest.param(b"\xff\x00" * 50000, "not a key", id="bytes"),
        pytest.param(pem().encode().replace(b"M", b"\xff", 1), "does not hold base64", id="damaged key"),
        pytest.param(b" " * 2 * LARGEST_KEY + pem().encode(), "it is empty", id="key behind many blanks"),
        pytest.param((pem() + pem(1)).encode(), "several keys", id="two keys"),
        pytest.param(pem().replace("\n", "\\n").encode(), "two characters", id="line ends in two characters"),
    ],
)
def test_what_is_no_key_is_an_error_without_its_content(path, content, reason):
    path.write_bytes(content)
    with pytest.raises(InvalidOption, match="^private_key_path: .*my.key holds something else") as caught:
        read(path)

    assert reason in str(caught.value)
    assert not keys.shows_part_of(pem(), str(caught.value))
    assert len(str(caught.value)) < 500
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkdir, "is a directory"),
        (os.mkfifo, "not a regular file"),
        (lambda path: os.symlink("/x", path), "symbolic link"),
        (lambda path: os.symlink(os.path.dirname(path), path), "symbolic link"),
    ],
    ids=["directory", "pipe", "dangling link", "link"],
)
def test_what_is_no_file_is_an_error(path, make, reason):
    make(str(path))

    with pytest.raises(InvalidOption, match=reason):
        read(path)


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/full"])
def test_a_device_is_not_read(device):
    with pytest.raises(InvalidOption, match="not a regular file"):
        read(device)


@AS_ROOT
def test_a_key_that_cannot_be_read_is_an_error():
    with directory_of_nobody() as directory:
        path = directory / "closed.key"
        path.write_text(pem())
        path.chmod(0o600)

        assert (
            as_nobody(lambda: read(path))
            == "InvalidOption: private_key_path: %s cannot be read: Permission denied" % path
        )
