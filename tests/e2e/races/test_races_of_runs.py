# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs of the role at once, for the same applications on the same hosts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.kills.killing import check_present
from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import Host, Provisioning
from tests.e2e.stepping import Step, Stepping
from tests.simulator.client import Simulator

NAMES = ("web1", "web2", "web3", "web4", "web5")


@pytest.mark.parametrize("meeting", ["open", "GET", "POST", "POST answered"])
def test_two_runs_at_once_make_each_application_once(
    meeting: str, role: Provisioning, simulator: Simulator, tmp_path: Path
) -> None:
    hosts = role.hosts(*NAMES)

    runs = run_twice(role, hosts, tmp_path, meeting)

    created = [write["body"]["name"].split(" [")[0] for write in simulator.writes() if write["operation"] == "create"]
    if meeting.startswith("POST"):
        assert sorted(created) == sorted(NAMES * 2)
    for host in hosts:
        check_present(host, simulator.applications())
        assert not all(run.failed(host.name) for run in runs), runs[0].output + runs[1].output
    assert len(simulator.applications()) == len(hosts)


def run_twice(role: Provisioning, hosts: list[Host], folder: Path, meeting: str) -> list[PlaybookRun]:
    """Two runs with all hosts at once in each. Nobody takes the first step of that name before all are there."""
    variables = {"nexmo_application_name": "{{ inventory_hostname }}"}
    with Stepping.through(folder) as stepping:
        options: dict[str, Any] = {"extra_env": stepping.env, "arguments": ["--forks", str(len(hosts))]}
        with role.started(hosts, variables, **options) as one, role.started(hosts, variables, **options) as other:
            waiting: list[Step] = []
            awaited = 2 * len(hosts)
            for step in stepping.steps(one.process, other.process):
                if step.name != meeting or not awaited:
                    step.go_on()
                    continue
                waiting.append(step)
                if len(waiting) == awaited:
                    awaited = 0
                    for each in waiting:
                        each.go_on()
            assert not awaited, f"they never met: {one.output}{other.output}"
            return [one.finish(), other.finish()]
