# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What no option names: kept, shown, changed and removed through the option settings."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules_v2.life_cycle import assert_refused, assert_unchanged, performed
from tests.simulator.client import Document, Simulator

URL = "https://example.com"
SECRET = "hidden-secret-1"

# As the clients of the service know it, and today's reference does not.
HELD: Document = {
    "name": "Shop",
    "vendor": {"x": [1, None]},
    "capabilities": {
        "meetings": {"a": 1, "b": {"c": True}},
        "bulk": {},
        "voice": {"payments": [{"id": "p1"}], "payment_enabled": True, "region": "eu-west"},
        "video": {"webhooks": {"new_event": {"address": f"{URL}/new", "secret": SECRET}}},
    },
}


@pytest.fixture
def held(simulator: Simulator) -> Document:
    (stored,) = simulator.preload([HELD])
    simulator.forget_requests()
    return stored


def test_it_is_shown_by_both_modules_without_secrets(held: Document, nexmo: Modules) -> None:
    shown = nexmo.application(name="Shop")["application"]

    video = {name: value for name, value in held["capabilities"]["video"].items() if name != "webhooks"}
    assert shown["capabilities"]["voice"]["region"] == "eu-west"
    assert shown["settings"] == {
        "vendor": {"x": [1, None]},
        "capabilities": {
            "meetings": {"a": 1, "b": {"c": True}},
            "bulk": {},
            "voice": {"payments": [{"id": "p1"}], "payment_enabled": True},
            "video": {**video, "webhooks": {"new_event": {"address": f"{URL}/new"}}},
        },
    }
    assert nexmo.info()["applications"] == [shown]


def test_what_is_shown_is_input_again_and_changes_nothing(held: Document, nexmo: Modules, simulator: Simulator) -> None:
    shown = nexmo.application(name="Shop")["application"]
    names = ("name", "capabilities", "improve_ai", "settings")

    run = nexmo.application(**{name: shown[name] for name in names})

    assert_unchanged(run, simulator, [held])


CHANGES: dict[str, tuple[Document, Document]] = {
    "a-capability": ({"meetings": {"a": 2, "new": [1]}}, {"meetings": {"a": 2, "b": {"c": True}, "new": [1]}}),
    "a-capability-that-is-removed": ({"meetings": None}, {"meetings": None}),
    "a-setting-of-a-capability": ({"meetings": {"b": {"c": None}}}, {"meetings": {"a": 1, "b": {}}}),
}


@pytest.mark.parametrize(("settings", "expected"), CHANGES.values(), ids=CHANGES)
def test_it_is_changed_and_removed_and_all_else_stays(
    settings: Document, expected: Document, held: Document, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.configure(unknown_members="taken")

    performed(nexmo, simulator, name="Shop", settings={"capabilities": settings})

    (stored,) = simulator.applications()
    capabilities = {**copy.deepcopy(held["capabilities"]), **expected}
    assert stored == {**held, "capabilities": {name: it for name, it in capabilities.items() if it is not None}}


def test_a_new_application_gets_it(nexmo: Modules, simulator: Simulator) -> None:
    simulator.configure(unknown_members="taken")

    done = performed(nexmo, simulator, name="Shop", settings={"capabilities": {"meetings": {"a": 1}}, "vendor": 1})

    (stored,) = simulator.applications()
    assert (stored["capabilities"], stored["vendor"]) == ({"meetings": {"a": 1}}, 1)
    assert done["application"]["settings"] == {"capabilities": {"meetings": {"a": 1}}, "vendor": 1}


def test_an_item_of_many_has_it_too(held: Document, nexmo: Modules, simulator: Simulator) -> None:
    item = {"name": "Shop", "settings": {"capabilities": {"meetings": {"a": 3}}}}

    run = nexmo.applications(item)
    again = nexmo.applications(item)

    (stored,) = simulator.applications()
    assert stored["capabilities"]["meetings"] == {"a": 3, "b": {"c": True}}
    assert run["applications"][0]["application"]["settings"]["capabilities"]["meetings"]["a"] == 3
    assert (run["changed"], again["changed"]) == (True, False)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"settings": {"keys": {}}}, ("settings.keys", "public_key")),
        ({"settings": {"id": "x"}}, ("settings.id", "application_id")),
        ({"settings": {"_links": {}}}, ("settings._links",)),
        ({"settings": {"name": "y"}}, ("settings.name",)),
        ({"settings": {"privacy": {"improve_ai": True}}, "improve_ai": True}, ("settings.privacy.improve_ai",)),
        (
            {"settings": {"capabilities": {"voice": None}}, "answer_url": URL},
            ("settings.capabilities.voice", "answer_url"),
        ),
        ({"settings": "text"}, ("settings",)),
        ({"settings": {}, "api_version": "v1"}, ("settings", "api_version: v2")),
    ],
)
def test_what_it_cannot_name_is_refused_before_any_request(
    options: dict[str, Any], parts: tuple[str, ...], nexmo: Modules, simulator: Simulator
) -> None:
    assert_refused(nexmo.application(name="Shop", **options), *parts)
    assert_refused(nexmo.applications({"name": "Shop", **_item(options)}, **_rest(options)), *parts)
    assert simulator.requests() == []


