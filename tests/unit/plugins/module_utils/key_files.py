# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Key files in a directory of a test, and attributes that they get."""

from __future__ import annotations

import ctypes
import os
import pathlib
import shutil
import signal
import stat
import tempfile
from contextlib import contextmanager

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._keys.file import KeyFile
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import private_key
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

NOBODY = 65534
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000  # sched.h, sys/mount.h
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


class NoAttributes:
    """What a task without file options gives; a test replaces what it is about."""

    def check(self, path):
        pass

    def differ(self, path):
        return False

    def differ_last(self, path):
        return False

    def give(self, path):
        pass

    def give_last(self, path):
        pass

    def take_back(self, path):
        pass


class Mode(NoAttributes):
    """Permissions."""

    def __init__(self, mode):
        self._mode = mode

    def differ(self, path):
        return mode(path) != self._mode

    def give(self, path):
        os.chmod(path, self._mode)


def key_file(path, attributes=None):
    return KeyFile("private_key_path", str(path), attributes or NoAttributes())


def pem(number=0):
    return keys.private_pem(keys.pair(number=number))


def fingerprint(number=0):
    return keys.fingerprint(keys.pair(number=number))


def mode(path):
    return stat.S_IMODE(os.stat(str(path)).st_mode)


def names(directory):
    return sorted(entry.name for entry in directory.iterdir())


def contents(directory):
    """What the files below a directory hold, by their paths in it; None for directories."""
    return {
        str(path.relative_to(directory)): None if path.is_dir() else path.read_text() for path in directory.rglob("*")
    }


def waiting(path, number):
    """Where the key of that number waits."""
    return path.with_name("%s.%s" % (path.name, fingerprint(number)))


def stage(path, number, attributes=None):
    """Brings a key beside the file, where it waits."""
    key_file(path, attributes).stage(private_key(pem(number)))


def write(path, number, attributes=None):
    """Brings a key beside the file, and makes it the file."""
    stage(path, number, attributes)
    key_file(path, attributes).install(fingerprint(number))


@contextmanager
def directory_of_nobody():
    """A directory that a user without rights can reach, and owns."""
    path = pathlib.Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        os.chown(path, NOBODY, NOBODY)
        yield path
    finally:
        shutil.rmtree(path)


def in_child(work):
    """Does the work in a process of its own; its result as text, or its error's."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        text = ""
        try:
            text = str(work())
        except BaseException as error:  # pylint: disable=broad-exception-caught
            text = "%s: %s" % (type(error).__name__, error)
        finally:
            os.write(writing, text.encode("utf-8"))
            try:
                os._exit(0)
            finally:
                # What measures coverage saves its data on exit, which another user may not.
                os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


def as_nobody(work):
    """Does the work as a user without rights, in a process of its own; its result as text, or its error's."""

    def become_nobody():
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return work()

    return in_child(become_nobody)


def with_own_mounts(work):
    """Does the work in a process whose mounts nobody else sees; its result as text, or its error's."""

    def take_own_mounts():
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNS) or libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None):
            raise OSError(ctypes.get_errno(), "nothing can be mounted here")
        return work()

    return in_child(take_own_mounts)


def bind(source, target):
    """Mounts a file over another."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(os.fsencode(source), os.fsencode(target), None, MS_BIND, None):
        raise OSError(ctypes.get_errno(), "nothing can be mounted here")
