# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import errno
import fcntl
import os
import resource

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.place import LONGEST_NAME
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import private_key
from ansible_collections.community.nexmo.plugins.module_utils._keys.stored import LARGEST_KEY
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    Mode,
    NoAttributes,
    contents,
    fingerprint,
    key_file,
    mode,
    names,
    pem,
    stage,
    waiting,
    write,
)


@pytest.fixture(name="umask_0", autouse=True)
def fixture_umask_0():
    """Nothing may depend on a strict umask."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return tmp_path / "my.key"


def held(path):
    return key_file(path).holding().fingerprints


def kept(path, number, suffix=".old"):
    """Where the key of that number is kept when it is replaced."""
    return path.with_name("%s.%s%s" % (path.name, fingerprint(number)[:16], suffix))


def test_a_key_is_written_for_its_user_alone(path):
    write(path, 1)

    assert path.read_text(encoding="ascii") == pem(1)
    assert mode(path) == 0o600
    assert names(path.parent) == ["my.key"]


def test_a_key_waits_beside_the_file_until_it_is_installed(path):
    path.write_text(pem(1))

    stage(path, 2)

    assert contents(path.parent) == {"my.key": pem(1), waiting(path, 2).name: pem(2)}
    assert mode(waiting(path, 2)) == 0o600


def test_a_reserved_file_is_as_large_as_a_key_can_be_and_closed_to_others(path):
    with key_file(path).reserve() as reserved:
        (name,) = names(path.parent)

        assert reserved.temporary_path == str(path.parent / name)
        assert os.path.getsize(reserved.temporary_path) == LARGEST_KEY
        assert mode(reserved.temporary_path) == 0o600


def test_a_reserved_file_has_a_name_as_long_as_that_of_a_key_that_waits(path):
    with key_file(path).reserve() as reserved:
        assert len(reserved.temporary_path) == len(str(waiting(path, 1)))


def test_attributes_are_given_before_there_is_a_key_and_before_the_file_has_its_name(path):
    seen = []

    class Seen(Mode):
        def give(self, path):
            with open(path, "rb") as content:
                seen.append((content.read().strip(b"\0") != b"", final.exists(), mode(path)))
            super().give(path)

    final = path
    write(path, 1, Seen(0o640))

    assert seen == [(False, False, 0o600), (True, False, 0o640)]
    assert mode(path) == 0o640


def test_what_can_forbid_to_rename_a_file_is_given_when_it_has_its_name(path):
    given = []

    class Recorded(NoAttributes):
        def give_last(self, path):
            given.append(path)

    write(path, 1, Recorded())

    assert given == [str(path)]


def test_a_reserved_file_that_is_not_filled_leaves_nothing(path):
    with key_file(path).reserve():
        pass

    assert names(path.parent) == []


@pytest.mark.parametrize("error", [KeyError, SystemExit, KeyboardInterrupt])
def test_an_end_while_reserved_leaves_nothing(path, error):
    path.write_text(pem(1))

    with pytest.raises(error), key_file(path).reserve():
        raise error

    assert contents(path.parent) == {"my.key": pem(1)}


@pytest.mark.parametrize("step", ["pwrite", "ftruncate", "fsync", "replace"])
def test_a_fill_that_is_interrupted_leaves_the_old_file(path, monkeypatch, step):
    path.write_text(pem(1))

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    with key_file(path).reserve() as reserved:
        monkeypatch.setattr(os, step, fail)
        with pytest.raises(InvalidOption, match="^private_key_path: .*No space left"):
            reserved.fill(private_key(pem(2)))

    assert contents(path.parent) == {"my.key": pem(1)}


def test_a_key_that_is_written_in_part_only_is_not_taken_for_one(path, monkeypatch):
    path.write_text(pem(1))

    with key_file(path).reserve() as reserved:
        monkeypatch.setattr(os, "pwrite", lambda *_arguments: 10)
        with pytest.raises(InvalidOption, match="No space left"):
            reserved.fill(private_key(pem(2)))

    assert contents(path.parent) == {"my.key": pem(1)}


class Refused(NoAttributes):
    """Attributes that cannot be given."""

    def give(self, path):
        raise InvalidOption("owner", "no")


def test_attributes_that_cannot_be_given_are_found_before_there_is_a_key(path):
    with pytest.raises(InvalidOption, match="^owner: "):
        key_file(path, Refused()).reserve()

    assert names(path.parent) == []


def test_attributes_that_cannot_be_given_leave_the_key_waiting(path):
    path.write_text(pem(1))
    stage(path, 2)

    with pytest.raises(InvalidOption, match="^owner: "):
        key_file(path, Refused()).settle(fingerprint(2))

    assert contents(path.parent) == {"my.key": pem(1), waiting(path, 2).name: pem(2)}


def test_a_disk_that_is_full_is_found_before_there_is_a_key(path):
    """The first byte that does not fit is refused, those before it are taken: write() is cut short."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(InvalidOption, match="^private_key_path: cannot write a key in"):
            key_file(path).reserve()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert names(path.parent) == []


