# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the role aims at, as ratios of processor time within one benchmark.

The limit of an aim is what a role of the fewest tasks would reach: one module on each host, or two where applications
are made, and one on the host that asks the API, all of which do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .comparisons import FLEETS, least
from .contenders import BY_HAND, ROLE
from .figures import Figures
from .fleets import Fleet, a_list, one_each
from .verdict import Verdict


@dataclass(frozen=True)
class _Aim:
    """The role in one situation uses at most so many times the processor time of another contender or situation."""

    text: str
    fleet: Fleet
    other: Fleet
    most: float
    other_contender: str = ROLE.name

    def verdict(self, figures: Figures) -> Verdict | None:
        ratio = figures.cpu_ratio((self.fleet, ROLE.name), (self.other, self.other_contender))
        if ratio is None:
            return None
        return Verdict(self.text, f"{ratio:.2f} times", ratio <= self.most, self._limit(figures))

    def _limit(self, figures: Figures) -> str:
        other = least(self.other).name if self.other_contender == ROLE.name else self.other_contender
        ratio = figures.cpu_ratio((self.fleet, least(self.fleet).name), (self.other, other))
        return "" if ratio is None else f"{ratio:.2f} times"


def role_verdicts(figures: Figures) -> list[Verdict]:
    """On every aim of the role whose situations were measured."""
    judged = (aim.verdict(figures) for aim in _aims())
    return [verdict for verdict in judged if verdict]


def _aims() -> Iterator[_Aim]:
    for fleet in FLEETS:
        yield _no_more_than_by_hand(fleet) if fleet.change == "none" else _creates_cheaply(fleet, 1.5)
    yield _grows(one_each(50, "none"), one_each(10, "none"), 5.5)
    yield _grows(one_each(50, "all new"), one_each(10, "all new"), 5.5)
    yield _grows(a_list(30, "none"), a_list(1, "none"), 2)


def _no_more_than_by_hand(fleet: Fleet) -> _Aim:
    text = f"{fleet.title}: {ROLE.name} uses no more processor time than {BY_HAND.name}"
    return _Aim(text, fleet, fleet, 1, BY_HAND.name)


def _creates_cheaply(fleet: Fleet, most: float) -> _Aim:
    text = f"{fleet.title}: {ROLE.name} uses at most {most:g} times the processor time of nothing to do"
    return _Aim(text, fleet, replace(fleet, change="none"), most)


def _grows(fleet: Fleet, smaller: Fleet, most: float) -> _Aim:
    text = f"{fleet.title}: {ROLE.name} uses at most {most:g} times the processor time of {smaller.title}"
    return _Aim(text, fleet, smaller, most)
