# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is measured in which situations.

Not all sizes with all others, which would take hours: what the aims speak of, and enough beside it to show what grows
with the account, what with the number of applications that are wanted, what with the latency, and what with the hosts.
"""

from __future__ import annotations

from dataclasses import dataclass

from .contenders import (
    APPLICATION,
    APPLICATION_TASK,
    APPLICATIONS,
    BY_HAND,
    IMPORTS,
    IMPORTS_LOOP,
    LEAST_NEW,
    LEAST_UNCHANGED,
    PING,
    ROLE,
    URI,
    URI_TASK,
    VONAGE,
    Contender,
)
from .fleets import Fleet, a_list, one_each, one_shared
from .situations import Change, Situation


@dataclass(frozen=True)
class Comparison:
    """Contenders in one situation.

    base: the contender whose time the others' are divided by.
    quick: whether it belongs to the short benchmark.
    waits: whether to measure what the modules wait for the network as well.
    repeats: how many runs count as one, where an aim is so near 1 that a few runs would not tell.
    """

    situation: Situation
    contenders: tuple[Contender, ...]
    base: Contender = APPLICATIONS
    quick: bool = False
    waits: bool = False
    repeats: int = 1


ALONE = Situation(account=1, wanted=1, latency_ms=0, change="none")
SMALL = Situation(account=10, wanted=1, latency_ms=0, change="none")
LOOPED = Situation(account=10, wanted=1, latency_ms=0, change="none", times=20)
LARGE = Situation(account=10_000, wanted=1, latency_ms=50, change="none")
HUNDRED_UNCHANGED = Situation(account=1_000, wanted=100, latency_ms=50, change="none")
HUNDRED_NEW = Situation(account=1_000, wanted=100, latency_ms=50, change="all new")

_ALL = (URI, VONAGE, APPLICATION, APPLICATIONS)
_WITHOUT_LOOP = (URI, VONAGE, APPLICATIONS)

_FLEET_CHANGES: tuple[Change, ...] = ("none", "all new")
FLEETS = tuple(
    fleet
    for change in _FLEET_CHANGES
    for fleet in (
        *(one_shared(hosts, change) for hosts in (1, 10, 50)),
        *(one_each(hosts, change) for hosts in (10, 50)),
        *(a_list(applications, change) for applications in (1, 6, 30)),
    )
)
_QUICK_FLEETS = tuple(fleet for fleet in FLEETS if fleet.has == "shared" and fleet.hosts < 50)


def least(fleet: Fleet) -> Contender:
    """The play that does as little as any role could."""
    return LEAST_UNCHANGED if fleet.change == "none" else LEAST_NEW


COMPARISONS = (
    Comparison(ALONE, (IMPORTS, URI_TASK, APPLICATION_TASK), base=URI_TASK, quick=True, repeats=5),
    Comparison(SMALL, (PING, IMPORTS, *_ALL), quick=True),
    Comparison(LOOPED, (PING, IMPORTS_LOOP, APPLICATION), base=PING, quick=True),
    Comparison(Situation(10, 20, 50, "all new"), _ALL, quick=True),
    Comparison(Situation(1_000, 20, 0, "none"), _WITHOUT_LOOP),
    Comparison(Situation(1_000, 20, 50, "none"), _WITHOUT_LOOP),
    Comparison(Situation(1_000, 20, 50, "one in ten"), _ALL, quick=True),
    Comparison(HUNDRED_UNCHANGED, (IMPORTS, *_ALL)),
    Comparison(Situation(1_000, 100, 50, "one in ten"), _WITHOUT_LOOP),
    Comparison(HUNDRED_NEW, (IMPORTS, *_WITHOUT_LOOP)),
    Comparison(Situation(10_000, 1, 0, "none"), _ALL),
    Comparison(LARGE, (IMPORTS, *_ALL), waits=True),
    Comparison(Situation(10_000, 100, 50, "none"), _WITHOUT_LOOP),
    *(Comparison(fleet, (least(fleet), BY_HAND, ROLE), base=BY_HAND, quick=fleet in _QUICK_FLEETS) for fleet in FLEETS),
)
