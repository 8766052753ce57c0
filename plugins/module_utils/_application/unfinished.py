# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names of applications that are not finished: made, but with a key that may not be stored yet.

``NAME [community.nexmo RUN EXPIRY CONTROLLER PID START]``: RUN is a random word, by which a run knows what it made;
EXPIRY the end of its lease, in seconds since 1970; the rest is its Maker. No user gives an
application such a name, for it is refused as input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

LEASE = 900  # seconds that a run has to store the key
FORM = re.compile(
    r"(?P<name>.*) \[community\.nexmo (?P<run>\w+) (?P<expiry>\d{1,12}) (?P<controller>\w+) "
    r"(?P<pid>\d+) (?P<start>\d+)\]",
    re.DOTALL,
)


NOBODY = "0"


@dataclass(frozen=True)
class Maker:
    """``controller`` identifies a machine since its last start, and the process namespace; ``pid`` and ``start`` (in
    clock ticks since then) a process on it, ``NOBODY`` where there is none to look for. All are words of letters and
    digits."""

    controller: str
    pid: str
    start: str


@dataclass(frozen=True)
class UnfinishedName:
    """Such a name, taken apart."""

    name: str
    run: str
    expiry: int
    maker: Maker

    def __str__(self) -> str:
        maker = self.maker
        return "%s [community.nexmo %s %d %s %s %s]" % (
            self.name,
            self.run,
            self.expiry,
            maker.controller,
            maker.pid,
            maker.start,
        )


def unfinished_name(name: str) -> Optional[UnfinishedName]:
    """The parts of such a name, None for any other."""
    found = FORM.fullmatch(name)
    if found is None:
        return None
    maker = Maker(found["controller"], found["pid"], found["start"])
    return UnfinishedName(found["name"], found["run"], int(found["expiry"]), maker)


def meant_name(name: str) -> str:
    """The name that an application of that name has, or will have when it is finished."""
    unfinished = unfinished_name(name) if name.endswith("]") else None
    return unfinished.name if unfinished else name
