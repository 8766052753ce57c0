# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that go from one application to another: in one run, in an order in which each is free when it is given."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.many.items import Item, operations_of, requests, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.unfinished import unfinished_name
from tests.simulator.client import Simulator

PRUNE: dict[str, Any] = {"prune": True, "prune_match": "[a-z]", "prune_limit": 1}


def renamed(name: str, new_name: str) -> Item:
    """An application that is found by its id, and its new name."""
    return {"application_id": f"id-{name}", "name": new_name}


def preload(simulator: Simulator, names: str) -> None:
    """Applications of one letter each; one of somebody else's."""
    simulator.preload([voice(name, id=f"id-{name}") for name in names] + [voice("Somebody's", id="other")])


def names_by_id(simulator: Simulator) -> dict[str, str]:
    """What the account holds, but for somebody else's."""
    return {each["id"]: each["name"] for each in simulator.applications() if each["id"] != "other"}


def writes(simulator: Simulator) -> list[tuple[str, str]]:
    """What was written, in order: an id, and the name that it was given, or that it was deleted."""
    return [
        (request["path"].rpartition("/")[2], request["body"]["name"] if request["operation"] == "update" else "deleted")
        for request in simulator.writes()
    ]


def assert_each_name_was_free(simulator: Simulator, before: dict[str, str]) -> None:
    """Going through what was written, no two applications had one name at any time."""
    names = dict(before)
    for application_id, name in writes(simulator):
        names.pop(application_id, None)
        if name != "deleted":
            assert name not in names.values()
            names[application_id] = name


CASES: dict[str, tuple[str, list[Item], dict[str, str], int]] = {
    "a swap": ("ab", [renamed("a", "b"), renamed("b", "a")], {"id-a": "b", "id-b": "a"}, 3),
    "a circle of three": (
        "abc",
        [renamed("a", "b"), renamed("b", "c"), renamed("c", "a")],
        {"id-a": "b", "id-b": "c", "id-c": "a"},
        4,
    ),
    "two circles": (
        "abcd",
        [renamed("a", "b"), renamed("b", "a"), renamed("c", "d"), renamed("d", "c")],
        {"id-a": "b", "id-b": "a", "id-c": "d", "id-d": "c"},
        6,
    ),
    "a chain": ("ab", [renamed("a", "b"), renamed("b", "c")], {"id-a": "b", "id-b": "c"}, 2),
    "a chain the other way round": ("ab", [renamed("b", "c"), renamed("a", "b")], {"id-a": "b", "id-b": "c"}, 2),
    "a name that becomes absent": ("ab", [renamed("a", "b"), {"name": "b", "state": "absent"}], {"id-a": "b"}, 2),
    "an id that becomes absent": (
        "ab",
        [renamed("a", "b"), {"application_id": "id-b", "state": "absent"}],
        {"id-a": "b"},
        2,
    ),
    "a name that is absent already": ("a", [renamed("a", "b"), {"name": "b", "state": "absent"}], {"id-a": "b"}, 1),
    "an old name that is absent then": ("a", [renamed("a", "b"), {"name": "a", "state": "absent"}], {"id-a": "b"}, 1),
    "a chain onto a name that becomes absent": (
        "abc",
        [renamed("a", "b"), renamed("b", "c"), {"name": "c", "state": "absent"}],
        {"id-a": "b", "id-b": "c"},
        3,
    ),
}


@pytest.mark.parametrize(("names", "items", "wanted", "count"), CASES.values(), ids=CASES)
def test_names_change_hands_in_one_run(
    names: str, items: list[Item], wanted: dict[str, str], count: int, nexmo: Modules, simulator: Simulator
) -> None:
    preload(simulator, names)
    before = names_by_id(simulator)

    foretold = nexmo.applications(*items, check=True, diff=True)
    assert simulator.writes() == []
    run = nexmo.applications(*items, diff=True)

    assert (foretold["changed"], foretold["diff"]) == (run["changed"], run["diff"])
    assert operations_of(foretold) == operations_of(run)
    assert names_by_id(simulator) == wanted
    assert len(simulator.writes()) == count
    assert_each_name_was_free(simulator, before)

    simulator.forget_requests()
    again = nexmo.applications(*items)

    assert (again["changed"], simulator.writes()) == (False, [])


