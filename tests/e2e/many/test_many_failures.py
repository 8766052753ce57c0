# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An item that fails is told in its place, and keeps no other from being done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.many.items import (
    assert_one_each_with_its_key,
    kept,
    key_of,
    names_of,
    operations_of,
    requests,
    shop,
)
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, voice
from tests.e2e.modules.key_pairs import private_key, public_key, write_key
from tests.e2e.modules.module_runner import ModuleRun, obey_permissions
from tests.simulator.client import Simulator


def failed_items(run: ModuleRun) -> list[dict[str, Any]]:
    """What the result tells of those that failed; the task failed then."""
    assert run.failed
    assert "\n" not in run.message
    return [each for each in run.result["applications"] if each.get("failed")]


def test_what_an_account_does_not_allow_is_told_in_its_place(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    twins = simulator.preload([voice("Twin", id="twin-1"), voice("Twin", id="twin-2")])
    simulator.preload([voice("Lost"), voice("Changed")])
    items = [
        kept("New", keys),
        shop("Twin", event_url=f"{URL}/new"),
        kept("Lost", keys),
        shop("Changed", event_url=f"{URL}/new"),
        {"application_id": "missing", "name": "X"},
        shop("Returned"),
    ]

    foretold = nexmo.applications(*items, check=True)
    assert simulator.writes() == []
    run = nexmo.applications(*items, no_log=True)

    expected = ["create", "failed", "failed", "update", "failed", "create"]
    assert operations_of(foretold) == operations_of(run) == expected
    twin, lost, missing = failed_items(run)
    assert (twin["name"], twin["changed"]) == ("Twin", False)
    assert "twin-1, twin-2" in twin["msg"]
    assert "its private key is not where it belongs" in lost["msg"]
    assert (missing["application_id"], missing["name"]) == ("missing", "X")
    assert run.message.startswith("3 of 6 applications failed: application 'Twin': name: ")
    assert run.result["counts"] == {"create": 2, "update": 1, "failed": 3, "prune": 0}
    assert run.result["changed"] is True
    assert names_of(simulator.applications()) == ["Changed", "Lost", "New", "Returned", "Twin", "Twin"]
    assert [each for each in simulator.applications() if each["name"] == "Twin"] == twins
    stored = {each["name"]: each["keys"]["public_key"] for each in simulator.applications()}
    assert public_key(key_of("New", keys).read_text()) == stored["New"]
    assert public_key(run.result["applications"][5]["private_key"]) == stored["Returned"]


@pytest.mark.parametrize(
    ("operation", "fault", "status"),
    [("create", "echo", 400), ("create", "status_before", 500), ("update", "status_before", 403)],
)
def test_a_request_that_the_service_refuses_costs_one_item(
    operation: str, fault: str, status: int, nexmo: Modules, simulator: Simulator, keys: Path
) -> None:
    names = ["A", "B", "C", "D"]
    items = [kept(name, keys) for name in names]
    simulator.fault(operation, fault, status=status, nth=2)

    run = nexmo.applications(*items)

    (failed,) = failed_items(run)
    assert failed["status"] == status
    assert (failed["error"] is not None, f"answered {status}" in failed["msg"]) == (True, True)
    assert sorted(operations_of(run)) == ["create"] * 3 + ["failed"]
    assert [name for name in names if name not in names_of(simulator.applications())] == [failed["name"]]

    again = nexmo.applications(*items)

    assert again["counts"] == {"none": 3, "create": 1, "failed": 0, "prune": 0}
    assert_one_each_with_its_key(simulator.applications(), keys, *names)


@pytest.mark.parametrize("status", [400, 401, 403, 422, 500, 502])
@pytest.mark.parametrize("looks_after", ["a file", "a playbook", "nobody"])
def test_of_two_new_ones_one_that_fails_once_is_sent_once_and_leaves_nothing(
    status: int, looks_after: str, nexmo: Modules, simulator: Simulator, keys: Path
) -> None:
    options = {"a file": {}, "a playbook": {"held_keys": []}, "nobody": {}}[looks_after]
    items = [(kept(name, keys) if looks_after == "a file" else shop(name, **options)) for name in "AB"]
    said = {"title": "No", "detail": "not today"}
    simulator.fault("create", "status_before", status=status, nth=2, body=said)

    run = nexmo.applications(*items, no_log=True)

    assert len(simulator.requests()) < 20
    (failed,) = failed_items(run)
    assert (failed["status"], failed["error"]) == (status, said)
    assert "No: not today" in failed["msg"]
    assert "another run" not in run.message
    created = [
        each["body"]["name"].partition(" [")[0] for each in simulator.requests() if each["operation"] == "create"
    ]
    assert sorted(created) == ["A", "B"]
    (stored,) = [each["name"].partition(" [")[0] for each in simulator.applications()]
    assert stored != failed["name"]
    assert len(list(keys.iterdir())) == (looks_after == "a file")


def test_a_passing_failure_costs_nothing(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    simulator.fault("create", "reset_after")
    simulator.fault("update", "status_after", status=503, nth=2)
    simulator.fault("list", "status_before", status=500)

    run = nexmo.applications(*[kept(name, keys) for name in "ABC"])

    assert run["counts"]["create"] == 3
    assert_one_each_with_its_key(simulator.applications(), keys, *"ABC")


def test_items_that_mean_one_application_fail_and_leave_it_alone(nexmo: Modules, simulator: Simulator) -> None:
    (stored,) = simulator.preload([voice("Shop", id="shop")])
    by_id, by_name = {"application_id": "shop", "name": "Store"}, shop("Shop", event_url=f"{URL}/new")

    run = nexmo.applications(by_id, shop("New"), by_name, no_log=True)

    assert operations_of(run) == ["failed", "create", "failed"]
    assert ["application shop is meant by several" in each["msg"] for each in failed_items(run)] == [True, True]
    assert stored in simulator.applications()
    assert names_of(simulator.applications()) == ["New", "Shop"]


def test_wrong_credentials_are_one_failure(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.applications(shop("A"), shop("B"), api_key="nobody")

    assert run.failed
    assert run.message.count("answered 401") == 1
    assert (run.result["status"], "applications" in run) == (401, False)
    assert simulator.writes() == []


def test_a_key_file_that_cannot_be_written_is_refused_before_any_request(
    nexmo: Modules, simulator: Simulator, keys: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    run = nexmo.applications(kept("A", keys), kept("B", locked), before_start=obey_permissions)

    assert run.message.startswith("applications[1]: private_key_path: the directory ")
    assert (requests(simulator), list(keys.iterdir())) == ([], [])


def test_a_key_file_that_is_none_costs_its_item(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    key_of("A", keys).write_text("this is no key\n")

    run = nexmo.applications(kept("A", keys), kept("B", keys))

    (failed,) = failed_items(run)
    assert (failed["name"], "something else than an RSA private key" in failed["msg"]) == ("A", True)
    assert names_of(simulator.applications()) == ["B"]
    assert key_of("A", keys).read_text() == "this is no key\n"


def test_the_key_of_another_application_is_not_replaced(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    simulator.preload([voice("Other", keys={"public_key": public_key(private_key())})])
    path = write_key(key_of("A", keys), private_key())

    run = nexmo.applications(kept("A", keys), kept("B", keys))

    (failed,) = failed_items(run)
    assert (failed["name"], "the private key of another application" in failed["msg"]) == ("A", True)
    assert names_of(simulator.applications()) == ["B", "Other"]
    assert path.read_text() == private_key()
