# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The system's log: AnsibleModule writes there what a module is invoked with, before the module does anything."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS
from tests.e2e.modules.key_pairs import private_key, public_key
from tests.simulator.client import Simulator

# In place of the library that talks to the journal.
JOURNAL = """
import json, os, types

def send(**fields):
    with open(os.environ["JOURNAL"], "a") as file:
        file.write(json.dumps(fields) + "\\n")

journal = types.SimpleNamespace(send=send, sendv=None)
daemon = types.SimpleNamespace(booted=lambda: True)
"""


class Log:
    """The system's log of one test."""

    def __init__(self, folder: Path) -> None:
        (folder / "path").mkdir()
        (folder / "path" / "systemd.py").write_text(JOURNAL)
        self._file = folder / "journal"
        self.environment = {"PYTHONPATH": str(folder / "path"), "JOURNAL": str(self._file)}

    @property
    def text(self) -> str:
        return self._file.read_text() if self._file.exists() else ""


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def one_line(pem: str) -> str:
    return " ".join(pem.split())


def in_base64(pem: str) -> str:
    return base64.b64encode(pem.encode()).decode()


def in_two_characters(pem: str) -> str:
    return pem.replace("\n", "\\n")


def body_of(pem: str) -> str:
    return "".join(pem.splitlines()[1:-1])


def lines_of(pem: str) -> list[str]:
    """Pieces of the key, in clear and in base64, that turn up wherever any good part of it does."""
    return [*pem.splitlines()[1:-1], in_base64(pem)[40:80]]


FORMS = [str, one_line, in_base64, in_two_characters, body_of]


@pytest.mark.parametrize("form", FORMS)
def test_a_private_key_as_public_key_is_neither_logged_nor_shown(
    form: Callable[[str], str], log: Log, nexmo: Modules, simulator: Simulator
) -> None:
    pem = private_key()
    shop = {"name": "Shop", "public_key": form(pem)}
    runs = [
        nexmo.application(api_version="v2", env=log.environment, **shop),
        nexmo.application(env=log.environment, **shop),
        nexmo.application(api_version="v2", env=log.environment, bogus=1, **shop),
        nexmo._run(
            "nexmo_applications",
            {**nexmo._connection, "api_version": "v2", "applications": [{"name": "Other"}, shop]},
            log.environment,
        ),
    ]

    assert all(run.failed for run in runs)
    assert "public_key" in runs[0].message
    assert "Invoked with" in log.text
    for output in [log.text, *(run.output for run in runs)]:
        assert [piece for piece in lines_of(pem) if piece in output] == []
    assert simulator.requests() == []


MISPLACED: dict[str, Callable[[str], dict[str, Any]]] = {
    "name": lambda pem: {"name": pem},
    "path": lambda pem: {"name": "Shop", "private_key_path": pem},
    "url": lambda pem: {"name": "Shop", "answer_url": pem},
    "id": lambda pem: {"application_id": pem},
    "fingerprints": lambda pem: {"name": "Shop", "held_keys": [pem]},
    "capabilities": lambda pem: {
        "name": "Shop",
        "capabilities": {"voice": {"webhooks": {"answer_url": {"address": pem}}}},
    },
    "settings": lambda pem: {"name": pem, "settings": {"a": [{"b": pem, "private_key": pem}]}},
    "owner": lambda pem: {"name": "Shop", "owner": pem},
    "api-key": lambda pem: {"name": "Shop", "api_key": pem},
}


@pytest.mark.parametrize("form", [str, in_base64])
@pytest.mark.parametrize("options", MISPLACED.values(), ids=MISPLACED)
def test_a_private_key_in_any_option_that_is_not_for_one_is_refused_and_shown_to_nobody(
    options: Callable[[str], dict[str, Any]], form: Callable[[str], str], log: Log, nexmo: Modules, simulator: Simulator
) -> None:
    pem = private_key()

    run = nexmo.application(api_version="v2", env=log.environment, **options(form(pem)))

    assert "holds a private key, which does not belong there" in run.message
    for output in (log.text, run.output):
        assert [piece for piece in lines_of(pem) if piece in output] == []
    assert simulator.requests() == []


def test_secrets_at_any_depth_are_neither_logged_nor_shown(log: Log, nexmo: Modules, simulator: Simulator) -> None:
    options: dict[str, Any] = {
        "name": "Shop",
        "event_url": "https://user:hunter2@example.com/event",
        "settings": {
            "capabilities": {
                "voice": {"webhooks": {"fallback_answer_url": {"address": "https://user:hunter2@example.com/fallback"}}},
                "meetings": {"secret": "hunter2", "deep": [{"secret": {"value": "hunter2"}}]},
            }
        },
    }

    nexmo.application(api_version="v2", env=log.environment, no_log=False, **options)

    assert "Invoked with" in log.text
    assert "hunter2" not in log.text


def test_a_public_key_is_logged_as_it_is(log: Log, nexmo: Modules) -> None:
    pem = public_key(private_key())

    run = nexmo.application(api_version="v2", name="Shop", public_key=pem, env=log.environment)

    assert run["application"]["public_key"] == pem
    assert pem.splitlines()[1] in log.text
    assert run.result["invocation"]["module_args"]["public_key"] == pem


def test_a_url_without_a_password_is_logged_as_it_is(log: Log, nexmo: Modules) -> None:
    nexmo.application(name="Shop", env=log.environment, check=True, **VOICE_OPTIONS)

    assert VOICE_OPTIONS["answer_url"] in log.text


def test_the_module_that_keeps_a_key_logs_none(log: Log, nexmo: Modules, tmp_path: Path) -> None:
    pem = private_key()

    run = nexmo.private_key(path=str(tmp_path / "shop.key"), private_key=pem, env=log.environment)
    wrong = nexmo.private_key(path=pem, env=log.environment)

    assert run["changed"] is True
    assert "path: holds a private key" in wrong.message
    for output in (log.text, run.output, wrong.output):
        assert [piece for piece in lines_of(pem) if piece in output] == []
