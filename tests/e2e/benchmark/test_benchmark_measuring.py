# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How often the benchmark runs a contender."""

from __future__ import annotations

import pytest

from tests.benchmark.comparisons import ALONE, Comparison
from tests.benchmark.contenders import APPLICATION_TASK, URI_TASK
from tests.benchmark.measuring import PATIENCE, measure
from tests.benchmark.stage import Run, Stage


def runs_of(comparison: Comparison, rounds: int, seconds: float, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often each contender is run, were each run to take so many seconds."""
    monkeypatch.setattr(Stage, "run", lambda *_: Run(seconds, seconds, 1, 50.0))
    return [row.runs for row in measure([comparison], rounds, lambda _line: None).rows]


@pytest.mark.parametrize(("repeats", "runs"), [(1, 2), (5, 10)])
def test_what_is_told_apart_by_little_is_run_more_often(
    repeats: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = Comparison(ALONE, (URI_TASK, APPLICATION_TASK), repeats=repeats)

    assert runs_of(comparison, 2, 1.0, monkeypatch) == [runs, runs]


def test_what_takes_long_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = Comparison(ALONE, (URI_TASK,), repeats=5)

    assert runs_of(comparison, 3, PATIENCE + 0.1, monkeypatch) == [1]
