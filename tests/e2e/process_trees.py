# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A process with all that it started, directly or not, found by their parents in Linux's ``/proc``.

Also as a command that kills them: ``process_trees.py PID``.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections import defaultdict
from pathlib import Path


def kill_tree(root: int) -> list[int]:
    """SIGKILL to a process and all below it, also to those that have a session of their own; whom it has ended.

    All are stopped before the first is killed: a stopped process starts no other, and those below a living one are
    still to be found. Whoever was started before that is found by the next search.
    """
    tree: dict[int, int] = {}
    with contextlib.ExitStack() as stack:
        while found := [pid for pid in _tree(root) if pid not in tree]:
            for pid in found:
                with contextlib.suppress(ProcessLookupError):
                    tree[pid] = os.pidfd_open(pid)
                    stack.callback(os.close, tree[pid])
                    signal.pidfd_send_signal(tree[pid], signal.SIGSTOP)
        for process in tree.values():
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(process, signal.SIGKILL)
            select.select([process], [], [])
    return list(tree)


def _tree(root: int) -> list[int]:
    children = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            # A process that has ended has no parent any more.
            with contextlib.suppress(OSError):
                children[_parent(entry)].append(int(entry.name))
    tree = [root]
    for pid in tree:
        tree += children[pid]
    return tree


def _parent(entry: Path) -> int:
    """Field 4 of ``/proc/PID/stat`` (proc(5)); the second can hold blanks, and ends with a parenthesis."""
    return int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])


if __name__ == "__main__":
    kill_tree(int(sys.argv[1]))
