# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module returns is valid input again, and improve_ai."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import of_both_types, voice
from tests.e2e.modules_v2.capability_cases import CAPABILITIES, URL
from tests.e2e.modules_v2.life_cycle import assert_unchanged, performed
from tests.e2e.modules_v2.test_v2_unnamed_settings import GIVEN
from tests.simulator.client import Document, Simulator

EVERYTHING: Document = {"name": "Shop", "capabilities": {name: case.stored for name, case in CAPABILITIES.items()}}
SECRET_WEBHOOK = {"address": f"{URL}/archive", "secret": "kept in the service", "active": True}
RETURNED: dict[str, Document] = {
    "everything": EVERYTHING,
    "nothing": {"name": "Shop"},
    "unknown-settings": GIVEN,
    "defaults": {"name": "Shop", "capabilities": {name: {} for name in CAPABILITIES}},
    "no-webhooks": {"name": "Shop", "capabilities": {name: {"webhooks": {}} for name in ("voice", "video", "rtc")}},
    "secret": {"name": "Shop", "capabilities": {"video": {"webhooks": {"archive_status": SECRET_WEBHOOK}}}},
    "webhook-without-address": {
        "name": "Shop",
        "capabilities": {"video": {"webhooks": {"archive_status": {"active": False}}}},
    },
}


@pytest.mark.parametrize("given", RETURNED.values(), ids=RETURNED)
def test_returned_settings_are_accepted_and_change_nothing(
    given: Document, nexmo: Modules, simulator: Simulator
) -> None:
    stored = simulator.preload([given])
    shown = nexmo.application(name="Shop")["application"]

    run = nexmo.application(
        application_id=shown["id"],
        name=shown["name"],
        capabilities=shown["capabilities"],
        improve_ai=shown["improve_ai"],
        public_key=shown["public_key"],
    )

    assert_unchanged(run, simulator, stored)
    assert run["application"] == shown


def test_both_modules_return_an_application_in_one_form(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([EVERYTHING])

    assert nexmo.info()["applications"] == [nexmo.application(name="Shop")["application"]]


def test_returned_settings_make_the_same_application_elsewhere(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([EVERYTHING])
    shown = nexmo.application(name="Shop")["application"]

    copied = nexmo.application(
        name="Copy", capabilities=shown["capabilities"], improve_ai=shown["improve_ai"], no_log=True
    )["application"]

    assert (copied["capabilities"], copied["improve_ai"]) == (shown["capabilities"], shown["improve_ai"])


def test_improve_ai_is_set_when_the_application_is_created(nexmo: Modules, simulator: Simulator) -> None:
    done = performed(nexmo, simulator, name="Shop", improve_ai=False)

    (stored,) = simulator.applications()
    assert stored["privacy"] == {"improve_ai": False}
    assert done["application"]["improve_ai"] is False


@pytest.mark.parametrize("wanted", [True, False])
def test_improve_ai_is_changed(wanted: bool, nexmo: Modules, simulator: Simulator) -> None:
    (shop,) = simulator.preload([voice("Shop", privacy={"improve_ai": not wanted, "other": [1]})])

    done = performed(nexmo, simulator, name="Shop", improve_ai=wanted)

    assert simulator.applications() == [{**shop, "privacy": {"improve_ai": wanted, "other": [1]}}]
    assert done["application"]["improve_ai"] is wanted


def test_improve_ai_that_is_not_named_stays(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", privacy={"improve_ai": False})])

    performed(nexmo, simulator, name="Shop", event_url=f"{URL}/new")

    (stored,) = simulator.applications()
    assert stored["privacy"] == {"improve_ai": False}


def test_both_versions_return_an_application_in_one_form(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Calls"), of_both_types("Both")])

    forms = {
        version: [nexmo.application(api_version=version, name=name)["application"] for name in ("Calls", "Both")]
        for version in ("v1", "v2")
    }

    assert [without_what_version_1_lacks(shown) for shown in forms["v2"]] == forms["v1"]


def without_what_version_1_lacks(shown: dict[str, Any]) -> dict[str, Any]:
    """The webhooks' addresses and methods are all that version 1 shows of capabilities."""
    capabilities = {
        name: {
            "webhooks": {
                webhook: {member: settings[member] for member in ("address", "http_method")}
                for webhook, settings in capability["webhooks"].items()
            }
        }
        for name, capability in shown["capabilities"].items()
    }
    return {name: value for name, value in {**shown, "capabilities": capabilities}.items() if name != "improve_ai"}
