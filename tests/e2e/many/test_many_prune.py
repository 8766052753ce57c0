# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is not listed goes, among the names that may be touched, and up to a limit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.many.items import names_of, operations_of, requests, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, voice
from tests.e2e.modules.unfinished import unfinished_name
from tests.e2e.modules_v2.life_cycle import warnings_of
from tests.simulator.client import Document, Simulator

SHOPS = [f"shop-{number}" for number in range(10)]
PRUNE: dict[str, Any] = {"prune": True, "prune_match": "shop-.*"}


@pytest.fixture
def account(simulator: Simulator) -> list[Document]:
    """Ten of ours, and what is not ours to delete."""
    others = ["workshop-1", "shop", unfinished_name("shop-11"), unfinished_name("workshop-2", seconds=-600)]
    return simulator.preload([voice(name, id=f"id-{name}") for name in SHOPS] + [voice(name) for name in others])


def pruned_names(run: Any) -> list[str]:
    """The names of those that were deleted, in the order that the result tells."""
    return [each["name"] for each in run.result["pruned"]]


def test_what_is_not_listed_goes_as_check_mode_foretold(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    changed = shop(SHOPS[0], event_url=f"{URL}/new")
    renamed = {"application_id": f"id-{SHOPS[1]}", "name": "store"}
    items = [changed, renamed, *map(shop, SHOPS[2:7])]

    foretold = nexmo.applications(*items, **PRUNE, check=True, diff=True)
    assert (simulator.applications(), simulator.writes()) == (account, [])
    run = nexmo.applications(*items, **PRUNE, diff=True)

    assert pruned_names(foretold) == pruned_names(run) == SHOPS[7:]
    for name in ("changed", "counts", "pruned", "diff"):
        assert foretold[name] == run[name]
    assert run["counts"] == {"update": 2, "none": 5, "failed": 0, "prune": 3}
    assert [(each["before_header"].split()[1], each["after_header"]) for each in run["diff"]][2:] == [
        (name, "no application") for name in SHOPS[7:]
    ]
    others = [each for each in account if each["name"] not in SHOPS]
    assert [each for each in simulator.applications() if each in account and each["name"] not in SHOPS] == others
    assert names_of(simulator.applications()) == sorted(["store", SHOPS[0], *SHOPS[2:7], *names_of(others)])

    simulator.forget_requests()
    again = nexmo.applications(*items, **PRUNE)

    assert (again["changed"], again["pruned"], simulator.writes()) == (False, [], [])


@pytest.mark.parametrize(
    ("listed", "limit", "is_allowed"),
    [(7, None, True), (6, None, False), (6, "40%", True), (5, "5", True), (4, 5, False), (9, 0, False)],
)
def test_a_limit_is_kept(
    listed: int,
    limit: object,
    is_allowed: bool,
    account: list[Document],
    nexmo: Modules,
    simulator: Simulator,
    version: str,
) -> None:
    items = [*map(shop, SHOPS[:listed]), shop("new", state="absent")]

    run = nexmo.applications(*items, **PRUNE, prune_limit=limit)

    gone = len(SHOPS) - listed
    if is_allowed:
        assert pruned_names(run) == SHOPS[listed:]
        assert len(simulator.applications()) == len(account) - gone
    else:
        assert run.message.startswith(f"prune_limit: {gone} of the 10 applications that prune_match matches are not")
        assert repr(SHOPS[-1]) in run.message
        assert (simulator.applications(), simulator.writes()) == (account, [])


def test_too_much_to_prune_keeps_everything_else_from_being_done(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.applications(shop("shop-new"), shop(SHOPS[0], event_url=f"{URL}/new"), **PRUNE)

    assert "nothing was changed" in run.message
    assert (simulator.applications(), simulator.writes()) == (account, [])


def test_nothing_is_pruned_where_an_item_fails(account: list[Document], nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("twin"), voice("twin")])
    items = [*map(shop, SHOPS[:8]), shop("twin"), shop("new")]

    runs = [nexmo.applications(*items, **PRUNE, check=check, no_log=True) for check in (True, False)]

    for run in runs:
        assert operations_of(run) == ["none"] * 8 + ["failed", "create"]
        assert run.result["pruned"] == []
    assert set(SHOPS) < set(names_of(simulator.applications()))


def test_a_deletion_that_is_refused_ends_the_pruning_and_the_next_run_goes_on(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    items = [*map(shop, SHOPS[:7])]
    simulator.fault("delete", "status_before", status=403, nth=2)

    run = nexmo.applications(*items, **PRUNE, max_connections=1)
    deleted_at_first = [name for name in SHOPS if name not in names_of(simulator.applications())]
    again = nexmo.applications(*items, **PRUNE, prune_limit=2)

    assert run.message.startswith("not everything could be pruned: DELETE ")
    assert (pruned_names(run), deleted_at_first) == (SHOPS[7:8], SHOPS[7:8])
    assert run.result["counts"] == {"none": 7, "failed": 0, "prune": 1}
    assert run.result["changed"] is True
    assert pruned_names(again) == SHOPS[8:]
    assert len(simulator.applications()) == len(account) - 3


def test_an_answer_to_a_deletion_that_gets_lost_costs_nothing(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.fault("delete", "reset_after", times=3)

    run = nexmo.applications(*map(shop, SHOPS[:7]), **PRUNE)

    assert pruned_names(run) == SHOPS[7:]


def test_what_a_run_left_of_a_name_that_nobody_lists_goes(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    left = [unfinished_name(name, seconds=-600) for name in ("shop-12", "shop-0")]
    simulator.preload([voice(left[0], id="left"), voice(left[1], id="listed")])
    items = [*map(shop, SHOPS)]

    foretold = nexmo.applications(*items, **PRUNE, prune_limit=0, check=True)
    assert simulator.writes() == []
    run = nexmo.applications(*items, **PRUNE, prune_limit=0)

    for each in (foretold, run):
        assert (each["changed"], [pruned["id"] for pruned in each["pruned"]]) == (True, ["left"])
        assert [item["changed"] for item in each["applications"]] == [True] + [False] * 9
    assert [request["path"].rpartition("/")[2] for request in simulator.writes()] == ["listed", "left"]
    assert simulator.applications() == account

    simulator.forget_requests()
    again = nexmo.applications(*items, **PRUNE, prune_limit=0)

    assert (again["changed"], simulator.writes()) == (False, [])


@pytest.mark.parametrize(
    "now",
    [voice("theirs"), voice("shop-theirs"), voice(SHOPS[3]), {**voice(SHOPS[9]), "capabilities": {}}],
    ids=["renamed", "renamed to what matches", "renamed to a name that is listed", "changed"],
)
def test_what_somebody_changes_after_the_listing_stays_and_is_told(
    now: Document, account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    changes = [{"delete": "id-shop-9"}, {"create": {**now, "id": "id-shop-9"}}]
    simulator.fault("list", "moves", changes=changes)

    run = nexmo.applications(*map(shop, SHOPS[:8]), **PRUNE)

    assert pruned_names(run) == ["shop-8"]
    (warning,) = [text for text in warnings_of(run) if "id-shop-9" in text]
    assert "application 'shop-9' (id-shop-9) " in warning
    assert "was changed by somebody else after it was listed, so that it was not pruned" in warning
    deleted = [each["path"].rpartition("/")[2] for each in simulator.requests() if each["operation"] == "delete"]
    assert deleted == ["id-shop-8"]


def test_what_is_gone_when_it_is_to_be_pruned_is_fine(
    account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.fault("list", "moves", changes=[{"delete": "id-shop-9"}])

    run = nexmo.applications(*map(shop, SHOPS[:8]), **PRUNE)

    assert pruned_names(run) == ["shop-8"]
    assert SHOPS[9] not in names_of(simulator.applications())


@pytest.mark.parametrize("item", [{}, {"event_url": f"{URL}/new"}, {"name": "store"}])
def test_what_an_item_found_is_not_pruned_however_its_id_is_written(
    item: dict[str, Any], account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.configure(ignores_id_case=True)

    run = nexmo.applications(*map(shop, SHOPS[1:]), {"application_id": "ID-SHOP-0", **item}, **PRUNE)

    assert pruned_names(run) == []
    assert [each["id"] for each in simulator.applications()] == [each["id"] for each in account]


@pytest.mark.parametrize("version", ["v2"])
@pytest.mark.parametrize("check", [False, True])
def test_an_expression_that_takes_for_ever_is_refused_in_bounded_time(
    check: bool, account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("a" * 40 + "!")])

    run = nexmo.applications(shop("new"), prune=True, prune_match="(a+)+$", check=check)

    assert run.message.startswith("prune_match: '(a+)+$' takes more than 5 seconds")
    assert "\n" not in run.message
    assert simulator.writes() == []


@pytest.mark.parametrize("limit", [9999999999, "9999999999", 10**30])
def test_a_large_number_is_a_limit(
    limit: object, account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.applications(shop(SHOPS[0]), **PRUNE, prune_limit=limit)

    assert pruned_names(run) == SHOPS[1:]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no match": ({"prune": True}, "prune_match: is missing"),
    "an empty match": ({"prune": True, "prune_match": ""}, "prune_match: is missing"),
    "no regular expression": ({"prune": True, "prune_match": "shop-("}, "prune_match: 'shop-(' is not a regular"),
    "a wrong limit": ({**PRUNE, "prune_limit": "many"}, "prune_limit: 'many' is neither a number nor"),
    "too large a percentage": ({**PRUNE, "prune_limit": "130%"}, "prune_limit: '130%' is neither"),
    "a negative limit": ({**PRUNE, "prune_limit": -1}, "prune_limit: '-1' is neither"),
}


@pytest.mark.parametrize(("options", "said"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("version", ["v2"])
def test_what_could_delete_too_much_is_refused_before_any_request(
    options: dict[str, Any], said: str, account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.applications(shop("shop-1"), **options)

    assert run.message.startswith(said)
    assert "\n" not in run.message
    assert requests(simulator) == []


@pytest.mark.parametrize("limit", [None, "100%", 1000])
@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("version", ["v2"])
def test_an_empty_list_never_prunes(
    limit: object, check: bool, account: list[Document], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.applications(**PRUNE, prune_limit=limit, check=check)

    assert run.message.startswith("applications: is empty, and prune would delete everything")
    assert (requests(simulator), simulator.applications()) == ([], account)


def test_without_prune_nothing_that_matches_goes(account: list[Document], nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.applications(shop(SHOPS[0]), prune_match="shop-.*", prune_limit="100%")

    assert (run["changed"], run["pruned"]) == (False, [])
    assert simulator.applications() == account
