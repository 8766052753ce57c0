# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private key in a file: written so that it is never lost, never incomplete and never readable for others.

A file is first reserved: a temporary one in the same directory, which its user alone can read, as large as a key can
be, and flushed, so that a full disk is found before there is a key to lose. Then it is filled, flushed and renamed, and
waits beside the file as ``PATH.FINGERPRINT``. Installed, it becomes the file; a different key there is kept as
``PATH.FINGERPRINT.old``. As long as the run that brought a key goes on, no other run removes it.
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Callable, Iterator, List, Mapping, Optional, Set

from .._errors import InvalidOption
from . import obstacles
from .claim import claimed, is_claimed
from .place import Attributes, Place, ReservedFile, flush_directory
from .rsa import PrivateKey, PublicKey
from .stored import StoredKey, stored_key


@dataclass(frozen=True)
class Holding:
    """The keys that are there: in the file, and those that wait beside it, by their fingerprints."""

    stored: Optional[StoredKey]
    waiting: Mapping[str, PublicKey]

    @property
    def current(self) -> Optional[PublicKey]:
        """The key in the file, if programs can read it."""
        return self.stored.public if self.stored and self.stored.is_readable else None

    @property
    def fingerprints(self) -> List[str]:
        """Of the keys that programs can read, or could once they are installed."""
        return sorted({*self.waiting, *([self.current.fingerprint] if self.current else [])})

    @property
    def any(self) -> bool:
        """Whether there is a key, be it one that programs cannot read."""
        return self.stored is not None or bool(self.waiting)

    def is_installed(self, fingerprint: str) -> bool:
        """Whether the file holds that key, and no better copy of it waits."""
        if self.stored is None or self.current is None or self.current.fingerprint != fingerprint:
            return False
        return self.stored.is_canonical or fingerprint not in self.waiting

    def key_of(self, fingerprint: str) -> Optional[PublicKey]:
        """The public half of the key with that fingerprint."""
        if self.current is not None and self.current.fingerprint == fingerprint:
            return self.current
        return self.waiting.get(fingerprint)