def test_two_reservations_do_not_meet(path):
    with key_file(path).reserve() as one, key_file(path).reserve() as other:
        one.fill(private_key(pem(1)))
        other.fill(private_key(pem(2)))

    assert held(path) == sorted([fingerprint(1), fingerprint(2)])


def test_a_key_that_another_run_has_brought_is_left_to_it(path):
    write(path, 1)
    with key_file(path).reserve() as of_another_run:
        of_another_run.fill(private_key(pem(2)))

        assert key_file(path).removable() == []
        key_file(path).settle(fingerprint(1))
        key_file(path).remove(fingerprint(1))

        assert contents(path.parent) == {waiting(path, 2).name: pem(2)}


def test_a_key_of_a_run_that_has_ended_is_not_left_to_it(path):
    write(path, 1)
    stage(path, 2)

    key_file(path).settle(fingerprint(1))

    assert contents(path.parent) == {"my.key": pem(1)}


def test_who_brought_a_key_can_install_it(path):
    file = key_file(path)
    with file.reserve() as reserved:
        reserved.fill(private_key(pem(1)))
        file.settle(fingerprint(1))

    assert contents(path.parent) == {"my.key": pem(1)}


def test_a_key_that_waits_can_be_claimed_and_installed(path):
    stage(path, 1)
    stage(path, 2)
    file = key_file(path)
    with file.claim(fingerprint(2)):
        assert key_file(path).removable() == [fingerprint(1)]
        file.settle(fingerprint(2))

    assert contents(path.parent) == {"my.key": pem(2)}


def test_a_key_in_the_file_can_be_claimed(path):
    write(path, 1)
    with key_file(path).claim(fingerprint(1)):
        assert held(path) == [fingerprint(1)]


def test_a_key_that_is_gone_cannot_be_claimed(path):
    with pytest.raises(InvalidOption, match="has no key with the fingerprint"), key_file(path).claim(fingerprint(1)):
        pytest.fail("claimed")


def test_without_locks_of_files_nobody_claims_a_key(path, monkeypatch):
    def no_locks(_descriptor, _operation):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with key_file(path).reserve() as reserved:
        reserved.fill(private_key(pem(1)))

        assert key_file(path).removable() == [fingerprint(1)]


def test_a_key_that_another_run_installs_first_is_installed(path):
    stage(path, 1)

    final = path

    class Overtaken(Mode):
        def give(self, path):
            if os.path.exists(path):
                os.replace(path, final)
            super().give(path)

    key_file(path, Overtaken(0o600)).settle(fingerprint(1))

    assert contents(path.parent) == {"my.key": pem(1)}


