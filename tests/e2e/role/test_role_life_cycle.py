# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An application's life, from the first run to its removal, seen on two hosts that share it.

The runs happen once; each test looks at them from one side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules import key_pairs
from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import API_KEY, API_SECRET, RESTART, RESULT, VOICE, Host, Provisioning
from tests.simulator.client import Simulator

HOSTS = ("web1", "web2")
NEW_URL = "https://shop.example.com/v2/event"


@dataclass(frozen=True)
class Act:
    """A run, and what there was after it."""

    run: PlaybookRun
    writes: tuple[str, ...]
    applications: tuple[dict[str, Any], ...]
    files: dict[str, dict[str, tuple[int, str]]]
    directory_modes: dict[str, int]

    def result(self, host: str) -> Any:
        return self.run.fact(host, RESULT)


class Stage:
    """Runs the acts one after the other, on the same hosts and account."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._simulator = simulator
        self._role = Provisioning(simulator, folder)
        self._hosts = self._role.hosts(*HOSTS)

    def act(self, check: bool = False, diff: bool = False, **settings: Any) -> Act:
        self._simulator.forget_requests()
        run = self._role.play(
            [self._play({f"nexmo_application_{name}": value for name, value in settings.items()})],
            self._role.inventory(self._hosts),
            check=check,
            diff=diff,
            extra_env={"NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET},
        )
        assert run.ok, run.output
        return Act(
            run,
            tuple(write["operation"] for write in self._simulator.writes()),
            tuple(self._simulator.applications()),
            {host.name: host.files() for host in self._hosts},
            {host.name: _mode(host) for host in self._hosts},
        )

    def _play(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Credentials come from the environment, the URL from module defaults; all facts are shown in the end."""
        role = {
            "role": "community.nexmo.nexmo_application",
            **self._role.application,
            "nexmo_application_env_path": "{{ folder }}/env/shop.env",
            **settings,
        }
        return {
            "hosts": "all",
            "gather_facts": False,
            "module_defaults": {"group/community.nexmo.nexmo": {"api_url": self._simulator.url}},
            "roles": [role],
            "handlers": [RESTART],
            "post_tasks": [
                {"name": "Show all facts", "ansible.builtin.debug": {"var": "hostvars[inventory_hostname]"}}
            ],
        }


def _mode(host: Host) -> int:
    directory = host.key_path.parent
    return directory.stat().st_mode & 0o7777 if directory.exists() else 0


@pytest.fixture(scope="module")
def acts(running_simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Act]:
    running_simulator.reset()
    stage = Stage(running_simulator, tmp_path_factory.mktemp("life"))
    return {
        "create, foretold": stage.act(check=True),
        "create": stage.act(),
        "no change": stage.act(),
        "update, foretold": stage.act(check=True, diff=True, event_url=NEW_URL),
        "update": stage.act(diff=True, event_url=NEW_URL),
        "recreate, foretold": stage.act(check=True, **MESSAGES),
        "recreate": stage.act(**MESSAGES),
        "delete, foretold": stage.act(check=True, state="absent"),
        "delete": stage.act(state="absent"),
        "still absent": stage.act(state="absent"),
    }


MESSAGES: dict[str, Any] = {
    "type": "messages",
    "event_url": "{{ omit }}",
    "inbound_url": "https://shop.example.com/inbound",
    "status_url": "https://shop.example.com/status",
    "recreate": True,
}
OPERATIONS = ("create", "update", "recreate", "delete")


def test_first_run_makes_the_application_and_brings_its_key_to_every_host(acts: dict[str, Act]) -> None:
    act = acts["create"]

    (application,) = act.applications
    assert act.writes == ("create", "update")
    for host in HOSTS:
        mode, key = act.files[host]["keys/shop.key"]
        assert key_pairs.public_key(key) == application["keys"]["public_key"]
        assert mode == 0o600
        assert act.directory_modes[host] == 0o755


def test_result_tells_of_application_and_key_but_holds_no_key(acts: dict[str, Act]) -> None:
    act = acts["create"]

    for host in HOSTS:
        result = act.result(host)
        assert sorted(result) == ["application", "key_changed", "operation"]
        assert result["application"]["id"] == act.applications[0]["id"]
        assert result["operation"] == "create"
        assert result["key_changed"] is True


