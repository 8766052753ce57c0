# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the key in a file: which key it is, and whether programs can read the file as it is."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import Optional

from .._errors import InvalidOption
from .rsa import PrivateKey, PublicKey, UnreadableKey, private_key

LARGEST_KEY = 16 * 1024  # bytes; a key of 16384 bits takes 13 KiB

# What openssl reads: the first and last line stand alone, at the beginning of a line, and no line between is blank. It
# takes a NUL for the end of a text.
READABLE = re.compile(
    r"\A(?:[^\0]*\n)?\ufeff?-----BEGIN ((?:RSA )?PRIVATE KEY)-----[ \t\r]*\n(?:[ \t\r]*\n)?"
    r"(?:[ \t]*[A-Za-z0-9+/=][A-Za-z0-9+/= \t\r]*\n)+-----END \1-----[ \t\r]*(?:\n|\Z)"
)


@dataclass(frozen=True)
class StoredKey:
    """The private key in a file. ``is_readable`` says whether openssl can read the file, ``is_canonical`` whether the
    key is laid out in it as this collection writes it; other text may stand beside it."""

    private: PrivateKey
    is_readable: bool
    is_canonical: bool

    @property
    def public(self) -> PublicKey:
        return self.private.public


def stored_key(option: str, path: str) -> Optional[StoredKey]:
    """The key in that file; None where there is no file, or an empty one.

    Raises InvalidOption, by the option that gives the path, for a file that holds anything else.
    """
    check_kind(option, path)
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InvalidOption(option, "%s cannot be read: %s" % (path, error.strerror)) from None
    if not content.strip() and len(content) <= LARGEST_KEY:
        return None
    text = content.decode("utf-8", "replace")
    try:
        key = private_key(text)
    except UnreadableKey as error:
        raise InvalidOption(
            option, "%s holds something else than an RSA private key (%s); move it away" % (path, error)
        ) from None
    before, found, _after = ("\n" + text).partition("\n" + key.pem)
    is_canonical = bool(found) and "\0" not in before
    return StoredKey(key, is_canonical or READABLE.search(text) is not None, is_canonical)


def check_kind(option: str, path: str) -> None:
    """Makes sure that there is a regular file, or none. Raises InvalidOption."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise InvalidOption(option, "%s cannot be looked at: %s" % (path, error.strerror)) from None
    if stat.S_ISLNK(mode):
        raise InvalidOption(option, "%s is a symbolic link, which is not followed; give the file itself" % path)
    if stat.S_ISDIR(mode):
        raise InvalidOption(option, "%s is a directory; give the path of a file" % path)
    if not stat.S_ISREG(mode):
        raise InvalidOption(option, "%s is not a regular file; give the path of one" % path)


def _content(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        return file.read(LARGEST_KEY + 1)
