# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put each fault into a copy of the collection, run its tests, and say which faults they do not find.

The status is 0 when all are found, 1 when one is not, or when the text that it changes is not there any more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutations.fault import Fault, Outdated
from tests.mutations.faults import FAULTS
from tests.mutations.trial import Trial, Verdict

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--list", action="store_true", help="name the faults, and those that are outdated; run nothing")
    parser.add_argument("words", nargs="*", metavar="WORD", help="try only the faults whose names hold one of these")
    options = parser.parse_args()
    chosen = [fault for fault in FAULTS if not options.words or any(word in fault.name for word in options.words)]
    problems = outdated(chosen)
    if options.list:
        print("\n".join(fault.name for fault in chosen))
    elif not problems:
        problems = tried(chosen)
    print("\n".join([*problems, f"{len(chosen)} faults, {len(problems)} problems"]))
    return 1 if problems or not chosen else 0


def outdated(faults: Sequence[Fault]) -> list[str]:
    """The faults that cannot be put in, and why."""
    problems = []
    for fault in faults:
        try:
            fault.applied(ROOT)
        except Outdated as problem:
            problems.append(f"{fault.name}: {problem}")
        problems += [f"{fault.name}: there is no {test}" for test in fault.tests if not (ROOT / test).exists()]
    return problems


def tried(faults: Sequence[Fault]) -> list[str]:
    """The faults that were not found, after the tests that fail without any."""
    with Trial.on_copy_of(ROOT) as trial:
        tests = sorted({test for fault in faults for test in fault.tests})
        failing = [test for test in tests if not trial.passes(test)]
        problems = [f"without any fault, a test fails in {test}" for test in failing]
        for fault in faults:
            verdict = Verdict.BROKEN if set(failing) & set(fault.tests) else trial.of(fault)
            print(f"{verdict.value:8}  {fault.name}", flush=True)
            if verdict is not Verdict.FOUND:
                problems.append(f"{fault.name}: {verdict.value}: {' '.join(fault.tests)}")
        return problems


if __name__ == "__main__":
    sys.exit(main())