def _item(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "api_version"}


def _rest(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name == "api_version"}


def test_a_member_that_the_service_does_not_know_is_called_by_its_option(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop")])

    run = nexmo.application(name="Shop", settings={"capabilities": {"voice": {"regoin": "eu-west"}}})

    assert_refused(run, "400", "settings.capabilities.voice.regoin: is not a known json property", '"region"')


def test_a_member_that_blocks_every_update_is_named_and_can_be_removed(nexmo: Modules, simulator: Simulator) -> None:
    """What version 1 made, and version 2 shows and refuses."""
    webhooks = {"answer_url": {"address": f"{URL}/answer"}, "event_url": {"address": f"{URL}/event"}}
    simulator.preload([{"name": "Phone", "capabilities": {"rtc": {"webhooks": webhooks}}}])

    blocked = nexmo.application(name="Phone", improve_ai=False)
    removal = {"capabilities": {"rtc": {"webhooks": {"answer_url": None}}}}
    performed(nexmo, simulator, name="Phone", improve_ai=False, settings=removal)

    assert_refused(blocked, "answer_url", "settings: {capabilities: {rtc: {webhooks: {answer_url: null}}}}")
    (stored,) = simulator.applications()
    assert set(stored["capabilities"]["rtc"]["webhooks"]) == {"event_url"}
    assert stored["privacy"] == {"improve_ai": False}


@pytest.mark.parametrize("named", [{"answer_url": f"{URL}/new"}, {"improve_ai": False}], ids=["same name", "other"])
def test_a_member_that_blocks_every_update_is_not_taken_for_one_of_the_same_name(
    named: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    """The service names a member without its place."""
    webhooks = {"answer_url": {"address": f"{URL}/answer"}, "event_url": {"address": f"{URL}/event"}}
    capabilities = {"rtc": {"webhooks": webhooks}, **voice("Phone")["capabilities"]}
    simulator.preload([{"name": "Phone", "capabilities": capabilities}])

    blocked = nexmo.application(name="Phone", **named)

    assert_refused(
        blocked,
        "; capabilities.rtc.webhooks.answer_url: is not a known json property",
        "remove it with settings: {capabilities: {rtc: {webhooks: {answer_url: null}}}}",
    )


def test_all_capabilities_are_removed_once(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([HELD])

    performed(nexmo, simulator, name="Shop", settings={"capabilities": None})

    (stored,) = simulator.applications()
    assert (stored["capabilities"], stored["vendor"]) == ({}, HELD["vendor"])


SECRETS: dict[str, Document] = {
    "webhook": {"capabilities": {"video": {"webhooks": {"new_event": {"address": URL, "secret": SECRET}}}}},
    "list": {"vendor": [{"secret": SECRET}]},
    "url": {"vendor": {"url": f"https://user:{SECRET}@example.com/"}},
}


@pytest.mark.parametrize("settings", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("check", [True, False])
def test_a_secret_in_it_is_never_shown_and_is_sent(
    settings: Document, check: bool, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.configure(unknown_members="taken")
    simulator.preload([voice("Shop")])

    runs = [
        nexmo.application(name="Shop", settings=settings, check=check, diff=True),
        nexmo.applications({"name": "Shop", "settings": {**settings, "more": 1}}, check=check, diff=True),
        nexmo.application(name="Shop", settings={"keys": 1, **settings}),
        nexmo.info(),
    ]

    assert [run.output for run in runs if SECRET in run.output] == []
    assert (SECRET in str(simulator.applications())) is not check


SESSIONS = ("session_created", "session_destroyed", "session_notification")


@pytest.mark.parametrize("event", SESSIONS)
def test_the_events_of_video_sessions_are_options(event: str, nexmo: Modules, simulator: Simulator) -> None:
    webhook = {"address": f"{URL}/{event}", "active": True}

    done = performed(
        nexmo, simulator, name="Shop", capabilities={"video": {"webhooks": {event: {**webhook, "secret": SECRET}}}}
    )

    (stored,) = simulator.applications()
    assert stored["capabilities"]["video"]["webhooks"] == {event: {**webhook, "secret": SECRET}}
    assert done["application"]["capabilities"]["video"]["webhooks"] == {event: webhook}
    assert SECRET not in done.output
