# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import resource
import stat

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys.file import LARGEST_KEY, LONGEST_NAME, KeyFile
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import UnreadableKey
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

NOT_AS_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root can read and write everything")


@pytest.fixture(name="umask_0", autouse=True)
def fixture_umask_0():
    """Nothing may depend on a strict umask."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return tmp_path / "my.key"


def key_file(path):
    return KeyFile("private_key_path", str(path))


def pem(number=0):
    return keys.private_pem(keys.pair(number=number))


def mode(path):
    return stat.S_IMODE(os.stat(str(path)).st_mode)


def names(directory):
    return sorted(entry.name for entry in directory.iterdir())


def fingerprint(number=0):
    return keys.fingerprint(keys.pair(number=number))


def attributes_left(_path):
    return False


def stage(path, number, set_attributes=attributes_left):
    """Brings a key beside the file, where it waits."""
    with key_file(path).reserve(set_attributes) as reserved:
        return reserved.fill(pem(number))


def write(path, number, set_attributes=attributes_left):
    key_file(path).settle(stage(path, number, set_attributes), set_attributes)


def waiting(path, number):
    return path.with_name("%s.%s" % (path.name, fingerprint(number)))


def test_a_key_is_written_for_its_user_alone(path):
    write(path, 1)

    assert path.read_text(encoding="ascii") == pem(1)
    assert mode(path) == 0o600
    assert names(path.parent) == ["my.key"]


def test_a_key_waits_beside_the_file_until_it_is_settled(path):
    path.write_text(pem(1))

    told = stage(path, 2)

    assert told == fingerprint(2)
    assert path.read_text() == pem(1)
    assert waiting(path, 2).read_text() == pem(2)
    assert mode(waiting(path, 2)) == 0o600
    assert len(names(path.parent)) == 2


def test_a_reserved_file_is_as_large_as_a_key_can_be_and_closed_to_others(path):
    with key_file(path).reserve(attributes_left) as reserved:
        (name,) = names(path.parent)

        assert reserved.temporary_path == str(path.parent / name)
        assert os.path.getsize(reserved.temporary_path) == LARGEST_KEY
        assert mode(reserved.temporary_path) == 0o600


def test_attributes_are_set_before_there_is_a_key_and_before_the_file_has_its_name(path):
    seen = []

    def set_attributes(target):
        with open(target, "rb") as content:
            seen.append((content.read().strip(b"\0") != b"", path.exists(), mode(target)))
        os.chmod(target, 0o640)

    write(path, 1, set_attributes)

    assert seen == [(False, False, 0o600), (True, False, 0o640)]
    assert mode(path) == 0o640


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_a_key_ends_with_one_line_end(path, end):
    with key_file(path).reserve(attributes_left) as reserved:
        reserved.fill(pem(1).strip() + end)

    assert waiting(path, 1).read_text() == pem(1)


def test_a_reserved_file_that_is_not_filled_leaves_nothing(path):
    with key_file(path).reserve(attributes_left):
        pass

    assert names(path.parent) == []


def test_trying_out_leaves_nothing(path):
    path.write_text(pem(1))

    key_file(path).try_out()

    assert names(path.parent) == ["my.key"]


@pytest.mark.parametrize("error", [KeyError, SystemExit, KeyboardInterrupt])
def test_an_end_while_reserved_leaves_nothing(path, error):
    path.write_text(pem(1))

    with pytest.raises(error), key_file(path).reserve(attributes_left):
        raise error

    assert names(path.parent) == ["my.key"]
    assert path.read_text() == pem(1)


@pytest.mark.parametrize("step", ["pwrite", "ftruncate", "fsync", "replace"])
def test_a_fill_that_is_interrupted_leaves_the_old_file(path, monkeypatch, step):
    path.write_text(pem(1))

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    with key_file(path).reserve(attributes_left) as reserved:
        monkeypatch.setattr(os, step, fail)
        with pytest.raises(OSError, match="No space left"):
            reserved.fill(pem(2))

    assert names(path.parent) == ["my.key"]
    assert path.read_text() == pem(1)


def test_a_key_that_is_written_in_part_only_is_not_taken_for_one(path, monkeypatch):
    path.write_text(pem(1))

    with key_file(path).reserve(attributes_left) as reserved:
        monkeypatch.setattr(os, "pwrite", lambda *_arguments: 10)
        with pytest.raises(OSError, match="No space left"):
            reserved.fill(pem(2))

    assert names(path.parent) == ["my.key"]
    assert path.read_text() == pem(1)


def test_what_is_no_key_is_not_written(path):
    path.write_text(pem(1))

    with pytest.raises(UnreadableKey), key_file(path).reserve(attributes_left) as reserved:
        reserved.fill("hello")

    assert names(path.parent) == ["my.key"]


def exit_as_ansible_does(_path):
    raise SystemExit(1)


def test_attributes_that_cannot_be_set_are_found_before_there_is_a_key(path):
    with pytest.raises(SystemExit):
        key_file(path).reserve(exit_as_ansible_does)

    assert names(path.parent) == []


def test_attributes_that_cannot_be_set_leave_the_key_waiting(path):
    path.write_text(pem(1))
    stage(path, 2)

    with pytest.raises(SystemExit):
        key_file(path).settle(fingerprint(2), exit_as_ansible_does)

    assert path.read_text() == pem(1)
    assert key_file(path).held_keys() == sorted([fingerprint(1), fingerprint(2)])


def test_a_disk_that_is_full_is_found_before_there_is_a_key(path):
    """The first byte that does not fit is refused, those before it are taken: write() is cut short."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(InvalidOption, match="^private_key_path: cannot write in"):
            key_file(path).reserve(attributes_left)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert names(path.parent) == []


