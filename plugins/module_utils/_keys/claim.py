# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run's claim on a key that waits: other runs on the host do not remove the key. It ends with the run at the latest.

A claim is a lock (flock(2)) on the file. Where the file system has no locks there are no claims.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import Iterator


def claim(descriptor: int) -> None:
    """Claims an open file until it is closed, unless somebody else claims it."""
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def claimed(path: str) -> Iterator[None]:
    """Claims a file for the length of a ``with`` block. Raises OSError."""
    descriptor = _opened(path)
    try:
        claim(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_claimed(path: str) -> bool:
    """Whether somebody claims the file. Raises OSError."""
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _opened(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
