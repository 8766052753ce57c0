# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module, once, on the Python that ``make test-matrix`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.documents import MESSAGES_OPTIONS, VOICE_OPTIONS
from tests.e2e.modules.key_pairs import public_key_of_file
from tests.e2e.modules.unfinished import unfinished_in
from tests.e2e.playbooks import TARGET_PYTHON, local_hosts
from tests.e2e.role.provisioning import API_KEY, API_SECRET, Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator

Task = dict[str, Any]

NUMBER = "447700900000"


def tasks(folder: Path) -> dict[str, Task]:
    """In the order of the play, by what each is to do."""
    shop = {"name": "Shop", **VOICE_OPTIONS, "private_key_path": f"{folder}/shop.key"}
    store = {"name": "Store", **MESSAGES_OPTIONS, "private_key_path": f"{folder}/store.key"}
    make = {"community.nexmo.nexmo_application": shop}
    make_both = {"community.nexmo.nexmo_applications": {"applications": [shop, store]}}
    link = {"community.nexmo.nexmo_number": {"number": NUMBER, "application_name": "Shop"}}
    key = {"path": f"{folder}/own.key"}
    make_key = {"community.nexmo.nexmo_private_key": {**key, "generate": True}}
    return {
        "Tell the Python": {"ansible.builtin.setup": {"gather_subset": ["!all", "min"]}},
        "Foretell one": {**make, "check_mode": True},
        "Make one": make,
        "Keep one": make,
        "Make another": make_both,
        "Keep both": make_both,
        "Remove the other": {"community.nexmo.nexmo_application": {"name": "Store", "state": "absent"}},
        "Link a number": link,
        "Keep the link": link,
        "List": {"community.nexmo.nexmo_application_info": {"numbers": True}},
        "Unlink the number": {"community.nexmo.nexmo_number": {"number": NUMBER, "state": "unlinked"}},
        "List the numbers": {"community.nexmo.nexmo_number_info": {}},
        "Make a key": make_key,
        "Keep the key": make_key,
        "Remove the key": {"community.nexmo.nexmo_private_key": {**key, "state": "absent"}},
    }


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_every_module_makes_keeps_and_removes(
    version: str, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.preload_numbers([{"msisdn": NUMBER}])
    connection = {"api_url": simulator.url, "api_key": API_KEY, "api_secret": API_SECRET, "api_version": version}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/community.nexmo.nexmo": connection},
        "tasks": [{"name": name, **task} for name, task in tasks(tmp_path).items()],
    }

    run = role.play([play], local_hosts({"host": {}}))

    assert run.ok, run.output
    assert run.fact("host", "ansible_python")["executable"] == TARGET_PYTHON
    changed = [task.task for task in run.tasks if task.changed]
    assert changed == [
        "Foretell one",
        "Make one",
        "Make another",
        "Remove the other",
        "Link a number",
        "Unlink the number",
        "Make a key",
        "Remove the key",
    ]
    ((shop,), (number,)) = (run.result("List")["applications"], run.result("List the numbers")["numbers"])
    assert (shop["name"], [each["msisdn"] for each in shop["numbers"]]) == ("Shop", [NUMBER])
    assert (number["msisdn"], number["application_id"]) == (NUMBER, None)
    written = [write["operation"] for write in simulator.writes()]
    assert written == [*["create", "update"] * 2, "delete", "update", "update"]
    assert unfinished_in(simulator.applications()) == []
    assert public_key_of_file(tmp_path / "shop.key") == public_key_at_the_api(simulator)
    assert not (tmp_path / "own.key").exists()
