# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Figures: what was measured, to keep in a file and to look up."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .contenders import Contender
from .fleets import Fleet
from .situations import Situation
from .stage import Run

Measurement = tuple[Situation, str]  # a situation and the name of a contender


@dataclass(frozen=True)
class Row:
    """A contender in a situation: medians of its runs.

    base: the contender that the situation's times are compared with.
    """

    situation: Situation
    contender: str
    base: str
    runs: int
    seconds: float
    cpu_seconds: float
    requests: int
    peak_mib: float

    @classmethod
    def of(cls, situation: Situation, contender: Contender, base: Contender, runs: Sequence[Run]) -> Row:
        """The medians of one run or more."""
        return cls(
            situation,
            contender.name,
            base.name,
            len(runs),
            statistics.median(run.seconds for run in runs),
            statistics.median(run.cpu_seconds for run in runs),
            statistics.median_high(run.requests for run in runs),
            statistics.median(run.peak_mib for run in runs),
        )


@dataclass(frozen=True)
class Listing:
    """One listing of an account by the modules' own code; medians, in seconds."""

    situation: Situation
    seconds: float
    cpu_seconds: float

    @property
    def waited(self) -> float:
        """The time without the process's work; where it works while it waits, less than it waits."""
        return self.seconds - self.cpu_seconds


@dataclass(frozen=True)
class Figures:
    """All that one benchmark measured, and on what."""

    machine: str
    versions: dict[str, str]
    rows: list[Row]
    listings: list[Listing]

    def row(self, situation: Situation, contender: str) -> Row | None:
        """The row of a contender in a situation, if that was measured."""
        rows = (row for row in self.rows if (row.situation, row.contender) == (situation, contender))
        return next(rows, None)

    def listing(self, situation: Situation) -> Listing | None:
        """The listing in a situation, if that was measured."""
        return next((listing for listing in self.listings if listing.situation == situation), None)

    def ratio(self, situation: Situation, contender: str, base: str) -> float | None:
        """How many times as long one contender takes as the other, if both were measured."""
        row, other = self.row(situation, contender), self.row(situation, base)
        return row.seconds / other.seconds if row and other else None

    def cpu_ratio(self, one: Measurement, other: Measurement) -> float | None:
        """How many times as much processor time is used for one as for the other, if both were measured."""
        row, base = self.row(*one), self.row(*other)
        return row.cpu_seconds / base.cpu_seconds if row and base else None

    def as_json(self) -> dict[str, Any]:
        """Plain values, from which ``from_json`` makes the same figures."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Figures:
        """The figures that a file holds."""
        rows = [Row(**{**row, "situation": _situation(row["situation"])}) for row in values["rows"]]
        listings = [Listing(**{**each, "situation": _situation(each["situation"])}) for each in values["listings"]]
        return cls(values["machine"], values["versions"], rows, listings)


def _situation(values: dict[str, Any]) -> Situation:
    return Fleet(**values) if "hosts" in values else Situation(**values)
