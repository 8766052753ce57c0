# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that run ahead of each other, and runs at the same time: one application in the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.role.provisioning import NAME, Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator


def names(simulator: Simulator) -> list[str]:
    return [application["name"] for application in simulator.applications()]


def test_hosts_that_run_ahead_of_each_other_make_one_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2", "web3", "web4")

    run = role.run(hosts, play={"strategy": "free"})
    for host in hosts:
        assert host.key or run.failed(host.name), run.output
    again = role.run(hosts)

    assert again.ok, again.output
    assert names(simulator) == [NAME]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}


def test_many_hosts_at_once_make_one_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts(*[f"web{number}" for number in range(10)])

    run = role.run(hosts, arguments=["--forks", "10"])

    assert run.ok, run.output
    assert names(simulator) == [NAME]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}


def test_two_runs_at_once_make_one_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    with ThreadPoolExecutor(2) as together:
        runs = [together.submit(role.run, hosts) for _run in range(2)]
        results = [run.result() for run in runs]
    again = role.run(hosts)

    assert any(run.ok for run in results), "\n".join(run.output for run in results)
    assert again.ok, again.output
    assert names(simulator) == [NAME]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}
