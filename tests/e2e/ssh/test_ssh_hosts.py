# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that nothing happens to: they share a key, with and without ``become``, with and without pipelining."""

from __future__ import annotations

import stat
from typing import Any

import pytest

from tests.e2e.role.provisioning import Provisioning
from tests.e2e.ssh.hosts import MachineRoom, assert_agreement
from tests.e2e.ssh.login import Login
from tests.simulator.client import Simulator


@pytest.mark.parametrize(
    ("version", "gather_facts", "pipelining"), [("v1", False, "false"), ("v2", True, "true")], ids=["v1", "v2"]
)
def test_three_hosts_share_one_application_through_its_life(
    role: Provisioning,
    machine_room: MachineRoom,
    simulator: Simulator,
    login: Login,
    version: str,
    gather_facts: bool,
    pipelining: str,
) -> None:
    hosts = machine_room.hosts("web1", "web2", "web3")
    variables = {"nexmo_application_api_version": version}
    options: dict[str, Any] = {"play": {"gather_facts": gather_facts}, "extra_env": {"ANSIBLE_PIPELINING": pipelining}}

    made = role.run(hosts, variables, **options)

    assert made.ok, made.output
    assert_agreement(simulator, hosts)
    for host in hosts:
        found = host.key_path.stat()
        assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o600, login.uid)

    simulator.forget_requests()
    again = role.run(hosts, variables, **options)

    assert again.ok, again.output
    assert [again.changed(host.name) for host in hosts] == [0, 0, 0]
    assert simulator.writes() == []

    removed = role.run(hosts, {**variables, "nexmo_application_state": "absent"}, **options)

    assert removed.ok, removed.output
    assert simulator.applications() == []
    assert [host.files_with_a_key() for host in hosts] == [[], [], []]
    # Without pipelining modules come as files, and what they are to do is readable there.
    assert [host.received(str(host.key_path)) for host in hosts] == [pipelining == "false"] * 3


@pytest.mark.usefixtures("root_on_hosts")
def test_become_makes_files_of_root_and_the_key_of_its_owner(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator, login: Login
) -> None:
    hosts = machine_room.hosts("web1")
    variables = {"nexmo_application_api_version": "v2", "nexmo_application_private_key_owner": login.user}
    options: dict[str, Any] = {"play": {"become": True}, "extra_env": {"ANSIBLE_PIPELINING": "false"}}

    made = role.run(hosts, variables, **options)

    assert made.ok, made.output
    assert_agreement(simulator, hosts)
    key_path = hosts[0].key_path
    assert (key_path.parent.stat().st_uid, key_path.stat().st_uid) == (0, login.uid)

    again = role.run(hosts, variables, **options)
    removed = role.run(hosts, {**variables, "nexmo_application_state": "absent"}, **options)

    assert again.ok, again.output
    assert again.changed("web1") == 0
    assert removed.ok, removed.output
    assert hosts[0].files_with_a_key() == []
