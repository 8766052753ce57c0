# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No fact of any host holds a secret: after the role, between its tasks, or when it failed half way.

A new private key is under way in the registered result of the task that got it, and gone from there once delivered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.role.provisioning import (
    API_KEY,
    API_SECRET,
    VOICE,
    Provisioning,
    application_with_key,
    public_key_at_the_api,
)
from tests.simulator.client import Simulator

WEBHOOK_SECRET = "whsec-7Qz/+&'x"
PASSWORD = "p4ss%2Fw0rd"
UNDER_WAY = ("nexmo_application__answer", "nexmo_application__fetched")
SETTINGS: dict[str, Any] = {
    "capabilities": {
        "voice": {"webhooks": {"event_url": {"address": f"https://user:{PASSWORD}@shop.example.com/event"}}},
        "video": {"webhooks": {"archive_status": {"address": "https://shop.example.com/v", "secret": WEBHOOK_SECRET}}},
    }
}
ONE = {
    **{f"nexmo_application_{name}": value for name, value in SETTINGS.items()},
    **dict.fromkeys(VOICE, "{{ omit }}"),
    "nexmo_application_api_version": "v2",
}
MANY = {
    **dict.fromkeys((*VOICE, "nexmo_application_name", "nexmo_application_private_key_path"), "{{ omit }}"),
    "nexmo_application_api_version": "v2",
    "nexmo_application_list": [
        {"name": "Bakery", **SETTINGS, "private_key_path": "{{ folder }}/keys/Bakery.key"},
        {"name": "My Shop", **SETTINGS, "private_key_path": "{{ folder }}/keys/shop.key"},
    ],
}


def _moments(record: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in record.read_text().splitlines()]


def _secrets(moment: dict[str, Any], *names_left_out: str) -> list[str]:
    facts = {
        store: {host: {k: v for k, v in of_host.items() if k not in names_left_out} for host, of_host in hosts.items()}
        for store, hosts in moment["facts"].items()
    }
    text = json.dumps(facts)
    words = (API_SECRET, "PRIVATE KEY", WEBHOOK_SECRET, PASSWORD)
    return [f"{moment['before']}: {found}" for word in words for found in secrets_in(text, API_KEY, word)]


def _run(role: Provisioning, tmp_path: Path, names: list[str], variables: dict[str, Any], **options: Any) -> Any:
    record = tmp_path / "facts"
    env = {"ANSIBLE_CALLBACKS_ENABLED": "recorder,facts", "FACTS_RECORD": str(record), **options.pop("extra_env", {})}
    run = role.run(role.hosts(*names), variables, extra_env=env, **options)
    return run, _moments(record)


@pytest.mark.parametrize("variables", [ONE, MANY], ids=["one", "list"])
def test_no_fact_holds_a_secret_at_any_moment(
    variables: dict[str, Any], role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    run, moments = _run(role, tmp_path, ["web1", "web2"], variables)

    assert run.ok, run.output
    assert len(moments) > 10
    assert [found for moment in moments for found in _secrets(moment, *UNDER_WAY)] == []
    assert _secrets(moments[-1]) == []
    assert any(_secrets(moment) for moment in moments), "the key is seen under way, so the test can see"


def test_key_that_comes_from_another_host_is_in_no_fact(
    role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.preload([application_with_key(private_key())])
    new, old = role.hosts("web1", "web2")
    old.hold(private_key())

    run, moments = _run(role, tmp_path, ["web1", "web2"], {})

    assert run.ok, run.output
    assert new.key == old.key
    assert [found for moment in moments for found in _secrets(moment, *UNDER_WAY)] == []
    assert _secrets(moments[-1]) == []


@pytest.mark.parametrize("task", ["Store the new private keys beside those in use", "Write or remove the private keys"])
def test_no_secret_is_left_where_the_role_fails_half_way(
    task: str, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    host = role.host("web1")
    in_the_way = {
        "MOMENT_TASK": task,
        "MOMENT_COMMAND": json.dumps(["sh", "-c", 'rm -rf "$1" && touch "$1"', "sh", str(host.folder / "keys")]),
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,facts,moment",
    }

    run, moments = _run(role, tmp_path, ["web1"], {}, extra_env=in_the_way)

    assert run.failed("web1"), run.output
    assert [found for moment in moments for found in _secrets(moment, *UNDER_WAY)] == []
    assert _secrets(moments[-1]) == []


STORE = "Store the new private keys beside those in use"
WRITE = "Write or remove the private keys"


@pytest.mark.parametrize(
    ("names", "holder", "task"),
    [(["web1"], None, STORE), (["web1", "web2"], None, STORE), (["web1", "web2"], "web2", WRITE)],
    ids=["the only one", "the one that asked", "one that fetched the key"],
)
def test_host_that_is_lost_leaves_no_key_behind_and_others_go_on(
    names: list[str], holder: str | None, task: str, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    if holder:
        simulator.preload([application_with_key(private_key())])
        role.host(holder).hold(private_key())
    lost, *others = role.hosts(*names)
    gone = tmp_path / "gone"
    connection = f"{{{{ 'unreachable' if lookup('fileglob', '{gone}') else 'local' }}}}"
    losing = {
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,facts,moment",
        "MOMENT_TASK": task,
        "MOMENT_COMMAND": json.dumps(["touch", str(gone)]),
    }

    run, moments = _run(
        role, tmp_path, names, {}, of_hosts={lost.name: {"ansible_connection": connection}}, extra_env=losing
    )

    assert run.failed(lost.name), run.output
    assert "out of reach" in run.message(lost.name)
    assert lost.key is None
    for left in others:
        assert not run.failed(left.name)
        assert public_key(str(left.key)) == public_key_at_the_api(simulator)
    assert _secrets(moments[-1]) == []


def test_pair_that_cannot_be_made_leaves_no_other_key_behind(
    role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.preload([application_with_key(private_key(), "Old")])
    folders = {name: role.host("web1").folder / name for name in ("New", "Old")}
    folders["Old"].mkdir()
    items = [
        {"name": name, "type": "voice", "lost_key": "rotate", "private_key_path": str(folder / "key")}
        for name, folder in folders.items()
    ]
    urls = {"event_url": "https://shop.example.com/event", "answer_url": "https://shop.example.com/answer"}
    in_the_way = {
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,facts,moment",
        "MOMENT_TASK": "Make new key pairs beside the key files",
        "MOMENT_COMMAND": json.dumps(["sh", "-c", 'rm -rf "$1" && touch "$1"', "sh", str(folders["Old"])]),
    }

    run, moments = _run(
        role,
        tmp_path,
        ["web1"],
        {**MANY, "nexmo_application_list": [{**item, **urls} for item in items]},
        extra_env=in_the_way,
    )

    assert run.failed("web1"), run.output
    assert any(_secrets(moment) for moment in moments), "a new key was under way"
    assert _secrets(moments[-1]) == []
    assert [path.suffix != "" for path in folders["New"].iterdir()] == [True], "it waits for the next run"