@pytest.mark.parametrize(
    "name",
    ["k" * 100, "k" * LONGEST_NAME, "\u20ac" * 60, "-rf", " ", "a\nb", "a.*b"],
    ids=["long", "longest", "not ASCII", "like an option", "blank", "line end", "like a pattern"],
)
def test_a_key_can_have_any_name_that_is_not_too_long(tmp_path, name):
    path = tmp_path / name

    key_file(path).place.check()
    write(path, 1)
    write(path, 2)

    assert contents(tmp_path) == {name: pem(2), kept(path, 1).name: pem(1)}


def test_a_path_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    write(tmp_path.__class__("my.key"), 1)

    assert names(tmp_path) == ["my.key"]


def test_the_waiting_key_that_is_wanted_becomes_the_file_and_others_go(path):
    path.write_text(pem(1))
    stage(path, 2)
    stage(path, 3)

    key_file(path).settle(fingerprint(2))

    assert contents(path.parent) == {"my.key": pem(2), kept(path, 1).name: pem(1)}


def test_a_file_that_holds_the_key_that_is_wanted_stays_and_waiting_keys_go(path):
    path.write_text(pem(1))
    stage(path, 1)
    stage(path, 2)

    key_file(path, Refused()).settle(fingerprint(1))

    assert contents(path.parent) == {"my.key": pem(1)}


@pytest.mark.parametrize("there", [None, 1])
def test_settling_a_key_that_is_not_there_is_an_error_and_nothing_goes(path, there):
    if there:
        path.write_text(pem(there))
    stage(path, 2)
    before = contents(path.parent)

    with pytest.raises(InvalidOption, match="my.key has no key with the fingerprint"):
        key_file(path).settle(fingerprint(3))

    assert contents(path.parent) == before


def test_installing_a_key_leaves_other_waiting_keys(path):
    stage(path, 1)
    stage(path, 2)

    key_file(path).install(fingerprint(1))

    assert contents(path.parent) == {"my.key": pem(1), waiting(path, 2).name: pem(2)}


def test_what_only_looks_like_a_waiting_key_is_left_alone(path):
    others = ["my.key." + "a" * 64, "my.key.%s.old" % fingerprint(1), "my.key.abc", "other.%s" % fingerprint(1)]
    for name in others:
        path.with_name(name).write_text(pem(1))

    assert held(path) == []
    assert key_file(path).holding().any is False
    with pytest.raises(InvalidOption):
        key_file(path).settle(fingerprint(1))
    key_file(path).remove(fingerprint(1))

    assert names(path.parent) == sorted(others)


def test_held_keys_are_those_in_the_file_and_beside_it(path):
    assert held(path) == []
    path.write_text(pem(1))
    assert held(path) == [fingerprint(1)]
    assert not key_file(path).holding().waiting
    stage(path, 1)
    stage(path, 2)
    assert held(path) == sorted([fingerprint(1), fingerprint(2)])
    assert set(key_file(path).holding().waiting) == {fingerprint(1), fingerprint(2)}


def test_where_there_is_no_directory_there_are_no_keys(tmp_path):
    (tmp_path / "file").write_text("")

    for directory in ("none", "file"):
        file = key_file(tmp_path / directory / "my.key")
        assert file.holding().any is False
        file.remove(None)


def test_a_directory_that_went_away_is_an_error(tmp_path):
    with pytest.raises(InvalidOption, match="^private_key_path: cannot write a key in"):
        key_file(tmp_path / "gone" / "my.key").reserve()


def test_a_key_that_is_replaced_is_kept_with_its_attributes(path):
    path.write_text(pem(1))
    path.chmod(0o640)

    write(path, 2)

    assert contents(path.parent) == {"my.key": pem(2), kept(path, 1).name: pem(1)}
    assert (mode(path), mode(kept(path, 1))) == (0o600, 0o640)


def no_links(*_arguments, **_named):
    raise OSError(1, "Operation not permitted")


def test_without_hard_links_a_key_that_is_replaced_is_kept_as_well(path, monkeypatch):
    path.write_text(pem(1))

    monkeypatch.setattr(os, "link", no_links)
    write(path, 2)

    assert contents(path.parent) == {"my.key": pem(2), kept(path, 1).name: pem(1)}


