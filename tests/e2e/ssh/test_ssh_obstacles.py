# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that cannot take a key: nothing is lost, and all is well when they can."""

from __future__ import annotations

import pytest

from tests.e2e.role.provisioning import NAME, Provisioning
from tests.e2e.ssh.hosts import MachineRoom, assert_agreement
from tests.e2e.ssh.moments import STAGE, just_before
from tests.simulator.client import Simulator

V2 = {"nexmo_application_api_version": "v2"}


@pytest.mark.usefixtures("ordinary_login")
def test_host_whose_directory_cannot_be_written_gets_the_key_when_it_can(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator
) -> None:
    hosts = machine_room.hosts("web1", "web2")
    closed, fine = hosts
    closed.folder.chmod(0o555)

    alone = role.run([closed])

    assert (
        alone.message(closed.name) == f"path: the directory {closed.folder} cannot be written; correct its permissions"
    )
    assert simulator.requests() == []

    together = role.run(hosts)

    assert together.message(closed.name) == alone.message(closed.name)
    assert not together.failed(fine.name)
    assert_agreement(simulator, [fine])

    closed.folder.chmod(0o755)
    repaired = role.run(hosts)

    assert repaired.ok, repaired.output
    assert_agreement(simulator, hosts)


def test_disk_that_is_full_or_fills_up_loses_no_key(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator
) -> None:
    host = machine_room.host_with_small_disk("web1")
    host.fill_disk()

    full = role.run([host], V2)

    assert "No space left on device" in full.message(host.name)
    assert simulator.requests() == []

    host.filler.unlink()
    filling_up = role.run([host], V2, extra_env=just_before(STAGE, host.filling_command()))

    assert "No space left on device" in filling_up.message(host.name)
    assert NAME not in [application["name"] for application in simulator.applications()]
    assert host.files_with_a_key() == []

    host.filler.unlink()
    repaired = role.run([host], V2)

    assert repaired.ok, repaired.output
    assert_agreement(simulator, [host])


def test_disk_that_fills_up_on_one_host_does_not_keep_the_key_from_others(
    role: Provisioning, machine_room: MachineRoom, simulator: Simulator
) -> None:
    small, fine = machine_room.host_with_small_disk("web1"), *machine_room.hosts("web2")

    run = role.run([small, fine], extra_env=just_before(STAGE, small.filling_command()))

    assert "No space left on device" in run.message(small.name)
    assert not run.failed(fine.name)
    assert_agreement(simulator, [fine])

    small.filler.unlink()
    repaired = role.run([small, fine])

    assert repaired.ok, repaired.output
    assert_agreement(simulator, [small, fine])
