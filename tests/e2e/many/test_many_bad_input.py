# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What cannot be right is refused before the first request, in one line, and shows no secret of any item."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.many.items import Item, kept, shop
from tests.e2e.modules.conftest import API_KEY, API_SECRET, Modules
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.modules.unfinished import unfinished_name
from tests.e2e.playbooks import local_hosts, run_playbook
from tests.simulator.client import Simulator

MODULE = "community.nexmo.nexmo_applications"
WEBHOOK_SECRET = "s3cret/é+&=% of-a-webhook"


def secretive(name: str, **settings: Any) -> Item:
    """An item that holds a secret, right or wrong otherwise."""
    webhook = {"address": "https://example.com/archive", "secret": WEBHOOK_SECRET, **settings}
    return {"name": name, "capabilities": {"video": {"webhooks": {"archive_status": webhook}}}}


BAD: dict[str, tuple[list[Any], str]] = {
    "two of a name": ([shop("A"), shop("B"), shop("A", state="absent")], "applications: name 'A' is given more"),
    "two of an id": (
        [{"application_id": "a"}, {"app_id": "a", "name": "A"}],
        "applications: application_id 'a' is given more than once",
    ),
    "a name to find and to give": ([shop("A"), {"application_id": "a", "name": "A"}], "applications: name 'A'"),
    "one of a name, two absent": (
        [{"application_id": "a", "name": "A"}, *[{"name": "A", "state": "absent"}] * 2],
        "applications: name 'A' is given more",
    ),
    "a name present and absent": ([shop("A"), {"name": "A", "state": "absent"}], "applications: name 'A' is given"),
    "dots for an id": ([shop("A"), {"application_id": ".."}], "applications[1]: application_id: '..' is not an id"),
    "a path for an id": ([{"application_id": "a/../b", "state": "absent"}], "application_id: 'a/../b' is not an id"),
    "a name of a rename": ([shop("A [community.nexmo 5eed renaming]")], "applications[0]: name: has the form of those"),
    "no name": ([shop("A"), {"state": "absent"}], "applications[1]: name: is missing"),
    "an empty name": ([shop("A"), shop(" ")], "applications[1]: name: is empty"),
    "an unfinished name": ([shop("A"), shop(unfinished_name("B"))], "applications[1]: name: has the form of those"),
    "no URL": ([shop("A"), shop("B"), shop("C", event_url="nowhere")], "applications[2]: event_url: "),
    "no path": ([shop("A", private_key_path="/missing/a.key")], "applications[0]: private_key_path: the directory"),
    "an unknown option": ([shop("A"), shop("B", colour="red")], "colour"),
    "an unknown choice": ([shop("A", state="gone")], "state"),
    "two keepers": ([shop("A", held_keys=[], private_key_path="/tmp/a.key")], "private_key_path|held_keys"),
    "a text": ([shop("A"), "shop"], "applications[1]: does not hold options"),
    "a number": ([7], "applications[0]: does not hold options"),
    "nothing": ([None, shop("A")], "applications[0]: does not hold options"),
    "a list": ([shop("A"), [shop("B")]], "applications[1]: does not hold options"),
    "capabilities of no kind": (
        [shop("A"), {"name": "B", "capabilities": 5}],
        "applications[1].capabilities: does not",
    ),
}


