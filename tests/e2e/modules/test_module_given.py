# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables that are null or empty: an option that holds nothing is one that is not given, where that is safe."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import URL, VOICE_OPTIONS, voice, webhooks_of
from tests.e2e.modules.module_runner import NULL
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}

# What changes nothing in the application as it is.
NOTHING: dict[str, dict[str, Any]] = {
    "state": {"state": NULL},
    "empty-state": {"state": ""},
    "type": {"type": NULL},
    "empty-method": {"answer_method": ""},
    "method": {"answer_method": NULL},
    "url": {"event_url": NULL},
    "keepers": {"private_key_path": NULL, "public_key": NULL, "held_keys": NULL},
    "one-keeper": {"private_key_path": NULL, "held_keys": []},
    "id": {"application_id": NULL},
    "id-by-its-other-name": {"app_id": NULL},
    "lost-key": {"lost_key": NULL},
    "recreate": {"recreate": ""},
    "capabilities": {"capabilities": NULL},
    "settings": {"settings": NULL},
    "file": {"owner": NULL, "group": NULL, "mode": NULL},
    "numbers": {"timeout": "", "deadline": NULL, "max_retries": "", "max_connections": " "},
    "tls": {"ca_path": "", "validate_certs": ""},
    "version": {"api_version": ""},
    "null-version": {"api_version": NULL},
    "text-for-a-number": {"timeout": "30", "max_retries": "2"},
}


@pytest.mark.parametrize("options", NOTHING.values(), ids=NOTHING)
def test_what_holds_nothing_is_not_given(options: dict[str, Any], nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    # With a keeper there would have to be a key.
    asked = {"name": "Shop"} if "held_keys" in options else SHOP
    run = nexmo.application(**{**asked, "lost_key": "fail", **options, "held_keys": None})

    assert (run["changed"], run["operation"]) == (False, "none")
    assert simulator.writes() == []


@pytest.mark.parametrize("options", NOTHING.values(), ids=NOTHING)
def test_what_holds_nothing_is_not_given_in_a_list_either(
    options: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")])
    connection = {"timeout", "deadline", "max_retries", "max_connections", "ca_path", "validate_certs", "api_version"}
    of_a_file = {"owner", "group", "mode"}
    item = {name: None if value is NULL else value for name, value in options.items()}
    item = {name: value for name, value in item.items() if name not in connection | of_a_file | {"held_keys"}}

    run = nexmo.applications({**SHOP, **item}, **{name: options[name] for name in connection & set(options)})

    assert run["counts"] == {"none": 1, "failed": 0, "prune": 0}
    assert simulator.writes() == []


def test_an_empty_url_of_the_api_is_not_given(nexmo: Modules, simulator: Simulator) -> None:
    for nothing in ("", " ", NULL):
        run = nexmo.info(api_url=nothing, env={"NEXMO_API_URL": simulator.url})

        assert run["applications"] == []
    assert len(simulator.requests()) == 3


def test_an_empty_variable_of_the_environment_is_not_given(nexmo: Modules) -> None:
    run = nexmo.info(env={"NEXMO_API_VERSION": " ", "REQUESTS_CA_BUNDLE": "", "HTTP_PROXY": ""})

    assert run["applications"] == []


def test_null_at_any_depth_is_not_given(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])
    nothing = {
        "voice": {"state": None, "region": None, "webhooks": {"answer_url": {"address": None}, "event_url": None}},
        "messages": None,
    }

    run = nexmo.application(name="Shop", api_version="v2", capabilities=nothing)

    assert run["changed"] is False
    assert simulator.writes() == []


def test_an_empty_name_beside_an_id_renames_nothing(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", id="shop")])

    run = nexmo.application(name="", application_id="shop", answer_method="POST")

    assert run["operation"] == "update"
    assert [each["name"] for each in simulator.applications()] == ["Shop"]


def test_an_empty_url_of_a_webhook_still_removes_it(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    nexmo.application(name="Shop", api_version="v2", answer_url="")

    assert webhooks_of(simulator.applications()[0]) == {"event_url": (f"{URL}/event", "POST")}


@pytest.mark.parametrize("application_id", [" shop", "shop\n", "\tshop", "shop "])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_blanks_around_an_id_are_seen(application_id: str, state: str, nexmo: Modules, simulator: Simulator) -> None:
    given = simulator.preload([voice("Shop", id="shop")])

    run = nexmo.application(application_id=application_id, state=state)

    assert run.message.startswith(f"application_id: {application_id!r} ")
    assert simulator.applications() == given
    assert simulator.requests() == []


def test_blanks_around_a_name_are_seen(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    run = nexmo.application(name="Shop ", event_url=f"{URL}/event")

    assert "'Shop '" in run.message
    assert simulator.writes() == []
