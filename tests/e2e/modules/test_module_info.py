# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_application_info: what it selects and how it shows it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import messages, of_both_types, voice
from tests.simulator.client import Simulator

SELECTIONS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "all": ({}, ["calls", "mail", "both", "twin-1", "twin-2"]),
    "name": ({"name": "Calls"}, ["calls"]),
    "name-of-several": ({"name": "Twin"}, ["twin-1", "twin-2"]),
    "name-in-another-case": ({"name": "calls"}, []),
    "id": ({"application_id": "both"}, ["both"]),
    "alias-of-the-id": ({"app_id": "both"}, ["both"]),
    "id-that-does-not-exist": ({"application_id": "nothing"}, []),
    "id-and-name": ({"application_id": "both", "name": "Both"}, ["both"]),
    "id-and-another-name": ({"application_id": "both", "name": "Calls"}, []),
    "voice": ({"type": "voice"}, ["calls", "both", "twin-1"]),
    "messages": ({"type": "messages"}, ["mail", "both", "twin-2"]),
    "name-and-type": ({"name": "Twin", "type": "messages"}, ["twin-2"]),
    "id-and-another-type": ({"application_id": "calls", "type": "messages"}, []),
}


@pytest.mark.parametrize(("options", "expected"), SELECTIONS.values(), ids=SELECTIONS)
def test_applications_are_selected(
    options: dict[str, Any], expected: list[str], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload(
        [
            voice("Calls", id="calls"),
            messages("Mail", id="mail"),
            {**of_both_types("Both"), "id": "both"},
            voice("Twin", id="twin-1"),
            messages("Twin", id="twin-2"),
        ]
    )

    run = nexmo.info(**options)

    assert run["changed"] is False
    assert [application["id"] for application in run["applications"]] == expected


def test_an_empty_account_is_an_empty_list(nexmo: Modules) -> None:
    run = nexmo.info(check=True)

    assert run["applications"] == []


def test_an_application_is_shown_in_the_form_that_nexmo_application_returns(
    nexmo: Modules, simulator: Simulator
) -> None:
    (stored,) = simulator.preload([{**of_both_types("Shop"), "id": "shop"}])

    by_name = nexmo.info(name="Shop")["applications"]
    by_id = nexmo.info(application_id="shop")["applications"]
    managed = nexmo.application(name="Shop")["application"]

    assert by_name == by_id == [managed]
    assert managed == {
        "id": "shop",
        "name": "Shop",
        "type": None,
        "public_key": stored["keys"]["public_key"],
        "capabilities": of_both_types("Shop")["capabilities"],
    }
