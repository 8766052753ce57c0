# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a list of applications takes, and over how many connections."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.many.items import assert_one_each_with_its_key, kept, names_of, requests, shop
from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, voice
from tests.simulator.client import Simulator

NAMES = [f"App {number}" for number in range(6)]


def test_no_change_takes_the_pages_and_under_version_1_a_read_each(
    nexmo: Modules, simulator: Simulator, version: str
) -> None:
    simulator.preload(voices(["Other", *NAMES]))
    simulator.configure(max_page_size=3, v2_clamps_page_size=True)

    run = nexmo.applications(*map(shop, NAMES))

    assert run["counts"]["none"] == len(NAMES)
    assert requests(simulator) == ["list"] * 3 + ["read"] * (len(NAMES) if version == "v1" else 0)


def test_new_ones_take_two_requests_each_and_two_listings(nexmo: Modules, simulator: Simulator, keys: Path) -> None:
    run = nexmo.applications(*[kept(name, keys) for name in NAMES])

    assert run["counts"]["create"] == len(NAMES)
    assert requests(simulator) == ["list", *["create"] * len(NAMES), "list", *["update"] * len(NAMES)]
    assert_one_each_with_its_key(simulator.applications(), keys, *NAMES)


def test_in_an_account_of_several_pages_what_is_absent_is_confirmed_once(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload(voices(["Other", "Another", "Third"]))
    simulator.configure(max_page_size=2, v2_clamps_page_size=True)

    run = nexmo.applications(*map(shop, NAMES[:3]), no_log=True)

    assert run["counts"]["create"] == 3
    listing, later_listing = ["list"] * 2, ["list"] * 3
    assert requests(simulator) == 2 * listing + ["create"] * 3 + 2 * later_listing + ["update"] * 3


@pytest.mark.parametrize("connections", [1, 3])
def test_no_more_connections_are_used_than_allowed(connections: int, nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload(voices([*NAMES, *[f"Old {number}" for number in range(6)]]))
    simulator.configure(latency=0.02, max_page_size=4, v2_clamps_page_size=True)
    items = [*[shop(f"New {number}") for number in range(6)], *[shop(name, event_url=f"{URL}/new") for name in NAMES]]

    run = nexmo.applications(
        *items, prune=True, prune_match="Old .*", prune_limit="100%", max_connections=connections, no_log=True
    )

    assert run["counts"] == {"create": 6, "update": 6, "failed": 0, "prune": 6}
    used = {request["connection"] for request in simulator.requests()}
    assert len(used) in ({1} if connections == 1 else {2, 3})
    assert names_of(simulator.applications()) == sorted([*NAMES, *[f"New {number}" for number in range(6)]])


def voices(names: list[str]) -> list[dict[str, object]]:
    """Applications with these names."""
    return [voice(name) for name in names]
