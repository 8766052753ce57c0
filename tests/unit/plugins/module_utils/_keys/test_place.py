# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import os
import subprocess

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.place import LONGEST_NAME, LONGEST_PATH, Place
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    AS_ROOT,
    NOBODY,
    Mode,
    NoAttributes,
    as_nobody,
    bind,
    contents,
    directory_of_nobody,
    key_file,
    mode,
    names,
    pem,
    with_own_mounts,
)


def place(path, attributes=None):
    return Place("private_key_path", str(path), attributes or NoAttributes())


NEVER = {
    "empty": ("", "is empty"),
    "blank": (" \t", "is empty"),
    "a blank first": (" /keys/my.key", "' /keys/my.key' begins or ends with white space"),
    "a line end first": ("\n{dir}/my.key", "begins or ends with white space"),
    "a line end last": ("{dir}/my.key\n", "begins or ends with white space"),
    "CRLF last": ("{dir}/my.key\r\n", "begins or ends with white space"),
    "a slash at the end": ("{dir}/new/", "is a directory"),
    "a slash behind a directory": ("{dir}/", "is a directory"),
    "a dot at the end": ("{dir}/new/.", "is a directory"),
    "two dots at the end": ("{dir}/new/..", "is a directory"),
    "the root": ("/", "is a directory"),
    "a dot": (".", "is a directory"),
    "a slash behind a name": ("keys/", "is a directory"),
    "NUL": ("{dir}/a\0b", "NUL"),
    "no characters of a file name": ("{dir}/\ud800", "no file name can have"),
    "a long name": ("{dir}/" + "k" * (LONGEST_NAME + 1), "the name of the file is longer than 190 bytes"),
    "a long name, not in ASCII": ("{dir}/" + "\u20ac" * 64, "the name of the file is longer"),
    "a long path": ("/" + "d/" * ((LONGEST_PATH - 1) // 2) + "kk", "is longer than 4030 bytes"),
    "a very long path": ("/" + "d/" * 4000 + "k", "is longer than"),
}


@pytest.mark.parametrize(("path", "reason"), NEVER.values(), ids=NEVER)
def test_what_can_never_be_the_path_of_a_key_is_refused_whatever_is_there(tmp_path, path, reason):
    with pytest.raises(InvalidOption, match="^private_key_path: ") as caught:
        place(path.replace("{dir}", str(tmp_path)))

    assert reason in str(caught.value)
    assert names(tmp_path) == []


def test_a_relative_path_is_one_of_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert place("my.key").path == str(tmp_path / "my.key")


def test_a_relative_path_needs_a_working_directory(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    with pytest.raises(InvalidOption, match="give an absolute path"):
        place("my.key")


@pytest.mark.parametrize("below", ["", "new/"])
def test_a_path_is_the_same_by_each_spelling(tmp_path, below):
    (tmp_path / "link").symlink_to(tmp_path)
    spellings = ["", "./", "/", "link/", "link/../%s/" % tmp_path.name, "link/link/./"]

    found = {place("%s/%s%smy.key" % (tmp_path, spelling, below)).identity for spelling in spellings}

    assert len(found) == 1
    assert place(tmp_path / below / "other.key").identity not in found
    assert place(tmp_path / "other" / "my.key").identity not in found


def file_below_a_file(directory):
    (directory / "file").write_text("")
    return directory / "file" / "my.key"


def below_a_file(directory):
    return file_below_a_file(directory).parent / "a" / "my.key"


def below_a_dangling_link(directory):
    (directory / "link").symlink_to("nowhere")
    return directory / "link" / "my.key"


def below_a_loop(directory):
    (directory / "link").symlink_to("link")
    return directory / "link" / "my.key"


def link(directory):
    (directory / "my.key").symlink_to("other")
    return directory / "my.key"


def directory_itself(directory):
    (directory / "my.key").mkdir()
    return directory / "my.key"


def pipe(directory):
    os.mkfifo(directory / "my.key")
    return directory / "my.key"


def missing_directory_with_a_long_name(directory):
    return directory / ("d" * 256) / "my.key"


WRONG_KINDS = {
    file_below_a_file: "not a directory",
    below_a_file: "not a directory",
    below_a_dangling_link: "not a directory",
    below_a_loop: "",
    link: "symbolic link",
    directory_itself: "is a directory",
    pipe: "not a regular file",
    missing_directory_with_a_long_name: "File name too long",
}


@pytest.mark.parametrize(("make", "reason"), WRONG_KINDS.items())
def test_a_place_of_the_wrong_kind_is_refused_and_stays_as_it_is(tmp_path, make, reason):
    path = make(tmp_path)
    before = names(tmp_path)

    for check in (place(path).check, place(path).try_out):
        with pytest.raises(InvalidOption, match="^private_key_path: ") as caught:
            check()
        assert reason in str(caught.value)

    assert names(tmp_path) == before


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full", "/proc/x", "/proc/self/x", "/sys/x"])
def test_what_is_no_place_for_files_is_refused(path):
    with pytest.raises(InvalidOption, match="^private_key_path: "):
        place(path).check()


def test_trying_a_place_out_leaves_nothing(tmp_path):
    (tmp_path / "my.key").write_text(pem())

    place(tmp_path / "my.key").check()
    place(tmp_path / "my.key").try_out()
    place(tmp_path / "a" / "b" / "my.key").check()
    place(tmp_path / "a" / "b" / "my.key").try_out()

    assert contents(tmp_path) == {"my.key": pem()}


def test_a_directory_that_is_missing_is_an_error_where_nobody_makes_it(tmp_path):
    place(tmp_path / "my.key").check_directory()

    with pytest.raises(InvalidOption, match="^private_key_path: the directory .*none does not exist; make it first"):
        place(tmp_path / "none" / "my.key").check_directory()


@pytest.mark.parametrize("make", [lambda path: path.write_text(""), lambda path: path.symlink_to("nowhere")])
def test_what_is_there_and_no_directory_is_not_called_missing(tmp_path, make):
    make(tmp_path / "file")

    with pytest.raises(InvalidOption, match="^private_key_path: .*/file is not a directory; give another path$"):
        place(tmp_path / "file" / "my.key").check_directory()


def test_a_message_is_one_line_whatever_the_path(tmp_path):
    with pytest.raises(InvalidOption, match=r"^private_key_path: the directory .*/a\\nb\\rc does not exist"):
        place(tmp_path / "a\nb\rc" / "my.key").check_directory()


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o027, 0o077, 0o777])
def test_directories_that_are_made_can_be_entered_by_all_whatever_the_umask(tmp_path, umask):
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o710)
    wanted = place(tmp_path / "there" / "a" / "b" / "my.key")

    before = os.umask(umask)
    try:
        missing = wanted.missing_directories()
        wanted.check()
        wanted.make_directories()
    finally:
        os.umask(before)

    assert missing == [str(tmp_path / "there" / "a"), str(tmp_path / "there" / "a" / "b")]
    assert wanted.missing_directories() == []
    assert [mode(tmp_path / name) for name in ("there", "there/a", "there/a/b")] == [0o710, 0o755, 0o755]


