# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_applications in playbooks, as users run it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.many.items import kept, names_of, operations_of, shop
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.documents import URL, voice
from tests.e2e.modules.key_pairs import public_key_of_file
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.playbooks import PlaybookRun, local_hosts, run_playbook
from tests.simulator.client import Simulator

MODULE = "community.nexmo.nexmo_applications"
INVENTORY = local_hosts({"host": {}})


def play(simulator: Simulator, *tasks: dict[str, Any]) -> list[dict[str, Any]]:
    """A playbook of these tasks, connected by the action group."""
    connection = {"api_url": simulator.url, "api_key": API_KEY, "api_secret": API_SECRET}
    defaults = {"group/community.nexmo.nexmo": connection}
    return [{"name": "Play", "hosts": "all", "gather_facts": False, "module_defaults": defaults, "tasks": list(tasks)}]


def result_of(run: PlaybookRun, task: str) -> ModuleRun:
    """As other tests see it."""
    return ModuleRun(run.result(task), run.returncode, run.output)


def test_check_and_diff_show_each_change_and_change_nothing(simulator: Simulator, keys: Path) -> None:
    before = simulator.preload([voice("Same"), voice("Changed"), voice("shop-old"), voice("shop-1"), voice("shop-2")])
    items = [shop("Same"), shop("Changed", event_url=f"{URL}/new"), kept("New", keys), shop("shop-1"), shop("shop-2")]
    options = {"applications": items, "prune": True, "prune_match": "shop-.*", "prune_limit": 1}
    tasks = play(simulator, {"name": "Make", MODULE: options})

    foretold = run_playbook(tasks, INVENTORY, check=True, diff=True)
    untouched = simulator.applications()
    run = run_playbook(tasks, INVENTORY, diff=True)

    assert foretold.ok, foretold.output
    assert run.ok, run.output
    assert untouched == before
    for shown in (foretold, run):
        assert operations_of(result_of(shown, "Make")) == ["none", "update", "create", "none", "none"]
        assert f'+                    "address": "{URL}/new"' in shown.output
        assert "+++ after: application New (id not known yet)" in shown.output
        assert "--- before: application shop-old (" in shown.output
        assert "Same" not in shown.output
        assert secrets_in(shown.output, API_KEY, API_SECRET) == []
    assert foretold.result("Make")["diff"] == run.result("Make")["diff"]
    assert names_of(simulator.applications()) == ["Changed", "New", "Same", "shop-1", "shop-2"]
    assert [path.name for path in keys.iterdir()] == ["New.key"]


def test_a_failure_can_be_rescued_without_losing_a_key(simulator: Simulator, keys: Path) -> None:
    simulator.preload([voice("Twin"), voice("Twin")])
    make = {
        "name": "Make",
        MODULE: {"applications": [shop("Twin"), shop("New")]},
        "register": "made",
        "no_log": True,
    }
    key = "{{ made.applications | selectattr('private_key', 'defined') | map(attribute='private_key') | first }}"
    keep = {
        "name": "Keep the key",
        "community.nexmo.nexmo_private_key": {"path": str(keys / "New.key"), "private_key": key},
    }

    run = run_playbook(play(simulator, {"name": "All", "block": [make], "rescue": [keep]}), INVENTORY)

    assert run.ok, run.output
    (new,) = [each for each in simulator.applications() if each["name"] != "Twin"]
    assert new["keys"]["public_key"] == public_key_of_file(keys / "New.key")