def test_two_reservations_do_not_meet(path):
    with key_file(path).reserve(attributes_left) as one, key_file(path).reserve(attributes_left) as other:
        one.fill(pem(1))
        other.fill(pem(2))

    assert key_file(path).held_keys() == sorted([fingerprint(1), fingerprint(2)])


@pytest.mark.parametrize(
    "name",
    ["k" * 100, "k" * LONGEST_NAME, "\u20ac" * 60, "-rf", " ", "a\nb", "a.*b"],
    ids=["long", "longest", "not ASCII", "like an option", "blank", "line end", "like a pattern"],
)
def test_a_key_can_have_any_name_that_is_not_too_long(tmp_path, name):
    path = tmp_path / name

    key_file(path).check()
    key_file(path).check_place()
    write(path, 1)
    write(path, 2)

    assert path.read_text() == pem(2)
    assert names(tmp_path) == sorted([name, "%s.%s.old" % (name, fingerprint(1)[:16])])


@pytest.mark.parametrize("name", ["k" * (LONGEST_NAME + 1), "\u20ac" * 64], ids=["ASCII", "not ASCII"])
def test_a_name_that_is_too_long_is_refused_beforehand(tmp_path, name):
    file = key_file(tmp_path / name)

    for check in (file.check, file.check_place):
        with pytest.raises(InvalidOption, match="^private_key_path: the name of the file is longer"):
            check()


def test_a_path_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    key_file("my.key").check()
    write(tmp_path.__class__("my.key"), 1)

    assert names(tmp_path) == ["my.key"]


def test_the_waiting_key_that_is_wanted_becomes_the_file_and_others_go(path):
    path.write_text(pem(1))
    stage(path, 2)
    stage(path, 3)

    key_file(path).settle(fingerprint(2), attributes_left)

    assert path.read_text() == pem(2)
    assert names(path.parent) == sorted(["my.key", "my.key.%s.old" % fingerprint(1)[:16]])


def test_a_file_that_holds_the_key_that_is_wanted_stays_and_waiting_keys_go(path):
    path.write_text(pem(1))
    stage(path, 1)
    stage(path, 2)

    key_file(path).settle(fingerprint(1), exit_as_ansible_does)

    assert path.read_text() == pem(1)
    assert names(path.parent) == ["my.key"]


@pytest.mark.parametrize("wanted", [None, 3])
def test_waiting_keys_that_nobody_wants_go_and_the_file_stays(path, wanted):
    path.write_text(pem(1))
    stage(path, 2)

    key_file(path).settle(wanted and fingerprint(wanted), attributes_left)

    assert names(path.parent) == ["my.key"]
    assert path.read_text() == pem(1)


def test_what_only_looks_like_a_waiting_key_is_left_alone(path):
    others = ["my.key." + "a" * 64, "my.key.%s.old" % fingerprint(1), "my.key.abc", "other.%s" % fingerprint(1)]
    for name in others:
        path.with_name(name).write_text(pem(1))

    assert key_file(path).held_keys() == []
    assert key_file(path).has_waiting_keys() is False
    key_file(path).settle(fingerprint(1), attributes_left)

    assert names(path.parent) == sorted(others)


def test_held_keys_are_those_in_the_file_and_beside_it(path):
    assert key_file(path).held_keys() == []
    path.write_text(pem(1))
    assert key_file(path).held_keys() == [fingerprint(1)]
    assert key_file(path).has_waiting_keys() is False
    stage(path, 1)
    stage(path, 2)
    assert key_file(path).held_keys() == sorted([fingerprint(1), fingerprint(2)])
    assert key_file(path).has_waiting_keys() is True


def test_where_there_is_no_directory_there_are_no_keys(tmp_path):
    (tmp_path / "file").write_text("")

    for directory in ("none", "file"):
        file = key_file(tmp_path / directory / "my.key")
        assert file.held_keys() == []
        file.settle(None, attributes_left)
        file.remove(None)


def test_the_key_that_is_there_is_read(path):
    path.write_text(pem())

    assert key_file(path).public_key().fingerprint == keys.fingerprint(keys.pair())


