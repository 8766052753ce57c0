# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an account holds, taken as what is wanted: nothing changes, until something is changed in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, messages, of_both_types, voice
from tests.simulator.client import Simulator

UNFINISHED = "Begun [community.nexmo run 9999999999 elsewhere 0 0]"
WITHOUT_WEBHOOKS = {"name": "Phone", "capabilities": {"vbc": {}, "rtc": {}}}


@pytest.fixture(params=["v1", "v2"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def account(simulator: Simulator) -> None:
    rich = {
        "privacy": {"improve_ai": False},
        "capabilities": {
            "voice": {"webhooks": {"event_url": {"address": f"{URL}/e", "socket_timeout": 2000}}, "region": "eu-west"},
            "video": {"webhooks": {"stream_created": {"address": f"{URL}/s", "secret": "hidden-secret-1"}}},
        },
    }
    simulator.preload([
        voice("Calls"),
        messages("Mail"),
        of_both_types("Both"),
        voice("Twin", id="twin-1"),
        messages("Twin", id="twin-2"),
        {"name": "Rich", **rich},
        WITHOUT_WEBHOOKS,
        voice(UNFINISHED),
    ])  # fmt: skip
    simulator.forget_requests()


def _adopted(nexmo: Modules, version: str, **options: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = nexmo.info(as_input=True, api_version=version, **options)["applications"]
    return items


def test_what_exists_is_as_it_is_to_be(account: None, version: str, nexmo: Modules, simulator: Simulator) -> None:
    before = simulator.applications()

    run = nexmo.applications(*_adopted(nexmo, version), api_version=version)

    assert run["changed"] is False
    assert simulator.writes() == []
    assert simulator.applications() == before


def test_items_have_a_name_that_is_theirs_alone_or_an_id(account: None, version: str, nexmo: Modules) -> None:
    items = _adopted(nexmo, version)

    finders = [item.get("name", item.get("application_id")) for item in items]
    phone = ["Phone"] if version == "v2" else []
    assert finders == ["Calls", "Mail", "Both", "twin-1", "twin-2", "Rich", *phone]


def test_settings_that_version_1_does_not_show_are_told_of(account: None, nexmo: Modules) -> None:
    (warning,) = nexmo.info(as_input=True).result["warnings"]

    assert "shows no webhooks of voice or messages: Phone" in str(warning)


def test_what_is_changed_in_an_item_changes_alone(
    account: None, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    (item,) = _adopted(nexmo, version, name="Mail")
    if version == "v1":
        item["status_url"] = f"{URL}/new"
    else:
        item["capabilities"]["messages"]["webhooks"]["status_url"]["address"] = f"{URL}/new"

    run = nexmo.applications(item, api_version=version)

    assert run["counts"] == {"update": 1, "failed": 0, "prune": 0}
    (mail,) = [stored for stored in simulator.applications() if stored["name"] == "Mail"]
    assert mail["capabilities"]["messages"]["webhooks"] == {
        "inbound_url": {"address": f"{URL}/inbound", "http_method": "POST"},
        "status_url": {"address": f"{URL}/new", "http_method": "POST"},
    }
