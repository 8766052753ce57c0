# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an application in the role, on the Python that ``make test-matrix`` names."""

from __future__ import annotations

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.role.provisioning import Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator


def test_the_role_makes_keeps_and_removes(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("first", "second")
    variables = {"nexmo_application_env_path": "{{ folder }}/env/shop.env"}

    made = role.run(hosts, variables)
    keys, expected = {host.key for host in hosts}, public_key_at_the_api(simulator)
    written = [host.files() for host in hosts]
    simulator.forget_requests()
    kept = role.run(hosts, variables)
    found, writes = [host.files() for host in hosts], simulator.writes()
    removed = role.run(hosts, {**variables, "nexmo_application_state": "absent"})

    for run in (made, kept, removed):
        assert run.ok, run.output
    (key,) = keys
    assert key is not None
    assert public_key(key) == expected
    assert (found, writes) == (written, [])
    assert [kept.changed(host.name) for host in hosts] == [0, 0]
    assert simulator.applications() == []
    assert [host.files() for host in hosts] == [{}, {}]
