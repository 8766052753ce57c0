# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs that are killed while they delete an application and its key."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.e2e.kills.killing import Killing, check_absent
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.role.provisioning import Host, Provisioning, application_with_key
from tests.simulator.client import Simulator


@pytest.mark.parametrize(("version", "kills"), [("v1", 5), ("v2", 4)])
def test_a_killed_deletion_is_made_good_by_the_next_run(
    version: str, kills: int, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    numbers = itertools.count()

    def prepare(host: Host) -> None:
        key = private_key(next(numbers))
        simulator.preload([application_with_key(key, host.name)])
        host.hold(key)

    variables = {"nexmo_application_api_version": version, "nexmo_application_state": "absent"}
    killing = Killing(role, simulator, tmp_path, variables, prepare)

    hosts = killing.kill_at_every_step()
    killing.make_good(hosts)

    assert len(hosts) >= kills
    for host in hosts:
        check_absent(host, simulator.applications())
