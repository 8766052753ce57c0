# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private keys of many applications: kept in files, delivered by a playbook, and made by runs at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.e2e.many.items import assert_one_each_with_its_key, kept, key_of, names_of, operations_of, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, write_key
from tests.e2e.modules.module_runner import ModuleRun, generous_umask
from tests.e2e.modules.unfinished import is_unfinished, unfinished_in, unfinished_name
from tests.simulator.client import Simulator

NAMES = ("A", "B", "C")


def test_a_playbook_delivers_the_keys_before_the_applications_get_their_names(
    nexmo: Modules, simulator: Simulator
) -> None:
    first = nexmo.applications(*[shop(name, held_keys=[]) for name in NAMES], shop("D"), no_log=True)
    between = [each["name"] for each in simulator.applications() if each["name"] != "D"]
    held = [fingerprint(each["private_key"]) for each in first["applications"][:3]]
    simulator.forget_requests()
    items = [shop(name, held_keys=[key]) for name, key in zip(NAMES, held, strict=True)]
    second = nexmo.applications(*items)
    written = [request["operation"] for request in simulator.writes()]
    again = nexmo.applications(*items)

    assert [each["finished"] for each in first["applications"]] == [False, False, False, True]
    assert [each["fingerprint"] for each in first["applications"][:3]] == held
    assert sum(is_unfinished(name, wanted) for name in between for wanted in NAMES) == 3
    assert [(each["operation"], each["finished"]) for each in second["applications"]] == [("create", True)] * 3
    assert [each["fingerprint"] for each in second["applications"]] == held
    assert written == ["update"] * 3
    assert names_of(simulator.applications()) == [*NAMES, "D"]
    assert (again["changed"], operations_of(again)) == (False, ["none"] * 3)


def test_check_mode_tells_whether_a_key_is_still_to_be_delivered(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Lost")])
    items = [shop("A", held_keys=[]), shop("B"), shop("Lost", held_keys=[], lost_key="recreate")]

    foretold = nexmo.applications(*items, check=True)
    alone = nexmo.application(**items[0], check=True)
    run = nexmo.applications(*items, no_log=True)
    held = [run["applications"][0]["fingerprint"]]
    last = [nexmo.applications(shop("A", held_keys=held), check=check) for check in (True, False)]

    told = [[each["finished"] for each in report["applications"]] for report in (foretold, run)]
    assert told == [[False, True, False]] * 2
    assert alone["finished"] is False
    assert [report["applications"][0]["finished"] for report in last] == [True, True]


def test_a_key_that_was_not_delivered_holds_up_its_own_application_alone(nexmo: Modules, simulator: Simulator) -> None:
    first = nexmo.applications(*[shop(name, held_keys=[]) for name in NAMES], no_log=True)
    held = [[each["fingerprint"]] for each in first["applications"]]
    items = [shop(name, held_keys=keys) for name, keys in zip(NAMES[1:], held[1:], strict=True)]

    second = nexmo.applications(*items)

    (unfinished,) = unfinished_in(simulator.applications())
    assert operations_of(second) == ["create"] * 2
    assert is_unfinished(unfinished, "A")
    assert names_of(simulator.applications()) == [unfinished, "B", "C"]


def test_what_killed_runs_left_is_finished_or_made_anew(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    pems = {name: private_key(number) for number, name in enumerate(NAMES)}
    for name, pem in pems.items():
        over = unfinished_name(name, seconds=-1)
        simulator.preload([voice(over, id=f"begun-{name}", keys={"public_key": public_key(pem)})])
    for name in ("A", "B"):
        path = key_of(name, keys)
        write_key(path.with_name(f"{path.name}.{fingerprint(pems[name])}"), pems[name])

    run = nexmo.applications(*[kept(name, keys) for name in NAMES])

    assert operations_of(run) == ["create"] * 3
    assert_one_each_with_its_key(simulator.applications(), keys, *NAMES)
    stored = {each["name"]: each["id"] for each in simulator.applications()}
    assert (stored["A"], stored["B"]) == ("begun-A", "begun-B")
    assert stored["C"] != "begun-C"


def test_runs_of_one_list_at_once_end_with_one_application_each(
    nexmo: Modules, simulator: Simulator, keys: Path
) -> None:
    simulator.configure(latency=0.02)
    items = [kept(name, keys) for name in NAMES]

    def run(_number: int) -> ModuleRun:
        # Something to call before the start is what makes this a process of its own.
        return nexmo.applications(*items, before_start=generous_umask)

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, range(2)))

    assert [each.result.get("msg") for each in runs] == [None, None]
    assert_one_each_with_its_key(simulator.applications(), keys, *NAMES)


def test_the_keys_go_with_their_applications(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    nexmo.applications(*[kept(name, keys) for name in NAMES])
    items: list[dict[str, Any]] = [
        {"name": name, "state": "absent", "private_key_path": str(key_of(name, keys))} for name in NAMES[:2]
    ]

    foretold = nexmo.applications(*items, kept("C", keys), check=True)
    assert len(list(keys.iterdir())) == 3
    run = nexmo.applications(*items, kept("C", keys))

    assert operations_of(foretold) == operations_of(run) == ["delete", "delete", "none"]
    assert_one_each_with_its_key(simulator.applications(), keys, "C")
