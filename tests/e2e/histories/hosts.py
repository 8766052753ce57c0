# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The key files of a host, and what its user does to them."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.e2e.histories.keys import key_in

_WAITING = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".tmp"

# What becomes of a key file's content.
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "overwritten": lambda _content: b"not a key\n",
    "carriage returns": lambda content: content.replace(b"\n", b"\r\n"),
}


@dataclass(frozen=True)
class KeyFiles:
    """What lies where one application's key belongs.

    file: the fingerprint of the key in the file, None where there is none. ``damaged`` says that something else is
    there. ``waiting`` are the fingerprints of those beside it.
    """

    file: str | None
    damaged: bool
    waiting: frozenset[str]

    @property
    def held(self) -> frozenset[str]:
        """All keys."""
        return self.waiting | ({self.file} if self.file else set())


class Host:
    """A machine. ``clock`` are the seconds that its clock is ahead of the world's, ``lost_by_hand`` the keys that its
    user has done away with."""

    def __init__(self, folder: Path, clock: float) -> None:
        self.name = folder.name
        self.clock = clock
        self.folder = folder / "keys"
        self.folder.mkdir(parents=True)
        self.lost_by_hand: set[str] = set()
        self._backup = folder / "backup"

    def path(self, name: str) -> Path:
        """Where the key of the application of that name belongs."""
        return self.folder / f"{quote(name, safe='')}.key"

    def files(self, name: str) -> KeyFiles:
        """What is there."""
        path = self.path(name)
        waiting = {each.name.removeprefix(f"{path.name}.") for each in self._beside(path)}
        found = key_in(path)
        damaged = found is None and path.exists() and bool(path.read_bytes().strip())
        return KeyFiles(found, damaged, frozenset(waiting))

    def all_keys(self) -> frozenset[str]:
        """Every key on this machine, under whatever name, that is neither damaged nor still being written."""
        written = [each for each in self.folder.iterdir() if each.suffix != _UNFINISHED]
        return frozenset(key for key in map(key_in, written) if key)

    def waiting_keys(self) -> frozenset[str]:
        """Every key that waits to become a key file, or did."""
        return frozenset(each.suffix[1:] for each in self.folder.iterdir() if _WAITING.fullmatch(each.suffix[1:]))

    def damage(self, name: str, how: str) -> None:
        """Spoil a key file."""
        path = self.path(name)
        if path.exists():
            with self._by_hand():
                path.write_bytes(DAMAGES[how](path.read_bytes()))

    def delete(self, name: str) -> None:
        """Delete a key file; what lies beside it stays."""
        with self._by_hand():
            self.path(name).unlink(missing_ok=True)

    def move(self, name: str, new_name: str) -> None:
        """Move a key file to where the key of the application of the other name belongs, unless one is there."""
        if self.path(name).exists() and not self.path(new_name).exists():
            self.path(name).rename(self.path(new_name))

    def swap(self, name: str, other: str) -> None:
        """Let two key files take each other's place."""
        aside = self.folder / "aside"
        one, another = self.path(name), self.path(other)
        for source, target in ((one, aside), (another, one), (aside, another)):
            if source.exists():
                source.rename(target)

    def back_up(self) -> None:
        """Keep a copy of everything."""
        shutil.rmtree(self._backup, ignore_errors=True)
        shutil.copytree(self.folder, self._backup)

    def restore(self) -> None:
        """Make everything as it was when it was backed up; what came since is gone."""
        if self._backup.exists():
            with self._by_hand():
                shutil.rmtree(self.folder)
                shutil.copytree(self._backup, self.folder)

    def send(self, name: str, other: Host) -> None:
        """Copy a key file to another machine, unless it has one."""
        if self.path(name).exists() and not other.path(name).exists():
            shutil.copy2(self.path(name), other.path(name))

    def clear_place(self, name: str) -> None:
        """Take everything away that lies where the application's key belongs, for somebody who knows what it is."""
        path = self.path(name)
        for each in [*self._beside(path), *([path] if path.exists() else [])]:
            each.rename(self.folder / f"taken-away-{each.name}")

    @contextlib.contextmanager
    def _by_hand(self) -> Iterator[None]:
        before = self.all_keys()
        yield
        self.lost_by_hand |= before - self.all_keys()

    def _beside(self, path: Path) -> list[Path]:
        """Keys that wait; a file whose name says another key than it holds is none."""
        begin = f"{path.name}."
        named = [each for each in self.folder.iterdir() if each.name.startswith(begin)]
        waiting = [each for each in named if _WAITING.fullmatch(each.name.removeprefix(begin))]
        return [each for each in waiting if key_in(each) == each.name.removeprefix(begin)]
