# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrix: each request of each scenario, under each version, with each fault that can befall it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from tests.e2e.faults.kinds_of_faults import ALL, FAULTS, Fault, Span
from tests.e2e.faults.scenarios import NAME, SCENARIOS, Scenario

_FOR_GOOD = 1000  # requests


@dataclass(frozen=True)
class Target:
    """One of the requests that a scenario sends.

    before: the operations that are sent before it. ``nth`` of its operation it is, counted from 1.
    kind: the operation, or which page of a listing it is.
    """

    operation: str
    before: tuple[str, ...]
    kind: str

    @property
    def nth(self) -> int:
        return self.before.count(self.operation) + 1

    def __str__(self) -> str:
        return f"{self.operation}{self.nth}"


@dataclass(frozen=True)
class Case:
    """A scenario of which one request is disturbed."""

    version: str
    scenario_name: str
    target: Target
    fault: Fault
    span: Span

    @property
    def scenario(self) -> Scenario:
        return SCENARIOS[self.scenario_name]

    @property
    def id(self) -> str:
        span = "" if self.fault.spans == (self.span,) else f"-{self.span.replace(' ', '-')}"
        return f"{self.version}-{self.scenario_name}-{self.target}-{self.fault.name}{span}"

    @property
    def leaves_nothing_to_find(self) -> bool:
        """Whether the application that the next run looks for by its id is not there any more."""
        return self.fault.name == "gone" and self.scenario.by_id and self.scenario.name is not None

    def befell(self, requests: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the run that sent these requests met the fault just where it was to."""
        answered = takewhile(lambda request: not request["fault"], requests)
        undisturbed = tuple(request["operation"] for request in answered)
        if self.fault.rule is None:
            # The disturbed request never arrives.
            return undisturbed == self.target.before
        expected = self.target.before[:-1] if self.fault.name == "gone" else self.target.before
        return undisturbed == expected and len(requests) > len(undisturbed)

    def rules(self, elsewhere: str) -> list[dict[str, Any]]:
        """What the simulator is told. ``elsewhere`` is where redirects lead."""
        if self.fault.rule is None:
            return []
        befalls = {"operation": self.target.operation, "nth": self.target.nth, **self.fault.rule}
        if self.fault.rule["fault"] == "redirect":
            befalls["location"] = elsewhere
        if self.fault.rule["fault"] == "moves":
            # Somebody deletes the application right after the request before this one.
            *earlier, last = self.target.before
            befalls.update(operation=last, nth=earlier.count(last) + 1, changes=[{"delete": NAME}])
        if self.span == "for good":
            befalls["times"] = _FOR_GOOD
        return [befalls, *(self._nothing_then() if self.span == "then nothing" else ())]

    def _nothing_then(self) -> Iterator[dict[str, Any]]:
        so_far = [*self.target.before, self.target.operation]
        for operation in sorted(ALL):
            first = so_far.count(operation) + 1
            yield {"operation": operation, "nth": first, "times": _FOR_GOOD, "fault": "reset_before"}


def targets(sends: str) -> Iterator[Target]:
    """The requests to disturb: all but the third and later ones of a row of listings."""
    operations = sends.split()
    for number, operation in enumerate(operations):
        before = tuple(operations[:number])
        if operation != "list":
            yield Target(operation, before, operation)
        elif before[-2:] != ("list", "list"):
            yield Target(operation, before, "later page" if before[-1:] == ("list",) else "first page")


def cases() -> Iterator[Case]:
    """All of them: every fault befalls the first request of each kind under each version, and some befall all."""
    seen = set()
    for name, scenario in SCENARIOS.items():
        for version, sends in scenario.sends.items():
            for target in targets(sends):
                is_first = (version, target.kind) not in seen
                seen.add((version, target.kind))
                for fault in FAULTS:
                    if (is_first or target.operation in fault.everywhere) and _can_befall(fault, target, scenario):
                        yield from (Case(version, name, target, fault, span) for span in fault.spans)


def _can_befall(fault: Fault, target: Target, scenario: Scenario) -> bool:
    if fault.name == "gone":
        # Only an application that was there, and that the run knows of, can be gone.
        return target.operation in fault.operations and scenario.exists and bool(target.before)
    return target.operation in fault.operations


CASES = tuple(cases())


def first_of_each() -> Iterator[Case]:
    """For each operation, the first case of each fault."""
    seen = set()
    for case in CASES:
        kind = (case.target.operation, case.fault.name)
        if kind not in seen:
            seen.add(kind)
            yield case
