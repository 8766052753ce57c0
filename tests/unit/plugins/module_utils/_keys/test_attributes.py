# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.attributes import (
    FILE_OPTIONS,
    FileAttributes,
    OwnerOnly,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    AS_ROOT,
    NOBODY,
    as_nobody,
    mode,
)


class FakeModule(AnsibleModule):
    """Ansible's own functions on files, without a process of a module around them."""

    def __init__(self, flags=""):  # pylint: disable=super-init-not-called
        self.check_mode = True
        self.flags = flags
        self.commands = []

    def selinux_enabled(self):
        return False

    def selinux_mls_enabled(self):
        return False

    def selinux_default_context(self, _path, _mode=0):
        return [None, None, None]

    def get_bin_path(self, arg, *_arguments, **_named):
        return "/bin/" + arg

    def run_command(self, args, *_arguments, **_named):
        if args[0].endswith("lsattr"):
            return 0, "%s %s\n" % (self.flags.ljust(22, "-"), args[-1]), ""
        self.commands.append(args[1])
        return 0, "", ""

    def fail_json(self, msg, **kwargs):
        raise AssertionError("the module ended: %s" % msg)


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    path = tmp_path / "my.key"
    path.write_text("")
    path.chmod(0o600)
    return str(path)


def attributes(flags="", **options):
    module = FakeModule(flags)
    return module, FileAttributes(module, {**dict.fromkeys(FILE_OPTIONS), **options})


def test_without_options_a_file_is_for_its_owner_alone(path):
    _module, given = attributes()
    os.chmod(path, 0o644)

    assert given.differ(path) is True
    given.give(path)

    assert mode(path) == 0o600
    assert given.differ(path) is False


def test_asking_changes_nothing(path):
    _module, given = attributes(mode="0640", owner="12345", attributes="i")

    assert given.differ(path) is True
    assert given.differ_last(path) is True
    assert mode(path) == 0o600
    assert given._module.commands == []


@AS_ROOT
def test_owner_group_and_mode_are_given_whatever_mode_the_module_is_in(path):
    module, given = attributes(mode="0440", owner=str(NOBODY), group=str(NOBODY))

    given.give(path)

    status = os.stat(path)
    assert (status.st_uid, status.st_gid, mode(path)) == (NOBODY, NOBODY, 0o440)
    assert module.check_mode is True


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"owner": "no-user"}, "owner: this host has no user 'no-user'; give one that exists"),
        ({"group": "no-group"}, "group: this host has no group 'no-group'; give one that exists"),
        ({"owner": ""}, "owner: this host has no user ''; give one that exists"),
        ({"mode": 640}, "mode: 640 without quotes"),
        ({"mode": "x"}, "mode: 'x' is no mode"),
    ],
)
def test_what_does_not_exist_is_refused(path, options, message):
    with pytest.raises(InvalidOption) as caught:
        attributes(**options)[1].check(path)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("options", [{}, {"owner": "root"}, {"owner": "54321", "group": "54321"}, {"mode": "0640"}])
def test_what_exists_is_fine_and_numbers_need_not_be_known(path, options):
    attributes(**options)[1].check(path)


@AS_ROOT
@pytest.mark.parametrize("option", ["owner", "group"])
def test_what_may_not_be_given_is_an_error_of_its_option_in_one_line(path, option, monkeypatch):
    os.chown(path, NOBODY, NOBODY)
    os.chmod(os.path.dirname(path), 0o755)
    given = attributes(**{option: "0"})[1]

    monkeypatch.chdir(os.path.dirname(path))
    told = as_nobody(lambda: given.give("my.key"))

    assert told.startswith("InvalidOption: %s: '0' cannot be given to the file: ch" % option)
    assert "\n" not in told


@pytest.mark.parametrize(
    ("flags", "asked", "differ"),
    [
        ("e", "i", True),
        ("ie", "i", False),
        ("ie", "=i", False),
        ("ie", "+i", False),
        ("e", "+i", True),
        ("ie", "-i", True),
        ("e", "-i", False),
        ("iae", "i", True),
        ("iae", "+i", False),
        ("e", "", False),
        ("e", None, False),
    ],
)
def test_flags_differ_where_chattr_would_change_one(path, flags, asked, differ):
    """What the file system sets by itself, as e for extents, is no difference: it would be one for ever."""
    module, given = attributes(flags, attributes=asked)

    assert given.differ_last(path) is differ
    given.give_last(path)

    assert bool(module.commands) is differ


def test_a_file_that_cannot_be_removed_can_be_again(path):
    module, given = attributes("ie", attributes="i")

    given.take_back(path)

    assert module.commands == ["-ia"]


def test_flags_that_cannot_be_given_are_an_error_of_their_option(path):
    module, given = attributes("e", attributes="+i")

    def fail(args, *_arguments, **_named):
        return (0, "e path", "") if args[0].endswith("lsattr") else (1, "", "Operation not\npermitted")

    module.run_command = fail

    with pytest.raises(InvalidOption, match="^attributes: .*i. cannot be given .*Operation not permitted") as caught:
        given.give_last(path)
    assert "\n" not in str(caught.value)


def test_a_task_without_file_options_keeps_files_for_their_owner(path):
    os.chmod(path, 0o644)

    assert OwnerOnly().differ(path) is True
    OwnerOnly().give(path)

    assert mode(path) == 0o600
    assert OwnerOnly().differ(path) is False
    assert OwnerOnly().differ_last(path) is False
