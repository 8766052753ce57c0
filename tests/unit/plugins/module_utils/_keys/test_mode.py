# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import re

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.mode import mode_from, warn_of_readers


class Task:
    """What a module warns of."""

    def __init__(self):
        self.warnings = []

    def warn(self, text):
        self.warnings.append(text)


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return str(tmp_path / "my.key")


@pytest.mark.parametrize("mode", [None, 0o600, 0o640, "0600", "0640", "0000", "600", "u=rw,g=r,o="])
def test_a_mode_that_keeps_others_out_is_fine(mode, path):
    task = Task()

    warn_of_readers(task, mode, path)

    assert task.warnings == []


@pytest.mark.parametrize("mode", [0o644, "0644", "0604", "o+r"])
def test_a_mode_that_lets_others_read_is_warned_of(mode, path):
    task = Task()

    warn_of_readers(task, mode, path)

    assert len(task.warnings) == 1
    assert "lets others than the owner and group read the private key" in task.warnings[0]


def test_symbols_change_what_the_file_has(path):
    with open(path, "wb"):
        os.chmod(path, 0o640)
    task = Task()

    warn_of_readers(task, "o+r", path)

    assert task.warnings[0].startswith("mode: 0644 lets others")


# As YAML and Ansible hand modes over: 0640 and 0o640 in YAML, in quotes and not, and what the file then has.
MODES = {
    "0640": (0o640, 0o640),
    "0600": (0o600, 0o600),
    "0400": (0o400, 0o400),
    "0440": (0o440, 0o440),
    "0444": (0o444, 0o444),
    "0644": (0o644, 0o644),
    "0660": (0o660, 0o660),
    "0700": (0o700, 0o700),
    "0750": (0o750, 0o750),
    "0755": (0o755, 0o755),
    "0777": (0o777, 0o777),
    "'0640'": ("0640", 0o640),
    "'640'": ("640", 0o640),
    "'0o640'": ("0o640", 0o640),
    "'u=rw,g=r'": ("u=rw,g=r", 0o640),
    "'u=rw,g=r,o='": ("u=rw,g=r,o=", 0o640),
    "'g+r'": ("g+r", 0o640),
}


@pytest.mark.parametrize(("given", "expected"), MODES.values(), ids=MODES)
def test_a_mode_is_read_as_ansible_reads_it(given, expected, path):
    assert mode_from(given, path) & 0o7777 == expected


@pytest.mark.parametrize(
    "digits",
    [
        200,
        220,
        222,
        240,
        400,
        440,
        444,
        500,
        600,
        604,
        640,
        644,
        660,
        664,
        666,
        700,
        740,
        750,
        755,
        770,
        777,
        1640,
        2640,
        4600,
        7777,
    ],
)
def test_octal_digits_without_quotes_and_zero_are_refused_with_the_mode_that_was_meant(digits, path):
    """YAML reads 640 as a decimal number, which is the mode 1200: nobody could read the file."""
    with pytest.raises(InvalidOption) as caught:
        mode_from(digits, path)

    assert str(caught.value).startswith("mode: %d without quotes is a decimal number" % digits)
    assert "give '%04d' in quotes" % digits in str(caught.value)


@pytest.mark.parametrize("owner", "46")
@pytest.mark.parametrize("group", "046")
@pytest.mark.parametrize("others", "046")
def test_what_is_meant_as_a_mode_of_a_key_file_is_not_a_number_that_means_one(owner, group, others):
    """So that no octal number with its zero is taken for decimal digits."""
    digits = owner + group + others

    assert not re.fullmatch("[46][046][046]", "%o" % int(digits))
    assert mode_from(int(digits, 8), "/none") == int(digits, 8)


@pytest.mark.parametrize("mode", ["rw", "", [], {}, "9", "0888", -1, -600, 999, 100000, "77777", True, 640.0, "640.0"])
def test_what_is_no_mode_is_refused(mode, path):
    with pytest.raises(InvalidOption, match="mode: .* is no mode; give octal digits in quotes"):
        mode_from(mode, path)
