# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes over the wire: how many requests, where the credentials are, which pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.relay import Relay
from tests.e2e.modules_v2.conftest import ModulesV2
from tests.e2e.modules_v2.life_cycle import assert_refused
from tests.simulator.client import Simulator

NEW = "https://example.com/new"


def operations(simulator: Simulator) -> list[str]:
    """What was asked, in order."""
    return [str(request["operation"]) for request in simulator.requests()]


def test_credentials_are_in_the_header_alone(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop"), voice("Other", id="other")])

    nexmo.application(name="New", capabilities={"vbc": {}}, no_log=True)
    nexmo.application(name="Shop", event_url=NEW)
    nexmo.application(application_id="other")
    nexmo.application(name="Shop", state="absent")
    nexmo.info()

    assert set(operations(simulator)) == {"list", "read", "create", "update", "delete"}
    assert {tuple(request["credentials"]) for request in simulator.requests()} == {("basic",)}
    assert {request["version"] for request in simulator.requests()} == {"v2"}


def test_bodies_and_queries_hold_settings_and_pages_alone(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    relayed.application(name="New", no_log=True)
    relayed.application(name="Shop", event_url=NEW)

    sent = b" ".join(request.target.encode() + request.body for request in relay.received)
    assert b"api_key" not in sent
    assert b"api_secret" not in sent
    assert b"demo-key" not in sent
    assert [request.headers["authorization"][:6] for request in relay.received] == ["Basic "] * len(relay.received)


@pytest.mark.parametrize("secret", ["pä:ß€☎ %2B+&=", "ключ:ключ", "\u00a0 secret"])
def test_a_secret_of_any_characters_opens_the_account(secret: str, home: Path) -> None:
    with Simulator.start(accounts=[("demo-key", "another"), ("schlüssel", secret)]) as simulator:
        nexmo = ModulesV2(simulator.url, home)

        right = nexmo.application(name="Shop", api_key="schlüssel", api_secret=secret, no_log=True)
        wrong = nexmo.application(name="Shop", api_key="schlüssel", api_secret=secret + "x")

        assert right["operation"] == "create"
        assert [stored["name"] for stored in simulator.applications("schlüssel")] == ["Shop"]
        assert_refused(wrong, "401", "api_key and api_secret")


def test_no_change_by_name_takes_the_listing_alone(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload_count(210)

    run = nexmo.application(name="app-205")

    assert run["changed"] is False
    assert operations(simulator) == ["list"] * 3
    queries = [request["query"] for request in simulator.requests()]
    assert sorted(query.pop("page") for query in queries) == ["1", "2", "3"]
    assert queries == [{"page_size": "100"}] * 3


def test_no_change_by_id_takes_one_request(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop"), voice("Other")])

    run = nexmo.application(application_id="shop", capabilities={"voice": {}})

    assert run["changed"] is False
    assert operations(simulator) == ["read"]


def test_an_update_takes_the_listing_and_one_write(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    nexmo.application(name="Shop", event_url=NEW)

    assert operations(simulator) == ["list", "update"]


def test_a_creation_takes_two_listings_and_two_writes(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Other")])

    nexmo.application(name="Shop", no_log=True)

    assert operations(simulator) == ["list", "create", "list", "update"]


def test_a_rename_looks_for_the_new_name_first(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop"), voice("Store", id="store")])

    run = nexmo.application(application_id="shop", name="Store")

    assert_refused(run, "name", "'Store'", "store")
    assert operations(simulator) == ["read", "list"]


def test_a_deletion_by_id_takes_a_read_and_one_write(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop")])

    nexmo.application(application_id="shop", state="absent")
    nexmo.application(application_id="shop", state="absent")

    assert operations(simulator) == ["read", "delete", "read"]


def test_requests_say_that_they_take_and_send_json(nexmo: Modules, simulator: Simulator) -> None:
    nexmo.application(name="Shop", no_log=True)

    writes = simulator.writes()
    assert [write["operation"] for write in writes] == ["create", "update"]
    for write in writes:
        assert write["headers"]["accept"] == "application/json"
        assert write["headers"]["content-type"] == "application/json"
        assert write["headers"]["user-agent"].startswith("community.nexmo/")


def test_a_path_prefix_stays_in_front_of_the_version(relayed: Modules, relay: Relay) -> None:
    relayed.application(name="Shop", api_url=f"{relay.url}/gateway/")

    assert relay.received[0].target.startswith("/gateway/v2/applications?")
