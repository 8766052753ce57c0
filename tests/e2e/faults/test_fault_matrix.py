# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""However a request dies, the run says so in one line, gives no secret away, and running again makes all well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.e2e.faults.cases import CASES, Case, first_of_each
from tests.e2e.faults.dead_ends import OtherHost, dead_end
from tests.e2e.faults.kinds_of_faults import Fault
from tests.e2e.faults.scenarios import SCENARIOS, Scenario
from tests.e2e.faults.stage import Stage
from tests.e2e.faults.verdict import (
    Verdict,
    check_account,
    check_disturbed,
    check_secrecy,
    check_undisturbed,
)
from tests.e2e.forking import Run

NewStage = Callable[[str, Scenario], Stage]

# Seconds, longer than anything takes that comes to an end by itself.
PATIENT = {"timeout": 20, "deadline": 30}
# Seconds for what does not. All else has to be done in that time as well, each request of it; should a machine be too
# slow for that, another attempt gets more.
IMPATIENT = (1, 8)


def test_the_matrix_is_large_enough() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize(
    ("version", "name"), [(version, name) for name, scenario in SCENARIOS.items() for version in scenario.sends]
)
def test_a_scenario_sends_what_the_matrix_disturbs(version: str, name: str, new_stage: NewStage) -> None:
    scenario = SCENARIOS[name]
    stage = new_stage(version, scenario)
    stage.prepare()

    run = stage.run(PATIENT)

    assert not run.result.get("failed"), run.output
    assert [entry["operation"] for entry in stage.simulator.requests()] == scenario.sends[version].split()


QUICK = frozenset(case.id for case in first_of_each())


def with_mark(case: Case) -> Any:
    """The case as a parameter; only some are run each time."""
    return pytest.param(case, id=case.id, marks=() if case.id in QUICK else pytest.mark.thorough)


@pytest.mark.parametrize("case", [with_mark(case) for case in CASES])
def test_a_disturbed_run_is_made_good_by_the_next(
    case: Case, new_stage: NewStage, other_host: OtherHost, record_property: Callable[[str, object], None]
) -> None:
    stage = new_stage(case.version, case.scenario)
    verdict = Verdict()

    disturbed = run_disturbed(case, stage, other_host)
    check_disturbed(verdict, disturbed)
    check_secrecy(verdict, stage, disturbed)

    make_good(case, stage, verdict)

    if other_host.connections:
        verdict.leak = True
        verdict.problems.append("the run went where a redirect led")
    record_property("fault_matrix", verdict.counts())
    assert not verdict.problems, "; ".join([*verdict.problems, disturbed.output])


def run_disturbed(case: Case, stage: Stage, other_host: OtherHost) -> Run:
    """The run in which the case's fault befalls its request, and nothing is done any more that it asked for."""
    for limits in limits_for(case.fault):
        stage.prepare()
        if case.fault.rule is None:
            with dead_end(case.fault.name, stage.simulator.url, case.target.before) as relay:
                run = stage.run({"api_url": relay.url, "max_retries": 0, **limits})
        else:
            stage.simulator.set_faults(case.rules(other_host.url))
            run = stage.run({"max_retries": 1, **limits})
        if case.befell(stage.simulator.ended_requests()):
            return run
    raise AssertionError(f"the fault did not befall its request: {run.output}")


def limits_for(fault: Fault) -> Iterator[Mapping[str, float]]:
    """The options that keep a run from waiting for ever, one after the other, should the first be too short."""
    if fault.ended_by is None:
        yield PATIENT
    else:
        yield from ({**PATIENT, fault.ended_by: seconds} for seconds in IMPATIENT)


def make_good(case: Case, stage: Stage, verdict: Verdict) -> None:
    """One more run, undisturbed, makes all well, and another finds nothing to do, unless the first did not either."""
    stage.simulator.no_faults()
    stage.simulator.forget_requests()
    repaired = stage.run(PATIENT)
    check_secrecy(verdict, stage, repaired)
    if case.leaves_nothing_to_find:
        assert "there is no application with id" in repaired.result["msg"]
        return
    result = check_undisturbed(verdict, repaired, "the next run")
    check_account(verdict, stage)
    if result.get("changed") or stage.simulator.writes():
        stage.simulator.forget_requests()
        result = check_undisturbed(verdict, stage.run(PATIENT), "the run after the next")
    if result.get("changed") or stage.simulator.writes():
        verdict.problems.append(f"the run after the next changes something: {result}, {stage.simulator.writes()}")
