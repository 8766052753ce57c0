# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One playbook under both versions of the API, and what a playbook run shows at the highest verbosity."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET, Modules
from tests.e2e.modules.documents import MESSAGES_OPTIONS, VOICE_OPTIONS
from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.modules_v2.life_cycle import assert_unchanged
from tests.e2e.playbooks import PlaybookRun, local_hosts, run_playbook
from tests.simulator.client import Document, Simulator

SECRET = "s3cret of-a+video/webhook é"
TASK = "Make sure that the applications exist"
APPLICATIONS: list[dict[str, Any]] = [
    {"name": "Calls", **VOICE_OPTIONS},
    {"name": "Calls by other methods", **VOICE_OPTIONS, "answer_method": "POST", "event_method": "GET"},
    {"name": "Outbound calls", "type": "voice", "event_url": VOICE_OPTIONS["event_url"]},
    {"name": "Texts", **MESSAGES_OPTIONS},
    {"name": "Texts, said in full ☎", **MESSAGES_OPTIONS, "inbound_method": "POST", "status_method": "POST"},
]
OPTIONS = (
    "name",
    "type",
    *(f"{webhook}_{part}" for webhook in ("answer", "event", "inbound", "status") for part in ("url", "method")),
)


def play(**defaults: str) -> dict[str, Any]:
    """Makes every application, and keeps its key; ``defaults`` are those of all modules."""
    module = {
        **{option: f"{{{{ item.{option} | default(omit) }}}}" for option in OPTIONS},
        "private_key_path": "{{ key_directory }}/{{ item.name | hash('sha1') }}.key",
    }
    return {
        "name": "Provision",
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/community.nexmo.nexmo": defaults},
        "tasks": [{"name": TASK, "community.nexmo.nexmo_application": module, "loop": "{{ applications }}"}],
    }


