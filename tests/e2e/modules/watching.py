# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Watching files while something works on them."""

from __future__ import annotations

import contextlib
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def modes_seen(directory: Path) -> Iterator[dict[str, set[int]]]:
    """The permissions with which each file was seen there, by its name, complete at the end of the ``with`` block."""
    seen: dict[str, set[int]] = {}
    done = threading.Event()

    def look() -> None:
        for path in directory.iterdir():
            with contextlib.suppress(FileNotFoundError):
                seen.setdefault(path.name, set()).add(stat.S_IMODE(path.lstat().st_mode))

    def watch() -> None:
        while not done.is_set():
            look()
            time.sleep(0.0005)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()
        look()


def readable_files(folder: Path) -> Iterator[str]:
    """Paths of files that others can get at now; closed directories hide what is in them."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        try:
            mode = entry.lstat().st_mode
        except OSError:
            continue
        if stat.S_ISDIR(mode) and mode & 0o077:
            yield from readable_files(entry)
        elif stat.S_ISREG(mode) and mode & 0o077:
            yield str(entry)


def unchanging(path: Path) -> tuple[int, ...] | None:
    """What stays the same as long as nobody writes the file or replaces it; None where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_ino, found.st_mode, found.st_uid, found.st_gid, found.st_size, found.st_mtime_ns)
