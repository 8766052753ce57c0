# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that die between two tasks of the role, with every session on them: the next run converges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.unfinished import unfinished_in
from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import Provisioning, application_with_key
from tests.e2e.ssh.hosts import MachineRoom, SshHost, assert_agreement
from tests.e2e.ssh.moments import FINISH, SETTLE, STAGE, just_before
from tests.simulator.client import Simulator

V1 = {"nexmo_application_api_version": "v1"}
V2 = {"nexmo_application_api_version": "v2"}


def run_with_a_death(
    role: Provisioning, hosts: Sequence[SshHost], dying: SshHost, task: str, variables: Mapping[str, str]
) -> PlaybookRun:
    """A run in which a host dies just before that task; afterwards it is back."""
    run = role.run(hosts, variables, extra_env=just_before(task, dying.sshd.killing_command()))
    assert run.failed(dying.name), run.output
    dying.sshd.start()
    return run


def rerun(role: Provisioning, hosts: Sequence[SshHost], variables: Mapping[str, str]) -> None:
    """The next run, on which the role has to turn pipelining on by itself for the key to leave no file."""
    run = role.run(hosts, variables, extra_env={"ANSIBLE_PIPELINING": "false"})
    assert run.ok, run.output


@pytest.mark.parametrize(
    ("dying", "task", "variables"),
    [("web1", STAGE, V1), ("web2", STAGE, V2), ("web1", SETTLE, V2)],
    ids=["the lead without the key", "another without the key", "the lead with the key beside the file"],
)
def test_others_have_the_key_of_the_run_in_which_a_host_died(
    role: Provisioning,
    machine_room: MachineRoom,
    simulator: Simulator,
    dying: str,
    task: str,
    variables: Mapping[str, str],
) -> None:
    hosts = machine_room.hosts("web1", "web2")
    (dead,) = (host for host in hosts if host.name == dying)
    (other,) = (host for host in hosts if host.name != dying)

    run = run_with_a_death(role, hosts, dead, task, variables)

    assert not run.failed(other.name)
    assert_agreement(simulator, [other])
    assert dead.key is None

    rerun(role, hosts, variables)

    assert_agreement(simulator, hosts)
    assert [write["operation"] for write in simulator.writes()] == ["create", "update"]


@pytest.mark.parametrize("variables", [V1, V2], ids=["v1", "v2"])
def test_only_host_that_died_without_the_key_gets_another_application(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator, variables: Mapping[str, str]
) -> None:
    (host,) = machine_room.hosts("web1")

    run_with_a_death(role, [host], host, STAGE, variables)

    assert len(unfinished_in(simulator.applications())) == 1
    assert host.files_with_a_key() == []

    rerun(role, [host], variables)

    assert_agreement(simulator, [host])
    assert [write["operation"] for write in simulator.writes()] == ["create", "delete", "create", "update"]


def test_only_host_that_died_without_the_key_of_a_replacement_still_finds_the_old_application(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator
) -> None:
    (old,) = simulator.preload([application_with_key(private_key())])
    (host,) = machine_room.hosts("web1")
    recreating = {"nexmo_application_api_version": "v1", "nexmo_application_lost_key": "recreate"}

    run_with_a_death(role, [host], host, STAGE, recreating)

    assert old["id"] in [application["id"] for application in simulator.applications()]

    rerun(role, [host], recreating)

    assert_agreement(simulator, [host])


def test_only_host_that_died_with_the_key_beside_the_file_keeps_its_application(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator
) -> None:
    (host,) = machine_room.hosts("web1")

    run_with_a_death(role, [host], host, FINISH, V2)

    assert host.key is None
    assert len(host.files_with_a_key()) == 1

    rerun(role, [host], V2)

    assert_agreement(simulator, [host])
    assert [write["operation"] for write in simulator.writes()] == ["create", "update"]
