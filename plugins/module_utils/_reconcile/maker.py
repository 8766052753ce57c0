# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The process that makes an application, which others on the same machine can look for.

Where one process does all, it is the maker. Where a playbook delivers the key between two tasks, the maker is the run:
the ``ansible-playbook`` above the module's short process. Facts are read from Linux's ``/proc``; where they cannot be
had, as on a remote API host, the maker has no process to look for, and only the lease of what it makes comes to an end.
"""

from __future__ import annotations

import hashlib
import os
from typing import Iterator, Optional, Tuple

from .._application.unfinished import NOBODY, Maker

LONGEST_CHAIN = 64
COMMANDS = frozenset(("ansible", "ansible-console", "ansible-playbook", "ansible-pull"))


def is_dead(maker: Maker, here: str) -> bool:
    """Whether the maker is a process of the controller ``here`` and is not there any more."""
    return maker.controller == here and maker.pid != NOBODY and _start_of(maker.pid) != maker.start


def this_controller() -> str:
    """Identifies this machine; another word after a restart, and in each container."""
    boot = _read("/proc/sys/kernel/random/boot_id") or os.uname().nodename
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = ""
    return hashlib.sha256(("%s %s" % (boot.strip(), namespace)).encode("utf-8")).hexdigest()[:12]


def this_process() -> Maker:
    """The process that calls this."""
    return _maker(str(os.getpid()))


def this_run() -> Maker:
    """The run of Ansible that the calling process is part of."""
    runs = [pid for pid in _ancestors(os.getpid()) if _runs_ansible(pid)]
    return _maker(runs[-1] if runs else NOBODY)


def _maker(pid: str) -> Maker:
    start = _start_of(pid)
    return Maker(this_controller(), pid if start else NOBODY, start or NOBODY)


def _runs_ansible(pid: str) -> bool:
    words = (_read("/proc/%s/cmdline" % pid) or "").split("\0")[:3]
    return any(os.path.basename(word) in COMMANDS for word in words)


def _ancestors(pid: int) -> Iterator[str]:
    """A process and those above it, which is to say, that started it."""
    current: Optional[str] = str(pid)
    for _step in range(LONGEST_CHAIN):
        if current in (None, "0", "1"):
            return
        yield str(current)
        current = _parent_and_start(str(current))[0]


def _start_of(pid: str) -> Optional[str]:
    return _parent_and_start(pid)[1]


def _parent_and_start(pid: str) -> Tuple[Optional[str], Optional[str]]:
    """Fields 4 and 22 of ``/proc/PID/stat`` (proc(5)); the second can hold blanks, and ends with a parenthesis."""
    content = _read("/proc/%s/stat" % pid)
    if content is None or ")" not in content:
        return None, None
    fields = content.rpartition(")")[2].split()
    # A zombie has ended: nobody waits for it to finish what it began.
    return (fields[1], fields[19]) if len(fields) > 19 and fields[0] not in ("Z", "X") else (None, None)


def _read(path: str) -> Optional[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None