def test_environment_file_names_application_and_key(acts: dict[str, Act]) -> None:
    act = acts["create"]

    for host in HOSTS:
        mode, content = act.files[host]["env/shop.env"]
        lines = [line for line in content.splitlines() if not line.startswith("#")]
        assert lines[0] == 'NEXMO_APPLICATION_ID="%s"' % act.applications[0]["id"]
        assert lines[1].startswith('NEXMO_PRIVATE_KEY_PATH="/')
        assert lines[1].endswith(f'/{host}/keys/shop.key"')
        assert len(lines) == 2
        assert mode == 0o600


def test_second_run_changes_and_writes_nothing(acts: dict[str, Act]) -> None:
    act = acts["no change"]

    assert act.writes == ()
    assert act.files == acts["create"].files
    for host in HOSTS:
        assert act.run.changed(host) == 0
        assert act.result(host)["operation"] == "none"
        assert act.result(host)["key_changed"] is False


def test_update_leaves_the_key_alone(acts: dict[str, Act]) -> None:
    act = acts["update"]

    assert act.writes == ("update",)
    assert act.applications[0]["capabilities"]["voice"]["webhooks"]["event_url"]["address"] == NEW_URL
    assert act.files == acts["create"].files
    assert act.result("web1")["key_changed"] is False


def test_recreated_application_gets_its_new_key_to_every_host(acts: dict[str, Act]) -> None:
    act = acts["recreate"]

    (application,) = act.applications
    for host in HOSTS:
        assert key_pairs.public_key(act.files[host]["keys/shop.key"][1]) == application["keys"]["public_key"]
        assert application["id"] in act.files[host]["env/shop.env"][1]
        assert act.result(host)["operation"] == "recreate"


def test_absent_removes_application_key_and_environment_file(acts: dict[str, Act]) -> None:
    act = acts["delete"]

    assert act.applications == ()
    for host in HOSTS:
        assert "keys/shop.key" not in act.files[host]
        assert "env/shop.env" not in act.files[host]
        assert act.result(host) == {"application": None, "operation": "delete", "key_changed": True}


def test_absent_twice_changes_and_writes_nothing(acts: dict[str, Act]) -> None:
    act = acts["still absent"]

    assert act.writes == ()
    for host in HOSTS:
        assert act.run.changed(host) == 0
        assert act.result(host) == {"application": None, "operation": "none", "key_changed": False}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_check_mode_writes_nothing(acts: dict[str, Act], operation: str) -> None:
    foretold, before = acts[f"{operation}, foretold"], _before(acts, operation)

    assert foretold.writes == ()
    assert foretold.files == (before.files if before else {host: {} for host in HOSTS})
    assert foretold.directory_modes == (before.directory_modes if before else dict.fromkeys(HOSTS, 0))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_check_mode_foretells_the_changes_of_each_host(acts: dict[str, Act], operation: str) -> None:
    foretold, real = acts[f"{operation}, foretold"], acts[operation]

    for host in HOSTS:
        assert foretold.run.changed(host) == real.run.changed(host)
        assert _without_new(foretold.result(host)) == _without_new(real.result(host))


@pytest.mark.parametrize(
    ("name", "restarted"),
    [("create, foretold", 1), ("create", 1), ("no change", 0), ("update", 0), ("recreate", 1), ("delete", 0)],
)
def test_handlers_run_where_the_key_is_new(acts: dict[str, Act], name: str, restarted: int) -> None:
    for host in HOSTS:
        assert len(acts[name].run.results("Restart the shop", host)) == restarted


@pytest.mark.parametrize("name", ["update, foretold", "update"])
def test_diff_mode_shows_the_webhook_that_changes(acts: dict[str, Act], name: str) -> None:
    output = acts[name].run.output

    assert VOICE["nexmo_application_event_url"] in output
    assert NEW_URL in output


def test_no_key_is_left_in_the_facts_of_a_host(acts: dict[str, Act]) -> None:
    # That the output shows no key is looked after by every run; here the output has to hold all facts.
    facts = acts["create"].run.result("Show all facts", "web1")

    assert "nexmo_application_result" in json.dumps(facts)


def _before(acts: dict[str, Act], operation: str) -> Act | None:
    names = list(acts)
    place = names.index(f"{operation}, foretold")
    return acts[names[place - 1]] if place else None


def _without_new(result: dict[str, Any]) -> dict[str, Any]:
    """Less what the API makes up."""
    application = result["application"]
    return {**result, "application": application and {**application, "id": None, "public_key": None}}
