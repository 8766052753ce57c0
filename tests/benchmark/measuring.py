# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measuring: every contender of every comparison, in turn."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Callable, Sequence
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

from .comparisons import Comparison
from .contenders import Contender
from .figures import Figures, Listing, Row
from .situations import Situation
from .stage import Run, Stage

# A contender whose run took longer than that, in seconds, is not run again: chance has little share in it.
PATIENCE = 15

LISTING = Path(__file__).resolve().parent / "listing.py"


def measure(comparisons: Sequence[Comparison], rounds: int, tell: Callable[[str], None]) -> Figures:
    """The figures of all comparisons, of ``rounds`` runs each, or more where they have repeats. Raises Refused.

    tell: gets a line on each run that has ended.
    """
    rows: list[Row] = []
    listings: list[Listing] = []
    for comparison in comparisons:
        with Stage.of(comparison.situation) as stage:
            rows += _rows(stage, comparison, rounds, tell)
            if comparison.waits:
                listings.append(_listing(stage, comparison.situation, rounds))
    return Figures(_machine(), _versions(), rows, listings)


def _rows(stage: Stage, comparison: Comparison, rounds: int, tell: Callable[[str], None]) -> list[Row]:
    # In turn, so that what else the machine does befalls all alike.
    runs: dict[Contender, list[Run]] = {contender: [] for contender in comparison.contenders}
    for number in range(rounds * comparison.repeats):
        for contender, done in runs.items():
            if number == 0 or done[0].seconds <= PATIENCE:
                done.append(stage.run(contender))
                tell(f"{comparison.situation.key} {contender.name}: {done[-1].seconds:.2f} s")
    situation, base = comparison.situation, comparison.base
    return [Row.of(situation, contender, base, done) for contender, done in runs.items()]


def _listing(stage: Stage, situation: Situation, rounds: int) -> Listing:
    reports = [stage.report(LISTING) for _number in range(rounds)]
    seconds = statistics.median(report["seconds"] for report in reports)
    return Listing(situation, seconds, statistics.median(report["cpu_seconds"] for report in reports))


def _machine() -> str:
    return f"{platform.system()}, {platform.machine()}, {cpu_count()} processors"


def _versions() -> dict[str, str]:
    packages = ("ansible-core", "requests", "vonage")
    return {"Python": platform.python_version(), **{name: version(name) for name in packages}}