@pytest.mark.parametrize(("items", "said"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("version", ["v2"])
def test_a_wrong_item_is_refused_before_any_request(
    items: list[Any], said: str, nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.applications(secretive("First"), *items)
    first = nexmo.applications(*items)

    for each in (run, first):
        assert "\n" not in each.message
        assert each.result.get("changed", False) is False
        assert secrets_in(each.output, API_KEY, WEBHOOK_SECRET) == []
    assert said in first.message
    assert simulator.requests() == []


@pytest.mark.parametrize("option", ["capabilities", "public_key", "improve_ai", "lost_key"])
@pytest.mark.parametrize("version", ["v1"])
def test_what_belongs_to_version_2_is_refused_under_version_1(
    option: str, nexmo: Modules, simulator: Simulator
) -> None:
    values: Item = {"capabilities": {"rtc": {}}, "public_key": "PEM", "improve_ai": True, "lost_key": "rotate"}

    run = nexmo.applications(shop("A"), {"name": "B", option: values[option]})

    assert run.message.startswith(f"applications[1]: {option}: ")
    assert "v2" in run.message
    assert simulator.requests() == []


@pytest.mark.parametrize("spelling", ["{link}/A.key", "{keys}/./A.key", "{keys}//A.key", "{keys}/../keys/A.key"])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_paths_of_one_file_are_refused(
    spelling: str, state: str, nexmo: Modules, simulator: Simulator, keys: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(keys)
    path = spelling.format(link=tmp_path / "link", keys=keys)

    run = nexmo.applications(kept("A", keys), shop("B", private_key_path=path, state=state))

    assert run.message.startswith("applications: private_key_path ")
    assert (simulator.requests(), list(keys.iterdir())) == ([], [])


@pytest.mark.parametrize("version", ["v2"])
def test_a_private_key_that_is_given_as_a_public_one_is_not_shown(nexmo: Modules, simulator: Simulator) -> None:
    mistaken = {"name": "B", "public_key": private_key()}

    runs = [nexmo.applications(shop("A"), mistaken), nexmo.applications(mistaken, shop("A", event_url="nowhere"))]

    assert runs[0].message.startswith("applications[1]: public_key: is a private key")
    for run in runs:
        assert private_key().splitlines()[5] not in run.output
    assert simulator.requests() == []


@pytest.mark.parametrize("applications", ["A", {"name": "A"}, 7, "secretive"], ids=str)
@pytest.mark.parametrize("version", ["v2"])
def test_what_is_no_list_is_refused(applications: Any, nexmo: Modules, simulator: Simulator) -> None:
    given = secretive("A") if applications == "secretive" else applications

    run = nexmo.applications(applications=given)

    assert run.message.startswith("applications: does not hold options")
    assert secrets_in(run.output, API_KEY, WEBHOOK_SECRET) == []
    assert simulator.requests() == []


def test_nothing_is_shown_of_other_items_at_the_highest_verbosity(simulator: Simulator) -> None:
    wrong = {
        "text": [secretive("A"), "shop"],
        "option": [secretive("A"), {"name": "B", "colour": "red"}],
        "capabilities": [secretive("A"), {"name": "B", "capabilities": {"video": "on"}}],
        "value": [secretive("A"), secretive("B", active="perhaps")],
        "address": [secretive("A"), secretive("B", address="nowhere")],
        "twice": [secretive("A"), secretive("A")],
        "refused": [secretive("A"), secretive("B")],
    }
    connection = {"api_url": simulator.url, "api_key": API_KEY, "api_secret": API_SECRET, "api_version": "v2"}
    tasks = [
        {"name": name, MODULE: {**connection, "applications": items}, "ignore_errors": True}
        for name, items in wrong.items()
    ]
    play = {"name": "Play", "hosts": "all", "gather_facts": False, "tasks": tasks}
    simulator.fault("create", "echo", status=400, times=2)

    run = run_playbook([play], local_hosts({"host": {}}), diff=True, verbosity=4)

    assert run.ok, run.output
    assert [task.task for task in run.tasks if task.status == "ignored"] == list(wrong)
    assert [request["operation"] for request in simulator.writes()] == ["create", "create"]
    assert secrets_in(run.output, API_KEY, API_SECRET) == []
    assert secrets_in(run.output, API_KEY, WEBHOOK_SECRET) == []


@pytest.mark.parametrize(("name", "text"), [(0, "0"), (1000, "1000"), (1.5, "1.5"), (False, "no"), (True, "yes")])
def test_a_name_that_yaml_takes_for_something_else_is_its_text(
    name: Any, text: str, nexmo: Modules, simulator: Simulator
) -> None:
    first = nexmo.applications(shop(name), no_log=True)
    again = nexmo.applications(shop(name))

    assert [each["name"] for each in simulator.applications()] == [text]
    assert (first["changed"], again["changed"]) == (True, False)
