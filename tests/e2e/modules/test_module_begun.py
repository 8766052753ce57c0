# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications that were begun: finished by whoever has their key, deleted when nobody will."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, VOICE_OPTIONS, voice, webhooks_of
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.relay import Relay, answers
from tests.e2e.modules.unfinished import is_unfinished, maker_of, unfinished_name
from tests.simulator.client import Document, Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}
IMITATIONS = ["Shop [community.nexmo]", "Shop [community.nexmo 1 2 3 4 5 6]", "Shop[community.nexmo a 1 b 2 3]"]


@pytest.fixture
def dead_maker(relayed: Modules, relay: Relay, simulator: Simulator) -> str:
    """How a run of this machine that has ended signed what it did not finish."""
    relay.play("PUT", answers(400))
    relayed.application(no_log=True, **SHOP)
    (begun,) = simulator.applications()
    simulator.reset()
    return maker_of(begun["name"])


def begun(number: int, maker: str, name: str = "Shop", **members: Any) -> Document:
    """An unfinished application, with the key of that number, of a run that has time left."""
    return voice(unfinished_name(name, maker), keys={"public_key": public_key(private_key(number))}, **members)


def staged(key_path: Path, number: int) -> Path:
    """The key of that number as it waits for its application."""
    return write_key(key_path.with_name(f"{key_path.name}.{fingerprint(private_key(number))}"), private_key(number))


def test_a_playbook_delivers_the_key_before_the_application_gets_its_name(nexmo: Modules, simulator: Simulator) -> None:
    foretold = nexmo.application(check=True, held_keys=[], **SHOP)
    first = nexmo.application(held_keys=[], no_log=True, **SHOP)
    (between,) = simulator.applications()
    held_keys = [fingerprint(first["private_key"])]
    simulator.forget_requests()
    second = nexmo.application(held_keys=held_keys, **SHOP)
    written = [request["operation"] for request in simulator.writes()]
    (stored,) = simulator.applications()
    again = nexmo.application(held_keys=held_keys, **SHOP)

    assert (foretold["operation"], foretold["changed"]) == ("create", True)
    assert (first["operation"], first["finished"], first["changed"]) == ("create", False, True)
    assert first["application"]["name"] == "Shop"
    assert is_unfinished(between["name"], "Shop")
    assert (second["operation"], second["finished"], second["changed"]) == ("create", True, True)
    assert "private_key" not in second
    assert "warnings" not in second
    assert written == ["update"]
    assert (stored["id"], stored["name"]) == (between["id"], "Shop")
    assert stored["id"] == first["application"]["id"] == second["application"]["id"]
    assert held_keys == [first["fingerprint"]] == [second["fingerprint"]]
    assert webhooks_of(stored) == webhooks_of(voice("Shop"))
    assert (again["changed"], again["finished"]) == (False, True)


def test_a_lost_key_is_replaced_in_two_steps_and_the_old_application_stays_until_the_second(
    nexmo: Modules, simulator: Simulator
) -> None:
    (old,) = simulator.preload([voice("Shop", id="shop", x_note="kept")])
    options = {"name": "Shop", "lost_key": "recreate"}

    foretold = nexmo.application(check=True, diff=True, held_keys=[], **options)
    first = nexmo.application(diff=True, held_keys=[], no_log=True, **options)
    between = simulator.applications()
    second = nexmo.application(held_keys=[first["fingerprint"]], **options)
    written = [request["operation"] for request in simulator.writes()]
    again = nexmo.application(held_keys=[first["fingerprint"]], **options)

    assert foretold["diff"] == first["diff"]
    assert [foretold["operation"], first["operation"], second["operation"]] == ["recreate"] * 3
    assert (first["finished"], second["finished"]) == (False, True)
    assert between[0] == old
    assert is_unfinished(between[1]["name"], "Shop")
    assert written == ["create", "delete", "update"]
    (stored,) = simulator.applications()
    assert (stored["id"], stored["name"], stored["x_note"]) == (first["application"]["id"], "Shop", "kept")
    assert again["changed"] is False


