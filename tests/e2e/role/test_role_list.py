# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role with a list: all applications in one go, and each key on each host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.e2e.modules import key_pairs
from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import RESTART, RESULT, Host, Provisioning
from tests.simulator.client import Simulator

NAMES = ("Bakery", "Butcher", "Cinema")
URL = "https://example.com"


def _item(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "type": "voice",
        "event_url": f"{URL}/{name}",
        "private_key_path": "{{ folder }}/keys/" + name + ".key",
        **more,
    }


ITEMS = [_item(name) for name in NAMES]


def _run(role: Provisioning, hosts: Sequence[Host], items: Sequence[Mapping[str, Any]], **options: Any) -> PlaybookRun:
    variables = {**role.connection, "nexmo_application_list": list(items), **options.pop("variables", {})}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "roles": [{"role": "community.nexmo.nexmo_application", **variables}],
        "handlers": [RESTART],
    }
    return role.play([play], role.inventory(hosts), **options)


def _operations(simulator: Simulator) -> Counter[str]:
    return Counter(request["operation"] for request in simulator.requests())


def _assert_keys_agree(simulator: Simulator, hosts: Sequence[Host]) -> None:
    """Each host has the keys of all applications, nobody else can read them, and nothing else is there."""
    keys = {stored["name"]: stored["keys"]["public_key"] for stored in simulator.applications()}
    for host in hosts:
        files = host.files()
        assert set(files) == {f"keys/{name}.key" for name in keys}
        for name, public_key in keys.items():
            mode, content = files[f"keys/{name}.key"]
            assert mode == 0o600
            assert key_pairs.public_key(content) == public_key


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_all_are_made_at_once_and_a_second_run_changes_nothing(
    version: str, role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2")
    variables = {"nexmo_application_api_version": version}

    first = _run(role, hosts, ITEMS, variables=variables)

    assert first.ok, first.output
    _assert_keys_agree(simulator, hosts)
    assert sorted(stored["name"] for stored in simulator.applications()) == sorted(NAMES)
    counts = _operations(simulator)
    assert (counts["create"], counts["update"]) == (len(NAMES), len(NAMES))
    assert counts["list"] <= 4, "the product of lists and applications"
    results = first.fact("web2", RESULT)["applications"]
    assert [(result["application"]["name"], result["operation"]) for result in results] == [
        (name, "create") for name in NAMES
    ]
    assert all(result["key_changed"] for result in results)
    assert {result.host for result in first.results("Restart the shop")} == {"web1", "web2"}

    simulator.forget_requests()
    second = _run(role, hosts, ITEMS, variables=variables)

    assert second.ok, second.output
    assert [second.changed(host.name) for host in hosts] == [0, 0]
    assert simulator.writes() == []
    assert _operations(simulator)["list"] == 1
    assert not any(result["key_changed"] for result in second.fact("web1", RESULT)["applications"])


def test_check_mode_foretells_and_changes_nothing(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2")

    foretold = _run(role, hosts, ITEMS, check=True, diff=True)

    assert foretold.ok, foretold.output
    assert [result["operation"] for result in foretold.fact("web1", RESULT)["applications"]] == ["create"] * 3
    assert simulator.applications() == []
    assert all(host.files() == {} for host in hosts)


def test_what_is_new_changed_gone_and_lost_is_put_right_in_one_run(role: Provisioning, simulator: Simulator) -> None:
    old, new = role.hosts("web1", "web2")
    assert _run(role, [old], ITEMS).ok
    items = [
        _item("Bakery", state="absent"),
        _item("Butcher", event_url=f"{URL}/new"),
        _item("Cinema", lost_key="recreate"),
        _item("Dentist"),
    ]
    (old.folder / "keys" / "Cinema.key").unlink()
    simulator.forget_requests()

    run = _run(role, [old, new], items)

    assert run.ok, run.output
    operations = [result["operation"] for result in run.fact(new.name, RESULT)["applications"]]
    assert operations == ["delete", "update", "recreate", "create"]
    assert sorted(stored["name"] for stored in simulator.applications()) == ["Butcher", "Cinema", "Dentist"]
    _assert_keys_agree(simulator, [old, new])


def test_one_that_fails_keeps_no_other_from_its_state(role: Provisioning, simulator: Simulator) -> None:
    twin = {"name": "Butcher", "capabilities": {}}
    simulator.preload([twin, twin])
    hosts = role.hosts("web1", "web2")

    run = _run(role, hosts, ITEMS)

    for host in hosts:
        assert run.failed(host.name)
        assert "Butcher" in run.message(host.name)
        assert "several applications" in run.message(host.name)
        assert {"keys/Bakery.key", "keys/Cinema.key"} == set(host.files())
    names = Counter(stored["name"] for stored in simulator.applications())
    assert names == {"Bakery": 1, "Butcher": 2, "Cinema": 1}


def test_hosts_one_after_the_other_get_the_same_keys(role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("web1", "web2", "web3")
    play = {
        "hosts": "all",
        "gather_facts": False,
        "serial": 1,
        "roles": [{"role": "community.nexmo.nexmo_application", **role.connection, "nexmo_application_list": ITEMS}],
    }

    run = role.play([play], role.inventory(hosts))

    assert run.ok, run.output
    _assert_keys_agree(simulator, hosts)
    assert _operations(simulator)["create"] == len(NAMES)


@pytest.mark.parametrize(
    ("items", "variables", "words"),
    [
        ([], {}, "nexmo_application_list: is empty"),
        ([{"type": "voice"}], {}, "neither a name nor an application_id"),
        (ITEMS, {"nexmo_application_name": "Shop"}, "cannot be given with nexmo_application_name"),
        (ITEMS, {"nexmo_application_env_path": "/tmp/shop.env"}, "nexmo_application_env_path"),
        (ITEMS, {"nexmo_application_key_source": "host"}, "nexmo_application_key_source"),
        ([ITEMS[0], ITEMS[0]], {}, "is given more than once"),
    ],
)
def test_bad_lists_are_refused_before_anything_happens(
    items: list[dict[str, Any]], variables: dict[str, Any], words: str, role: Provisioning, simulator: Simulator
) -> None:
    (host,) = role.hosts("web1")

    run = _run(role, [host], items, variables=variables)

    assert run.failed(host.name)
    assert words in run.message(host.name)
    assert simulator.requests() == []