class KeyFile:
    """The file of one private key. Raises InvalidOption where its path can never be one."""

    def __init__(self, option: str, path: str, attributes: Attributes) -> None:
        self.place = Place(option, path, attributes)
        self._option = option
        self._attributes = attributes
        self._reserved: Optional[ReservedFile] = None
        self._claimed: Set[str] = set()

    @property
    def path(self) -> str:
        return self.place.path

    def holding(self) -> Holding:
        """What is there now. Raises InvalidOption.

        A key that waits may become the file meanwhile, but not the other way round. So the file is read last.
        """
        waiting = {key.fingerprint: key for key in self._waiting_keys()}
        return Holding(stored_key(self._option, self.path), waiting)

    def reserve(self) -> ReservedFile:
        """Takes the space that a key needs, with the attributes that it is to have. Raises InvalidOption."""
        self._reserved = self.place.reserve()
        return self._reserved

    @contextmanager
    def claim(self, fingerprint: str) -> Iterator[None]:
        """Lets no other run remove a key that waits, for the length of a ``with`` block. Raises InvalidOption where no
        such key is there."""
        self._claimed.add(fingerprint)
        with ExitStack() as stack:
            path = self._waiting_path(fingerprint)
            with self.place.explained("cannot claim %s" % path), suppress(FileNotFoundError, NotADirectoryError):
                stack.enter_context(claimed(path))
            if self.holding().key_of(fingerprint) is None:
                raise self._no_key(fingerprint)
            yield

    def stage(self, private_key: PrivateKey) -> None:
        """Brings a key beside the file, where it waits. Raises InvalidOption."""
        with self.reserve() as reserved:
            reserved.fill(private_key)

    def check_replaceable(self) -> None:
        """Makes sure that another file can take this one's name, or that it can be removed. Raises InvalidOption."""
        self._check(obstacles.to_replacing, self.path)

    def check_waiting_place(self, fingerprint: str) -> None:
        """Makes sure that the key can wait beside the file: what has its name there and is not that key is somebody
        else's, and stays. Raises InvalidOption."""
        path = self._waiting_path(fingerprint)
        stored = stored_key(self._option, path)
        if stored is not None and stored.public.fingerprint != fingerprint:
            raise self.place.invalid("%s holds another private key than its name says; move it away" % path)

    def check_removable(self) -> None:
        """Makes sure that the keys that are there can be removed. Raises InvalidOption."""
        self.place.check_directory_open()
        for path in [self.path, *(self._waiting_path(key.fingerprint) for key in self._waiting_keys())]:
            self._check(obstacles.to_replacing, path)

    def attributes_differ(self) -> bool:
        """Whether the file has other attributes than it should, which can be corrected. Raises InvalidOption."""
        with self.place.explained("cannot look at %s" % self.path):
            if self._attributes.differ(self.path):
                self._check(obstacles.to_changing, self.path)
                return True
            return self._attributes.differ_last(self.path)

    def correct_attributes(self) -> None:
        """Gives the file its attributes. Raises InvalidOption."""
        with self.place.explained("cannot change %s" % self.path):
            self._attributes.give(self.path)
            self._attributes.give_last(self.path)

    def install(self, fingerprint: str) -> None:
        """Makes the waiting key the file; a different key in the file is kept.

        Raises InvalidOption where no such key is there.
        """
        holding = self.holding()
        if holding.is_installed(fingerprint):
            return
        if fingerprint not in holding.waiting:
            raise self._no_key(fingerprint)
        waiting_path = self._waiting_path(fingerprint)
        with self.place.explained("cannot give the key, which is in %s, its name %s" % (waiting_path, self.path)):
            try:
                self._replace(waiting_path, holding.stored, fingerprint)
            except (FileNotFoundError, InvalidOption):  # another run that needs the same key has installed it meanwhile
                if not self.holding().is_installed(fingerprint):
                    raise

    def settle(self, fingerprint: str) -> None:
        """Installs the key of that fingerprint, and removes the other keys that wait for no run.

        Raises InvalidOption where no such key is there; nothing goes then.
        """
        self.install(fingerprint)
        self.drop_waiting(*self.removable())

    def removable(self) -> List[str]:
        """The fingerprints of the keys that wait and that no other run claims. Raises InvalidOption."""
        waiting = [key.fingerprint for key in self._waiting_keys()]
        return [fingerprint for fingerprint in waiting if not self._is_of_another_run(fingerprint)]

    def drop_waiting(self, *fingerprints: str) -> None:
        """Removes keys that wait. Raises InvalidOption."""
        with self.place.explained("cannot remove the keys beside %s" % self.path):
            for fingerprint in fingerprints:
                with suppress(FileNotFoundError):
                    os.unlink(self._waiting_path(fingerprint))
            if fingerprints:
                flush_directory(self.place.directory)

    def remove(self, fingerprint: Optional[str]) -> None:
        """Removes the key and those that wait beside it for no run, durably. A key with another fingerprint is kept.

        Raises InvalidOption.
        """
        stored = stored_key(self._option, self.path)
        if stored is not None:
            with self.place.explained("cannot remove %s" % self.path), suppress(FileNotFoundError):
                if stored.public.fingerprint == fingerprint:
                    os.unlink(self.path)
                else:
                    self._move_aside(stored.public)
                flush_directory(self.place.directory)
        self.drop_waiting(*self.removable())

    def _replace(self, waiting_path: str, stored: Optional[StoredKey], fingerprint: str) -> None:
        self._attributes.give(waiting_path)
        if stored is not None and stored.public.fingerprint != fingerprint:
            self._keep(stored.public)
        os.replace(waiting_path, self.path)
        flush_directory(self.place.directory)
        self._attributes.give_last(self.path)

    def _keep(self, key: PublicKey) -> None:
        """Gives the key in the file a second name, so that replacing it loses nothing."""
        for kept in self._names_to_keep(key):
            if self._holds(kept, key):
                return
            try:
                os.link(self.path, kept, follow_symlinks=False)
            except FileExistsError:
                continue
            except OSError:  # a file system without hard links, or a file that this user may not link
                os.rename(self.path, kept)
            self._verify(kept, key)
            return

    def _move_aside(self, key: PublicKey) -> None:
        """Takes the key out of the file, and keeps it under another name."""
        for kept in self._names_to_keep(key):
            if self._holds(kept, key):
                os.unlink(self.path)
            else:
                os.rename(self.path, kept)
                self._verify(kept, key)
            return

    def _names_to_keep(self, key: PublicKey) -> Iterator[str]:
        """Paths that are free, or that hold that very key already."""
        beginning = "%s.%s" % (self.path, key.fingerprint[:16])
        for number in count(1):
            name = beginning + (".old" if number == 1 else ".%d.old" % number)
            if not os.path.lexists(name) or self._holds(name, key):
                yield name

    def _verify(self, kept: str, key: PublicKey) -> None:
        if not self._holds(kept, key):
            self._give_back(kept)
            raise self.place.invalid("the key in %s could not be kept as %s" % (self.path, kept))

    def _give_back(self, kept: str) -> None:
        """Lets a key that another run has meanwhile made the file have the name of the file alone."""
        with suppress(FileNotFoundError):
            if not os.path.lexists(self.path):
                os.rename(kept, self.path)
            elif os.path.samefile(kept, self.path):
                os.unlink(kept)

    def _holds(self, path: str, key: PublicKey) -> bool:
        try:
            stored = stored_key(self._option, path)
        except InvalidOption:
            return False
        return stored is not None and stored.public == key

    def _waiting_path(self, fingerprint: str) -> str:
        return "%s.%s" % (self.path, fingerprint)

    def _waiting_keys(self) -> Iterator[PublicKey]:
        """The keys that wait: what has another content than its name says is somebody else's."""
        for fingerprint in self._waiting_names():
            try:
                stored = stored_key(self._option, self._waiting_path(fingerprint))
            except InvalidOption:
                continue
            if stored is not None and stored.is_readable and stored.public.fingerprint == fingerprint:
                yield stored.public

    def _is_of_another_run(self, fingerprint: str) -> bool:
        if fingerprint in self._claimed or (self._reserved is not None and self._reserved.fingerprint == fingerprint):
            return False
        try:
            return is_claimed(self._waiting_path(fingerprint))
        except OSError:  # it is gone
            return True

    def _waiting_names(self) -> List[str]:
        pattern = re.compile(re.escape(os.path.basename(self.path)) + r"\.([0-9a-f]{64})")
        with self.place.explained("cannot list the directory %s" % self.place.directory):
            try:
                names = os.listdir(self.place.directory)
            except (FileNotFoundError, NotADirectoryError):
                return []
        return [match[1] for match in map(pattern.fullmatch, names) if match]

    def _no_key(self, fingerprint: str) -> InvalidOption:
        return self.place.invalid("%s has no key with the fingerprint %s" % (self.path, fingerprint))

    def _check(self, obstacle: Callable[[str], Optional[str]], path: str) -> None:
        problem = obstacle(path) if os.path.lexists(path) else None
        if problem:
            raise self.place.invalid("%s cannot be replaced, changed or removed: %s" % (path, problem))