def test_a_name_that_pruning_frees_is_given_after_it(nexmo: Modules, simulator: Simulator) -> None:
    preload(simulator, "abcd")
    items = [renamed("a", "b"), renamed("c", "a"), shop("d")]

    foretold = nexmo.applications(*items, **PRUNE, check=True)
    run = nexmo.applications(*items, **PRUNE)

    for each in (foretold, run):
        assert (operations_of(each), [pruned["id"] for pruned in each["pruned"]]) == (
            ["update"] * 2 + ["none"],
            ["id-b"],
        )
    assert writes(simulator) == [("id-b", "deleted"), ("id-a", "b"), ("id-c", "a")]
    assert names_by_id(simulator) == {"id-a": "b", "id-c": "a", "id-d": "d"}

    simulator.forget_requests()
    again = nexmo.applications(*items, **PRUNE)

    assert (again["changed"], simulator.writes()) == (False, [])


@pytest.mark.parametrize(
    ("items", "failed"),
    [
        ([renamed("a", "b"), shop("x", state="absent")], 1),
        ([renamed("a", "b"), renamed("b", "c")], 2),
        ([renamed("a", "b"), shop("b")], 0),
    ],
)
def test_what_no_order_can_do_is_refused_before_anything_is_written(
    items: list[Item], failed: int, nexmo: Modules, simulator: Simulator
) -> None:
    preload(simulator, "abc")

    for check in (True, False):
        run = nexmo.applications(*items, check=check)

        assert run.failed
        assert "\n" not in run.message
        if failed:
            assert run.result["counts"]["failed"] == failed
            assert "is already the name of application" in run.message
        else:
            assert (run.message[:33], requests(simulator)) == ("applications: name 'b' is given m", [])
    assert simulator.writes() == []


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_swap_that_broke_off_is_finished_by_the_next_run(nth: int, nexmo: Modules, simulator: Simulator) -> None:
    preload(simulator, "ab")
    items = [renamed("a", "b"), renamed("b", "a")]
    simulator.fault("update", "status_before", status=403, nth=nth, times=9)

    broken = nexmo.applications(*items)
    names = names_by_id(simulator)
    simulator.no_faults()
    info = nexmo.info(as_input=True)
    unchanged = nexmo.applications(*info["applications"], **PRUNE, check=True)
    run = nexmo.applications(*items, **PRUNE)

    assert broken.failed
    assert len(set(names.values())) == 2
    if nth > 1:
        assert "[community.nexmo " in names["id-a"]
        assert names["id-a"].startswith("b ")
    assert (unchanged["changed"], unchanged["pruned"]) == (False, [])
    assert (run["changed"], names_by_id(simulator)) == (True, {"id-a": "b", "id-b": "a"})


@pytest.mark.parametrize("prune_match", [".*", "a.*"])
def test_an_application_that_stepped_aside_is_not_pruned(
    prune_match: str, nexmo: Modules, simulator: Simulator
) -> None:
    preload(simulator, "ab")
    (aside,) = simulator.preload([voice("a [community.nexmo 5eed renaming]", id="id-c")])

    nexmo.applications(shop("a"), shop("b"), prune=True, prune_match=prune_match, prune_limit="100%")

    assert aside in simulator.applications()


@pytest.mark.parametrize("module", ["nexmo_application", "nexmo_applications"])
def test_a_name_that_another_run_is_making_is_not_given(module: str, nexmo: Modules, simulator: Simulator) -> None:
    preload(simulator, "a")
    simulator.preload([voice(unfinished_name("b"))])
    item = renamed("a", "b")

    for check in (True, False):
        one = module == "nexmo_application"
        run = nexmo.application(**item, check=check) if one else nexmo.applications(item, check=check)

        assert "name: another run makes 'b' at the same time; run again when it has ended" in run.message
    assert simulator.writes() == []


def test_a_name_that_a_run_left_unfinished_is_given(nexmo: Modules, simulator: Simulator) -> None:
    preload(simulator, "a")
    simulator.preload([voice(unfinished_name("b", seconds=-1), id="left")])

    run = nexmo.applications(renamed("a", "b"))

    assert operations_of(run) == ["update"]
    assert names_by_id(simulator)["id-a"] == "b"


@pytest.mark.parametrize("seconds", [-600, 600], ids=["left", "being made"])
@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("module", ["nexmo_application", "nexmo_applications"])
def test_an_unfinished_application_is_not_found_by_its_id(
    module: str, state: str, seconds: int, nexmo: Modules, simulator: Simulator
) -> None:
    before = simulator.preload([voice(unfinished_name("b", seconds=seconds), id="begun")])
    item = {"application_id": "begun", "state": state, "event_url": "https://example.com/new"}

    for check in (True, False):
        one = module == "nexmo_application"
        run = nexmo.application(**item, check=check) if one else nexmo.applications(item, check=check)

        assert "application_id: begun is an unfinished application, which " in run.message
        assert "give name: 'b' instead of the id" in run.message
    assert (simulator.applications(), simulator.writes()) == (before, [])
