# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Large accounts are listed over several connections, as many as the options and the service allow."""

from __future__ import annotations

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.simulator.client import Simulator

_PAGES = 12


@pytest.fixture
def account(simulator: Simulator) -> list[str]:
    """The names of an account of several pages, with the one that is looked for on the last."""
    names = [f"App {number}" for number in range(2 * _PAGES - 1)] + ["Shop"]
    simulator.preload([voice(name) for name in names])
    simulator.configure(max_page_size=2, latency=0.2)
    return names


def _lists(simulator: Simulator) -> int:
    return sum(1 for request in simulator.requests() if request["operation"] == "list")


@pytest.mark.parametrize("connections", [1, 3, 8])
def test_all_pages_come_once_over_as_many_connections_as_the_option_says(
    connections: int, account: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(name="Shop", max_connections=connections)

    assert run["application"]["name"] == "Shop"
    assert run["changed"] is False
    assert _lists(simulator) == _PAGES
    assert len({request["connection"] for request in simulator.requests()}) == connections


def test_the_order_is_the_api_s_however_pages_arrive(account: list[str], nexmo: Modules, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503, nth=4, times=2)

    run = nexmo.info()

    assert [application["name"] for application in run["applications"]] == account


def test_where_the_service_asks_for_less_all_connections_pause_and_fewer_go_on(
    account: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    turned_away = 6
    simulator.fault("list", "status_before", status=429, nth=4, times=turned_away, headers={"Retry-After": "1"})

    run = nexmo.application(name="Shop", max_retries=turned_away)

    assert run["changed"] is False
    assert _lists(simulator) == _PAGES + turned_away
    arrivals = [request["time"] for request in simulator.requests()]
    assert max(later - earlier for earlier, later in zip(arrivals, arrivals[1:], strict=False)) > 0.8
