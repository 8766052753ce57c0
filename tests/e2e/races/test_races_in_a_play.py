# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts of one play that need one application: at once, ahead of each other, or in batches."""

from __future__ import annotations

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.role.provisioning import NAME, Host, Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator


def test_many_hosts_at_once_make_one_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts(*[f"web{number}" for number in range(10)])

    run = role.run(hosts, arguments=["--forks", "10"])

    assert run.ok, run.output
    assert_one_application_and_one_key(simulator, hosts)
    assert [write["operation"] for write in simulator.writes()] == ["create", "update"]


def test_hosts_that_run_ahead_of_each_other_make_one_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2", "web3", "web4")

    run = role.run(hosts, play={"strategy": "free"})
    keyless = [host for host in hosts if not host.key]
    assert_one_application_and_one_key(simulator, [host for host in hosts if host.key])
    again = role.run(hosts)

    for host in keyless:
        assert NAME in run.message(host.name)
    assert again.ok, again.output
    assert_one_application_and_one_key(simulator, hosts)


def test_a_later_batch_gets_the_key_from_an_earlier_one(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2", "web3", "web4")

    run = role.run(hosts, play={"serial": 2})

    assert run.ok, run.output
    assert_one_application_and_one_key(simulator, hosts)
    assert [write["operation"] for write in simulator.writes()] == ["create", "update"]


def assert_one_application_and_one_key(simulator: Simulator, hosts: list[Host]) -> None:
    """That all of the hosts hold."""
    assert hosts
    assert [application["name"] for application in simulator.applications()] == [NAME]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}
