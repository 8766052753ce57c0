# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: measure, print the table and what became of the aims, and keep the figures in a file."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import signal
import sys
from pathlib import Path

from .aims import verdicts
from .comparisons import COMPARISONS, Comparison
from .figures import Figures
from .measuring import PATIENCE, measure
from .stage import Refused
from .table import tables
from .verdict import Verdict

_ROOT = Path(__file__).resolve().parents[2]
FIGURES = _ROOT / "build" / "benchmark.json"

_DESCRIPTION = f"""\
Measure how long it takes to keep applications: by this collection, by a playbook with ansible.builtin.uri, and by a
script with the service's own client; and to keep their private keys on hosts, by the role and by a playbook. Each run
is a whole process on a simulated API, and has to leave the account and the hosts as they are wanted. Ends with 1 when
an aim is not met, with 2 when a contender fails. What takes more than {PATIENCE} seconds is run once; what differs by
a few hundredths, five times as often."""


def main() -> None:
    """Parse the command line, measure and print."""
    # The simulator ends with the benchmark.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was stopped."))
    options = _parser().parse_args()
    comparisons = _chosen(options)
    if options.list:
        print("\n".join(label for comparison in comparisons for label in _labels(comparison)))
        return
    try:
        figures = measure(comparisons, 1 if options.quick else options.runs, _tell)
    except Refused as error:
        _tell(str(error))
        sys.exit(2)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(figures.as_json(), indent=1) + "\n", encoding="utf-8")
    judged = verdicts(figures)
    print(_summary(figures, judged))
    sys.exit(not all(verdict.met for verdict in judged))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=_DESCRIPTION)
    add = parser.add_argument
    add("--runs", type=int, default=3, metavar="N", help="runs to take medians of (default: %(default)s)")
    add("--quick", action="store_true", help="fewer situations, one run each: about three minutes")
    add("--only", type=re.compile, metavar="REGEX", help="only what of --list holds this regular expression")
    add("--list", action="store_true", help="show what would be measured: situations and contenders")
    add("--output", type=Path, default=FIGURES, metavar="FILE", help="where the figures go (default: in build)")
    return parser


def _chosen(options: argparse.Namespace) -> list[Comparison]:
    comparisons = [comparison for comparison in COMPARISONS if comparison.quick or not options.quick]
    if options.only is None:
        return comparisons
    narrowed = (_narrowed(comparison, options.only) for comparison in comparisons)
    return [comparison for comparison in narrowed if comparison.contenders]


def _narrowed(comparison: Comparison, pattern: re.Pattern[str]) -> Comparison:
    labelled = zip(comparison.contenders, _labels(comparison), strict=True)
    return dataclasses.replace(
        comparison, contenders=tuple(contender for contender, label in labelled if pattern.search(label))
    )


def _labels(comparison: Comparison) -> list[str]:
    return [f"{comparison.situation.key} {contender.name}" for contender in comparison.contenders]


def _summary(figures: Figures, judged: list[Verdict]) -> str:
    return "\n".join(["", tables(figures), "", *map(str, judged)])


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("The benchmark was interrupted.")