@pytest.mark.parametrize("content", [None, "", "\n", " \n\t\n"])
def test_where_there_is_no_key_there_is_none(path, content):
    if content is not None:
        path.write_text(content)

    assert key_file(path).public_key() is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"hello", id="text"),
        pytest.param(keys.public_pem(keys.pair()).encode(), id="public key"),
        pytest.param(keys.private_pem(keys.elliptic()).encode(), id="other kind of key"),
        pytest.param(b"\xff\x00" * 50000, id="bytes"),
        pytest.param(
            keys.private_pem(keys.pair()).encode().replace(b"M", b"\xff", 1),
            id="damaged key",
        ),
        pytest.param(b" " * LARGEST_KEY + keys.private_pem(keys.pair()).encode(), id="key behind many blanks"),
    ],
)
def test_what_is_no_key_is_an_error_without_its_content(path, content):
    path.write_bytes(content)

    with pytest.raises(InvalidOption, match="^private_key_path: .*my.key holds something else") as caught:
        key_file(path).public_key()

    assert not keys.shows_part_of(pem(), str(caught.value))
    assert len(str(caught.value)) < 500


def test_a_link_is_not_followed(path):
    path.with_name("other").write_text(pem())
    path.symlink_to("other")

    for call in (key_file(path).check, key_file(path).check_place, key_file(path).public_key):
        with pytest.raises(InvalidOption, match="symbolic link"):
            call()


@pytest.mark.parametrize(
    ("make", "reason"),
    [(os.mkdir, "is a directory"), (os.mkfifo, "not a regular file"), (lambda path: os.symlink("/x", path), "link")],
)
def test_what_is_no_file_is_an_error(path, make, reason):
    make(str(path))

    with pytest.raises(InvalidOption, match=reason):
        key_file(path).check()
    with pytest.raises(InvalidOption, match=reason):
        key_file(path).public_key()


def test_a_directory_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(InvalidOption, match="^private_key_path: the directory .*none does not exist"):
        key_file(tmp_path / "none" / "my.key").check()


def test_a_directory_that_is_missing_is_made(tmp_path):
    file = key_file(tmp_path / "a" / "b" / "my.key")

    assert file.check_place() is True
    file.make_directory()

    assert file.check_place() is False
    assert mode(tmp_path / "a" / "b") == 0o755


def test_a_place_below_a_file_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InvalidOption, match="file is not a directory"):
        key_file(tmp_path / "file" / "a" / "my.key").check_place()


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InvalidOption, match="^private_key_path: cannot make the directory"):
        key_file(tmp_path / "file" / "a" / "my.key").make_directory()


@NOT_AS_ROOT
def test_a_directory_that_cannot_be_written_is_an_error(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(InvalidOption, match="cannot be written"):
        key_file(tmp_path / "my.key").check()


@NOT_AS_ROOT
def test_a_key_that_cannot_be_read_is_an_error(path):
    path.write_text(pem())
    path.chmod(0)

    with pytest.raises(InvalidOption, match="cannot be read"):
        key_file(path).public_key()


def test_a_directory_that_went_away_is_an_error(tmp_path):
    with pytest.raises(InvalidOption, match="^private_key_path: cannot write in"):
        key_file(tmp_path / "gone" / "my.key").reserve(attributes_left)


def test_a_key_that_is_replaced_is_kept_under_another_name(path):
    path.write_text(pem(1))
    path.chmod(0o640)

    aside = key_file(path).keep_aside()
    write(path, 2)

    assert aside == "%s.%s.old" % (path, fingerprint(1)[:16])
    assert path.read_text() == pem(2)
    with open(aside, encoding="ascii") as kept:
        assert kept.read() == pem(1)
    assert mode(aside) == 0o640


def test_without_hard_links_a_key_that_is_replaced_is_kept_as_well(path, monkeypatch):
    path.write_text(pem(1))
    path.chmod(0o600)

    def fail(*_arguments, **_named):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    write(path, 2)

    (aside,) = [path.with_name(name) for name in names(path.parent) if name.endswith(".old")]
    assert (path.read_text(), aside.read_text()) == (pem(2), pem(1))
    assert (mode(path), mode(aside)) == (0o600, 0o600)


def test_a_key_that_is_kept_already_is_kept_once(path):
    path.write_text(pem(1))

    assert key_file(path).keep_aside() == key_file(path).keep_aside()
    assert len(names(path.parent)) == 2


@pytest.mark.parametrize("content", [None, ""])
def test_where_there_is_no_key_none_is_kept(path, content):
    if content is not None:
        path.write_text(content)

    assert key_file(path).keep_aside() is None


def test_a_key_that_is_removed_is_gone_with_those_that_wait(path):
    path.write_text(pem(1))
    stage(path, 2)

    key_file(path).remove(fingerprint(1))

    assert names(path.parent) == []


@pytest.mark.parametrize("other", [None, 2])
def test_another_key_than_the_one_that_is_removed_is_kept_aside(path, other):
    path.write_text(pem(1))

    key_file(path).remove(other and fingerprint(other))

    (aside,) = names(path.parent)
    assert aside.endswith(".old")
    assert path.with_name(aside).read_text() == pem(1)


def test_what_is_no_key_is_not_removed(path):
    path.write_text("hello")

    with pytest.raises(InvalidOption, match="holds something else"):
        key_file(path).remove(None)

    assert path.read_text() == "hello"
