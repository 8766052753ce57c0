# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which pairs of ansible-core and Python are tried, and which are left out, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tests.matrix.releases import PYTHONS, RELEASES, Release


@dataclass(frozen=True)
class Trial:
    """A release, run by the Python ``controller``, with modules run by the Python ``target``."""

    release: Release
    controller: str
    target: str

    def __str__(self) -> str:
        return f"{self.release}, Python {self.target}"


@dataclass(frozen=True)
class LeftOut:
    """A pair that is not tried."""

    release: Release
    target: str
    reason: str


def plan(available: Collection[str]) -> tuple[list[Trial], list[LeftOut]]:
    """What is tried where these Pythons are there."""
    pairs = [_pair(release, target, available) for release in RELEASES for target in PYTHONS]
    trials = [pair for pair in pairs if isinstance(pair, Trial)]
    return trials, [pair for pair in pairs if isinstance(pair, LeftOut)]


def each_once(trials: Iterable[Trial]) -> list[Trial]:
    """The trials that are enough for each release, and each Python on either side, to be tried once."""
    chosen: list[Trial] = []
    seen: set[tuple[str, str]] = set()
    # Those that run Ansible itself on a Python try more than the others, so they come first.
    for trial in sorted(trials, key=lambda trial: trial.controller != trial.target):
        tries = {("release", trial.release.version), ("controller", trial.controller), ("target", trial.target)}
        if not tries <= seen:
            seen |= tries
            chosen.append(trial)
    return chosen


def _pair(release: Release, target: str, available: Collection[str]) -> Trial | LeftOut:
    if target not in release.targets:
        return LeftOut(release, target, "not supported by this release")
    if target not in available:
        return LeftOut(release, target, f"Python {target} is not here")
    controllers = [version for version in release.controllers if version in available]
    if not controllers:
        return LeftOut(release, target, f"none of Python {', '.join(release.controllers)} is here")
    # A Python that can run Ansible itself does that too. For the others the newest one does.
    return Trial(release, target if target in controllers else controllers[-1], target)
