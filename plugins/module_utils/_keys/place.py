# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a key file is to be: decided once, before anything is sent, by doing there what writing a key does.

A key waits beside its file under a longer name, ``PATH.FINGERPRINT``, until it becomes the file. So the place is tried
with a file whose name is as long, in the same directory, with the attributes that a key gets; and it is removed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from typing import ContextManager, Iterator, List, Optional, Protocol, Tuple

from .._errors import InvalidOption
from . import obstacles
from .claim import claim
from .rsa import PrivateKey
from .stored import LARGEST_KEY, check_kind

LONGEST_SUFFIX = len(".") + 64  # bytes: a fingerprint
LONGEST_NAME = 255 - LONGEST_SUFFIX  # bytes, of what file systems take
LONGEST_PATH = 4095 - LONGEST_SUFFIX  # bytes, of what Linux takes


class Attributes(Protocol):
    """What a file gets besides its content. All raise InvalidOption and OSError."""

    def check(self, path: str) -> None:
        """Makes sure that what is asked for exists."""

    def differ(self, path: str) -> bool:
        """Whether ``give`` would change anything."""

    def differ_last(self, path: str) -> bool:
        """Whether ``give_last`` would change anything."""

    def give(self, path: str) -> None:
        """Gives all that leaves a file free to be renamed."""

    def give_last(self, path: str) -> None:
        """Gives what can forbid to rename or remove the file."""

    def take_back(self, path: str) -> None:
        """Lets the file be removed again."""


class Place:
    """The path of a key file, for which messages name ``option``. Raises InvalidOption where it can never be one."""

    def __init__(self, option: str, path: str, attributes: Attributes) -> None:
        self.option = option
        self.path = _checked_path(option, path)
        self.directory = os.path.dirname(self.path)
        self.attributes = attributes

    @property
    def identity(self) -> Tuple[object, ...]:
        """The same for each spelling of the path, and wherever else its directory is mounted."""
        name = os.path.basename(self.path)
        try:
            directory = os.stat(self.directory)
        except OSError:
            return os.path.realpath(self.directory), name
        return directory.st_dev, directory.st_ino, name

    def check_directory(self) -> None:
        """Makes sure that the directory is there. Raises InvalidOption."""
        if not os.path.isdir(self.directory):
            check_kind(self.option, self.path)
            if os.path.lexists(self.directory):
                raise self._no_directory(self.directory)
            raise self.invalid("the directory %s does not exist; make it first" % self.directory)

    def check(self) -> None:
        """Makes sure that a file can be made there, once ``make_directories`` was called. Raises InvalidOption."""
        with self._trial() as reserved:
            reserved.rehearse()

    def try_out(self) -> None:
        """Makes sure that a key can be written: like ``check``, with its space, and all the way to the disk.

        Raises InvalidOption.
        """
        with self._trial() as reserved:
            reserved.take_space()
            reserved.rehearse()
            reserved.flush_name()

    def missing_directories(self) -> List[str]:
        """The directories that have to be made, from the outermost on."""
        missing = []
        directory = self.directory
        while not os.path.lexists(directory) and directory != os.path.dirname(directory):
            missing.append(directory)
            directory = os.path.dirname(directory)
        return missing[::-1]

    def make_directories(self) -> None:
        """Makes what is missing, for everybody to enter, whatever the umask. Raises InvalidOption."""
        for directory in self.missing_directories():
            try:
                _make_directory(directory)
            except OSError as error:
                raise self.invalid("cannot make the directory %s: %s" % (directory, error.strerror)) from None

    def reserve(self) -> ReservedFile:
        """Takes the space that a key needs, with the attributes that it is to have. Raises InvalidOption."""
        reserved = ReservedFile(self, self.path)
        reserved.take_space()
        return reserved

    @contextlib.contextmanager
    def explained(self, problem: str) -> Iterator[None]:
        """Makes errors of the operating system those of the option. Raises InvalidOption."""
        try:
            yield
        except OSError as error:
            raise self.invalid("%s: %s" % (problem, error.strerror or error)) from None

    def invalid(self, problem: str) -> InvalidOption:
        """An error of the option that gives the path."""
        return InvalidOption(self.option, problem)

    @contextlib.contextmanager
    def _trial(self) -> Iterator[ReservedFile]:
        """A file that is no key, in the place of one, or below what is there of its directories; it is removed."""
        missing = self.missing_directories()
        if ".." in map(os.path.basename, missing):
            raise self.invalid("%s leads out of a directory that does not exist; give the path without .." % self.path)
        existing = os.path.dirname(missing[0]) if missing else self.directory
        self._check_directory(existing)
        check_kind(self.option, self.path)
        self.attributes.check(self.path)
        with self.explained("cannot make directories in %s" % existing), contextlib.ExitStack() as stack:
            path = self.path
            if missing:
                _check_names(missing, os.pathconf(existing, "PC_NAME_MAX"))
                path = os.path.join(stack.enter_context(_trial_directory(existing)), "key")
            yield stack.enter_context(ReservedFile(self, path))

    def check_directory_open(self) -> None:
        """Makes sure that the directory can be read and written. Raises InvalidOption."""
        self._check_directory(self.directory)
        with self.explained("cannot change the directory %s" % self.directory):
            flush_directory(self.directory)

    def _no_directory(self, path: str) -> InvalidOption:
        return self.invalid("%s is not a directory; give another path" % path)

    def _check_directory(self, directory: str) -> None:
        if not os.path.isdir(directory):
            raise self._no_directory(directory)
        if not os.access(directory, os.R_OK | os.X_OK):
            raise self.invalid("the directory %s cannot be read; correct its permissions" % directory)
        flag = obstacles.forbidding_flag(os.path.realpath(directory))
        if flag:
            raise self.invalid("the directory %s is %s (see lsattr); take that attribute off" % (directory, flag))
        if not os.access(directory, os.W_OK):
            raise self.invalid("the directory %s cannot be written; correct its permissions" % directory)


