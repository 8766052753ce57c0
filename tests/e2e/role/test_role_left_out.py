# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that may have a key and were not asked: nothing is done that would make it worthless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.role.provisioning import NAME, Host, Provisioning, application_with_key, public_key_at_the_api
from tests.simulator.client import Simulator

V2 = {"nexmo_application_api_version": "v2"}
WAYS_OUT = [
    {"nexmo_application_lost_key": "recreate"},
    {"nexmo_application_lost_key": "rotate", **V2},
    {"nexmo_application_key_source": "host", **V2},
]
IDS = ["recreate", "rotate", "host"]
FAILS = {"name": "Fail", "ansible.builtin.fail": {"msg": "broken"}, "when": "inventory_hostname == 'holder'"}
UNREACHABLE = {"holder": {"ansible_connection": "unreachable"}}
OTHER_NAME = {"nexmo_application_name": "{{ 'Other' if inventory_hostname == 'other' else 'My Shop' }}"}


def _hosts(role: Provisioning, simulator: Simulator) -> tuple[Host, Host]:
    simulator.preload([application_with_key(private_key())])
    keyless, holder = role.hosts("keyless", "holder")
    holder.hold(private_key())
    return keyless, holder


def _assert_nothing_done(simulator: Simulator, keyless: Host) -> None:
    assert simulator.writes() == []
    assert public_key_at_the_api(simulator) == public_key(private_key())
    assert keyless.key is None


@pytest.mark.parametrize("way_out", WAYS_OUT, ids=IDS)
def test_holder_that_was_lost_before_the_role_counts(
    way_out: dict[str, Any], role: Provisioning, simulator: Simulator
) -> None:
    keyless, holder = _hosts(role, simulator)

    gathering = role.run([keyless, holder], way_out, of_hosts=UNREACHABLE, play={"gather_facts": True})
    failing = role.run([holder, keyless], way_out, play={"pre_tasks": [FAILS]})

    for run in (gathering, failing):
        assert run.failed(keyless.name), run.output
        assert holder.name in run.message(keyless.name)
    _assert_nothing_done(simulator, keyless)


@pytest.mark.parametrize("way_out", WAYS_OUT, ids=IDS)
@pytest.mark.parametrize("order", [("holder", "other", "keyless"), ("keyless", "other", "holder")])
def test_holder_of_another_batch_counts(
    order: tuple[str, ...], way_out: Mapping[str, Any], role: Provisioning, simulator: Simulator
) -> None:
    keyless, holder = _hosts(role, simulator)
    hosts = {host.name: host for host in (keyless, holder, role.host("other"))}

    run = role.run(
        [hosts[name] for name in order], {**way_out, **OTHER_NAME}, play={"serial": [2, 1], "pre_tasks": [FAILS]}
    )

    assert run.failed(keyless.name), run.output
    assert holder.name in run.message(keyless.name)
    assert [write for write in simulator.writes() if NAME in str(write["body"])] == []
    assert keyless.key is None


def test_host_that_asked_for_another_application_does_not_count(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    keyless, other = role.hosts("keyless", "other")
    (other.folder / "keys").write_text("in the way")

    run = role.run([other, keyless], {"nexmo_application_lost_key": "recreate", **OTHER_NAME})

    assert run.failed(other.name)
    assert not run.failed(keyless.name), run.output
    assert public_key(str(keyless.key)) == public_key_at_the_api(simulator)
    assert simulator.applications()[0]["id"] != application["id"]


def test_pair_is_made_in_batches_where_there_is_no_application(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    run = role.run(hosts, {"nexmo_application_key_source": "host", **V2}, play={"serial": 1})

    assert run.ok, run.output
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}


def test_right_key_wins_where_hosts_have_different_ones(role: Provisioning, simulator: Simulator) -> None:
    stale, right = role.hosts("web1", "web2")
    simulator.preload([application_with_key(private_key())])
    stale.hold(private_key(1))
    right.hold(private_key())

    run = role.run([stale, right], {"nexmo_application_key_source": "host", **V2})

    assert run.ok, run.output
    assert simulator.writes() == []
    assert stale.key == right.key == private_key()


def test_key_comes_from_an_earlier_batch_and_play(role: Provisioning, simulator: Simulator) -> None:
    keyless, holder = _hosts(role, simulator)
    application = {"role": "community.nexmo.nexmo_application", **role.connection, **role.application}
    plays = [{"hosts": host, "gather_facts": False, "roles": [application]} for host in (holder.name, keyless.name)]

    run = role.play(plays, role.inventory([keyless, holder]))

    assert run.ok, run.output
    assert keyless.key == private_key()
    assert simulator.writes() == []


def test_message_names_hosts_that_the_run_leaves_out(role: Provisioning, simulator: Simulator) -> None:
    keyless, holder = _hosts(role, simulator)

    limited = role.run([keyless, holder], arguments=["--limit", keyless.name])
    in_batches = role.run([keyless, holder], play={"serial": 1})

    for run in (limited, in_batches):
        assert run.failed(keyless.name)
        assert holder.name in run.message(keyless.name)
        assert "may have the key" in run.message(keyless.name)
    _assert_nothing_done(simulator, keyless)


@pytest.mark.parametrize("variables", [{}, {"nexmo_application_state": "absent"}])
def test_ignored_unreachable_host_gets_a_clear_line(
    variables: dict[str, Any], role: Provisioning, simulator: Simulator
) -> None:
    keyless, holder = _hosts(role, simulator)

    run = role.run([holder], variables, of_hosts=UNREACHABLE, play={"ignore_unreachable": True})

    assert run.failed(holder.name)
    assert "out of reach" in run.message(holder.name)
    assert simulator.requests() == []
