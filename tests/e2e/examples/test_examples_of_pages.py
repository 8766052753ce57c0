# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables that the pages about the role show, each set in a run of the role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.examples.documented import adapted, blocks_of
from tests.e2e.playbooks import ROOT, PlaybookRun, local_hosts
from tests.e2e.role.provisioning import API_KEY, API_SECRET, Provisioning
from tests.simulator.client import Simulator

README_OF_THE_ROLE = ROOT / "roles" / "nexmo_application" / "README.md"
PAGE_OF_THE_ROLE = ROOT / "docs" / "role.md"
SHOP = ("web1.example.com", "web2.example.com")


def played(role: Provisioning, simulator: Simulator, folder: Path, play: Any, **variables: Any) -> PlaybookRun:
    """Run a play with credentials on the hosts of the group ``shop`` or on localhost, each with a folder of its own."""
    hosts = {host: {"folder": str(folder / host)} for host in (*SHOP, "localhost")}
    inventory = local_hosts(
        hosts,
        vault_nexmo_api_key=API_KEY,
        vault_nexmo_api_secret=API_SECRET,
        # The role's default is in /etc.
        **{"nexmo_application_private_key_path": "{{ folder }}/etc/nexmo/shop.key", **adapted(variables)},
    )
    inventory["all"]["children"] = {"shop": {"hosts": dict.fromkeys(SHOP)}}
    environment = {"NEXMO_API_URL": simulator.url, "NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET}
    return role.play([adapted(play)], inventory, extra_env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a folder for each host."""
    for host in (*SHOP, "localhost"):
        (tmp_path / host).mkdir()
    return tmp_path


def test_variables_of_the_role_s_page_make_the_files_and_remove_them_again(
    role: Provisioning, simulator: Simulator, folder: Path
) -> None:
    ((play,),) = blocks_of(README_OF_THE_ROLE)
    files, names, removal, _many = blocks_of(PAGE_OF_THE_ROLE)
    settings = play.pop("roles")[0]["vars"]
    play["roles"] = ["community.nexmo.nexmo_application"]

    made = played(role, simulator, folder, play, **{**settings, **files, **names})
    lines = [path.read_text() for path in folder.rglob("nexmo.env")]
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    (stored,) = simulator.applications()
    removed = played(role, simulator, folder, play, **{**settings, **files, **names, **removal})

    assert made.ok, made.output
    assert removed.ok, removed.output
    assert stored["name"] == "shop"
    assert len(lines) == len(SHOP)
    assert all(f'VONAGE_APPLICATION_ID="{stored["id"]}"' in each for each in lines)
    assert written == {f"{host}/etc/shop/{name}" for host in SHOP for name in ("nexmo.key", "nexmo.env")}
    assert simulator.applications() == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_list_of_the_role_s_page_makes_its_applications(role: Provisioning, simulator: Simulator, folder: Path) -> None:
    ((play,),) = blocks_of(README_OF_THE_ROLE)
    _files, _names, _removal, many = blocks_of(PAGE_OF_THE_ROLE)
    play["roles"] = ["community.nexmo.nexmo_application"]

    made = played(
        role,
        simulator,
        folder,
        play,
        nexmo_application_api_version="v2",
        nexmo_application_private_key_path=None,
        **many,
    )

    assert made.ok, made.output
    assert {stored["name"] for stored in simulator.applications()} == {"shop-calls", "shop-messages"}
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert written == {f"{host}/etc/shop/{name}.key" for host in SHOP for name in ("calls", "messages")}