def provisioned(
    simulator: Simulator, keys: Path, version: str | None = None, check: bool = False, **defaults: str
) -> PlaybookRun:
    """A run of the playbook on the simulator's account."""
    environment = {"NEXMO_API_URL": simulator.url, "NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET}
    if version is not None:
        environment["NEXMO_API_VERSION"] = version
    inventory = local_hosts({"localhost": {}}, applications=APPLICATIONS, key_directory=str(keys))
    simulator.forget_requests()
    run = run_playbook([play(**defaults)], inventory, check=check, extra_env=environment)
    assert run.ok, run.output
    return run


def changes(run: PlaybookRun) -> list[tuple[bool, str]]:
    """Of each application: changed, operation."""
    return [(item["changed"], item["operation"]) for item in run.result(TASK)["results"]]


def versions(simulator: Simulator) -> set[str]:
    """The versions that were asked."""
    return {str(request["version"]) for request in simulator.requests()}


def test_an_account_built_through_version_1_is_unchanged_under_version_2(simulator: Simulator, key_path: Path) -> None:
    """By a variable of the environment, and by module_defaults, which wins over it."""
    keys = key_path.parent
    built = provisioned(simulator, keys)
    built_through = versions(simulator)
    stored = simulator.applications()

    moved = provisioned(simulator, keys, version="v2")
    moved_through, written = versions(simulator), simulator.writes()
    again = provisioned(simulator, keys, version="v1", api_version="v2")

    assert changes(built) == [(True, "create")] * len(APPLICATIONS)
    assert (built_through, moved_through, versions(simulator)) == ({"v1"}, {"v2"}, {"v2"})
    assert changes(moved) == changes(again) == [(False, "none")] * len(APPLICATIONS)
    assert (moved.changed("localhost"), again.changed("localhost")) == (0, 0)
    assert (written, simulator.writes(), simulator.applications()) == ([], [], stored)
    assert len(list(keys.iterdir())) == len(APPLICATIONS)


def test_both_versions_build_the_same_account_and_find_it_so(nexmo: Modules, simulator: Simulator) -> None:
    built, found = {}, []
    for version, other in (("v1", "v2"), ("v2", "v1")):
        simulator.clear()
        for options in APPLICATIONS:
            nexmo.application(api_version=version, no_log=True, **options)
        built[version] = [without_key(stored) for stored in simulator.applications()]
        simulator.forget_requests()
        found += [nexmo.application(api_version=other, **options)["operation"] for options in APPLICATIONS]
        assert simulator.writes() == []

    assert built["v1"] == built["v2"]
    assert found == ["none"] * 2 * len(APPLICATIONS)


@pytest.mark.parametrize("options", APPLICATIONS[1::2], ids=["voice", "messages"])
def test_the_same_change_through_either_version_comes_to_the_same(
    options: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    nexmo.application(no_log=True, **options)
    (stored,) = simulator.applications()
    webhook = "event_url" if options["type"] == "voice" else "status_url"
    new = {**options, webhook: "https://example.com/new"}

    nexmo.application(api_version="v1", **new)
    (changed,) = simulator.applications()
    simulator.forget_requests()
    again = nexmo.application(api_version="v2", **new)

    expected = copy.deepcopy(stored)
    expected["capabilities"][options["type"]]["webhooks"][webhook]["address"] = "https://example.com/new"
    assert changed == expected
    assert_unchanged(again, simulator, [changed])


def test_methods_that_version_1_took_are_unchanged_under_version_2(nexmo: Modules, simulator: Simulator) -> None:
    """Version 2 takes POST alone for them, but nothing has to be sent."""
    options = {"name": "Texts", **MESSAGES_OPTIONS, "inbound_method": "GET"}
    nexmo.application(api_version="v1", no_log=True, **options)
    stored = simulator.applications()
    simulator.forget_requests()

    run = nexmo.application(api_version="v2", **options)

    assert_unchanged(run, simulator, stored)


def test_the_version_comes_from_the_environment_unless_the_task_gives_it(nexmo: Modules, simulator: Simulator) -> None:
    environment = {"NEXMO_API_VERSION": "v2"}

    nexmo.info(env=environment, api_version=None)
    nexmo.info(env=environment, api_version="v1")
    nexmo.info(api_version=None)

    assert [request["version"] for request in simulator.requests()] == ["v2", "v1", "v1"]


def test_no_secret_shows_at_the_highest_verbosity(simulator: Simulator) -> None:
    """Neither of a success nor of failures, with differences shown."""
    webhook = {"address": "https://example.com/archive", "secret": SECRET}
    stored = {"address": "https://example.com/stream", "secret": SECRET + " of another"}
    simulator.preload([{"name": "Shop", "capabilities": {"video": {"webhooks": {"stream_created": stored}}}}])
    wish = {"name": "Shop", "capabilities": {"video": {"webhooks": {"archive_status": webhook}}}}
    tasks = {
        "Set the secret": wish,
        "Set a private key for a public one": {**wish, "public_key": private_key()},
        "Ask for what the service has not": {**wish, "application_id": "missing"},
        "Spoil a timeout": {**wish, "timeout": -1},
    }
    module = "community.nexmo.nexmo_application"
    playbook = {
        "name": "Show all",
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/community.nexmo.nexmo": {"api_version": "v2", "api_url": simulator.url}},
        "tasks": [{"name": name, module: options, "ignore_errors": True} for name, options in tasks.items()],
    }
    environment = {"NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET}

    run = run_playbook([playbook], local_hosts({"localhost": {}}), diff=True, verbosity=4, extra_env=environment)

    assert [task.status for task in run.tasks] == ["ok", "ignored", "ignored", "ignored"], run.output
    (application,) = simulator.applications()
    assert application["capabilities"]["video"]["webhooks"]["archive_status"] == webhook
    shown = [secrets_in(run.output, API_KEY, secret) for secret in (API_SECRET, SECRET)]
    assert shown == [[], []]


def without_key(stored: Document) -> Document:
    """Less what is new in each application."""
    return {name: value for name, value in stored.items() if name not in ("id", "keys")}