@pytest.mark.parametrize("others", [[], [1], [1, 2]], ids=["alone", "a-stale-one", "two-stale-ones"])
def test_a_run_that_was_killed_after_staging_is_finished_by_the_next(
    others: list[int], dead_maker: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([begun(number, dead_maker) for number in others] + [begun(0, dead_maker, id="ours")])
    staged(key_path, 0)

    foretold = nexmo.application(check=True, private_key_path=str(key_path), **SHOP)
    run = nexmo.application(private_key_path=str(key_path), **SHOP)
    again = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert (foretold["operation"], run["operation"]) == ("create", "create")
    assert [(each["id"], each["name"]) for each in simulator.applications()] == [("ours", "Shop")]
    assert list(key_path.parent.iterdir()) == [key_path]
    assert public_key_of_file(key_path) == run["application"]["public_key"] == public_key(private_key(0))
    assert ("unfinished" in str(run.result.get("warnings"))) == bool(others)
    assert again["changed"] is False
    assert "create" not in [request["operation"] for request in simulator.writes()]


def test_what_was_begun_with_another_type_is_not_finished_but_made_anew(
    dead_maker: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    """Version 1 cannot change the type."""
    simulator.preload([begun(0, dead_maker, id="of the other type")])
    staged(key_path, 0)
    options = {"name": "Shop", "private_key_path": str(key_path), **MESSAGES_OPTIONS}

    foretold = nexmo.application(check=True, **options)
    run = nexmo.application(**options)
    again = nexmo.application(**options)

    (stored,) = simulator.applications()
    assert (foretold["operation"], run["operation"]) == ("create", "create")
    assert (stored["name"], stored["id"] != "of the other type") == ("Shop", True)
    assert public_key_of_file(key_path) == stored["keys"]["public_key"]
    assert list(key_path.parent.iterdir()) == [key_path]
    assert again["changed"] is False


def test_a_run_that_was_killed_after_the_commit_is_finished_by_the_next(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", keys={"public_key": public_key(private_key(0))})])
    write_key(key_path, private_key(1))
    staged(key_path, 0)
    staged(key_path, 2)

    foretold = nexmo.application(check=True, private_key_path=str(key_path), **SHOP)
    run = nexmo.application(private_key_path=str(key_path), **SHOP)
    again = nexmo.application(private_key_path=str(key_path), **SHOP)

    aside = key_path.with_name(f"{key_path.name}.{fingerprint(private_key(1))[:16]}.old")
    assert (foretold["changed"], run["changed"], again["changed"]) == (True, True, False)
    assert simulator.writes() == []
    assert set(key_path.parent.iterdir()) == {key_path, aside}
    assert (key_path.read_text(), aside.read_text()) == (private_key(0), private_key(1))


def test_a_recreation_that_was_killed_after_the_deletion_is_finished_by_the_next(
    dead_maker: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    """The old key is still the file; the new one waits beside it."""
    simulator.preload([begun(0, dead_maker, id="ours")])
    write_key(key_path, private_key(1))
    staged(key_path, 0)

    nexmo.application(private_key_path=str(key_path), lost_key="recreate", **SHOP)

    assert [(each["id"], each["name"]) for each in simulator.applications()] == [("ours", "Shop")]
    assert key_path.read_text() == private_key(0)


TASKS: dict[str, tuple[list[Document], dict[str, Any], list[str]]] = {
    "create": ([], SHOP, ["Shop"]),
    "nothing-to-do": ([voice("Shop")], SHOP, ["Shop"]),
    "update": ([voice("Shop")], {"name": "Shop", "answer_method": "POST"}, ["Shop"]),
    "delete": ([voice("Shop")], {"name": "Shop", "state": "absent"}, []),
    "absent-already": ([], {"name": "Shop", "state": "absent"}, []),
}


@pytest.mark.parametrize("expired", [False, True], ids=["of-a-dead-process", "expired"])
@pytest.mark.parametrize(("given", "options", "left"), TASKS.values(), ids=TASKS)
def test_what_nobody_will_finish_is_deleted(
    given: list[Document],
    options: dict[str, Any],
    left: list[str],
    expired: bool,
    dead_maker: str,
    nexmo: Modules,
    simulator: Simulator,
) -> None:
    name = unfinished_name("Shop", seconds=-1) if expired else unfinished_name("Shop", dead_maker)
    others = [unfinished_name("Store", seconds=-1), *IMITATIONS]
    before = simulator.preload([*given, voice(name, id="leftover"), *map(voice, others)])

    foretold = nexmo.application(check=True, **options)
    untouched = simulator.applications()
    run = nexmo.application(no_log=True, **options)
    again = nexmo.application(**options)

    assert untouched == before
    assert (foretold["changed"], foretold["operation"]) == (run["changed"], run["operation"])
    assert (run["changed"], again["changed"]) == (True, False)
    for found in (foretold, run):
        assert "1 unfinished" in str(found["warnings"])
    assert sorted(each["name"] for each in simulator.applications()) == sorted([*left, *others])


def test_a_key_that_waits_for_nothing_goes_with_the_unfinished_application(
    dead_maker: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([begun(0, dead_maker)])
    staged(key_path, 0)

    run = nexmo.application(name="Shop", state="absent", private_key_path=str(key_path))
    again = nexmo.application(name="Shop", state="absent", private_key_path=str(key_path))

    assert (run["changed"], again["changed"]) == (True, False)
    assert (simulator.applications(), list(key_path.parent.iterdir())) == ([], [])


@pytest.mark.parametrize("options", [{}, {"application_id": "shop"}, {"state": "absent"}])
def test_names_of_unfinished_applications_are_refused(
    options: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    given = simulator.preload([voice("Shop", id="shop"), voice(unfinished_name("Shop"))])

    run = nexmo.application(**{**SHOP, **options, "name": given[1]["name"]})

    assert run.message.startswith("name: ")
    assert "\n" not in run.message
    assert simulator.requests() == []


@pytest.mark.parametrize("name", IMITATIONS)
def test_names_that_only_look_like_one_are_taken(name: str, nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(**{**SHOP, "name": name}, no_log=True)

    assert run["operation"] == "create"
    assert [each["name"] for each in simulator.applications()] == [name]
