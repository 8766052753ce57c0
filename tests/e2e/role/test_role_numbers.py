# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The numbers of the role's applications: linked once they are finished, unlinked before they go."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.role.provisioning import NAME, RESULT, Provisioning
from tests.simulator.client import Document, Simulator

NUMBER, OTHER = "447700900000", "447700900001"
SMS = "https://sms.example.com"
NUMBERS: Document = {"nexmo_application_numbers": [f"+{NUMBER}"]}


def writes(simulator: Simulator) -> list[str]:
    """What was written, numbers apart from applications."""
    return [
        f"{write['operation']} number" if write["version"] == "numbers" else str(write["operation"])
        for write in simulator.writes()
    ]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_numbers_are_linked_once_and_the_rest_of_them_stays(
    version: str, role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2")
    given = simulator.preload_numbers([{"msisdn": NUMBER, "moHttpUrl": SMS}, {"msisdn": OTHER}])
    variables = {**NUMBERS, "nexmo_application_api_version": version}

    foretold = role.run(hosts, variables, check=True, diff=True)
    nothing_written = writes(simulator)
    first = role.run(hosts, variables)
    first_writes = writes(simulator)
    second = role.run(hosts, variables)

    assert foretold.ok, foretold.output
    assert first.ok, first.output
    assert second.ok, second.output
    (application,) = simulator.applications()
    assert nothing_written == []
    assert first_writes == ["create", "update", "update number"]
    assert simulator.numbers() == [{**given[0], "app_id": application["id"]}, given[1]]
    assert all(host.key for host in hosts)
    assert [second.changed(host.name) for host in hosts] == [0, 0]
    assert writes(simulator) == first_writes
    assert foretold.changed("web1") > 0


def test_a_number_that_is_linked_already_is_foretold_as_no_change(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    simulator.preload_numbers([{"msisdn": NUMBER}, {"msisdn": OTHER}])
    made = role.run([host], NUMBERS)

    foretold = role.run([host], NUMBERS, check=True)
    one_more = role.run([host], {"nexmo_application_numbers": [NUMBER, OTHER]}, check=True)

    assert made.ok, made.output
    assert foretold.changed("web1") == 0
    assert one_more.changed("web1") == 1
    assert writes(simulator) == ["create", "update", "update number"]


@pytest.mark.parametrize("check", [False, True])
def test_a_number_that_the_account_does_not_have_is_an_error_before_anything_is_created(
    check: bool, role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2")
    simulator.preload_numbers([{"msisdn": NUMBER}])

    run = role.run(hosts, {"nexmo_application_numbers": [NUMBER, "499999999"]}, check=check)

    for host in hosts:
        assert run.failed(host.name)
        assert run.message(host.name) == (
            f"application {NAME}: the account does not have the number 499999999; give one that it has"
        )
        assert host.key is None
    assert (writes(simulator), simulator.applications()) == ([], [])


def test_numbers_of_an_application_that_goes_are_unlinked_first(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    given = simulator.preload_numbers([{"msisdn": NUMBER, "moHttpUrl": SMS}, {"msisdn": OTHER, "app_id": "other"}])
    made = role.run([host], NUMBERS)
    simulator.forget_requests()
    gone = {"nexmo_application_state": "absent", "nexmo_application_numbers": [NUMBER, OTHER, "499999999"]}

    foretold = role.run([host], gone, check=True)
    nothing_written = writes(simulator)
    first = role.run([host], gone)
    second = role.run([host], gone)

    for run in (made, foretold, first, second):
        assert run.ok, run.output
    assert nothing_written == []
    assert writes(simulator) == ["update number", "delete"]
    assert simulator.numbers() == given
    assert simulator.applications() == []
    assert second.changed("web1") == 0


def test_a_number_of_another_application_is_an_error_and_the_key_is_delivered_all_the_same(
    role: Provisioning, simulator: Simulator
) -> None:
    host = role.host("web1")
    simulator.preload([{"name": "Store", "id": "store"}])
    given = simulator.preload_numbers([{"msisdn": NUMBER, "app_id": "store"}])

    refused = role.run([host], NUMBERS)
    unchanged = simulator.numbers()
    relinked = role.run([host], {"nexmo_application_numbers": [{"number": NUMBER, "relink": True}]})

    assert "is linked to the application 'Store' (store); relink: true" in refused.message("web1")
    assert "relink: true" in refused.fact("web1", RESULT)["msg"]
    assert host.key is not None
    assert unchanged == given
    assert relinked.ok, relinked.output
    assert simulator.numbers()[0]["app_id"] == relinked.fact("web1", RESULT)["application"]["id"]


def test_each_item_of_a_list_has_its_numbers(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    simulator.preload([{"name": "Old", "id": "old"}])
    simulator.preload_numbers([{"msisdn": NUMBER}, {"msisdn": OTHER}, {"msisdn": "15550100", "app_id": "old"}])

    def item(name: str, **more: Any) -> Document:
        path = "{{ folder }}/keys/" + name + ".key"
        urls = {"event_url": "https://example.com/event", "type": "voice"}
        return {"name": name, "private_key_path": path, **urls, **more}

    items = [
        item("Bakery", numbers=[NUMBER]),
        item("Butcher", numbers=[{"number": OTHER, "sms_url": SMS}]),
        item("Cinema", numbers=["499999999"]),
        {"name": "Old", "state": "absent", "numbers": ["15550100"], "private_key_path": "{{ folder }}/keys/old.key"},
        item("Florist"),
    ]
    play = {
        "hosts": "all",
        "gather_facts": False,
        "roles": [
            {"role": "community.nexmo.nexmo_application", **role.connection, "nexmo_application_list": items},
        ],
    }

    run = role.play([play], role.inventory([host]))

    ids = {stored["name"]: stored["id"] for stored in simulator.applications()}
    assert set(ids) == {"Bakery", "Butcher", "Florist"}
    assert "application Cinema: the account does not have the number 499999999" in run.message("web1")
    numbers = {each["msisdn"]: each for each in simulator.numbers()}
    assert numbers[NUMBER]["app_id"] == ids["Bakery"]
    assert (numbers[OTHER]["app_id"], numbers[OTHER]["moHttpUrl"]) == (ids["Butcher"], SMS)
    assert "app_id" not in numbers["15550100"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("447700900000", ["nexmo_application_numbers: is not a list"]),
        (["shop"], ["nexmo_application_numbers: number: 'shop' is not a number"]),
        (["1234567890123456"], ["16 digits"]),
        ([NUMBER, f"+{NUMBER}"], ["given more than once"]),
        ([{"number": NUMBER, "application_id": "x"}], ["an item has application_id"]),
        ([{"sms_url": SMS}], ["an item has no number"]),
    ],
)
def test_what_cannot_be_right_is_refused_before_the_first_request(
    numbers: Any, words: list[str], role: Provisioning, simulator: Simulator
) -> None:
    run = role.run([role.host("web1")], {"nexmo_application_numbers": numbers})

    assert [word for word in words if word not in run.message("web1")] == []
    assert simulator.requests() == []


def test_an_empty_list_asks_for_no_number(role: Provisioning, simulator: Simulator) -> None:
    run = role.run([role.host("web1")], {"nexmo_application_numbers": []})

    assert run.ok, run.output
    assert "numbers" not in {request["version"] for request in simulator.requests()}