class ReservedFile:
    """A temporary file beside the path of a key, which waits there once it is filled. Raises InvalidOption.

    As a context manager it claims the file (see ``claim``), and removes it in the end, unless it was filled.
    ``fingerprint`` is that of the key which fills it.
    """

    def __init__(self, place: Place, path: str) -> None:
        self._place = place
        self._path = path
        self.temporary_path = unused_name(path)
        self.fingerprint: Optional[str] = None
        with self._explained():
            self._descriptor = os.open(
                self.temporary_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
            )
        claim(self._descriptor)
        with self._abandoned_on_error():
            place.attributes.give(self.temporary_path)
            _check_kept(place.attributes, self.temporary_path)
            _check_readable(self.temporary_path)

    def __enter__(self) -> ReservedFile:
        return self

    def __exit__(self, *_details: object) -> None:
        with self._explained():
            if self.fingerprint is not None:
                os.close(self._descriptor)
            elif self._descriptor >= 0:
                self._abandon()

    def fill(self, private_key: PrivateKey) -> str:
        """Writes the key, which then waits beside the file; its fingerprint."""
        content = private_key.pem.encode("ascii")
        fingerprint = private_key.public.fingerprint
        with self._explained():
            self._write(content)
            os.ftruncate(self._descriptor, len(content))
            os.fsync(self._descriptor)
            os.replace(self.temporary_path, "%s.%s" % (self._path, fingerprint))
            self.fingerprint = fingerprint
            flush_directory(os.path.dirname(self._path))
        return fingerprint

    def take_space(self) -> None:
        """Makes the file as large as a key can be, durably."""
        with self._abandoned_on_error():
            self._write(b"\0" * LARGEST_KEY)
            os.fsync(self._descriptor)

    def flush_name(self) -> None:
        """Makes the file's name durable."""
        with self._explained():
            flush_directory(os.path.dirname(self._path))

    def rehearse(self) -> None:
        """Does what writing a key and installing it does, but for its content and name."""
        with self._explained():
            os.ftruncate(self._descriptor, 0)
            name = unused_name(self._path)
            os.replace(self.temporary_path, name)
            self.temporary_path = name
            try:
                self._place.attributes.give_last(name)
            finally:
                self._place.attributes.take_back(name)

    @contextlib.contextmanager
    def _abandoned_on_error(self) -> Iterator[None]:
        try:
            with self._explained():
                yield
        except BaseException:
            with contextlib.suppress(OSError):
                self._abandon()
            raise

    def _explained(self) -> ContextManager[None]:
        return self._place.explained("cannot write a key in %s" % os.path.dirname(self._path))

    def _write(self, content: bytes) -> None:
        if os.pwrite(self._descriptor, content, 0) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _abandon(self) -> None:
        os.close(self._descriptor)
        self._descriptor = -1
        os.unlink(self.temporary_path)