def test_without_hard_links_a_key_that_is_removed_is_kept_as_well(path, monkeypatch):
    path.write_text(pem(1))

    monkeypatch.setattr(os, "link", no_links)
    key_file(path).remove(fingerprint(2))

    assert contents(path.parent) == {kept(path, 1).name: pem(1)}


def empty_file(name):
    name.write_text("")


def dangling_link(name):
    name.symlink_to("nowhere")


def link_to_the_key(name):
    name.symlink_to("my.key")


def directory(name):
    name.mkdir()


def another_key(name):
    name.write_text(pem(3))


def garbage(name):
    name.write_bytes(b"\xff\0")


TAKEN = pytest.mark.parametrize(
    "take", [empty_file, dangling_link, link_to_the_key, directory, another_key, garbage, os.mkfifo]
)


@TAKEN
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("change", ["replaced", "removed"])
def test_a_key_is_kept_under_a_name_that_is_free(path, monkeypatch, take, links, change):
    path.write_text(pem(1))
    take(kept(path, 1))
    take(kept(path, 1, ".2.old"))
    before = {name.name: os.lstat(name) for name in path.parent.iterdir() if name != path}
    if not links:
        monkeypatch.setattr(os, "link", no_links)

    if change == "replaced":
        write(path, 2)
    else:
        key_file(path).remove(None)

    assert kept(path, 1, ".3.old").read_text() == pem(1)
    assert {name: os.lstat(path.parent / name).st_ino for name in before} == {
        name: status.st_ino for name, status in before.items()
    }
    assert path.exists() is (change == "replaced")


def test_a_key_that_is_kept_already_is_kept_once(path):
    kept(path, 1).write_text(pem(1))
    for _again in range(2):
        path.write_text(pem(1))
        write(path, 2)
    path.write_text(pem(1))
    key_file(path).remove(None)

    assert contents(path.parent) == {kept(path, 1).name: pem(1)}


def test_a_key_that_could_not_be_kept_is_not_replaced(path, monkeypatch):
    """As on a file system that says that it made the link, and did not."""
    path.write_text(pem(1))
    stage(path, 2)
    monkeypatch.setattr(os, "link", lambda *_arguments, **_named: None)

    with pytest.raises(InvalidOption, match="could not be kept as .*old$"):
        key_file(path).install(fingerprint(2))

    assert contents(path.parent) == {"my.key": pem(1), waiting(path, 2).name: pem(2)}


@pytest.mark.parametrize("content", [None, ""])
def test_where_there_is_no_key_none_is_kept(path, content):
    if content is not None:
        path.write_text(content)

    write(path, 1)

    assert names(path.parent) == ["my.key"]


def test_a_key_that_is_removed_is_gone_with_those_that_wait(path):
    path.write_text(pem(1))
    stage(path, 2)

    key_file(path).remove(fingerprint(1))

    assert names(path.parent) == []


@pytest.mark.parametrize("other", [None, 2])
def test_another_key_than_the_one_that_is_removed_is_kept_aside(path, other):
    path.write_text(pem(1))

    key_file(path).remove(other and fingerprint(other))

    assert contents(path.parent) == {kept(path, 1).name: pem(1)}


def test_what_is_no_key_is_not_removed(path):
    path.write_text("hello")

    with pytest.raises(InvalidOption, match="holds something else"):
        key_file(path).remove(None)

    assert path.read_text() == "hello"


def test_a_key_in_a_layout_that_programs_cannot_read_is_not_held_and_not_lost(path):
    folded = pem(1).replace("\n", " ")
    path.write_text(folded)

    assert held(path) == []
    assert key_file(path).holding().any is True
    write(path, 2)

    assert contents(path.parent) == {"my.key": pem(2), kept(path, 1).name: folded}


def test_the_same_key_in_a_readable_layout_takes_its_place(path):
    path.write_text(pem(1).replace("\n", " "))

    write(path, 1)

    assert contents(path.parent) == {"my.key": pem(1)}