def test_a_group_that_directories_inherit_stays_inherited(tmp_path):
    tmp_path.chmod(0o2755)

    place(tmp_path / "a" / "my.key").make_directories()

    assert mode(tmp_path / "a") == 0o2755


def test_a_directory_that_somebody_makes_at_the_same_time_is_left_alone(tmp_path, monkeypatch):
    make = os.mkdir

    def somebody_is_faster(path, _mode=0o777):
        make(path, 0o700)
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(os, "mkdir", somebody_is_faster)
    place(tmp_path / "a" / "my.key").make_directories()

    assert mode(tmp_path / "a") == 0o700


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InvalidOption, match="^private_key_path: cannot make the directory"):
        place(tmp_path / "file" / "a" / "my.key").make_directories()


@AS_ROOT
@pytest.mark.parametrize(
    ("permissions", "reason"),
    [
        (0o500, "cannot be written"),
        (0o300, "cannot be read"),
        (0o600, "cannot be read"),
        (0o000, "cannot be read"),
    ],
)
@pytest.mark.parametrize("name", ["my.key", "new/my.key"])
def test_a_directory_without_permissions_is_refused(permissions, reason, name):
    with directory_of_nobody() as directory:
        directory.chmod(permissions)

        told = as_nobody(place(directory / name).check)

        assert reason in told
        assert told.startswith("InvalidOption: private_key_path: ")
        assert names(directory) == []


