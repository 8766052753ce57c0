# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds what prevents a file from being replaced or removed, though its directory can be written. Changes nothing."""

from __future__ import annotations

import array
import fcntl
import os
import re
import stat
import sys
from typing import Optional

FS_IOC_GETFLAGS = 0x80086601 if array.array("l").itemsize == 8 else 0x80046601  # linux/fs.h
IMMUTABLE, APPEND_ONLY = 0x10, 0x20
CAP_FOWNER = 3  # linux/capability.h


def to_replacing(path: str) -> Optional[str]:
    """Why the file there cannot be replaced, renamed or removed; None where it can be."""
    flag = forbidding_flag(path)
    if flag:
        return "it is %s (see lsattr); take that attribute off first" % flag
    if _is_mount_point(path):
        return "it is a mount point; give another path, or unmount it first"
    if _is_kept_by_sticky_directory(path):
        return "it belongs to another user, and its directory has the sticky bit; let its owner move it away"
    return None


def to_changing(path: str) -> Optional[str]:
    """Why owner, group or mode of the file there cannot be changed; None where it can be."""
    flag = forbidding_flag(path)
    if flag:
        return "it is %s (see lsattr); take that attribute off first" % flag
    if os.lstat(path).st_uid != os.geteuid() and not _acts_as_owner():
        return "it belongs to another user; run the task as its owner or as root"
    return None


def forbidding_flag(path: str) -> Optional[str]:
    """What chattr made of a file or directory: "immutable" or "append-only"; None where neither, or not known."""
    if not sys.platform.startswith("linux"):
        return None
    flags = array.array("I", [0, 0])
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.ioctl(descriptor, FS_IOC_GETFLAGS, flags)
    except OSError:  # a file system without such flags
        return None
    finally:
        os.close(descriptor)
    if flags[0] & IMMUTABLE:
        return "immutable"
    return "append-only" if flags[0] & APPEND_ONLY else None


def _is_mount_point(path: str) -> bool:
    try:
        if os.lstat(path).st_dev != os.stat(os.path.dirname(path)).st_dev:
            return True
        with open("/proc/self/mountinfo", "rb") as mounts:
            points = {_unescaped(line.split(b" ")[4]) for line in mounts}
    except (OSError, IndexError):
        return False
    resolved = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    return os.fsencode(resolved) in points


def _unescaped(path: bytes) -> bytes:
    """What proc(5) writes as a backslash and three octal digits."""
    return re.sub(rb"\\([0-7]{3})", lambda found: bytes((int(found[1], 8) & 0xFF,)), path)


def _is_kept_by_sticky_directory(path: str) -> bool:
    try:
        directory, file = os.stat(os.path.dirname(path)), os.lstat(path)
    except OSError:
        return False
    owners = (directory.st_uid, file.st_uid)
    return bool(directory.st_mode & stat.S_ISVTX) and os.geteuid() not in owners and not _acts_as_owner()


def _acts_as_owner() -> bool:
    """Whether this process may do what only a file's owner may."""
    try:
        with open("/proc/self/status", "rb") as status:
            effective = next(line.split()[1] for line in status if line.startswith(b"CapEff:"))
        return bool(int(effective, 16) >> CAP_FOWNER & 1)
    except (OSError, StopIteration, IndexError, ValueError):
        return os.geteuid() == 0
