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
    "examples/test_examples_first_call.py",
    "examples/test_examples_of_modules.py",
    "examples/test_examples_of_pages.py",
    "histories/test_two_runs_on_a_host.py",
    "kills",
    "many/test_many_faults.py",
    "matrix",
    "modules/test_module_playbooks.py",
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

# Files of which only these tests are quick: one of each kind.
QUICK_OF = {
    "examples/test_pages_in_order.py": ("test_page_can_be_followed_from_top_to_bottom[README.md]",),
    "modules/test_module_rivals.py": (
        "test_a_key_that_waits_for_another_run_is_not_removed[as-it-is-held-elsewhere]",
        "test_a_key_that_waits_for_another_run_is_not_removed_with_the_application",
    ),
    "role/test_role_list.py": (
        "test_all_are_made_at_once_and_a_second_run_changes_nothing[v2]",
        "test_one_that_fails_keeps_no_other_from_its_state",
        "test_what_is_new_changed_gone_and_lost_is_put_right_in_one_run",
    ),
    "role/test_role_numbers.py": (
        "test_a_number_that_the_account_does_not_have_is_an_error_before_anything_is_created[False]",
        "test_each_item_of_a_list_has_its_numbers",
    ),
    "role/test_role_secrets.py": (
        "test_no_fact_holds_a_secret_at_any_moment[list]",
        "test_no_secret_is_left_where_the_role_fails_half_way[Write or remove the private keys]",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``make test`` leaves out."""
    for item in items:
        place = item.path.relative_to(HERE).as_posix() if item.path.is_relative_to(HERE) else ""
        is_quick = item.name in QUICK_OF.get(place, (item.name,))
        if not is_quick or any(place == each or place.startswith(each + "/") for each in THOROUGH):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """As if just started."""
    running_simulator.reset()
    return running_simulator