@AS_ROOT
@pytest.mark.parametrize("permissions", [0o200, 0o000, 0o066])
def test_a_mode_with_which_the_writer_cannot_read_the_key_is_refused(permissions):
    with directory_of_nobody() as directory:
        for name in ("my.key", "new/my.key"):
            told = as_nobody(place(directory / name, Mode(permissions)).check)

            assert told.startswith("InvalidOption: mode: with %04o the task itself could not read" % permissions)
        assert names(directory) == []


@AS_ROOT
@pytest.mark.parametrize("permissions", [0o400, 0o600, 0o644])
def test_a_mode_with_which_the_writer_can_read_the_key_is_fine(permissions):
    with directory_of_nobody() as directory:
        assert as_nobody(place(directory / "my.key", Mode(permissions)).check) == "None"


class Forgotten(NoAttributes):
    """As on a file system without owners and permissions."""

    def differ(self, path):
        return True


@pytest.mark.parametrize("name", ["my.key", "new/my.key"])
def test_attributes_that_the_file_system_does_not_keep_are_refused(tmp_path, name):
    with pytest.raises(InvalidOption, match="^mode: the file system does not keep"):
        place(tmp_path / name, Forgotten()).check()

    assert names(tmp_path) == []


def chattr(flags, path):
    return subprocess.run(["chattr", flags, str(path)], capture_output=True, check=False).returncode == 0


@pytest.fixture(name="flagged")
def fixture_flagged():
    """Gives a path flags for the time of a test."""
    given = []

    def flag(flags, path):
        if not chattr(flags, path):
            pytest.skip("chattr cannot be used here")
        given.append(path)

    yield flag
    for path in given:
        chattr("-ia", path)


@pytest.mark.parametrize("flags", ["+i", "+a"])
@pytest.mark.parametrize("name", ["my.key", "new/my.key"])
def test_a_directory_whose_names_cannot_change_is_refused_and_gets_no_file(tmp_path, flagged, flags, name):
    flagged(flags, tmp_path)

    with pytest.raises(InvalidOption, match="is (immutable|append-only)"):
        place(tmp_path / name).check()

    assert names(tmp_path) == []


@pytest.mark.parametrize("flags", ["+i", "+a"])
@pytest.mark.parametrize("check", ["check_replaceable", "check_removable"])
def test_a_file_that_cannot_be_renamed_is_known(tmp_path, flagged, flags, check):
    path = tmp_path / "my.key"
    path.write_text(pem())
    getattr(key_file(path), check)()
    flagged(flags, path)

    with pytest.raises(InvalidOption, match="is (immutable|append-only)"):
        getattr(key_file(path), check)()


@AS_ROOT
def test_a_file_of_another_user_in_a_sticky_directory_is_known():
    with directory_of_nobody() as directory:
        path = directory / "my.key"
        path.write_text(pem())
        path.chmod(0o644)
        os.chown(directory, 0, 0)
        directory.chmod(0o1777)

        told = as_nobody(key_file(path).check_replaceable)
        os.chown(path, NOBODY, NOBODY)
        told_of_own = as_nobody(key_file(path).check_replaceable)

        assert "has the sticky bit" in told
        assert told_of_own == "None"
        assert key_file(path).check_replaceable() is None  # root may


@AS_ROOT
@pytest.mark.parametrize("name", ["my.key", "my key\\\n#"])
def test_a_file_that_is_a_mount_point_is_known(tmp_path, name):
    path = tmp_path / name
    for file in (path, tmp_path / "other"):
        file.write_text(pem())

    def check_mounted():
        bind(tmp_path / "other", path)
        key_file(path).check_replaceable()

    told = with_own_mounts(check_mounted)

    if "nothing can be mounted" in told:
        pytest.skip(told)
    assert "it is a mount point" in told
    assert key_file(path).check_replaceable() is None
