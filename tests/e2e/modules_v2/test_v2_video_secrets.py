# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets of video webhooks: set, changed, kept, and shown nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.modules.conftest import API_KEY, Modules
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.relay import Exchange, Relay, Reply, answers
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.modules_v2.life_cycle import assert_refused, assert_unchanged, performed, replaced
from tests.simulator.client import Document, Simulator

SECRET = "s3cret/é+&=% of-a-webhook"
NEW_SECRET = "n3w-ü<'\"> webhook secret"
STORED_SECRET = "read-bäck?from/the api"
ADDRESS = "https://example.com/archive"
STREAM = {"address": "https://example.com/stream", "secret": STORED_SECRET, "active": True}
GIVEN: Document = {"id": "shop", "name": "Shop", "capabilities": {"video": {"webhooks": {"stream_created": STREAM}}}}
VIDEO = ["capabilities", "video", "webhooks"]


def wish(secret: str, **settings: Any) -> dict[str, Any]:
    """The options that give one webhook a secret."""
    webhooks = {"archive_status": {"address": ADDRESS, "secret": secret, **settings}}
    return {"name": "Shop", "capabilities": {"video": {"webhooks": webhooks}}}


def assert_shows_no_secret(*runs: ModuleRun) -> None:
    """None of them, in no form, nowhere in the output."""
    for run in runs:
        for secret in (SECRET, NEW_SECRET, STORED_SECRET):
            assert secrets_in(run.output.replace("PRIVATE KEY", ""), API_KEY, secret) == []


def test_a_secret_is_set_when_the_application_is_created(nexmo: Modules, simulator: Simulator) -> None:
    done = performed(nexmo, simulator, **wish(SECRET))

    (stored,) = simulator.applications()
    assert stored["capabilities"]["video"]["webhooks"] == {"archive_status": {"address": ADDRESS, "secret": SECRET}}
    assert done["application"]["capabilities"]["video"]["webhooks"] == {"archive_status": {"address": ADDRESS}}
    assert_shows_no_secret(done)


def test_a_secret_is_added_beside_one_that_stays(nexmo: Modules, simulator: Simulator) -> None:
    (shop,) = simulator.preload([GIVEN])

    done = performed(nexmo, simulator, **wish(SECRET))

    webhook = {"address": ADDRESS, "secret": SECRET}
    assert simulator.applications() == [replaced(shop, [*VIDEO, "archive_status"], webhook)]
    assert_shows_no_secret(done)


def test_the_same_secret_is_no_change(nexmo: Modules, simulator: Simulator) -> None:
    given = replaced(GIVEN, [*VIDEO, "archive_status"], {"address": ADDRESS, "secret": SECRET})
    stored = simulator.preload([given])

    run = nexmo.application(diff=True, **wish(SECRET))

    assert_unchanged(run, simulator, stored)
    assert_shows_no_secret(run)


def test_another_secret_is_a_change_that_the_diff_tells_without_it(nexmo: Modules, simulator: Simulator) -> None:
    given = replaced(GIVEN, [*VIDEO, "archive_status"], {"address": ADDRESS, "secret": SECRET})
    (shop,) = simulator.preload([given])

    foretold = nexmo.application(check=True, diff=True, **wish(NEW_SECRET))
    done = performed(nexmo, simulator, **wish(NEW_SECRET))

    assert simulator.applications() == [replaced(shop, [*VIDEO, "archive_status", "secret"], NEW_SECRET)]
    before, after = (webhooks_of(done["diff"][side]) for side in ("before", "after"))
    assert before["archive_status"] != after["archive_status"]
    assert before["stream_created"] == after["stream_created"]
    assert_shows_no_secret(foretold, done)


def test_a_secret_that_is_not_named_stays(nexmo: Modules, simulator: Simulator) -> None:
    (shop,) = simulator.preload([GIVEN])
    webhooks = {"stream_created": {"active": False}}

    done = performed(nexmo, simulator, name="Shop", capabilities={"video": {"webhooks": webhooks}})

    assert simulator.applications() == [replaced(shop, [*VIDEO, "stream_created", "active"], False)]
    assert_shows_no_secret(done)


