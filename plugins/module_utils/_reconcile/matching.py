# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which names a regular expression matches, in bounded time.

Some expressions take longer than anybody waits, and nothing interrupts Python's ``re``. So it works in a process of its
own, which can be ended.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Collection, FrozenSet

from .._errors import InvalidOption, Refused

OPTION = "prune_match"
LONGEST = 5.0  # seconds for all names; an ordinary expression takes some milliseconds

PROGRAM = """
import json, re, sys
pattern, names = json.load(sys.stdin)
matches = re.compile(pattern).fullmatch
json.dump([name for name in names if matches(name)], sys.stdout)
"""


def check_pattern(pattern: str) -> None:
    """Raises InvalidOption for what is no regular expression."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidOption(OPTION, "%r is not a regular expression: %s" % (pattern, error)) from None


def matching(pattern: str, names: Collection[str]) -> FrozenSet[str]:
    """The names that the expression matches as a whole. Raises Refused where that cannot be found out in time."""
    if not names:
        return frozenset()
    try:
        run = subprocess.run(
            [sys.executable, "-I", "-S", "-c", PROGRAM],
            input=json.dumps([pattern, list(names)]).encode("ascii"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise Refused(
            "%s: %r takes more than %d seconds for the names of the account; give one without a repetition in a "
            "repetition, like (a+)+" % (OPTION, pattern, LONGEST)
        ) from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise Refused("%s: %r cannot be tried on the names of the account: %s" % (OPTION, pattern, error)) from None
    return frozenset(json.loads(run.stdout.decode("ascii")))
