# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several hosts in one play: some fail, some come in batches, some are about another application."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.playbooks import ROOT, local_hosts, run_playbook
from tests.e2e.role.provisioning import API_KEY, API_SECRET, NAME, RESULT, Host, Provisioning, public_key_at_the_api
from tests.simulator.client import Simulator


def block(host: Host) -> None:
    """A file where a directory is needed, which stops root as well."""
    host.key_path.parent.write_text("in the way")


def test_host_that_cannot_take_the_key_fails_and_others_go_on(role: Provisioning, simulator: Simulator) -> None:
    blocked, fine = role.hosts("web1", "web2")
    block(blocked)

    run = role.run([blocked, fine])

    assert run.failed(blocked.name)
    assert str(blocked.key_path.parent) in run.message(blocked.name)
    assert not run.failed(fine.name)
    assert public_key(str(fine.key)) == public_key_at_the_api(simulator)


def test_nothing_is_asked_of_the_api_while_no_host_can_take_the_key(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    block(host)

    run = role.run([host])

    assert run.failed(host.name)
    assert simulator.requests() == []


def test_failure_at_the_api_fails_all_that_share_the_application_and_no_other(
    role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2", "web3")
    application = {
        "nexmo_application_name": "{{ 'Shop' if inventory_hostname == 'web3' else 'Broken Shop' }}",
        "nexmo_application_event_url": "{{ 'https://example.com/' if inventory_hostname == 'web3' else 'example' }}",
    }

    run = role.run(hosts, application)

    for name in ("web1", "web2"):
        assert run.failed(name)
        assert "event_url" in run.message(name)
    assert not run.failed("web3")
    assert [stored["name"] for stored in simulator.applications()] == ["Shop"]
    assert [host.name for host in hosts if host.key] == ["web3"]


def test_wrong_credentials_are_told_without_the_secret(role: Provisioning) -> None:
    host = role.host("web1")

    run = role.run([host], {"nexmo_application_api_key": "unknown-key"})

    assert "401" in run.message(host.name)
    assert "api_secret" in run.message(host.name)


def test_api_host_out_of_reach_is_told(role: Provisioning) -> None:
    host, gateway = role.hosts("web1", "gateway")
    inventory = role.inventory([host, gateway], {gateway.name: {"ansible_connection": "unreachable"}})
    variables = {**role.connection, **role.application, "nexmo_application_api_host": gateway.name}

    run = role.play(
        [
            {
                "hosts": host.name,
                "gather_facts": False,
                "roles": [{"role": "community.nexmo.nexmo_application", **variables}],
            }
        ],
        inventory,
    )

    assert run.stats[host.name]["failures"] == 1
    assert "out of reach" in run.message(host.name)


def test_hosts_that_contradict_each_other_are_refused(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    run = role.run(hosts, {"nexmo_application_state": "{{ 'absent' if inventory_hostname == 'web2' else 'present' }}"})

    for host in hosts:
        assert "nexmo_application_state" in run.message(host.name)
    assert simulator.requests() == []


def test_batches_share_one_application_and_are_foretold(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2", "web3")

    foretold = role.run(hosts, play={"serial": 1}, check=True)
    run = role.run(hosts, play={"serial": 1})

    assert run.ok, run.output
    assert [write["operation"] for write in simulator.writes()] == ["create", "update"]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}
    assert [run.fact(host.name, RESULT)["operation"] for host in hosts] == ["create", "none", "none"]
    for host in hosts:
        assert foretold.changed(host.name) == run.changed(host.name)
        assert foretold.fact(host.name, RESULT)["operation"] == run.fact(host.name, RESULT)["operation"]


def test_provision_takes_everything_from_the_inventory(role: Provisioning, simulator: Simulator) -> None:
    host, other = role.hosts("web1", "db1")
    variables = {**role.connection, **role.application}
    inventory = role.inventory([host, other], {host.name: variables})

    run = role.play(
        "community.nexmo.provision",
        inventory,
        arguments=["-e", f"nexmo_hosts={host.name}"],
        extra_env={"NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET},
    )

    assert run.ok, run.output
    assert public_key(str(host.key)) == public_key_at_the_api(simulator)
    assert other.files() == {}


def test_mistakes_are_refused_before_anything_is_done(role: Provisioning, simulator: Simulator) -> None:
    mistakes = {
        "no-name": {"nexmo_application_name": ""},
        "relative-key": {"nexmo_application_private_key_path": "shop.key"},
        "relative-env": {"nexmo_application_env_path": "shop.env"},
        "same-path": {"nexmo_application_env_path": "{{ folder }}/keys/../keys/shop.key"},
    }
    hosts = role.hosts(*mistakes)
    of_hosts = {name: {**role.connection, **role.application, **wrong} for name, wrong in mistakes.items()}

    run = role.play("community.nexmo.provision", role.inventory(hosts, of_hosts))

    assert run.message("no-name").startswith("nexmo_application_name: ")
    assert run.message("relative-key").startswith("nexmo_application_private_key_path: shop.key ")
    assert run.message("relative-env").startswith("nexmo_application_env_path: shop.env ")
    assert run.message("same-path").startswith("nexmo_application_env_path: /")
    assert [host.files() for host in hosts] == [{}] * len(hosts)
    assert simulator.requests() == []


def test_default_key_path_is_safe_and_different_for_each_name() -> None:
    names = {"plain": "my-shop_1.2", "space": NAME, "other": "My:Shop", "up": "../shop", "dots": "..", "umlaut": "Café"}
    folder = ROOT / "roles" / "nexmo_application"
    play = {
        "hosts": "all",
        "gather_facts": False,
        "vars_files": [str(folder / "vars" / "main.yml"), str(folder / "defaults" / "main.yml")],
        "tasks": [{"name": "Path", "ansible.builtin.debug": {"msg": "{{ nexmo_application_private_key_path }}"}}],
    }

    run = run_playbook([play], local_hosts({host: {"nexmo_application_name": name} for host, name in names.items()}))

    paths = {host: Path(run.result("Path", host)["msg"]) for host in names}
    assert str(paths["plain"]) == "/etc/nexmo/my-shop_1.2.key"
    assert str(paths["space"]) == "/etc/nexmo/My-Shop-b14e7670.key"
    assert {path.parent for path in paths.values()} == {Path("/etc/nexmo")}
    assert len(set(paths.values())) == len(names)
    assert all(path.name.isascii() and not path.name.startswith(".") for path in paths.values())
