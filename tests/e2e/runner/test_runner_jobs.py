# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role run as automation controllers run it, through ansible-runner, which keeps every event as a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ansible_runner
import pytest

from tests.e2e.modules.module_runner import collections_path
from tests.e2e.role.provisioning import API_KEY, API_SECRET, NAME, VOICE, secrets_shown
from tests.simulator.client import Simulator

SECONDS = 180


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator.start(accounts=((API_KEY, API_SECRET),)) as started:
        yield started


@dataclass(frozen=True)
class Job:
    """A job that has ended: ``status`` as ansible-runner says it, and what it keeps of it."""

    status: str
    events: list[dict[str, Any]]
    kept: dict[str, str]

    def result(self, task: str) -> dict[str, Any]:
        """What the event of a task that went well shows."""
        (result,) = (
            event["event_data"]["res"]
            for event in self.events
            if event["event"] == "runner_on_ok" and event["event_data"]["task"] == task
        )
        return dict(result)


def run_job(simulator: Simulator, folder: Path, **variables: Any) -> Job:
    """The role on one host, the account's credentials in the environment, everything told that can be told."""
    home, job = folder / "home", folder / "job"
    home.mkdir()
    job.mkdir()
    role = {
        "role": "community.nexmo.nexmo_application",
        "nexmo_application_name": NAME,
        **VOICE,
        "nexmo_application_private_key_path": str(folder / "shop.key"),
        "nexmo_application_max_retries": 0,
        **variables,
    }
    show = {"name": "Show the result", "ansible.builtin.debug": {"var": "nexmo_application_result"}}
    host = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    run = ansible_runner.run(
        private_data_dir=str(job),
        playbook=[{"hosts": "all", "gather_facts": False, "roles": [role], "tasks": [show]}],
        inventory={"all": {"hosts": {"shop": host}}},
        envvars={
            "HOME": str(home),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "ANSIBLE_HOME": str(home / ".ansible"),
            "ANSIBLE_COLLECTIONS_PATH": collections_path(),
            "NO_PROXY": "*",
            "NEXMO_API_URL": simulator.url,
            "NEXMO_API_KEY": API_KEY,
            "NEXMO_API_SECRET": API_SECRET,
            "NEXMO_API_VERSION": "v2",
        },
        cmdline="--diff",
        verbosity=4,
        quiet=True,
        timeout=SECONDS,
    )
    artifacts = Path(run.config.artifact_dir)
    files = [artifacts / "stdout", *sorted((artifacts / "job_events").glob("*.json"))]
    kept = {file.name: file.read_text(encoding="utf-8") for file in files}
    return Job(run.status, list(run.events), kept)


def shown_in(job: Job, simulator: Simulator) -> list[tuple[str, str]]:
    """Secrets that the job keeps: the file, and the form. Of a private key, any line of it."""
    key_lines = [line for key in simulator.private_keys() for line in key.splitlines() if not line.startswith("-")]
    shown = [(name, form) for name, text in job.kept.items() for form in secrets_shown(text)]
    return shown + [(name, line) for name, text in job.kept.items() for line in key_lines if line in text]


def test_a_job_that_brings_a_key_keeps_no_secret(simulator: Simulator, tmp_path: Path) -> None:
    job = run_job(simulator, tmp_path)

    (application,) = simulator.applications()
    assert job.status == "successful"
    assert (tmp_path / "shop.key").read_text() in simulator.private_keys()
    shown = job.result("Show the result")["nexmo_application_result"]
    assert shown["application"]["id"] == application["id"]
    assert shown_in(job, simulator) == []


def test_a_job_that_is_refused_with_its_own_words_keeps_no_secret(simulator: Simulator, tmp_path: Path) -> None:
    simulator.fault("list", "echo", status=401)

    job = run_job(simulator, tmp_path)

    assert job.status == "failed"
    assert simulator.applications() == []
    assert "answered 401" in job.kept["stdout"]
    assert shown_in(job, simulator) == []
