# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many applications in one task: each becomes as its item says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.many.items import Item, kept, key_of, names_of, operations_of, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, messages, voice, webhooks_of
from tests.e2e.modules.key_pairs import private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules_v2.life_cycle import assert_foretold, warnings_of
from tests.simulator.client import Simulator

NEW_URL = f"{URL}/new"


def account() -> list[dict[str, Any]]:
    """What is there before."""
    with_key = {"keys": {"public_key": public_key(private_key())}}
    names = ("Same", "Changed", "Lost", "Rotated", "Other type", "Somebody's")
    return [
        *[voice(name) for name in names],
        voice("Before", id="renamed"),
        voice("Keyed", **with_key),
        messages("Old"),
    ]


def mixed(keys: Path, version: str) -> list[tuple[Item, str]]:
    """Items of all kinds, and the operation that each asks for."""
    of_version = {
        "v1": ({"name": "Other type", "recreate": True, **MESSAGES_OPTIONS}, "recreate"),
        "v2": (kept("Rotated", keys, lost_key="rotate"), "update"),
    }
    return [
        (shop("Same"), "none"),
        ({"name": "Changed", "event_url": NEW_URL}, "update"),
        (kept("New", keys), "create"),
        ({"name": "Old", "state": "absent"}, "delete"),
        ({"application_id": "renamed", "name": "After"}, "update"),
        (kept("Lost", keys, lost_key="recreate"), "recreate"),
        of_version[version],
        (kept("Keyed", keys), "none"),
        ({"name": "Never", "state": "absent"}, "none"),
        (shop("Returned"), "create"),
    ]


def test_check_mode_foretells_what_is_done_and_it_lasts(
    nexmo: Modules, simulator: Simulator, keys: Path, version: str
) -> None:
    before = simulator.preload(account())
    write_key(key_of("Keyed", keys), private_key())
    items, expected = zip(*mixed(keys, version), strict=True)

    foretold = nexmo.applications(*items, check=True, diff=True)
    assert (simulator.applications(), simulator.writes()) == (before, [])
    assert list(keys.iterdir()) == [key_of("Keyed", keys)]
    done = nexmo.applications(*items, diff=True, no_log=True)

    assert operations_of(foretold) == operations_of(done) == list(expected)
    assert_same_result(foretold, done)
    assert_as_asked(done, simulator, keys, version, before)
    after = simulator.applications()
    simulator.forget_requests()

    again = nexmo.applications(*items, diff=True)

    assert again["changed"] is False
    assert set(operations_of(again)) == {"none"}
    assert (again["diff"], simulator.writes(), simulator.applications()) == ([], [], after)


def assert_same_result(foretold: ModuleRun, done: ModuleRun) -> None:
    """All that check mode can know is as it was foretold."""
    for name in ("changed", "counts", "pruned", "diff"):
        assert foretold[name] == done[name]
    assert warnings_of(foretold) == warnings_of(done) == []
    for expected, found in zip(foretold["applications"], done["applications"], strict=True):
        assert (expected["changed"], expected["finished"]) == (found["changed"], found["finished"])
        if found["operation"] == "recreate":
            assert expected["application"]["id"] is None or expected["application"]["id"] != found["application"]["id"]
        elif found["application"] is None:
            assert expected["application"] is None
        else:
            assert_foretold(expected, found)


def assert_as_asked(
    done: ModuleRun, simulator: Simulator, keys: Path, version: str, before: list[dict[str, Any]]
) -> None:
    """The account and the files are as the mixed items ask."""
    stored = {each["name"]: each for each in simulator.applications()}
    names = {"Same", "Changed", "Lost", "Rotated", "Other type", "Somebody's", "After", "Keyed", "New", "Returned"}
    assert set(stored) == names
    assert len(simulator.applications()) == len(names)
    assert webhooks_of(stored["Changed"])["event_url"] == (NEW_URL, "POST")
    assert stored["After"]["id"] == "renamed"
    assert webhooks_of(stored["New"]) == webhooks_of(stored["Returned"]) == webhooks_of(voice("x"))
    given = {each["name"]: each for each in before}
    untouched = ["Same", "Keyed", "Somebody's", "Other type" if version == "v2" else "Rotated"]
    assert [stored[name] for name in untouched] == [given[name] for name in untouched]
    assert stored["Lost"]["id"] != given["Lost"]["id"]
    with_files = ["Keyed", "Lost", "New"] + ["Rotated"] * (version == "v2")
    assert sorted(path.name for path in keys.iterdir()) == sorted(f"{name}.key" for name in with_files)
    for name in with_files:
        assert public_key_of_file(key_of(name, keys)) == stored[name]["keys"]["public_key"]
        assert key_of(name, keys).stat().st_mode & 0o777 == 0o600
    returned = done["applications"][-1]
    assert public_key(returned["private_key"]) == stored["Returned"]["keys"]["public_key"]
    assert [each.get("private_key") for each in done["applications"][:-1] if "private_key" in each] == (
        [done["applications"][6]["private_key"]] if version == "v1" else []
    )


def test_counts_and_results_are_in_the_order_of_the_items(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("B", id="b")])
    items = [shop("C"), {"name": "B", "state": "absent"}, shop("A"), {"name": "D", "state": "absent"}]

    run = nexmo.applications(*items, no_log=True)

    assert run["counts"] == {"create": 2, "delete": 1, "none": 1, "failed": 0, "prune": 0}
    found = [each["application"] for each in run["applications"]]
    assert [application and application["name"] for application in found] == ["C", None, "A", None]
    assert names_of(simulator.applications()) == ["A", "C"]


def test_an_empty_list_asks_for_nothing(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.applications(diff=True)

    assert (run["changed"], run["applications"], run["pruned"], run["diff"]) == (False, [], [], [])
    assert run["counts"] == {"failed": 0, "prune": 0}
    assert simulator.requests() == []


def test_a_key_in_the_result_is_warned_of_unless_it_is_not_logged(nexmo: Modules) -> None:
    shown = nexmo.applications(shop("A"))
    hidden = nexmo.applications(shop("B"), no_log=True)

    assert [text for text in warnings_of(shown) if "the result holds private keys" in text] != []
    assert warnings_of(hidden) == []


def test_a_key_file_that_others_can_read_is_made_private(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    simulator.preload([voice("Keyed", keys={"public_key": public_key(private_key())})])
    path = write_key(key_of("Keyed", keys), private_key())
    path.chmod(0o644)

    foretold = nexmo.applications(kept("Keyed", keys), check=True)
    assert path.stat().st_mode & 0o777 == 0o644
    run = nexmo.applications(kept("Keyed", keys))

    assert (foretold["changed"], run["changed"]) == (True, True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert simulator.writes() == []
