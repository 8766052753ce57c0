# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task costs in requests, and how it behaves where the service is strict about their rate."""

from __future__ import annotations

import pytest

from tests.e2e.numbers.conftest import NumberModules
from tests.e2e.numbers.documents import SHOP, forms, operations
from tests.simulator.client import Simulator

pytestmark = pytest.mark.usefixtures("applications")


@pytest.mark.parametrize("count", [1, 100, 1000])
def test_a_task_costs_the_same_in_every_account(count: int, nexmo: NumberModules, simulator: Simulator) -> None:
    last = simulator.preload_number_count(count)[-1]["msisdn"]

    nexmo.number(number=last, application_id=SHOP["id"])
    changing = [request["operation"] for request in simulator.requests()]
    simulator.forget_requests()
    nexmo.number(number=last, application_id=SHOP["id"])

    assert changing == ["list", "update", "list"]
    assert [request["operation"] for request in simulator.requests()] == ["list"]


@pytest.mark.parametrize("operation", ["list", "update"])
@pytest.mark.parametrize("header", [{}, {"headers": {"Retry-After": "0"}}])
def test_429_is_waited_for(
    header: dict[str, object], operation: str, nexmo: NumberModules, simulator: Simulator
) -> None:
    simulator.preload_number_count(1)
    simulator.fault(operation, "status_before", status=429, version="numbers", times=3, **header)
    nexmo.longest_sleep = 0.01

    run = nexmo.number(number="447700900000", application_id=SHOP["id"])

    assert run["changed"]
    assert operations(simulator).count(operation) >= 4
    assert simulator.numbers()[0]["app_id"] == SHOP["id"]


def test_429_on_many_pages_is_waited_for(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(1000)
    simulator.fault("list", "status_before", status=429, version="numbers", nth=2, times=5)
    nexmo.longest_sleep = 0.01

    assert len(nexmo.number_info()["numbers"]) == 1000


def test_429_for_ever_ends_in_one_line(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(1)
    simulator.fault("update", "status_before", status=429, version="numbers", times=100)
    nexmo.longest_sleep = 0.01

    run = nexmo.number(number="447700900000", application_id=SHOP["id"], max_retries=2)

    assert "/number/update: answered 429" in run.message
    assert len(forms(simulator)) == 3


def test_no_more_connections_than_allowed_are_used(nexmo: NumberModules, simulator: Simulator) -> None:
    simulator.preload_number_count(1000)
    simulator.configure(latency=0.2)

    nexmo.number_info(max_connections=2)

    assert len({request["connection"] for request in simulator.requests()}) == 2
    assert operations(simulator) == ["list"] * 10
