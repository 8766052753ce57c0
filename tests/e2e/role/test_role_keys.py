# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that lack the key of an application that exists, or hold another one."""

from __future__ import annotations

from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key
from tests.e2e.role.provisioning import (
    NAME,
    RESTART,
    RESULT,
    Provisioning,
    application_with_key,
    public_key_at_the_api,
)
from tests.simulator.client import Simulator

OUT_OF_REACH = {"ansible_connection": "unreachable"}


def test_host_that_is_added_gets_the_key_from_the_one_that_has_it(role: Provisioning, simulator: Simulator) -> None:
    simulator.preload([application_with_key(private_key())])
    new, old = role.hosts("web1", "web2")
    old.hold(private_key())

    run = role.run([new, old], play={"handlers": [RESTART]})

    assert run.ok, run.output
    assert new.key == old.key
    assert new.files()["keys/shop.key"][0] == 0o600
    assert simulator.writes() == []
    assert run.changed(old.name) == 0
    assert run.fact(new.name, RESULT)["key_changed"] is True
    assert run.fact(old.name, RESULT)["key_changed"] is False
    assert [result.host for result in run.results("Restart the shop")] == [new.name]


def test_lost_key_fails_every_host_and_changes_nothing(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    hosts = role.hosts("web1", "web2")

    run = role.run(hosts)

    for host in hosts:
        assert run.failed(host.name)
        assert NAME in run.message(host.name)
        assert "nexmo_application_lost_key: recreate makes" in run.message(host.name)
        assert host.files() == {}
    assert simulator.applications() == [application]


def test_lost_key_makes_the_application_anew_where_that_is_allowed(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    empty, stale = role.hosts("web1", "web2")
    stale.hold(private_key(1))

    run = role.run([empty, stale], {"nexmo_application_lost_key": "recreate"})

    assert run.ok, run.output
    assert [write["operation"] for write in simulator.writes()] == ["create", "delete", "update"]
    assert simulator.applications()[0]["id"] != application["id"]
    assert empty.key == stale.key
    assert public_key(str(empty.key)) == public_key_at_the_api(simulator)


def test_lost_key_stays_fail_while_a_host_that_may_have_it_is_out_of_reach(
    role: Provisioning, simulator: Simulator
) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    reachable, away = role.hosts("web1", "web2")
    away.hold(private_key())

    run = role.run([reachable, away], {"nexmo_application_lost_key": "recreate"}, of_hosts={away.name: OUT_OF_REACH})

    assert run.failed(reachable.name)
    assert away.name in run.message(reachable.name)
    assert simulator.applications() == [application]


def test_lost_key_stays_fail_while_a_later_batch_may_have_it(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    first, later = role.hosts("web1", "web2")
    later.hold(private_key())

    run = role.run([first, later], {"nexmo_application_lost_key": "recreate"}, play={"serial": 1})

    assert run.failed(first.name)
    assert later.name in run.message(first.name)
    assert simulator.applications() == [application]


def test_host_with_a_different_key_fails_and_others_go_on(role: Provisioning, simulator: Simulator) -> None:
    simulator.preload([application_with_key(private_key())])
    right, different, empty = hosts = role.hosts("web1", "web2", "web3")
    right.hold(private_key())
    different.hold(private_key(1))

    foretold = role.run(hosts, check=True)
    run = role.run(hosts)

    assert run.failed(different.name)
    assert str(different.key_path) in run.message(different.name)
    assert "nexmo_application_lost_key" in run.message(different.name)
    assert different.key == private_key(1)
    assert empty.key == private_key()
    for host in hosts:
        assert foretold.changed(host.name) == run.changed(host.name)
        assert foretold.failed(host.name) == run.failed(host.name)


def test_different_key_is_kept_aside_where_it_may_be_replaced(role: Provisioning, simulator: Simulator) -> None:
    simulator.preload([application_with_key(private_key())])
    right, different = role.hosts("web1", "web2")
    right.hold(private_key())
    different.hold(private_key(1))

    run = role.run([right, different], {"nexmo_application_lost_key": "recreate"})

    assert run.ok, run.output
    assert simulator.writes() == []
    assert different.key == private_key()
    assert (0o600, private_key(1)) in different.files().values()


def test_key_of_another_application_is_not_replaced(role: Provisioning, simulator: Simulator) -> None:
    simulator.preload([application_with_key(private_key(), name="Another Shop")])
    host = role.host("web1")
    host.hold(private_key())

    run = role.run([host], {"nexmo_application_lost_key": "recreate"})

    assert "Another Shop" in run.message(host.name)
    assert host.key == private_key()
    assert simulator.writes() == []


def test_key_that_is_no_application_s_any_more_makes_way_for_the_new_one(
    role: Provisioning, simulator: Simulator
) -> None:
    host = role.host("web1")
    host.hold(private_key())

    run = role.run([host])

    assert run.ok, run.output
    assert public_key(str(host.key)) == public_key_at_the_api(simulator)
    assert any(fingerprint(private_key())[:16] in name for name in host.files())


def test_absent_refuses_to_remove_what_is_not_a_key(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    host = role.host("web1")
    host.hold("a shopping list")

    run = role.run([host], {"nexmo_application_state": "absent"})

    assert run.failed(host.name)
    assert host.key == "a shopping list"
    assert simulator.applications() == [application]
