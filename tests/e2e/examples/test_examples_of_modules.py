# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The EXAMPLES of each module, run from the first to the last as one play."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.examples.documented import MODULES, adapted, examples_of
from tests.e2e.modules.documents import messages, voice
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.unfinished import unfinished_in
from tests.e2e.playbooks import local_hosts
from tests.e2e.role.provisioning import API_KEY, API_SECRET, Provisioning
from tests.simulator.client import Document, Simulator


@dataclass(frozen=True)
class Case:
    """What the examples take for granted, and what comes of them.

    given, numbers, variables: applications and numbers of the account and variables of the play that are there before.
    writes: the API's operations that change something.
    names: of the applications that are there at the end.
    files: those that are there at the end.
    """

    given: list[Document] = field(default_factory=list)
    numbers: list[Document] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


MADE = ["create", "update"]
CASES = {
    "nexmo_application": Case(
        given=[voice("My Old Application", id="aaaaaaaa-bbbb-cccc-dddd-0123456789ab")],
        writes=[*MADE, "update", "update", "update", *MADE, "delete"],
        names={"My Better Application", "My Messages"},
        files={"etc/my-service/nexmo.key"},
    ),
    "nexmo_application_info": Case(
        given=[voice("My Application"), messages("Another")],
        names={"My Application", "Another"},
    ),
    "nexmo_applications": Case(
        given=[voice("shop-legacy"), voice("Of another team")],
        writes=sorted([*MADE, *MADE, "delete"]),
        names={"shop-calls", "shop-messages", "Of another team"},
        files={"etc/shop/calls.key", "etc/shop/messages.key"},
    ),
    "nexmo_number": Case(
        given=[voice("shop", id="shop"), voice("My Application", id="aaaaaaaa-bbbb-cccc-dddd-0123456789ab")],
        numbers=[{"msisdn": "447700900000"}],
        writes=["update"] * 4,
        names={"shop", "My Application"},
    ),
    "nexmo_number_info": Case(
        given=[voice("shop", id="shop")],
        numbers=[{"msisdn": "447700900000", "app_id": "shop"}, {"msisdn": "447700900001"}],
        names={"shop"},
    ),
    "nexmo_numbers": Case(
        given=[voice("shop", id="shop")],
        numbers=[{"msisdn": f"44770090000{digit}", "app_id": "shop"} for digit in range(4)],
        writes=["update"] * 3,
        names={"shop"},
    ),
    "nexmo_private_key": Case(variables={"created": {"private_key": private_key()}}),
}


def test_there_is_a_case_for_each_module() -> None:
    assert {path.stem for path in MODULES.glob("*.py")} == set(CASES)


@pytest.mark.parametrize("module", CASES)
def test_examples_of_a_module_do_what_they_say(
    module: str, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    case = CASES[module]
    examples = examples_of(module)
    simulator.preload(case.given)
    simulator.preload_numbers(case.numbers)
    for directory in ("etc/my-service", "etc/shop"):
        (tmp_path / directory).mkdir(parents=True)
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {
            "group/community.nexmo.nexmo": {"api_url": simulator.url, "api_key": API_KEY, "api_secret": API_SECRET}
        },
        "vars": {"folder": str(tmp_path), **case.variables},
        "tasks": adapted(examples),
    }

    run = role.play([play], local_hosts({"host": {}}))

    assert run.ok, run.output
    assert [(task.task, task.status) for task in run.tasks] == [(task["name"], "ok") for task in examples]
    writes = [write["operation"] for write in simulator.writes()]
    assert (sorted(writes) if module == "nexmo_applications" else writes) == case.writes
    assert unfinished_in(simulator.applications()) == []
    assert {stored["name"] for stored in simulator.applications()} == case.names
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == case.files
