# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command, and print what it took as JSON: seconds, the peak memory of its largest process, its exit status.

And processor seconds: those of the command and of all that it started and waited for, as Ansible does for its workers.

Usage: measured.py COMMAND...; what the command prints goes to standard error.

A process of its own for each command, since the system tells the peak memory of all children that a process ever had.
And a small one: a child counts with its parent's memory until it runs its own program.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time


def main() -> None:
    # Ctrl-C is for the command; this process waits until it has tidied up.
    signal.signal(signal.SIGINT, lambda *_: None)
    start = time.perf_counter()
    process = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Bytes on macOS, KiB elsewhere.
    peak_mib = usage.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    took = {"seconds": seconds, "cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_mib": peak_mib}
    print(json.dumps({**took, "status": process.returncode}))


if __name__ == "__main__":
    main()
