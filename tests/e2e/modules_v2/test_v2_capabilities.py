# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every capability from creation to removal, each step foretold in check mode, done, and not done twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules_v2.capability_cases import (
    CAPABILITIES,
    URL,
    application,
    each_change,
    each_unset,
    each_webhook,
)
from tests.e2e.modules_v2.life_cycle import assert_unchanged, nested, performed, replaced, without
from tests.simulator.client import Document, Simulator

OTHER = {"id": "other", "name": "Other", "capabilities": {"voice": {"region": "na-west"}, "vbc": {}}}
ALL = pytest.mark.parametrize("capability", CAPABILITIES)


@ALL
def test_an_application_is_created_with_a_capability(capability: str, nexmo: Modules, simulator: Simulator) -> None:
    (other,) = simulator.preload([OTHER])
    case = CAPABILITIES[capability]

    done = performed(nexmo, simulator, name="Shop", capabilities={capability: case.options})

    stored = the_shop(simulator, other)
    assert known(capability, stored["capabilities"]) == {capability: case.stored}
    assert (done["operation"], done["application"]["id"]) == ("create", stored["id"])
    assert done["application"]["type"] == (capability if capability in ("voice", "messages") else None)
    shown = done["application"]["capabilities"][capability]
    assert shown.items() <= case.stored.items()
    assert case.options.keys() <= shown.keys()


@ALL
def test_an_empty_dictionary_enables_a_capability(capability: str, nexmo: Modules, simulator: Simulator) -> None:
    given = {"id": "shop", "name": "Shop", "capabilities": {"telepathy": {"range": 1}}}
    shop, other = simulator.preload([given, OTHER])

    done = performed(nexmo, simulator, name="Shop", capabilities={capability: {}})

    stored = the_shop(simulator, other)
    expected = {**shop["capabilities"], capability: CAPABILITIES[capability].enabled}
    assert known(capability, stored["capabilities"]) == expected
    assert done["operation"] == "update"


def test_empty_dictionaries_change_nothing_in_enabled_capabilities(nexmo: Modules, simulator: Simulator) -> None:
    given = {name: case.stored for name, case in CAPABILITIES.items()}
    stored = simulator.preload([{"name": "Shop", "capabilities": given}, OTHER])

    run = nexmo.application(diff=True, name="Shop", capabilities={name: {} for name in CAPABILITIES})

    assert_unchanged(run, simulator, stored)


@pytest.mark.parametrize(("capability", "setting", "value"), each_change())
def test_one_setting_is_changed_and_no_other(
    capability: str, setting: str, value: Any, nexmo: Modules, simulator: Simulator
) -> None:
    shop, other = simulator.preload([application(capability, CAPABILITIES[capability].stored), OTHER])
    path = setting.split(".")

    done = performed(nexmo, simulator, name="Shop", capabilities={capability: nested(path, value)})

    assert the_shop(simulator, other) == replaced(shop, ["capabilities", capability, *path], value)
    assert done["operation"] == "update"


@pytest.mark.parametrize(("capability", "setting"), each_unset())
def test_one_setting_is_unset_and_stays_so(capability: str, setting: str, nexmo: Modules, simulator: Simulator) -> None:
    case = CAPABILITIES[capability]
    shop, other = simulator.preload([application(capability, {**case.stored, **case.unset_from}), OTHER])
    path = ["capabilities", capability, setting]

    done = performed(nexmo, simulator, name="Shop", capabilities={capability: {"unset": [setting]}})

    default = case.unset[setting]
    expected = without(shop, path) if default is None else replaced(shop, path, default)
    assert the_shop(simulator, other) == expected
    assert done["application"]["capabilities"][capability].get(setting) == default


def test_settings_that_are_not_there_are_not_unset(nexmo: Modules, simulator: Simulator) -> None:
    """Nor are those that the service filled in by itself."""
    given: Document = {name: {} for name in CAPABILITIES}
    stored = simulator.preload([{"name": "Shop", "capabilities": given}, OTHER])
    wish = {name: {"unset": list(case.unset)} for name, case in CAPABILITIES.items() if case.unset}
    wish["voice"]["unset"] += ["conversations_ttl", "leg_persistence_time"]

    run = nexmo.application(diff=True, name="Shop", capabilities=wish)

    assert_unchanged(run, simulator, stored)


@pytest.mark.parametrize(("capability", "webhook"), each_webhook())
def test_an_empty_address_removes_a_webhook(
    capability: str, webhook: str, nexmo: Modules, simulator: Simulator
) -> None:
    shop, other = simulator.preload([application(capability, CAPABILITIES[capability].stored), OTHER])
    wish = {capability: {"webhooks": {webhook: {"address": ""}}}}

    performed(nexmo, simulator, name="Shop", capabilities=wish)

    assert the_shop(simulator, other) == without(shop, ["capabilities", capability, "webhooks", webhook])


@ALL
def test_a_capability_is_removed(capability: str, nexmo: Modules, simulator: Simulator) -> None:
    shop, other = simulator.preload([application(capability, CAPABILITIES[capability].stored), OTHER])

    done = performed(nexmo, simulator, name="Shop", capabilities={capability: {"state": "absent"}})

    assert the_shop(simulator, other) == without(shop, ["capabilities", capability])
    assert capability not in done["application"]["capabilities"]


