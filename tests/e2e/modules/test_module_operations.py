# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every operation of nexmo_application: foretold in check mode, done, and not done twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, VOICE_OPTIONS, messages, of_both_types, voice, webhook
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.unfinished import unfinished_in
from tests.simulator.client import Document, Simulator


@dataclass(frozen=True)
class Case:
    """A task on an account that holds ``given``, and what comes of it.

    ``written`` are the API's operations that it takes. Where ``again`` is set, these options replace those of the
    task when it is run for the second time.
    """

    operation: str
    options: dict[str, Any]
    given: list[Document]
    written: list[str]
    again: dict[str, Any] = field(default_factory=dict)


def voice_with(**webhooks: dict[str, str]) -> Document:
    """A voice application called Shop."""
    return {"id": "shop", "name": "Shop", "capabilities": {"voice": {"webhooks": webhooks}}}


# Under an unfinished name first; the old application goes when the new one is there.
MADE = ["create", "update"]
MADE_ANEW = ["create", "delete", "update"]

SHOP = voice("Shop", id="shop")
BY_ID = {"application_id": "shop"}
BY_NAME = {"name": "Shop"}

CREATIONS = {
    "voice": Case("create", {**BY_NAME, **VOICE_OPTIONS}, [], MADE),
    "messages": Case("create", {**BY_NAME, **MESSAGES_OPTIONS}, [], MADE),
    "voice-for-outbound-calls-only": Case(
        "create", {**BY_NAME, "type": "voice", "event_url": f"{URL}/event"}, [], MADE
    ),
    "methods-of-its-own": Case(
        "create",
        {**BY_NAME, **VOICE_OPTIONS, "answer_method": "POST", "event_method": "GET"},
        [voice("shop"), voice("Shop 2")],
        MADE,
    ),
    "name-of-many-scripts": Case("create", {"name": "Ladën ☎ / ?&=%+ #1", **VOICE_OPTIONS}, [], MADE),
}
UPDATES = {
    "one-webhook": Case("update", {**BY_NAME, "event_url": f"{URL}/new"}, [SHOP], ["update"]),
    "one-method": Case("update", {**BY_NAME, "answer_method": "POST"}, [SHOP], ["update"]),
    "a-webhook-that-was-not-there": Case(
        "update",
        {**BY_NAME, "answer_url": f"{URL}/answer"},
        [voice_with(event_url=webhook("event", "POST"))],
        ["update"],
    ),
    "a-webhook-less": Case("update", {**BY_NAME, "answer_url": ""}, [SHOP], ["update"]),
    "messages": Case(
        "update",
        {**BY_NAME, "inbound_url": f"{URL}/new", "status_method": "GET"},
        [messages("Shop", id="shop")],
        ["update"],
    ),
    "by-id": Case("update", {**BY_ID, "event_url": f"{URL}/new"}, [SHOP], ["update"]),
    "rename": Case("update", {**BY_ID, "name": "Store"}, [SHOP, voice("Other")], ["update"]),
    "rename-and-more": Case("update", {**BY_ID, "name": "Store", "event_url": f"{URL}/new"}, [SHOP], ["update"]),
    "one-type-of-both": Case(
        "update", {**BY_NAME, "status_url": f"{URL}/new"}, [{**of_both_types("Shop"), "id": "shop"}], ["update"]
    ),
}
REPLACEMENTS = {
    "other-type": Case("recreate", {**BY_NAME, **MESSAGES_OPTIONS, "recreate": True}, [SHOP], MADE_ANEW),
    "other-type-by-id": Case(
        "recreate",
        {**BY_ID, **MESSAGES_OPTIONS, "recreate": True},
        [SHOP],
        MADE_ANEW,
        again={"application_id": None, **BY_NAME},
    ),
}
DELETIONS = {
    "by-name": Case("delete", {**BY_NAME, "state": "absent"}, [SHOP, voice("Other")], ["delete"]),
    "by-id": Case("delete", {**BY_ID, "state": "absent"}, [SHOP, voice("Other")], ["delete"]),
    "whatever-else-the-task-says": Case(
        "delete", {**BY_NAME, **MESSAGES_OPTIONS, "state": "absent"}, [SHOP], ["delete"]
    ),
}

ALL = {
    f"{case.operation}-{name}": case
    for cases in (CREATIONS, UPDATES, REPLACEMENTS, DELETIONS)
    for name, case in cases.items()
}


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_check_mode_foretells_the_run_and_a_second_run_changes_nothing(
    case: Case, nexmo: Modules, simulator: Simulator
) -> None:
    given = simulator.preload(case.given)

    foretold = nexmo.application(check=True, diff=True, **case.options)
    untouched = simulator.applications()
    written_in_check_mode = simulator.writes()
    done = nexmo.application(diff=True, **case.options)
    written = simulator.writes()
    result = simulator.applications()
    simulator.forget_requests()
    again = nexmo.application(diff=True, **{**case.options, **case.again})

    assert (untouched, written_in_check_mode) == (given, [])
    assert [request["operation"] for request in written] == case.written
    assert {request["status"] for request in written} <= {200, 201, 204}
    assert unfinished_in(result) == []
    assert done["operation"] == case.operation
    assert_foretold(foretold, done)
    assert_second_run(again, done)
    assert (simulator.applications(), simulator.writes()) == (result, [])


def assert_foretold(foretold: ModuleRun, done: ModuleRun) -> None:
    """Check mode says what the run says, but for what the service alone can know."""
    application = done["application"]
    if done["operation"] in ("create", "recreate"):
        application = {**application, "id": None, "public_key": None}
        assert foretold["fingerprint"] is None
    else:
        assert foretold["fingerprint"] == done["fingerprint"]
    assert foretold["application"] == application
    for name in ("changed", "operation", "diff"):
        assert foretold[name] == done[name]
    assert "private_key" not in foretold


def assert_second_run(again: ModuleRun, done: ModuleRun) -> None:
    """Nothing changed, and what was there is there."""
    assert done["changed"] is True
    assert (again["changed"], again["operation"]) == (False, "none")
    assert again["application"] == done["application"]
    assert done["fingerprint"] is not None
    assert again["fingerprint"] == (None if done["operation"] == "delete" else done["fingerprint"])
    assert (done["finished"], again["finished"]) == (True, True)
    assert again["diff"]["before"] == again["diff"]["after"]
    assert "private_key" not in again
