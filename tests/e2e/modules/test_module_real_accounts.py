# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What real accounts hold and answer, as it was recorded: each is left alone, and changed where a task says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, VOICE_OPTIONS, messages, voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key
from tests.simulator.client import Document, Simulator

EMPTY = {"address": "", "http_method": "GET"}


@pytest.fixture(params=["v1", "v2"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# --- keys in base64 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("list_shows_keys", [True, False])
def test_a_key_in_base64_counts_as_one_in_pem(
    list_shows_keys: bool, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    key = private_key()
    simulator.preload([voice("Shop", keys={"public_key": public_key(key)})])
    simulator.configure(v1_public_key="base64", list_shows_keys=list_shows_keys)
    key_path.write_text(key, encoding="utf-8")
    key_path.chmod(0o600)

    run = nexmo.application(name="Shop", private_key_path=str(key_path))

    assert (run["changed"], run["fingerprint"]) == (False, fingerprint(key))
    assert run["application"]["public_key"] == public_key(key)
    assert nexmo.info(name="Shop")["applications"][0]["public_key"] == public_key(key)
    assert simulator.writes() == []


def test_with_a_key_in_base64_another_key_is_a_lost_key(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop", keys={"public_key": public_key(private_key())})])
    simulator.configure(v1_public_key="base64")
    key_path.write_text(private_key(1), encoding="utf-8")

    run = nexmo.application(name="Shop", private_key_path=str(key_path))

    assert "lost_key" in run.message
    assert (simulator.writes(), key_path.read_text(encoding="utf-8")) == ([], private_key(1))


def test_a_key_that_another_application_shows_in_base64_is_not_replaced(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Other", keys={"public_key": public_key(private_key())})])
    simulator.configure(v1_public_key="base64")
    key_path.write_text(private_key(), encoding="utf-8")

    run = nexmo.application(name="Shop", private_key_path=str(key_path), **VOICE_OPTIONS)

    assert "the private key of another application, 'Other'" in run.message
    assert (simulator.writes(), key_path.read_text(encoding="utf-8")) == ([], private_key())


def test_a_key_that_cannot_be_read_is_not_taken_for_none(
    version: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", keys={"public_key": "PUBLIC_KEY"})])
    key_path.write_text(private_key(), encoding="utf-8")

    run = nexmo.application(name="Shop", private_key_path=str(key_path), api_version=version)
    without_key = nexmo.application(name="Shop", api_version=version)

    assert "public key that cannot be read" in run.message
    assert (without_key["changed"], without_key["fingerprint"]) == (False, None)
    assert simulator.writes() == []


# --- empty webhooks ---------------------------------------------------------------------------------------------------


@pytest.fixture
def with_empty_webhooks(simulator: Simulator) -> Document:
    """An application that is shown with webhooks that have no address."""
    simulator.configure(shows_empty_webhooks=True)
    (stored,) = simulator.preload([voice("Shop")])
    simulator.forget_requests()
    return stored


def test_an_empty_webhook_is_none_on_the_way_out(with_empty_webhooks: Document, nexmo: Modules) -> None:
    shown = nexmo.application(name="Shop", api_version="v2")["application"]

    assert set(shown["capabilities"]["voice"]["webhooks"]) == {"answer_url", "event_url"}
    assert "settings" not in shown


def test_an_account_with_empty_webhooks_is_input_that_changes_nothing(
    with_empty_webhooks: Document, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    items = nexmo.info(as_input=True, api_version=version)["applications"]

    run = nexmo.applications(*items, api_version=version)

    assert (run["changed"], simulator.writes()) == (False, [])


def test_a_change_elsewhere_sends_no_empty_webhook_and_is_no_other_change(
    with_empty_webhooks: Document, nexmo: Modules, simulator: Simulator
) -> None:
    options = {"name": "Shop", "event_url": f"{URL}/new", "api_version": "v2"}

    run = nexmo.application(diff=True, **options)
    again = nexmo.application(diff=True, **options)

    (write,) = simulator.writes()
    assert set(write["body"]["capabilities"]["voice"]["webhooks"]) == {"answer_url", "event_url"}
    assert "fallback_answer_url" not in str(run["diff"])
    assert "warnings" not in run
    assert again["changed"] is False


def test_a_method_for_an_empty_webhook_is_refused_as_for_one_that_is_not_there(
    version: str, nexmo: Modules, simulator: Simulator
) -> None:
    webhooks = {"event_url": {"address": f"{URL}/event"}, "answer_url": EMPTY}
    simulator.configure(shows_empty_webhooks=True)
    simulator.preload([{"name": "Shop", "capabilities": {"voice": {"webhooks": webhooks}}}])

    run = nexmo.application(name="Shop", answer_method="POST", api_version=version)

    assert run.message.startswith("answer_method: application 'Shop' has no such webhook yet; give its URL")
    assert simulator.writes() == []


# --- what "not there" means -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{"application_id": "shop"}, {"name": "Shop"}])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_invalid_api_key_is_no_absence(
    options: dict[str, Any], state: str, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.configure(invalid_key_is_404=True)
    simulator.preload([voice("Shop", id="shop")])

    run = nexmo.application(state=state, api_secret="wrong", api_version=version, **options)

    assert "Invalid API Key" in run.message
    assert "api_key and api_secret" in run.message
    assert "api_version" not in run.message
    assert simulator.writes() == []


def test_a_path_that_nobody_serves_is_no_absence(version: str, simulator: Simulator, home: Path) -> None:
    simulator.preload([voice("Shop", id="shop")])

    run = Modules(f"{simulator.url}/elsewhere", home).application(
        application_id="shop", state="absent", api_version=version
    )

    assert "404" in run.message
    assert len(simulator.applications()) == 1


FORMS: dict[str, Document] = {
    "title": {"title": "Not Found"},
    "old-form": {"type": "NOT_FOUND", "error_title": "Not Found"},
    "oldest-form": {"error-code": "404", "error-code-label": "not found"},
}


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("operation", ["read", "delete"])
def test_a_404_that_names_nothing_is_no_absence_of_what_is_listed(
    operation: str, body: Document, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop", id="shop")])
    simulator.fault(operation, "status_before", status=404, body=body, times=10)

    run = nexmo.application(application_id="shop", state="absent", api_version=version)

    assert "404" in run.message
    assert len(simulator.applications()) == 1


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_a_404_that_names_nothing_is_absence_where_the_account_has_it_not(
    body: Document, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Other")])
    simulator.fault("read", "status_before", status=404, body=body, times=10)

    run = nexmo.application(application_id="shop", state="absent", api_version=version)

    assert run["changed"] is False
    assert nexmo.info(application_id="shop", api_version=version)["applications"] == []


# --- the type rtc -----------------------------------------------------------------------------------------------------

RTC = {
    "answer_url": {"address": f"{URL}/answer", "http_method": "GET"},
    "event_url": {"address": f"{URL}/event", "http_method": "POST"},
}


@pytest.fixture
def phone(simulator: Simulator) -> Document:
    """An application of the type that version 1 had once."""
    simulator.configure(v1_knows_rtc=True)
    (stored,) = simulator.preload([{"name": "Phone", "id": "phone", "capabilities": {"rtc": {"webhooks": RTC}}}])
    simulator.forget_requests()
    return stored


def _rtc_of(simulator: Simulator) -> Document:
    (stored,) = simulator.applications()
    webhooks: Document = stored["capabilities"]["rtc"]["webhooks"]
    return webhooks


def test_rtc_is_left_alone_where_nothing_is_asked(
    phone: Document, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(name="Phone", api_version=version)

    assert (run["changed"], simulator.writes()) == (False, [])
    assert run["application"]["capabilities"]["rtc"]["webhooks"]["event_url"]["address"] == f"{URL}/event"


def test_rtc_is_renamed_by_version_1(phone: Document, nexmo: Modules, simulator: Simulator) -> None:
    options = {"application_id": "phone", "name": "Telephone"}

    run, again = nexmo.application(**options), nexmo.application(**options)

    assert (run["operation"], again["changed"]) == ("update", False)
    (stored,) = simulator.applications()
    assert (stored["name"], _rtc_of(simulator)) == ("Telephone", RTC)


def test_the_webhooks_of_rtc_are_changed_by_version_1(phone: Document, nexmo: Modules, simulator: Simulator) -> None:
    options = {"name": "Phone", "event_url": f"{URL}/new", "answer_url": ""}

    run, again = nexmo.application(**options), nexmo.application(**options)

    assert (run["operation"], again["changed"]) == ("update", False)
    assert _rtc_of(simulator) == {"event_url": {"address": f"{URL}/new", "http_method": "POST"}}


def test_rtc_is_deleted(phone: Document, version: str, nexmo: Modules, simulator: Simulator) -> None:
    assert nexmo.application(name="Phone", state="absent", api_version=version)["operation"] == "delete"
    assert simulator.applications() == []


@pytest.mark.parametrize("options", [VOICE_OPTIONS, MESSAGES_OPTIONS, {"inbound_url": URL}])
def test_a_refusal_says_that_it_is_rtc(
    options: dict[str, Any], phone: Document, nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(name="Phone", **options)

    assert "is of type rtc" in run.message
    assert simulator.writes() == []


# --- values that today's reference does not allow ---------------------------------------------------------------------

ODD: dict[str, Document] = {
    "short-timeout": {"voice": {"webhooks": {"answer_url": {"address": URL, "socket_timeout": 50}}}},
    "get-for-messages": {"messages": {"webhooks": {"inbound_url": {"address": URL, "http_method": "GET"}}}},
    "empty-redirect": {"network_apis": {"redirect_uri": "", "network_application_id": "x"}},
    "older-verify": {"verify": {"version": "v1"}},
    "unknown": {"meetings": {"a": [1]}, "bulk": {}, "voice": {"payments": {"x": 1}, "payment_enabled": False}},
}


@pytest.mark.parametrize("capabilities", ODD.values(), ids=ODD)
def test_odd_values_are_input_that_changes_nothing(
    capabilities: Document, version: str, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([messages("Mail"), {"name": "Odd", "capabilities": capabilities}])
    items = nexmo.info(as_input=True, api_version=version)["applications"]

    run = nexmo.applications(*items, api_version=version)

    assert (run["changed"], simulator.writes()) == (False, [])
    assert nexmo.application(name="Odd", api_version=version)["changed"] is False


@pytest.mark.parametrize("capabilities", ODD.values(), ids=ODD)
def test_odd_values_stay_beside_a_change(capabilities: Document, nexmo: Modules, simulator: Simulator) -> None:
    (before,) = simulator.preload([{"name": "Odd", "capabilities": capabilities}])
    (item,) = nexmo.info(as_input=True, api_version="v2")["applications"]

    run = nexmo.applications({**item, "improve_ai": False}, api_version="v2")

    (stored,) = simulator.applications()
    assert run["counts"]["update"] == 1
    assert stored == {**before, "privacy": {"improve_ai": False}}


def test_twins_that_are_selected_alone_are_found_by_their_ids(
    version: str, nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Twin", id="one"), messages("Twin", id="two")])

    for selection in ({"application_id": "one"}, {"type": "voice"}, {"name": "Twin", "type": "voice"}):
        (item,) = nexmo.info(as_input=True, api_version=version, **selection)["applications"]
        assert item["application_id"] == "one"
        assert nexmo.applications(item, api_version=version)["changed"] is False