def test_a_secret_read_back_is_in_no_output(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([GIVEN])

    runs = [
        nexmo.application(diff=True, name="Shop"),
        nexmo.application(check=True, diff=True, name="Shop", improve_ai=False),
        nexmo.application(check=True, diff=True, name="Shop", state="absent"),
        nexmo.info(),
        nexmo.info(name="Shop"),
        nexmo.info(application_id="shop"),
    ]

    assert_shows_no_secret(*runs)
    assert [run.failed for run in runs] == [False] * len(runs)


def test_a_secret_that_goes_away_is_in_no_output(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([GIVEN])
    webhooks = {"stream_created": {"address": ""}}

    removed = performed(nexmo, simulator, name="Shop", capabilities={"video": {"webhooks": webhooks}})

    (stored,) = simulator.applications()
    assert stored["capabilities"]["video"]["webhooks"] == {}
    assert_shows_no_secret(removed)


def repeats_the_request(exchange: Exchange) -> None:
    """A refusal that shows all that was sent, raw and as JSON in JSON."""
    sent = exchange.request_received.body.decode()
    body = {
        "title": "Bad Request",
        "detail": f"refused {SECRET} and {STORED_SECRET}",
        "invalid_parameters": [
            {"name": f"capabilities.video.webhooks.archive_status.secret {SECRET}", "reason": f"is not {SECRET}"},
            {"name": "capabilities.video", "reason": sent},
        ],
        "sent": json.loads(sent),
    }
    exchange.send(Reply(400, {}, json.dumps(body).encode()))


def repeats_the_request_as_text(exchange: Exchange) -> None:
    """The same from something that is not the service."""
    exchange.send(Reply(500, {}, b"<html><title>" + exchange.request_received.body + b"</title></html>"))


@pytest.mark.parametrize("step", [repeats_the_request, repeats_the_request_as_text])
def test_a_refusal_that_repeats_secrets_shows_none(
    step: Any, relayed: Modules, relay: Relay, simulator: Simulator
) -> None:
    simulator.preload([GIVEN])
    relay.play("PUT", step)

    run = relayed.application(diff=True, max_retries=0, **wish(SECRET))

    assert run.failed
    assert relay.count("PUT") == 1
    assert_shows_no_secret(run)


def test_a_success_that_is_no_application_shows_no_secret(relayed: Modules, relay: Relay, simulator: Simulator) -> None:
    simulator.preload([GIVEN])
    relay.play("PUT", answers(200, {"title": STORED_SECRET, "name": SECRET}))

    run = relayed.application(diff=True, **wish(SECRET))

    assert run.failed
    assert_shows_no_secret(run)


BAD_NEIGHBOURS: dict[str, dict[str, Any]] = {
    "setting": wish(SECRET, active="perhaps"),
    "unknown-setting": wish(SECRET, activ=True),
    "relative-address": wish(SECRET, address="/archive"),
    "empty-address": wish(SECRET, address=""),
    "option": {**wish(SECRET), "state": "gone"},
    "flat-option": {**wish(SECRET), "answer_url": "https://example.com"},
    "no-name": {**wish(SECRET), "name": None},
    "capabilities-as-a-list": {"name": "Shop", "capabilities": [wish(SECRET)["capabilities"]]},
    "capabilities-as-text": {"name": "Shop", "capabilities": f"video secret {SECRET}"},
    "capabilities-as-json": {"name": "Shop", "capabilities": json.dumps([wish(SECRET)["capabilities"]])},
    "video-as-a-list": {"name": "Shop", "capabilities": {"video": [wish(SECRET)["capabilities"]["video"]]}},
    "webhooks-as-text": {"name": "Shop", "capabilities": {"video": {"webhooks": f"secret {SECRET}"}}},
    "capability": {"name": "Shop", "capabilities": {"voice": "on", **wish(SECRET)["capabilities"]}},
}


@pytest.mark.parametrize("options", BAD_NEIGHBOURS.values(), ids=BAD_NEIGHBOURS)
def test_a_task_that_is_refused_shows_no_secret(options: dict[str, Any], nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(diff=True, **options)

    assert run.failed
    assert simulator.requests() == []
    assert_shows_no_secret(run)


def test_a_task_under_version_1_shows_no_secret(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.application(api_version="v1", **wish(SECRET))

    assert_refused(run, "capabilities", "api_version: v2")
    assert simulator.requests() == []
    assert_shows_no_secret(run)


def webhooks_of(side: dict[str, Any]) -> dict[str, Any]:
    """The video webhooks in one side of a diff."""
    webhooks: dict[str, Any] = side["capabilities"]["video"]["webhooks"]
    return webhooks
