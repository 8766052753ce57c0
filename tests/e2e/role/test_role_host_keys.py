# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Key pairs that are made on a host, and public keys of the user's own."""

from __future__ import annotations

import json

from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key
from tests.e2e.role.provisioning import RESULT, Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator

HOST_KEY = {"nexmo_application_api_version": "v2", "nexmo_application_key_source": "host"}


def test_pair_is_made_on_a_host_and_only_its_public_half_is_sent(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    foretold = role.run(hosts, HOST_KEY, check=True)
    assert simulator.applications() == []
    run = role.run(hosts, HOST_KEY)

    assert run.ok, run.output
    assert hosts[0].key == hosts[1].key
    assert public_key(str(hosts[0].key)) == public_key_at_the_api(simulator)
    assert {host.files()["keys/shop.key"][0] for host in hosts} == {0o600}
    assert "PRIVATE" not in json.dumps([request["body"] for request in simulator.requests()])
    for host in hosts:
        assert foretold.fact(host.name, RESULT)["operation"] == run.fact(host.name, RESULT)["operation"] == "create"
        assert foretold.fact(host.name, RESULT)["key_changed"] is run.fact(host.name, RESULT)["key_changed"] is True


def test_second_run_makes_no_new_pair(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")
    role.run(hosts, HOST_KEY)
    files = [host.files() for host in hosts]
    simulator.forget_requests()

    again = role.run(hosts, HOST_KEY)

    assert again.ok, again.output
    assert [again.changed(host.name) for host in hosts] == [0, 0]
    assert simulator.writes() == []
    assert [host.files() for host in hosts] == files


def test_pair_of_a_run_that_ended_before_it_was_the_file_is_used(role: Provisioning, simulator: Simulator) -> None:
    first, second = role.hosts("web1", "web2")
    role.run([second], HOST_KEY)
    (application,) = simulator.applications()
    second.key_path.rename(f"{second.key_path}.{fingerprint(str(second.key))}")
    simulator.forget_requests()

    run = role.run([first, second], HOST_KEY)

    assert run.ok, run.output
    assert simulator.writes() == []
    assert public_key(str(first.key)) == public_key(str(second.key)) == application["keys"]["public_key"]
    assert list(second.files()) == list(first.files()) == ["keys/shop.key"]


def test_key_that_one_host_lost_comes_from_the_other(role: Provisioning, simulator: Simulator) -> None:
    first, second = role.hosts("web1", "web2")
    role.run([first, second], HOST_KEY)
    key = first.key
    first.key_path.unlink()
    simulator.forget_requests()

    run = role.run([first, second], HOST_KEY)

    assert run.ok, run.output
    assert first.key == second.key == key
    assert simulator.writes() == []


def test_key_that_every_host_lost_is_rotated(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")
    role.run(hosts, HOST_KEY)
    (before,) = simulator.applications()
    for host in hosts:
        host.key_path.unlink()

    foretold = role.run(hosts, HOST_KEY, check=True)
    run = role.run(hosts, HOST_KEY)

    assert run.ok, run.output
    (after,) = simulator.applications()
    assert after["id"] == before["id"]
    assert after["keys"] != before["keys"]
    assert {public_key(str(host.key)) for host in hosts} == {after["keys"]["public_key"]}
    assert [run.fact(host.name, RESULT)["operation"] for host in hosts] == ["update", "update"]
    assert [foretold.fact(host.name, RESULT)["operation"] for host in hosts] == ["update", "update"]


def test_pair_on_a_host_needs_version_2(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")

    run = role.run([host], {"nexmo_application_key_source": "host"})

    assert run.failed(host.name)
    assert "api_version: v2" in run.message(host.name)
    assert simulator.requests() == []


def test_public_key_of_the_user_leaves_key_files_alone(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    own = {"nexmo_application_api_version": "v2", "nexmo_application_public_key": public_key(private_key())}

    run = role.run([host], own)
    again = role.run([host], own)

    assert run.ok, run.output
    assert public_key_at_the_api(simulator) == public_key(private_key())
    assert host.files() == {}
    assert again.changed(host.name) == 0
