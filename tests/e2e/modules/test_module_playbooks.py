# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules in playbooks, as users run them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, VOICE_OPTIONS, voice, webhooks_of
from tests.e2e.modules.key_pairs import public_key_of_file
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.playbooks import PlaybookRun, local_hosts, run_playbook
from tests.simulator.client import Simulator

APPLICATION = "community.nexmo.nexmo_application"
INFO = "community.nexmo.nexmo_application_info"
INVENTORY = local_hosts({"host": {}})
CREDENTIALS = {"NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET}

Task = dict[str, Any]


@pytest.fixture
def environment(simulator: Simulator) -> dict[str, str]:
    """All that connects to the simulator."""
    return {"NEXMO_API_URL": simulator.url, **CREDENTIALS}


def play(*tasks: Task, **members: Any) -> list[dict[str, Any]]:
    """A playbook of these tasks."""
    return [{"name": "Play", "hosts": "all", "gather_facts": False, "tasks": list(tasks), **members}]


def test_module_defaults_of_the_action_group_connect_every_task(simulator: Simulator) -> None:
    connection = {"api_url": simulator.url, "api_key": API_KEY, "api_secret": API_SECRET}
    create: Task = {
        "name": "Create both",
        APPLICATION: {"name": "{{ item }}", **MESSAGES_OPTIONS},
        "loop": ["Shop", "Store"],
        "no_log": True,
    }
    tasks = [
        create,
        {**create, "name": "Create nothing", "no_log": False},
        {"name": "List", INFO: {}},
    ]

    run = run_playbook(play(*tasks, module_defaults={"group/community.nexmo.nexmo": connection}), INVENTORY)

    assert run.ok, run.output
    assert [each["operation"] for each in run.result("Create nothing")["results"]] == ["none", "none"]
    assert [each["name"] for each in run.result("List")["applications"]] == ["Shop", "Store"]
    assert run.changed("host") == 1
    assert [request["operation"] for request in simulator.writes()] == ["create", "update"] * 2


def test_check_and_diff_show_what_will_change_and_change_nothing(
    environment: dict[str, str], simulator: Simulator
) -> None:
    given = simulator.preload([voice("Shop")])
    tasks = play({"name": "Change", APPLICATION: {"name": "Shop", "event_url": f"{URL}/new", "answer_url": ""}})

    foretold = run_playbook(tasks, INVENTORY, check=True, diff=True, extra_env=environment)
    untouched = simulator.applications()
    run = run_playbook(tasks, INVENTORY, diff=True, extra_env=environment)

    assert untouched == given
    for shown in (foretold.output, run.output):
        assert f'-                    "address": "{URL}/event"' in shown
        assert f'+                    "address": "{URL}/new"' in shown
        assert f'-                    "address": "{URL}/answer"' in shown
    assert foretold.result("Change")["application"] == run.result("Change")["application"]
    assert webhooks_of(simulator.applications()[0]) == {"event_url": (f"{URL}/new", "POST")}


def test_a_registered_application_can_be_renamed_by_its_id(
    environment: dict[str, str], simulator: Simulator, key_path: Path
) -> None:
    by_id = "{{ made.application.id }}"
    tasks = play(
        {
            "name": "Make",
            APPLICATION: {"name": "Shop", "private_key_path": str(key_path), **VOICE_OPTIONS},
            "register": "made",
        },
        {"name": "Rename", APPLICATION: {"app_id": by_id, "name": "Store", "private_key_path": str(key_path)}},
        {"name": "Look", INFO: {"application_id": by_id}},
    )

    run = run_playbook(tasks, INVENTORY, extra_env=environment)

    assert run.ok, run.output
    (found,) = run.result("Look")["applications"]
    assert found["name"] == "Store"
    assert found["public_key"] == public_key_of_file(key_path)
    assert [application["name"] for application in simulator.applications()] == ["Store"]


FAILURES: dict[str, Task] = {
    "empty name": {"name": ""},
    "bad URL": {"name": "Shop", "event_url": "example.com"},
    "of version 2": {"name": "Shop", "public_key": "PEM"},
    "no URL": {"name": "New", "api_url": "nexmo"},
    "no key": {"name": "New", "api_key": ""},
    "missing directory": {"name": "New", "private_key_path": "/nowhere/shop.key", **VOICE_OPTIONS},
    "no such id": {"application_id": "nothing"},
    "duplicate": {"name": "Twin", "state": "absent"},
    "other type": {"name": "Shop", **MESSAGES_OPTIONS},
    "wrong key": {"name": "Shop", "api_key": "nobody"},
    "nobody there": {"name": "Shop", "api_url": "http://127.0.0.1:9", "max_retries": 0},
    "no TLS": {"name": "Shop", "api_url": "{{ lookup('env', 'NEXMO_API_URL') | replace('http:', 'https:') }}"},
    "unknown option": {"name": "Shop", "secrecy": True},
}


def successes(key_path: Path) -> list[Task]:
    """Tasks that do something, one after the other."""
    return [
        {
            "name": "Create with the key in a file",
            APPLICATION: {"name": "Kept", "private_key_path": str(key_path), **VOICE_OPTIONS},
        },
        {
            "name": "Create with the key in the result",
            APPLICATION: {"name": "Returned", **VOICE_OPTIONS},
            "no_log": True,
            "register": "returned",
        },
        {
            "name": "Write the key",
            "community.nexmo.nexmo_private_key": {
                "path": f"{key_path}.too",
                "private_key": "{{ returned.private_key }}",
            },
        },
        {"name": "Update", APPLICATION: {"name": "Kept", "event_url": f"{URL}/new"}},
        {"name": "Delete", APPLICATION: {"name": "Returned", "state": "absent"}},
        {"name": "List", INFO: {}},
    ]


def failing(name: str) -> Task:
    """A task whose failure ends nothing."""
    return {"name": f"Fail: {name}", APPLICATION: FAILURES[name], "ignore_errors": True}


def test_a_secret_from_the_environment_is_not_shown_at_the_highest_verbosity(
    environment: dict[str, str], simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop")])
    some = ("bad URL", "wrong key", "no TLS")
    tasks = [*successes(key_path), *[failing(name) for name in some]]

    run = run_playbook(play(*tasks), INVENTORY, diff=True, verbosity=4, extra_env=environment)

    assert_failures_in_one_line(run, some)
    assert secrets_in(run.output, API_KEY, API_SECRET) == []


def test_a_secret_from_a_variable_is_not_shown_at_the_highest_verbosity(simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop"), voice("Twin", id="twin-1"), voice("Twin", id="twin-2")])
    tasks = [*successes(key_path), *map(failing, FAILURES)]
    defaults = {"group/community.nexmo.nexmo": {"api_key": API_KEY, "api_secret": "{{ secret }}"}}

    run = run_playbook(
        play(*tasks, module_defaults=defaults),
        local_hosts({"host": {}}, secret=API_SECRET),
        diff=True,
        verbosity=4,
        extra_env={"NEXMO_API_URL": simulator.url},
    )

    assert_failures_in_one_line(run, FAILURES)
    assert secrets_in(run.output, API_KEY, API_SECRET) == []


def assert_failures_in_one_line(run: PlaybookRun, names: Iterable[str]) -> None:
    """These tasks failed, each with one line, and no other."""
    assert run.ok, run.output
    failed = {task.task: task.result["msg"] for task in run.tasks if task.status == "ignored"}
    assert set(failed) == {f"Fail: {name}" for name in names}
    assert [message for message in failed.values() if "\n" in message or "unexpected" in message] == []
