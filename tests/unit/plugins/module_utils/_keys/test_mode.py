# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.mode import warn_of_readers


class Task:
    """What is asked of a module: a mode; and what it warns of."""

    def __init__(self, mode):
        self.params = {"mode": mode}
        self.warnings = []

    def warn(self, text):
        self.warnings.append(text)

    def _symbolic_mode_to_octal(self, status, symbols):
        """The little of Ansible's reading that the tests need: ``o+r``, and an error for anything else."""
        if symbols != "o+r":
            raise ValueError(symbols)
        return status.st_mode | 0o004


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return str(tmp_path / "my.key")


@pytest.mark.parametrize("mode", [None, 0o600, 0o640, "0600", "0640", "0000"])
def test_a_mode_that_keeps_others_out_is_fine(mode, path):
    task = Task(mode)

    warn_of_readers(task, path)

    assert task.warnings == []


@pytest.mark.parametrize("mode", [0o644, "0644", "0604", "o+r"])
def test_a_mode_that_lets_others_read_is_warned_of(mode, path):
    task = Task(mode)

    warn_of_readers(task, path)

    assert len(task.warnings) == 1
    assert "lets others than the owner and group read the private key" in task.warnings[0]


def test_symbols_change_what_the_file_has(path):
    with open(path, "wb"):
        os.chmod(path, 0o640)
    task = Task("o+r")

    warn_of_readers(task, path)

    assert "644 lets others" in task.warnings[0]


@pytest.mark.parametrize("mode", ["rw", "", [], "9"])
def test_what_is_no_mode_is_refused(mode, path):
    with pytest.raises(InvalidOption, match="mode: .* is no mode"):
        warn_of_readers(Task(mode), path)
