# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modes and keywords of plays and tasks in which the role runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.role.provisioning import NAME, RESULT, Provisioning, application_with_key, public_key_at_the_api
from tests.simulator.client import Simulator

VOICE_ITEM = {"type": "voice", "event_url": "https://example.com"}
V2 = {"nexmo_application_api_version": "v2"}


def test_mode_of_the_tasks_counts_and_not_that_of_the_command(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    foretold = role.run(hosts, play={"check_mode": True}, diff=True)
    assert foretold.ok, foretold.output
    assert simulator.writes() == []
    assert [host.files() for host in hosts] == [{}, {}]
    real = role.run(hosts, play={"check_mode": False}, check=True, diff=True)

    assert real.ok, real.output
    for host in hosts:
        assert public_key(str(host.key)) == public_key_at_the_api(simulator)
        assert foretold.changed(host.name) == real.changed(host.name)
        assert foretold.fact(host.name, RESULT)["key_changed"] is real.fact(host.name, RESULT)["key_changed"] is True


def test_mode_that_is_applied_to_an_included_role_counts(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    use = {
        "ansible.builtin.include_role": {
            "name": "community.nexmo.nexmo_application",
            "apply": {"check_mode": False},
        },
        "vars": {**role.connection, **role.application},
    }

    run = role.play([{"hosts": "all", "gather_facts": False, "tasks": [use]}], role.inventory([host]), check=True)

    assert run.ok, run.output
    assert public_key(str(host.key)) == public_key_at_the_api(simulator)


def test_contradiction_that_is_ignored_deletes_nothing(role: Provisioning, simulator: Simulator) -> None:
    (application,) = simulator.preload([application_with_key(private_key())])
    hosts = role.hosts("web1", "web2")
    for host in hosts:
        host.hold(private_key())
    states = {"nexmo_application_state": "{{ 'absent' if inventory_hostname == 'web1' else 'present' }}"}
    lists = {
        "nexmo_application_list": [
            {"name": NAME, "private_key_path": "{{ folder }}/keys/shop.key", "state": states["nexmo_application_state"]}
        ],
        **dict.fromkeys(role.application, "{{ omit }}"),
    }

    for variables in (states, lists):
        run = role.run(hosts, variables, play={"ignore_errors": True})
        assert "different states" in run.output
    assert simulator.writes() == []
    assert simulator.applications() == [application]
    assert [host.key for host in hosts] == [private_key(), private_key()]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nexmo_application_state": "gone"},
        {"nexmo_application_private_key_path": "shop.key"},
        {"nexmo_application_private_key_path": "/dev/null/shop.key"},
        {"nexmo_application_state": "absent", "nexmo_application_private_key_path": "/etc/hostname"},
    ],
)
def test_mistake_that_is_ignored_does_nothing(wrong: dict[str, Any], role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")

    run = role.run([host], wrong, play={"ignore_errors": True})

    assert run.stats[host.name]["ignored"] > 0, run.output
    assert simulator.requests() == []
    assert host.files() == {}


def test_failure_that_is_fatal_for_all_comes_before_anything_is_made(role: Provisioning, simulator: Simulator) -> None:
    blocked, fine = role.hosts("web1", "web2")
    (blocked.folder / "keys").write_text("in the way")

    run = role.run([blocked, fine], play={"any_errors_fatal": True})

    assert not run.ok
    assert simulator.requests() == []
    assert fine.key is None


def test_become_of_the_inventory_is_not_for_the_host_that_asks(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    inventory = role.inventory([host], {host.name: {"ansible_become": False}})
    inventory["all"]["vars"].update({"ansible_become": True, "ansible_become_exe": "/nonexistent/sudo"})
    entry = {"role": "community.nexmo.nexmo_application", **role.connection, **role.application}

    run = role.play([{"hosts": host.name, "gather_facts": False, "roles": [entry]}], inventory)
    inventory["all"]["hosts"]["gateway"] = {}
    entry["nexmo_application_api_host"] = "gateway"
    entry["nexmo_application_event_url"] = "https://shop.example.com/new"
    with_gateway = role.play([{"hosts": host.name, "gather_facts": False, "roles": [entry]}], inventory)

    for each in (run, with_gateway):
        assert each.ok, each.output
    assert public_key(str(host.key)) == public_key_at_the_api(simulator)


@pytest.mark.parametrize(
    "environment",
    [
        {"ANSIBLE_JINJA2_NATIVE": "true"},
        {"ANSIBLE_INJECT_FACT_VARS": "false"},
        {"ANSIBLE_CACHE_PLUGIN": "jsonfile", "ANSIBLE_CACHE_PLUGIN_CONNECTION": "facts", "ANSIBLE_GATHERING": "smart"},
    ],
    ids=["native", "no injected facts", "fact cache"],
)
def test_settings_of_ansible_make_no_difference(
    environment: dict[str, str], role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2")

    run = role.run(hosts, extra_env=environment)
    simulator.forget_requests()
    again = role.run(hosts, extra_env=environment, play={"gather_facts": True})

    for each in (run, again):
        assert each.ok, each.output
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}
    assert simulator.writes() == []


@pytest.mark.parametrize("strategy", ["free", "host_pinned"])
def test_hosts_that_do_not_wait_for_each_other_converge(
    strategy: str, role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2", "web3")
    names = ("Bakery", "Butcher")
    items = [{**VOICE_ITEM, "name": name, "private_key_path": f"{{{{ folder }}}}/{name}.key"} for name in names]
    variables = {"nexmo_application_list": items, **dict.fromkeys(role.application, "{{ omit }}")}

    role.run(hosts, variables, play={"strategy": strategy})
    run = role.run(hosts, variables, play={"strategy": strategy})
    assert run.ok, run.output
    simulator.forget_requests()
    again = role.run(hosts, variables, play={"strategy": strategy})

    assert again.ok, again.output
    assert simulator.writes() == []
    keys = {stored["name"]: stored["keys"]["public_key"] for stored in simulator.applications()}
    assert sorted(keys) == sorted(names)
    for host in hosts:
        assert {name: public_key((host.folder / f"{name}.key").read_text()) for name in names} == keys


def test_lists_that_overlap_share_what_is_in_both(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")
    items = {
        name: {
            "name": name,
            "type": "voice",
            "event_url": "https://example.com",
            "private_key_path": f"{{{{ folder }}}}/{name}.key",
        }
        for name in ("A", "B", "C")
    }
    of_hosts = {
        "web1": {"nexmo_application_list": [items["A"], items["B"]]},
        "web2": {"nexmo_application_list": [items["C"], items["B"]]},
    }
    entry = {"role": "community.nexmo.nexmo_application", **role.connection}

    run = role.play([{"hosts": "all", "gather_facts": False, "roles": [entry]}], role.inventory(hosts, of_hosts))

    assert run.ok, run.output
    assert sorted(stored["name"] for stored in simulator.applications()) == ["A", "B", "C"]
    assert [write["operation"] for write in simulator.writes()].count("create") == 3
    assert (hosts[0].folder / "B.key").read_text() == (hosts[1].folder / "B.key").read_text()


def test_several_uses_in_one_play_do_not_mix(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")
    uses = [
        {
            "role": "community.nexmo.nexmo_application",
            **role.connection,
            **role.application,
            "nexmo_application_name": name,
            "nexmo_application_private_key_path": f"{{{{ folder }}}}/{name}.key",
            "nexmo_application_state": state,
        }
        for name, state in (("A", "present"), ("B", "present"), ("A", "absent"))
    ]

    run = role.play([{"hosts": "all", "gather_facts": False, "roles": uses}], role.inventory(hosts))

    assert run.ok, run.output
    assert [stored["name"] for stored in simulator.applications()] == ["B"]
    assert [list(host.files()) for host in hosts] == [["B.key"], ["B.key"]]
    assert run.fact("web2", RESULT) == {"application": None, "operation": "delete", "key_changed": True}


@pytest.mark.parametrize("number", [1, 3, 6])
def test_number_of_tasks_does_not_depend_on_that_of_applications(
    number: int, role: Provisioning, simulator: Simulator
) -> None:
    host = role.host("web1")
    items = [
        {**VOICE_ITEM, "name": f"A{each}", "private_key_path": f"{{{{ folder }}}}/{each}.key"} for each in range(number)
    ]
    variables = {"nexmo_application_list": items, **dict.fromkeys(role.application, "{{ omit }}")}

    created = role.run([host], variables)
    again = role.run([host], variables)

    assert created.ok, created.output
    assert again.ok, again.output
    assert len([task for task in created.tasks if "nexmo_application :" in task.task]) <= 22
    assert len([task for task in again.tasks if "nexmo_application :" in task.task]) <= 14


def test_rotation_that_ended_early_is_settled(role: Provisioning, simulator: Simulator) -> None:
    simulator.preload([application_with_key(private_key())])
    hosts = role.hosts("web1", "web2")
    rotate = {**V2, "nexmo_application_lost_key": "rotate"}
    killed_after = {
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,moment",
        "MOMENT_TASK": "Write or remove the private keys",
        "MOMENT_COMMAND": json.dumps(["sh", "-c", "kill -9 $PPID"]),
    }

    role.run(hosts, rotate, extra_env=killed_after)
    rotated = public_key_at_the_api(simulator)
    assert rotated != public_key(private_key())
    assert [host.key for host in hosts] == [None, None]
    simulator.forget_requests()
    run = role.run(hosts, rotate)

    assert run.ok, run.output
    assert simulator.writes() == []
    assert {public_key(str(host.key)) for host in hosts} == {rotated}


@pytest.mark.parametrize("check", [True, False], ids=["check", "run"])
def test_diff_mode_shows_what_only_the_end_tells(check: bool, role: Provisioning, simulator: Simulator) -> None:
    stored = simulator.preload([application_with_key(private_key())])
    number = simulator.preload_numbers([{"msisdn": "447700900000", "app_id": stored[0]["id"]}])[0]["msisdn"]
    variables = {
        **V2,
        "nexmo_application_lost_key": "rotate",
        "nexmo_application_numbers": [{"number": number, "sms_url": "https://shop.example.com/sms"}],
    }

    run = role.run(role.hosts("web1"), variables, check=check, diff=True)

    assert run.ok, run.output
    of_application, of_number = run.result("Show what changed in the applications")["diff"]
    assert of_application["before"]["public_key"] != of_application["after"]["public_key"]
    assert "https://shop.example.com/sms" in json.dumps(of_number)
