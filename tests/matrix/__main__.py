# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tries the collection on what is on this machine: ``make test-matrix``. Fails when a trial fails, or none is possible.

With ``--each-once`` no more pairs are tried than it takes to try each release and each Python.

For each release of ansible-core, and each Python that it supports on hosts, every module runs against the simulator. A
Python that can run Ansible itself does that too, and the role as well.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.matrix import pythons
from tests.matrix.environments import BUILD, ROOT, Environment
from tests.matrix.plan import LeftOut, Trial, each_once, plan
from tests.matrix.releases import PYTHONS

AT_ONCE = 2
ON_EVERY_PYTHON = ("tests/e2e/matrix/test_matrix_modules.py",)
WHERE_ANSIBLE_RUNS = ("tests/e2e/matrix/test_matrix_role.py",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make test-matrix", description=__doc__.splitlines()[0])
    parser.add_argument("--each-once", action="store_true", help="as few as try each release and each Python")
    options = parser.parse_args()
    interpreters = pythons.found(PYTHONS)
    trials, left_out = plan(interpreters)
    if options.each_once:
        trials = each_once(trials)
    if not trials:
        sys.exit("There is no Python here that runs a supported ansible-core.")
    BUILD.mkdir(parents=True, exist_ok=True)
    print(f"{len(trials)} trials. Environments and output are in {BUILD.relative_to(ROOT)}.", flush=True)
    make_environments(trials, interpreters)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = dict(zip(trials, pool.map(tried, trials), strict=True))
    print_table(passed, left_out)
    failures = [trial for trial, ok in passed.items() if not ok]
    for trial in failures:
        print(f"\n** failed: {trial} **\n{output_of(trial).read_text(encoding='utf-8')}")
    print(f"\n{len(passed) - len(failures)} passed, {len(failures)} failed, {len(left_out)} skipped")
    sys.exit(1 if failures else 0)


def runs_ansible(trial: Trial) -> bool:
    return trial.controller == trial.target


def controller(trial: Trial) -> Environment:
    return Environment(trial.controller, trial.release.version)


def target(trial: Trial) -> Environment:
    return Environment(trial.target)


def make_environments(trials: Iterable[Trial], interpreters: Mapping[str, Path]) -> None:
    wanted = sorted({each for trial in trials for each in (controller(trial), target(trial))}, key=lambda e: e.folder)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        making = [pool.submit(environment.make, interpreters[environment.version]) for environment in wanted]
    for environment, made in zip(wanted, making, strict=True):
        error = made.exception()
        if isinstance(error, subprocess.CalledProcessError):
            sys.exit(f"{environment.folder.name} could not be made:\n{error.stdout}")
        made.result()


def tried(trial: Trial) -> bool:
    """Run the tests, and tell whether they passed."""
    tests = ON_EVERY_PYTHON + (WHERE_ANSIBLE_RUNS if runs_ansible(trial) else ())
    begin = time.monotonic()
    with output_of(trial).open("w", encoding="utf-8") as output:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=ROOT,
            env={
                **os.environ,
                "CONTROLLER_PYTHON": str(controller(trial).python),
                "TARGET_PYTHON": str(target(trial).python),
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    passed = run.returncode == 0
    print(f"{'passed' if passed else 'FAILED'} after {time.monotonic() - begin:.0f} s: {trial}", flush=True)
    return passed


def output_of(trial: Trial) -> Path:
    return BUILD / f"ansible-core-{trial.release.version}-python{trial.target}.log"


def print_table(passed: Mapping[Trial, bool], left_out: Iterable[LeftOut]) -> None:
    print(f"\n{'ansible-core':14}{'Python':8}result")
    rows = [(trial.release, trial.target, result(trial, ok)) for trial, ok in passed.items()]
    rows += [(pair.release, pair.target, f"left out: {pair.reason}") for pair in left_out]
    for release, version, what in sorted(rows, key=lambda row: (row[0].version, PYTHONS.index(row[1]))):
        print(f"{release.version:14}{version:8}{what}")


def result(trial: Trial, passed: bool) -> str:
    runs = "Ansible, role and modules" if runs_ansible(trial) else f"modules, Ansible on {trial.controller}"
    return f"{'passed' if passed else 'FAILED'} ({runs})"


if __name__ == "__main__":
    main()