def test_all_capabilities_are_managed_in_one_task(nexmo: Modules, simulator: Simulator) -> None:
    wish = {name: case.options for name, case in CAPABILITIES.items()}

    performed(nexmo, simulator, name="Shop", capabilities=wish)

    (stored,) = simulator.applications()
    capabilities = known("video", stored["capabilities"])
    assert capabilities == {name: case.stored for name, case in CAPABILITIES.items()}


def test_several_changes_take_one_write(nexmo: Modules, simulator: Simulator) -> None:
    given = {name: case.stored for name, case in CAPABILITIES.items()}
    (shop,) = simulator.preload([{"id": "shop", "name": "Shop", "capabilities": given}])

    performed(
        nexmo,
        simulator,
        name="Shop",
        improve_ai=False,
        capabilities={
            "voice": {"unset": ["region", "conversations_ttl"], "webhooks": {"event_url": {"connect_timeout": 400}}},
            "messages": {"state": "absent"},
            "rtc": {"webhooks": {"event_url": {"address": ""}}, "leg_persistence_time": 3},
            "network_apis": {"unset": ["redirect_uri"]},
        },
    )

    capabilities = without(shop["capabilities"], ["messages"])
    capabilities = without(capabilities, ["voice", "region"])
    capabilities = replaced(capabilities, ["voice", "conversations_ttl"], 48)
    capabilities = replaced(capabilities, ["voice", "webhooks", "event_url", "connect_timeout"], 400)
    capabilities = without(capabilities, ["rtc", "webhooks", "event_url"])
    capabilities = replaced(capabilities, ["rtc", "leg_persistence_time"], 3)
    capabilities = without(capabilities, ["network_apis", "redirect_uri"])
    assert simulator.applications() == [{**shop, "capabilities": capabilities, "privacy": {"improve_ai": False}}]


NAMED_BY_REMOVALS_ALONE = {
    "unset": {"capabilities": {"voice": {"unset": ["region"]}}},
    "empty-address": {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": ""}}}}},
    "type-and-an-empty-flat-option": {"type": "voice", "answer_url": ""},
}


@pytest.mark.parametrize("options", NAMED_BY_REMOVALS_ALONE.values(), ids=NAMED_BY_REMOVALS_ALONE)
def test_a_capability_that_is_named_is_enabled_even_if_the_task_only_removes(
    options: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([{"id": "shop", "name": "Shop", "capabilities": {"vbc": {}}}])

    performed(nexmo, simulator, name="Shop", **options)

    (stored,) = simulator.applications()
    assert set(stored["capabilities"]) == {"vbc", "voice"}


def test_removing_what_is_not_there_changes_nothing(nexmo: Modules, simulator: Simulator) -> None:
    stored = simulator.preload([application("voice", {})])

    run = nexmo.application(
        name="Shop",
        capabilities={
            "voice": {"webhooks": {"answer_url": {"address": ""}}},
            "video": {"state": "absent"},
            "vbc": {"state": "absent"},
        },
    )

    assert_unchanged(run, simulator, stored)


def test_a_type_enables_its_capability_beside_the_other(nexmo: Modules, simulator: Simulator) -> None:
    (shop,) = simulator.preload([application("voice", CAPABILITIES["voice"].stored)])

    done = performed(nexmo, simulator, name="Shop", type="messages", inbound_url=f"{URL}/inbound")

    messages = {"webhooks": {"inbound_url": {"address": f"{URL}/inbound", "http_method": "POST"}}, "version": "v1"}
    assert simulator.applications() == [replaced(shop, ["capabilities", "messages"], messages)]
    assert (done["operation"], done["application"]["type"]) == ("update", None)


@pytest.mark.parametrize("by", [{"name": "Shop"}, {"application_id": "shop"}], ids=["by-name", "by-id"])
def test_an_application_is_deleted(by: dict[str, str], nexmo: Modules, simulator: Simulator) -> None:
    _shop, other = simulator.preload([application("voice", {}), OTHER])

    done = performed(nexmo, simulator, state="absent", **by)

    assert simulator.applications() == [other]
    assert (done["operation"], done["application"]) == ("delete", None)


def test_an_application_is_renamed_and_changed_by_its_id(nexmo: Modules, simulator: Simulator) -> None:
    shop, other = simulator.preload([application("voice", CAPABILITIES["voice"].stored), OTHER])

    performed(nexmo, simulator, application_id="shop", name="Store", capabilities={"voice": {"region": "na-east"}})

    expected = replaced({**shop, "name": "Store"}, ["capabilities", "voice", "region"], "na-east")
    assert simulator.applications() == [expected, other]


def the_shop(simulator: Simulator, *others: Document) -> Document:
    """The application called Shop; the others have to be as they were."""
    (shop,) = (stored for stored in simulator.applications() if stored["name"] == "Shop")
    assert [stored for stored in simulator.applications() if stored["id"] != shop["id"]] == list(others)
    return shop


def known(capability: str, capabilities: Document) -> Document:
    """With "made up" in place of what the service made up."""
    for name in CAPABILITIES[capability].made_up:
        assert capabilities[capability][name]
        capabilities = replaced(capabilities, [capability, name], "made up")
    return capabilities
