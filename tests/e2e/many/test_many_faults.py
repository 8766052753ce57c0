# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""However a request for many applications dies, the next run makes all well, and no key is lost.

Four items, of which one is new, one changes, one stays and one goes, while another application is pruned; each
operation that they take meets each fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.faults.kinds_of_faults import FAULTS, Fault, Span
from tests.e2e.many.items import Item, assert_one_each_with_its_key, kept, key_of, operations_of, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, voice, webhooks_of
from tests.e2e.modules.key_pairs import private_key, public_key, write_key
from tests.e2e.modules.module_runner import ModuleRun
from tests.simulator.client import Document, Simulator

CHOSEN = frozenset(
    (
        *("reset-before", "reset-after", "silence", "cut-off", "429-seconds", "500-before", "503-before"),
        *("500-after", "503-after", "400-echo", "401", "html", "broken-json"),
    )
)
# What each item takes, under version 1 with reads of what exists.
SENDS = {"v1": ("list", "read", "create", "update", "delete"), "v2": ("list", "create", "update", "delete")}
NAMES = ("New", "Changed", "Same")
PRUNE = {"prune": True, "prune_match": "Surplus", "prune_limit": 1}
_FOR_GOOD = 1000  # requests

# Seconds. A run that is to meet silence has no time to lose, unless the machine has much to do.
PATIENT = {"timeout": 20, "deadline": 30}
IMPATIENT = tuple({"timeout": seconds, "deadline": 2 * seconds} for seconds in (0.3, 1.5, 6))


@dataclass(frozen=True)
class Case:
    """The first or second request of an operation, or all of them, with a fault."""

    version: str
    operation: str
    nth: int
    fault: Fault
    span: Span

    def __str__(self) -> str:
        return f"{self.version}-{self.operation}{self.nth}-{self.fault.name}-{self.span.replace(' ', '-')}"

    @property
    def rule(self) -> dict[str, Any]:
        """What the simulator is told."""
        assert self.fault.rule is not None
        times = _FOR_GOOD if self.span == "for good" else 1
        return {"operation": self.operation, "nth": self.nth, "times": times, **self.fault.rule}


def cases() -> Iterator[Case]:
    """Silence takes long, so it befalls the creation alone. Of two updates, one gives the new application its name; of
    two listings, one looks for rivals; the second deletion prunes."""
    for fault in FAULTS:
        if fault.name not in CHOSEN:
            continue
        for version, operations in SENDS.items():
            for operation in operations:
                if operation in fault.operations and (operation == "create" or fault.ended_by is None):
                    for nth in (1, 2) if operation in ("list", "update", "delete") else (1,):
                        yield from (
                            Case(version, operation, nth, fault, span) for span in fault.spans if span != "then nothing"
                        )


CASES = tuple(cases())


def test_the_matrix_is_large_enough() -> None:
    assert {case.fault.name for case in CASES} == CHOSEN
    assert len(CASES) >= 100


@pytest.fixture
def account(simulator: Simulator) -> list[Document]:
    """What the items change, keep or delete, and somebody else's."""
    simulator.reset()
    with_keys = [
        voice(name, keys={"public_key": public_key(private_key(number))}) for number, name in enumerate(NAMES[1:])
    ]
    return simulator.preload([*with_keys, voice("Old"), voice("Surplus"), voice("Somebody's")])


def items_of(keys: Path) -> list[Item]:
    """New, changed, unchanged and deleted."""
    return [
        kept("New", keys),
        kept("Changed", keys, event_url=f"{URL}/new"),
        kept("Same", keys),
        shop("Old", state="absent"),
    ]


@pytest.mark.parametrize(("version", "case"), [(case.version, case) for case in CASES], ids=map(str, CASES))
def test_a_disturbed_run_is_made_good_by_the_next(
    case: Case, account: list[Document], nexmo: Modules, simulator: Simulator, keys: Path
) -> None:
    for number, name in enumerate(NAMES[1:]):
        write_key(key_of(name, keys), private_key(number))
    items = items_of(keys)

    disturbed = run_disturbed(case, nexmo, simulator, items)
    assert_success_or_clear_failure(disturbed)
    assert_no_key_is_shown(disturbed, simulator)

    simulator.no_faults()
    simulator.forget_requests()
    repaired = nexmo.applications(*items, **PRUNE, **PATIENT)
    assert not repaired.failed, f"{repaired.result} after {disturbed.result}"
    assert_no_key_is_shown(repaired, simulator)
    assert_as_asked(simulator, keys, account)
    if repaired["changed"]:
        simulator.forget_requests()
        assert nexmo.applications(*items, **PRUNE, **PATIENT)["changed"] is False
    assert simulator.writes() == []


def run_disturbed(case: Case, nexmo: Modules, simulator: Simulator, items: list[Item]) -> ModuleRun:
    """The run in which the case's fault befalls its request."""
    for times in IMPATIENT if case.fault.ended_by else (PATIENT,):
        simulator.forget_requests()
        simulator.set_faults([case.rule])
        run = nexmo.applications(*items, **PRUNE, max_retries=1, **times)
        if any(entry["fault"] for entry in simulator.requests()):
            return run
    raise AssertionError(f"nothing happened to the run: {run.result}")


def assert_success_or_clear_failure(run: ModuleRun) -> None:
    """The run tells of each item what came of it, or in one line why nothing was done."""
    assert run.returncode == int(run.failed)
    if run.failed:
        messages = [run.message, *(each.get("msg", "a line") for each in run.result.get("applications", []))]
        assert not any("\n" in text or "unexpected" in text for text in messages), messages
        assert len(run.message) < 2000
    if "applications" in run:
        failed = operations_of(run).count("failed")
        assert run.result["counts"]["failed"] == failed
        assert run.failed == (failed > 0 or len(run.result["pruned"]) == 0)


def assert_no_key_is_shown(run: ModuleRun, simulator: Simulator) -> None:
    """Not even a line of one."""
    for pem in [private_key(0), private_key(1), *simulator.private_keys()]:
        assert not [line for line in pem.splitlines()[1:-1] if line in run.output]


def assert_as_asked(simulator: Simulator, keys: Path, before: list[Document]) -> None:
    """One application of each name with its key, and somebody else's as it was."""
    stored = {each["name"]: each for each in simulator.applications()}
    own = [each for each in simulator.applications() if each["name"] != "Somebody's"]
    assert_one_each_with_its_key(own, keys, *NAMES)
    changed, same, _old, _surplus, others = before
    assert (stored["Same"], stored["Somebody's"]) == (same, others)
    assert stored["Changed"]["id"] == changed["id"]
    assert webhooks_of(stored["Changed"])["event_url"] == (f"{URL}/new", "POST")