def unused_name(path: str) -> str:
    """A path beside that one which nobody uses, as long as ``PATH.FINGERPRINT``."""
    return "%s.%s.tmp" % (path, secrets.token_hex(30))


def flush_directory(directory: str) -> None:
    """Makes names that were given or taken in a directory durable. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checked_path(option: str, path: str) -> str:
    """The absolute path. Raises InvalidOption for what no file can have, be its directory there or not."""
    if not path.strip():
        raise InvalidOption(option, "is empty; give the path of a file")
    # A name in a directory may be blank; a blank first makes a relative path of what should be an absolute one.
    if path[0].isspace() or path.endswith(("\n", "\r")):
        raise InvalidOption(option, "%r begins or ends with white space; take it off with the filter trim" % path)
    if "\0" in path:
        raise InvalidOption(option, "has a NUL character; give the path of a file")
    if os.path.basename(path) in ("", ".", ".."):
        raise InvalidOption(option, "%s is a directory; give the path of a file" % path)
    try:
        absolute = path if os.path.isabs(path) else os.path.join(os.getcwd(), path)
        name_length, length = len(os.fsencode(os.path.basename(absolute))), len(os.fsencode(absolute))
    except OSError:
        raise InvalidOption(option, "is relative to a directory that is gone; give an absolute path") from None
    except UnicodeError:
        raise InvalidOption(option, "%r has characters that no file name can have" % path) from None
    if name_length > LONGEST_NAME:
        raise InvalidOption(option, "the name of the file is longer than %d bytes; give a shorter one" % LONGEST_NAME)
    if length > LONGEST_PATH:
        raise InvalidOption(option, "is longer than %d bytes; give a shorter path" % LONGEST_PATH)
    return absolute


def _check_kept(attributes: Attributes, path: str) -> None:
    """What a file system does not keep would be a change on every run. Raises InvalidOption and OSError."""
    if attributes.differ(path):
        raise InvalidOption(
            "mode", "the file system does not keep the owner, group and mode that the key is given; give those it keeps"
        )


def _check_readable(path: str) -> None:
    """A key that its writer cannot read is lost for it: the next run would not see it. Raises InvalidOption."""
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC))
    except PermissionError:
        raise InvalidOption(
            "mode",
            "with %04o the task itself could not read the key that it writes; let the file's owner read it"
            % stat.S_IMODE(os.lstat(path).st_mode),
        ) from None


def _check_names(directories: List[str], longest: int) -> None:
    """Raises OSError for a name that the file system does not take."""
    if any(len(os.fsencode(os.path.basename(each))) > longest for each in directories):
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))


@contextlib.contextmanager
def _trial_directory(existing: str) -> Iterator[str]:
    path = os.path.join(existing, ".nexmo.%s.tmp" % secrets.token_hex(8))
    _make_directory(path)
    try:
        yield path
    finally:
        os.rmdir(path)


def _make_directory(path: str) -> None:
    """With mode 0755, whatever the umask; a group that the directory inherits stays inherited."""
    try:
        os.mkdir(path, 0o755)
    except FileExistsError:  # somebody else makes it at the same time
        if not os.path.isdir(path):
            raise
        return
    try:
        os.chmod(path, stat.S_IMODE(os.lstat(path).st_mode) | 0o755)
    except OSError:
        os.rmdir(path)
        raise
