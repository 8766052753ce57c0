# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs that are killed while they replace an application whose key is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.kills.killing import Killing, check_present
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.role.provisioning import Provisioning, application_with_key
from tests.simulator.client import Simulator


@pytest.mark.parametrize(("version", "first", "kills"), [("v1", 0, 10), ("v2", 0, 8)])
def test_a_killed_replacement_is_made_good_by_the_next_run(
    version: str, first: int, kills: int, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    variables = {"nexmo_application_api_version": version, "nexmo_application_lost_key": "recreate"}
    killing = Killing(
        role,
        simulator,
        tmp_path,
        variables,
        prepare=lambda host: simulator.preload([application_with_key(private_key(), host.name)]),
    )

    hosts = killing.kill_at_every_other_step(first)
    killing.make_good(hosts)

    assert len(hosts) >= kills
    for host in hosts:
        check_present(host, simulator.applications())
