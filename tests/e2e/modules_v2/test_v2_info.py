# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_application_info under version 2."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import messages, of_both_types, voice
from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules_v2.life_cycle import assert_refused
from tests.simulator.client import Document, Simulator

ACCOUNT: list[Document] = [
    voice("Calls"),
    messages("Texts"),
    of_both_types("Both"),
    {"name": "Neither", "capabilities": {}},
    {
        "name": "Everything",
        "capabilities": {
            name: {} for name in ("voice", "messages", "rtc", "vbc", "verify", "video", "network_apis", "telepathy")
        },
    },
]


def names(run: ModuleRun) -> list[str]:
    """Of the applications, in the order in which they came."""
    return [application["name"] for application in run["applications"]]


def test_all_applications_of_several_pages_come_back_in_order(nexmo: Modules, simulator: Simulator) -> None:
    stored = simulator.preload_count(230)

    run = nexmo.info()

    assert [application["id"] for application in run["applications"]] == [application["id"] for application in stored]
    assert run["changed"] is False
    assert {request["operation"] for request in simulator.requests()} == {"list"}
    assert {request["query"]["page"] for request in simulator.requests()} == {"1", "2", "3"}
    assert {request["query"]["page_size"] for request in simulator.requests()} == {"100"}


def test_an_empty_account_is_an_empty_list(nexmo: Modules, simulator: Simulator) -> None:
    assert nexmo.info()["applications"] == []
    assert len(simulator.requests()) == 1


def test_an_application_is_shown_whole(nexmo: Modules, simulator: Simulator) -> None:
    key = public_key(private_key())
    (stored,) = simulator.preload([voice("Calls", keys={"public_key": key}, privacy={"improve_ai": False}, new=1)])

    run = nexmo.info()

    assert run["applications"] == [
        {
            "id": stored["id"],
            "name": "Calls",
            "type": "voice",
            "public_key": key,
            "capabilities": stored["capabilities"],
            "improve_ai": False,
            "settings": {"new": 1},
        }
    ]


def test_applications_are_selected_by_name(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="one"), voice("shop"), messages("Shop", id="two"), voice("Shop 2")])

    run = nexmo.info(name="Shop")

    assert [application["id"] for application in run["applications"]] == ["one", "two"]
    assert [request["operation"] for request in simulator.requests()] == ["list"]


def test_an_application_is_selected_by_id_with_one_request(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop"), voice("Other")])

    run = nexmo.info(application_id="shop")

    assert names(run) == ["Shop"]
    assert [request["operation"] for request in simulator.requests()] == ["read"]


@pytest.mark.parametrize(
    "selection",
    [
        {"application_id": "missing"},
        {"name": "Missing"},
        {"application_id": "shop", "name": "Other"},
        {"application_id": "shop", "type": "messages"},
        {"name": "Shop", "capabilities": ["voice", "vbc"]},
    ],
    ids=["id", "name", "id-and-name", "id-and-type", "name-and-capabilities"],
)
def test_nothing_that_fits_is_an_empty_list(selection: dict[str, Any], nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop")])

    assert nexmo.info(**selection)["applications"] == []


SELECTIONS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "type-voice": ({"type": "voice"}, ["Calls", "Both", "Everything"]),
    "type-messages": ({"type": "messages"}, ["Texts", "Both", "Everything"]),
    "one": ({"capabilities": ["voice"]}, ["Calls", "Both", "Everything"]),
    "two": ({"capabilities": ["voice", "messages"]}, ["Both", "Everything"]),
    "the-same-twice": ({"capabilities": ["messages", "messages"]}, ["Texts", "Both", "Everything"]),
    "all": (
        {"capabilities": ["network_apis", "video", "verify", "vbc", "rtc", "messages", "voice"]},
        ["Everything"],
    ),
    "none": ({"capabilities": []}, ["Calls", "Texts", "Both", "Neither", "Everything"]),
    "type-and-capability": ({"type": "voice", "capabilities": ["messages"]}, ["Both", "Everything"]),
    "name-and-capability": ({"name": "Both", "capabilities": ["messages"]}, ["Both"]),
}


@pytest.mark.parametrize(("selection", "expected"), SELECTIONS.values(), ids=SELECTIONS)
def test_applications_are_selected_by_what_is_enabled_in_them(
    selection: dict[str, Any], expected: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload(ACCOUNT)

    assert names(nexmo.info(**selection)) == expected


def test_selecting_by_capability_needs_version_2(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.info(api_version="v1", capabilities=["voice"])

    assert_refused(run, "capabilities", "api_version: v2")
    assert simulator.requests() == []


def test_a_capability_that_does_not_exist_is_refused(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.info(capabilities=["voice", "telepathy"])

    assert_refused(run, "capabilities", "telepathy", "network_apis")
    assert simulator.requests() == []


def test_check_mode_shows_the_same(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload(ACCOUNT)

    assert nexmo.info(check=True)["applications"] == nexmo.info()["applications"]
