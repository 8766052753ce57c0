# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which pairs make test-matrix tries, by the Pythons that are there."""

from __future__ import annotations

import pytest

from tests.matrix.plan import each_once, plan
from tests.matrix.releases import PYTHONS, RELEASES


def test_with_every_python_all_that_a_release_supports_is_tried() -> None:
    trials, left_out = plan(PYTHONS)

    assert [(trial.release, trial.target) for trial in trials] == [
        (release, version) for release in RELEASES for version in release.targets
    ]
    assert {pair.reason for pair in left_out} == {"not supported by this release"}


def test_a_python_that_can_run_ansible_runs_it_and_the_newest_does_for_others() -> None:
    trials, _unsupported = plan(["3.8", "3.11", "3.12"])

    controllers = {trial.target: trial.controller for trial in trials if trial.release.version.startswith("2.18.")}
    assert controllers == {"3.8": "3.12", "3.11": "3.11", "3.12": "3.12"}


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_one_python_is_enough(version: str) -> None:
    trials, left_out = plan([version])

    able = [release for release in RELEASES if version in release.controllers]
    assert [(trial.release, trial.controller, trial.target) for trial in trials] == [
        (release, version, version) for release in able
    ]
    assert {pair.release for pair in left_out if pair.target == version} == set(RELEASES) - set(able)


def test_nothing_is_tried_where_no_python_runs_ansible() -> None:
    trials, left_out = plan(["3.8"])

    assert trials == []
    reasons = {pair.release.version[:4]: pair.reason for pair in left_out if pair.target == "3.8"}
    assert reasons["2.16"] == "none of Python 3.10, 3.11, 3.12 is here"
    assert reasons["2.20"] == "not supported by this release"


def test_each_once_tries_every_release_and_every_python_with_few_trials() -> None:
    trials, _unsupported = plan(PYTHONS)

    few = each_once(trials)

    assert {trial.release for trial in few} == set(RELEASES)
    assert {trial.target for trial in few} == set(PYTHONS)
    assert {trial.controller for trial in few} == {trial.controller for trial in trials}
    assert len(few) < len(trials) / 2
