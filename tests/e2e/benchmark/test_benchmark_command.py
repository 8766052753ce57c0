# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark's command measures what it is asked for, and keeps the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmark.comparisons import SMALL
from tests.benchmark.contenders import APPLICATION, VONAGE
from tests.benchmark.figures import Figures
from tests.benchmark.fleets import one_each, one_shared

ROOT = Path(__file__).resolve().parents[3]


def benchmark(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmark", *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_two_contenders_on_a_small_account(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"

    run = benchmark("--runs", "2", "--only", f"^{SMALL.key} (vonage|nexmo_application)$", "--output", str(file))

    assert run.returncode == 0, run.stderr
    figures = Figures.from_json(json.loads(file.read_text(encoding="utf-8")))
    assert [(row.contender, row.runs, row.requests) for row in figures.rows] == [
        (VONAGE.name, 2, 1),
        (APPLICATION.name, 2, 1),
    ]
    assert all(row.seconds > 0.1 and row.peak_mib > 10 for row in figures.rows)
    assert "| `vonage`, a script " in run.stdout
    assert "met: nexmo_application with no change sends one request for each page; it is 1 for 1" in run.stdout


def test_contenders_take_turns(tmp_path: Path) -> None:
    only = f"^{SMALL.key} (ping|vonage)$"

    run = benchmark("--runs", "2", "--only", only, "--output", str(tmp_path / "figures.json"))

    told = [line.partition(":")[0] for line in run.stderr.splitlines()]
    assert told == [f"{SMALL.key} {name}" for name in ("ping", "vonage", "ping", "vonage")]


def test_the_list_names_what_would_be_measured() -> None:
    everything, quick = benchmark("--list").stdout.splitlines(), benchmark("--list", "--quick").stdout.splitlines()

    assert f"{SMALL.key} nexmo_applications" in quick
    assert f"{one_shared(10, 'all new').key} role" in quick
    assert f"{one_each(50, 'all new').key} role" in everything
    assert set(quick) < set(everything)
