# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private key in a file: read, and written so that it is never lost, never half there and never open to others.

A file is first reserved: a temporary one in the same directory, which its user alone can read, as large as a key can
be, and flushed, so that a full disk is found before there is a key to lose. Then it is filled, flushed and renamed.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from typing import Callable, Dict, List, Optional

from .._errors import InvalidOption
from .rsa import PublicKey, UnreadableKey, public_half

LONGEST_NAME = 255 - len(".") - 64  # bytes, of what file systems take less a fingerprint
LARGEST_KEY = 16 * 1024  # bytes; a key of 16384 bits takes 13 KiB


class KeyFile:
    """The file of one private key. ``option`` is what messages call its path."""

    def __init__(self, option: str, path: str) -> None:
        self._option = option
        self.path = path
        self._directory = os.path.dirname(os.path.abspath(path))

    def check(self) -> None:
        """Makes sure that a key can be written there. Raises InvalidOption."""
        self._check_name()
        self._check_kind()
        if not os.path.isdir(self._directory):
            raise self._invalid("the directory %s does not exist; make it first" % self._directory)
        self._check_writable(self._directory)

    def check_place(self) -> bool:
        """Makes sure that a key can be written once ``make_directory`` was called, and tells whether that is needed.

        Raises InvalidOption.
        """
        self._check_name()
        self._check_kind()
        existing = self._directory
        while not os.path.lexists(existing):
            existing = os.path.dirname(existing)
        if not os.path.isdir(existing):
            raise self._invalid("%s is not a directory; give another path" % existing)
        self._check_writable(existing)
        return existing != self._directory

    def make_directory(self) -> None:
        """Makes the directories that are missing. Raises InvalidOption."""
        try:
            os.makedirs(self._directory, mode=0o755, exist_ok=True)
        except OSError as error:
            raise self._invalid("cannot make the directory %s: %s" % (self._directory, error.strerror)) from None

    def public_key(self) -> Optional[PublicKey]:
        """The public half of the key that is there; None where there is no file, or an empty one.

        Raises InvalidOption for a file that holds anything else.
        """
        self._check_kind()
        try:
            with open(self.path, encoding="utf-8", errors="replace") as file:
                content = file.read(LARGEST_KEY + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._invalid("%s cannot be read: %s" % (self.path, error.strerror)) from None
        if not content.strip():
            return None
        try:
            return public_half(content)
        except UnreadableKey as error:
            raise self._invalid(
                "%s holds something else than an RSA private key (%s); move it away" % (self.path, error)
            ) from None

    def reserve(self, set_attributes: Callable[[str], object]) -> ReservedFile:
        """Takes the space that a key needs, with the attributes that it is to have. Raises InvalidOption."""
        try:
            return ReservedFile(self.path, self._directory, set_attributes)
        except OSError as error:
            raise self._invalid("cannot write in %s: %s" % (self._directory, error.strerror)) from None

    def try_out(self) -> None:
        """Writes as much as a key can take, and removes it: permissions alone do not tell. Raises InvalidOption."""
        with self.reserve(lambda _path: None):
            pass

    def held_keys(self) -> List[str]:
        """The fingerprints of the keys that are there, in the file or waiting beside it. Raises InvalidOption."""
        key = self.public_key()
        return sorted({*self._waiting(), *([key.fingerprint] if key else [])})

    def has_waiting_keys(self) -> bool:
        """Whether keys wait beside the file to become it."""
        return bool(self._waiting())

    def waiting_key(self) -> Optional[PublicKey]:
        """The public half of the key that waits beside the file; None where none does, or several do."""
        paths = list(self._waiting().values())
        return KeyFile(self._option, paths[0]).public_key() if len(paths) == 1 else None

    def settle(self, fingerprint: Optional[str], set_attributes: Callable[[str], object]) -> None:
        """Makes the waiting key of that fingerprint, if there is one, the file; other waiting keys are of no use any
        more and go. A different key in the file is kept aside."""
        waiting = self._waiting()
        if not waiting:
            return
        current = self.public_key()
        if fingerprint in waiting and (current is None or current.fingerprint != fingerprint):
            promoted = waiting.pop(str(fingerprint))
            self.keep_aside()
            set_attributes(promoted)
            os.replace(promoted, self.path)
        for path in waiting.values():
            os.unlink(path)
        flush_directory(self._directory)

    def remove(self, fingerprint: Optional[str]) -> None:
        """Removes the key and those that wait beside it, durably. A key with another fingerprint is kept aside."""
        key = self.public_key()
        if key is not None:
            if key.fingerprint != fingerprint:
                self.keep_aside()
            os.unlink(self.path)
            flush_directory(self._directory)
        self.settle(None, lambda _path: None)

    def _waiting(self) -> Dict[str, str]:
        """The paths of the keys that wait beside the file, by their fingerprints."""
        pattern = re.compile(re.escape(os.path.basename(self.path)) + r"\.([0-9a-f]{64})")
        names = os.listdir(self._directory) if os.path.isdir(self._directory) else []
        matches = [match for match in map(pattern.fullmatch, names) if match]
        paths = {match[1]: os.path.join(self._directory, match[0]) for match in matches}
        return {fingerprint: path for fingerprint, path in paths.items() if self._has_key(path, fingerprint)}

    def _has_key(self, path: str, fingerprint: str) -> bool:
        try:
            key = KeyFile(self._option, path).public_key()
        except InvalidOption:
            return False
        return key is not None and key.fingerprint == fingerprint

    def keep_aside(self) -> Optional[str]:
        """Gives the key that is there a second name, so that replacing it loses nothing; None where there is none."""
        key = self.public_key()
        if key is None:
            return None
        aside = "%s.%s.old" % (self.path, key.fingerprint[:16])
        if not os.path.lexists(aside):
            try:
                os.link(self.path, aside, follow_symlinks=False)
            except OSError:  # a file system without hard links
                os.rename(self.path, aside)
        return aside

    def _check_writable(self, directory: str) -> None:
        if not os.access(directory, os.W_OK | os.X_OK):
            raise self._invalid("the directory %s cannot be written; correct its permissions" % directory)

    def _check_name(self) -> None:
        """The key waits under a longer name."""
        if len(os.fsencode(os.path.basename(self.path))) > LONGEST_NAME:
            raise self._invalid("the name of the file is longer than %d bytes; give a shorter one" % LONGEST_NAME)

    def _check_kind(self) -> None:
        try:
            mode = os.lstat(self.path).st_mode
        except OSError:
            return
        if stat.S_ISLNK(mode):
            raise self._invalid("%s is a symbolic link, which is not followed; give the file itself" % self.path)
        if stat.S_ISDIR(mode):
            raise self._invalid("%s is a directory; give the path of a file" % self.path)
        if not stat.S_ISREG(mode):
            raise self._invalid("%s is not a regular file" % self.path)

    def _invalid(self, problem: str) -> InvalidOption:
        return InvalidOption(self._option, problem)


class ReservedFile:
    """A temporary file beside the path that it is meant for. Raises OSError.

    As a context manager it removes the temporary file in the end, unless it was filled.
    """

    def __init__(self, path: str, directory: str, set_attributes: Callable[[str], object]) -> None:
        self._path = path
        self._directory = directory
        self.temporary_path = os.path.join(directory, ".nexmo.%s.tmp" % secrets.token_hex(8))
        self._descriptor = os.open(self.temporary_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            if os.write(self._descriptor, b"\0" * LARGEST_KEY) != LARGEST_KEY:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._descriptor)
            set_attributes(self.temporary_path)
        except BaseException:
            self._abandon()
            raise

    def __enter__(self) -> ReservedFile:
        return self

    def __exit__(self, *_details: object) -> None:
        if self._descriptor >= 0:
            self._abandon()

    def fill(self, private_key: str) -> str:
        """Writes the key, which then waits beside the file; its fingerprint. Raises UnreadableKey and OSError."""
        fingerprint = public_half(private_key).fingerprint
        content = private_key.rstrip("\n").encode("utf-8") + b"\n"
        written = os.pwrite(self._descriptor, content, 0)
        if written != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.ftruncate(self._descriptor, written)
        os.fsync(self._descriptor)
        os.replace(self.temporary_path, "%s.%s" % (self._path, fingerprint))
        os.close(self._descriptor)
        self._descriptor = -1
        flush_directory(self._directory)
        return fingerprint

    def _abandon(self) -> None:
        os.close(self._descriptor)
        self._descriptor = -1
        os.unlink(self.temporary_path)


def flush_directory(directory: str) -> None:
    """Makes names that were given or taken in a directory durable."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
