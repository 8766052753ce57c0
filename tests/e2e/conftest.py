# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all of these tests share: each folder's ``running_simulator``, emptied before each test; what is thorough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulator.client import Simulator

HERE = Path(__file__).resolve().parent

# Whole folders and files that take long, most of them because each test runs ansible-playbook several times.
THOROUGH = (
    "examples/test_examples_of_modules.py",
    "kills",
    "many/test_many_faults.py",
    "matrix",
    "modules/test_module_playbooks.py",
    "modules/test_module_rivals.py",
    "modules_v2/test_v2_one_playbook.py",
    "races",
    "role/test_role_env_files.py",
    "role/test_role_files.py",
    "role/test_role_host_keys.py",
    "role/test_role_hosts.py",
    "role/test_role_keys.py",
    "role/test_role_left_out.py",
    "role/test_role_modes.py",
    "role/test_role_variables.py",
    "runner",
    "simulator/test_simulator_command.py",
    "simulator/test_simulator_npm_clients.py",
    "ssh",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``make test`` leaves out."""
    for item in items:
        place = item.path.relative_to(HERE).as_posix() if item.path.is_relative_to(HERE) else ""
        if any(place == each or place.startswith(each + "/") for each in THOROUGH):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """As if just started."""
    running_simulator.reset()
    return running_simulator
