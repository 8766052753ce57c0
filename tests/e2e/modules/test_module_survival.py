# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task does not name stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import (
    MESSAGES_OPTIONS,
    URL,
    messages,
    of_both_types,
    voice,
    webhook,
    webhooks_of,
)
from tests.e2e.modules.unfinished import is_unfinished
from tests.simulator.client import Document, Simulator

NOTE = {"team": "billing", "tags": ["a", None, 1.5, {"deep": [True]}]}

SURVIVALS: dict[str, tuple[Document, dict[str, Any], dict[str, Any]]] = {
    "webhook-and-methods": (voice("Shop"), {"event_url": f"{URL}/new"}, {"event_url": (f"{URL}/new", "POST")}),
    "url-when-the-method-changes": (
        voice("Shop"),
        {"answer_method": "POST"},
        {"answer_url": (f"{URL}/answer", "POST")},
    ),
    "messages": (messages("Shop"), {"status_url": f"{URL}/new"}, {"status_url": (f"{URL}/new", "POST")}),
    "other-type": (of_both_types("Shop"), {"inbound_url": f"{URL}/new"}, {"inbound_url": (f"{URL}/new", "POST")}),
}


@pytest.mark.parametrize(("given", "options", "changes"), SURVIVALS.values(), ids=SURVIVALS)
def test_webhooks_that_are_not_named_survive_an_update(
    given: Document, options: dict[str, Any], changes: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    before = webhooks_of(given)
    simulator.preload([given])

    run = nexmo.application(name="Shop", **options)

    assert run["operation"] == "update"
    assert webhooks_of(simulator.applications()[0]) == {**before, **changes}


def test_what_the_collection_has_never_heard_of_survives_an_update(nexmo: Modules, simulator: Simulator) -> None:
    given = voice("Shop", x_note=NOTE, x_empty="")
    given["capabilities"]["voice"]["webhooks"]["recording_url"] = webhook("recording", "POST")
    given["capabilities"]["voice"]["webhooks"]["fallback_answer_url"] = webhook("fallback", "GET")
    simulator.preload([given])

    run = nexmo.application(name="Shop", event_url=f"{URL}/new", diff=True)

    assert run["operation"] == "update"
    (stored,) = simulator.applications()
    assert (stored["x_note"], stored["x_empty"]) == (NOTE, "")
    assert webhooks_of(stored) == {**webhooks_of(given), "event_url": (f"{URL}/new", "POST")}
    assert run["diff"]["before"]["x_note"] == run["diff"]["after"]["x_note"] == NOTE


def test_a_rename_keeps_everything_but_the_name(nexmo: Modules, simulator: Simulator) -> None:
    (before,) = simulator.preload([voice("Shop", x_note=NOTE)])

    run = nexmo.application(application_id=before["id"], name="Store")

    (stored,) = simulator.applications()
    assert run["application"]["name"] == "Store"
    assert (stored["id"], stored["keys"], stored["x_note"]) == (before["id"], before["keys"], NOTE)
    assert webhooks_of(stored) == webhooks_of(before)


def test_a_lost_key_brings_an_application_with_the_same_settings(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    (before,) = simulator.preload([{**of_both_types("Shop"), "x_note": NOTE}])

    run = nexmo.application(name="Shop", private_key_path=str(key_path), lost_key="recreate")

    (stored,) = simulator.applications()
    assert run["operation"] == "recreate"
    assert stored["id"] != before["id"]
    assert (stored["keys"], stored["x_note"]) == ({"public_key": run["application"]["public_key"]}, NOTE)
    assert webhooks_of(stored) == webhooks_of(before)


def test_a_recreation_of_another_type_leaves_the_webhooks_of_the_old_one_behind(
    nexmo: Modules, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop", x_note=NOTE)])

    run = nexmo.application(name="Shop", recreate=True, no_log=True, **MESSAGES_OPTIONS)

    (stored,) = simulator.applications()
    assert (run["operation"], run["application"]["type"]) == ("recreate", "messages")
    assert webhooks_of(stored) == webhooks_of(messages("Shop"))
    assert stored["x_note"] == NOTE


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"event_url": f"{URL}/new"}, "voice"),
        ({"status_method": "GET"}, "messages"),
        ({"event_url": f"{URL}/new", "status_url": f"{URL}/new"}, "voice"),
        ({"name": "Store"}, "voice"),
        ({"name": "Store", "type": "messages"}, "messages"),
    ],
)
def test_the_options_decide_the_type_of_an_application_with_webhooks_of_both(
    options: dict[str, Any], sent: str, nexmo: Modules, simulator: Simulator
) -> None:
    (before,) = simulator.preload([of_both_types("Shop")])

    run = nexmo.application(application_id=before["id"], **options)

    (update,) = simulator.writes()
    assert (update["operation"], update["body"]["type"], update["status"]) == ("update", sent, 200)
    assert run["application"]["type"] is None
    assert webhooks_of(simulator.applications()[0]).keys() == webhooks_of(before).keys()


def test_the_default_methods_are_sent_with_a_creation(nexmo: Modules, simulator: Simulator) -> None:
    nexmo.application(name="Shop", no_log=True, **MESSAGES_OPTIONS)

    create, update = [request["body"] for request in simulator.writes()]
    assert is_unfinished(create["name"], "Shop")
    assert update["name"] == "Shop"
    for body in (create, update):
        assert {**body, "name": "Shop"} == {
            "name": "Shop",
            **MESSAGES_OPTIONS,
            "inbound_method": "POST",
            "status_method": "POST",
        }


def test_a_case_that_differs_makes_another_name(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("shop"), voice(" Shop"), voice("Shop ")])

    run = nexmo.application(name="Shop", type="voice", event_url=f"{URL}/event", no_log=True)

    assert run["operation"] == "create"
    assert [application["name"] for application in simulator.applications()] == ["shop", " Shop", "Shop ", "Shop"]
