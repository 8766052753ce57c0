# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check mode calls possible succeeds, what it refuses changes nothing, and no key is ever lost."""

from __future__ import annotations

import errno
import itertools
import os
import pathlib
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Optional

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._keys import task as task_file
from ansible_collections.community.nexmo.plugins.module_utils._keys.stored import stored_key
from ansible_collections.community.nexmo.plugins.module_utils._keys.task import apply, plan_for, task_from
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    AS_ROOT,
    NOBODY,
    Mode,
    as_nobody,
    directory_of_nobody,
    fingerprint,
    key_file,
    pem,
)

GIVEN, MADE, HELD, WAITING, STRANGER = 1, 2, 3, 4, 5
NUMBERS = {fingerprint(number): number for number in (GIVEN, MADE, HELD, WAITING, STRANGER)}
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

FILES = {
    "none": None,
    "empty": "",
    "held": pem(HELD),
    "held, folded": pem(HELD).replace("\n", " "),
    "held, CRLF": pem(HELD).replace("\n", "\r\n"),
    "given": pem(GIVEN),
    "given, folded": pem(GIVEN).replace("\n", " "),
    "given, CRLF": pem(GIVEN).replace("\n", "\r\n"),
    "garbage": "precious",
    "two keys": pem(HELD) + pem(GIVEN),
}

TASKS = {
    "look": {},
    "write": {"private_key": pem(GIVEN)},
    "write by force": {"private_key": pem(GIVEN), "force": True},
    "stage": {"private_key": pem(GIVEN), "staged": True},
    "settle the given": {"fingerprint": fingerprint(GIVEN)},
    "settle the one that waits": {"fingerprint": fingerprint(WAITING)},
    "settle a stranger": {"fingerprint": fingerprint(STRANGER)},
    "make": {"generate": True},
    "make to wait": {"generate": True, "staged": True},
    "remove": {"state": "absent"},
    "remove the given": {"state": "absent", "fingerprint": fingerprint(GIVEN)},
}

# What an operating system's function can answer; those in one group fail together.
FUNCTIONS = {
    "open": ("open",),
    "pwrite": ("pwrite",),
    "ftruncate": ("ftruncate",),
    "fsync": ("fsync",),
    "rename": ("rename", "replace"),
    "link": ("link",),
    "unlink": ("unlink",),
    "mkdir": ("mkdir",),
    "rmdir": ("rmdir",),
    "chmod": ("chmod",),
    "lstat": ("lstat",),
    "stat": ("stat",),
    "listdir": ("listdir",),
    "pathconf": ("pathconf",),
}
ERRORS = (
    errno.EPERM,
    errno.EACCES,
    errno.EIO,
    errno.ENOSPC,
    errno.EROFS,
    errno.EDQUOT,
    errno.ENAMETOOLONG,
    errno.EBUSY,
)


@dataclass(frozen=True)
class Scene:
    """What is there: the file, keys that wait, whether names of kept keys are taken, whether the directory is there."""

    content: Optional[str]
    waiting: frozenset
    names_taken: bool
    below: str

    def build(self, root):
        path = pathlib.Path(root) / "etc" / self.below / "my.key"
        (pathlib.Path(root) / "etc").mkdir()
        if self.below == "missing":
            return path
        path.parent.mkdir(exist_ok=True)
        if self.content is not None:
            path.write_text(self.content, newline="")
        for number in self.waiting:
            path.with_name("my.key.%s" % fingerprint(number)).write_text(pem(number))
        if self.names_taken:
            path.with_name("my.key.%s.old" % fingerprint(HELD)[:16]).write_text("")
            path.with_name("my.key.%s.old" % fingerprint(GIVEN)[:16]).symlink_to("nowhere")
        return path


SCENES = st.builds(
    Scene,
    st.sampled_from(sorted(FILES)).map(FILES.get),
    st.frozensets(st.sampled_from([GIVEN, WAITING, STRANGER]), max_size=2),
    st.booleans(),
    st.sampled_from([".", "there", "missing"]),
)


@contextmanager
def failing(functions, error, on_call=None):
    """Makes functions of the operating system fail, always or on one call."""
    calls = itertools.count(1)
    originals = {name: getattr(os, name) for name in functions}

    def failing_function(original):
        def call(*arguments, **named):
            if on_call is None or next(calls) == on_call:
                raise OSError(error, os.strerror(error))
            return original(*arguments, **named)

        return call

    for name, original in originals.items():
        setattr(os, name, failing_function(original))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(os, name, original)


@pytest.fixture(name="pairs_are_known", autouse=True, scope="module")
def fixture_pairs_are_known():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(task_file, "new_private_key", lambda: pem(MADE))
        yield


@contextmanager
def built(scene):
    root = tempfile.mkdtemp(dir=MEMORY)
    try:
        yield scene.build(root), pathlib.Path(root)
    finally:
        shutil.rmtree(root)


def task_of(path, options, attributes=None):
    defaults = {"state": "present", "generate": False, "staged": False, "force": False}
    return task_from({**defaults, **options}, key_file(path, attributes))


def keys_in(root):
    """The numbers of the keys that are there, under whatever name."""
    found = set()
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            try:
                stored = stored_key("path", str(path))
            except InvalidOption:
                continue
            if stored is not None:
                found.add(NUMBERS[stored.public.fingerprint])
    return found


def may_go(options, scene):
    """The keys that a task may remove: those that are of no use any more once a key is settled, or the task says so."""
    if options.get("state") == "absent":
        current = {pem(HELD): HELD, pem(GIVEN): GIVEN}.get(
            (scene.content or "").replace("\r\n", "\n").replace("\n ", "")
        )
        named = NUMBERS.get(options.get("fingerprint"))
        return set(scene.waiting) | ({named} if named else {HELD, GIVEN, current})
    return set(scene.waiting) if "fingerprint" in options else set()


def ended(work):
    """What the work comes to, and its refusal, if it is one; no other error comes through."""
    try:
        return work(), ""
    except InvalidOption as refusal:
        return None, str(refusal)


def planned(path, options, attributes=None):
    task = task_of(path, options, attributes)
    return task, plan_for(task)


@settings(max_examples=200, deadline=None)
@given(SCENES, st.sampled_from(sorted(TASKS)), st.sampled_from([None, *FUNCTIONS]), st.sampled_from(ERRORS))
def test_what_check_mode_calls_possible_succeeds_and_what_it_refuses_changes_nothing(scene, name, function, error):
    options = TASKS[name]
    faulty = FUNCTIONS[function] if function else ()
    with built(scene) as (path, root):
        before, keys_before = contents_of(root), keys_in(root)
        with failing(faulty, error):
            possible, refusal = ended(lambda: planned(path, options))
        if function not in ("unlink", "rmdir"):  # what cannot be removed stays
            assert contents_of(root) == before
        if possible is None:
            assert re.fullmatch("[a-z_]+: .+", refusal)
            return

        task, plan = possible
        with failing(faulty, error):
            after, failure = ended(lambda: apply(task, plan))

        assert keys_before - keys_in(root) <= may_go(options, scene)
        if failure:
            # Whether a file that is there can be removed or renamed, only doing it can tell.
            assert (plan.action, function) in (("remove", "unlink"), ("remove", "rename"), ("settle", "unlink"))
            return
        assert (contents_of(root) != before) is plan.changed
        assert plan.after in (None, after)
        assert after is None or after.fingerprint in task.file.holding().fingerprints
        assert plan_for(task_of(path, options)).changed is False


def contents_of(root):
    """What files hold, by their paths; where links lead."""
    return {
        str(path.relative_to(root)): (
            os.readlink(path) if path.is_symlink() else None if path.is_dir() else path.read_bytes()
        )
        for path in root.rglob("*")
    }


@settings(max_examples=200, deadline=None)
@given(
    SCENES,
    st.sampled_from(sorted(TASKS)),
    st.sampled_from(sorted(FUNCTIONS)),
    st.integers(1, 12),
    st.sampled_from(ERRORS),
)
def test_a_run_that_is_cut_short_loses_no_key_and_the_next_one_ends_as_if_it_had_not_been(
    scene, name, function, on_call, error
):
    options = TASKS[name]
    with built(scene) as (path, root):
        keys_before = keys_in(root)
        possible, _refusal = ended(lambda: planned(path, options))
        if possible is None:
            return
        with failing(FUNCTIONS[function], error, on_call):
            _after, failure = ended(lambda: apply(*possible))

        assert "\n" not in failure
        assert keys_before - keys_in(root) <= may_go(options, scene)
        again = task_of(path, options)
        after = apply(again, plan_for(again))

        assert keys_before - keys_in(root) <= may_go(options, scene)
        assert (after is None) or after.fingerprint in again.file.holding().fingerprints
        assert plan_for(task_of(path, options)).changed is False


LONG_NAMES = ["k" * 190, "k" * 191, "\u20ac" * 64]
PIECES = ["a", "new", "there", "link", "file", "dangling", ".", "..", "", " ", "\n", "\0", *LONG_NAMES]


@settings(max_examples=200, deadline=None)
@example(["a", "..", "a"], "look")  # where a is the directory then
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from(["look", "write", "stage", "make", "remove"]))
def test_whatever_the_path_what_check_mode_calls_possible_succeeds_once_and_for_all(pieces, name):
    with tempfile.TemporaryDirectory(dir=MEMORY) as outer:
        root = pathlib.Path(outer, *"12345", "root")  # so deep that no path leads out
        (root / "there").mkdir(parents=True)
        (root / "file").write_text("precious")
        (root / "link").symlink_to("there")
        (root / "dangling").symlink_to("nowhere")
        before = contents_of(pathlib.Path(outer))
        path = "/".join([str(root), *pieces])

        possible, refusal = ended(lambda: planned(path, TASKS[name]))

        assert contents_of(pathlib.Path(outer)) == before
        if possible is None:
            assert refusal.startswith("private_key_path: ")
            return
        after, failure = ended(lambda: apply(*possible))
        assert failure == ""
        assert (contents_of(pathlib.Path(outer)) != before) is possible[1].changed
        assert (after is not None) is (name in ("write", "stage", "make"))
        assert planned(path, TASKS[name])[1].changed is False
        if name in ("write", "make"):
            assert pathlib.Path(path).read_text() == pem(GIVEN if name == "write" else MADE)


@AS_ROOT
@pytest.mark.parametrize("name", ["write", "write by force", "stage", "make", "make to wait", "look"])
@pytest.mark.parametrize("content", ["none", "held"])
@pytest.mark.parametrize("permissions", [0o000, 0o100, 0o200, 0o300, 0o400, 0o500, 0o600, 0o700, 0o077, 0o477])
def test_whatever_the_mode_what_check_mode_calls_possible_succeeds_once_and_for_all(name, content, permissions):
    with directory_of_nobody() as directory:
        path = directory / "my.key"
        if FILES[content] is not None:
            path.write_text(FILES[content])
            path.chmod(0o600)
            os.chown(path, NOBODY, NOBODY)

        def run():
            possible, refusal = ended(lambda: planned(path, TASKS[name], Mode(permissions)))
            if possible is None:
                return "refused: " + refusal
            apply(*possible)
            return "changed" if planned(path, TASKS[name], Mode(permissions))[1].changed else "done"

        before = contents_of(directory)
        told = as_nobody(run)

        if told != "done":
            assert told.startswith(("refused: mode: ", "refused: private_key_path: "))
            assert contents_of(directory) == before
        assert (told == "done") is (bool(permissions & 0o400) and not (name == "write" and content == "held"))
        assert keys_in(directory) >= ({HELD} if content == "held" else set())


def test_a_key_that_could_not_be_read_again_for_its_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(task_file, "LARGEST_KEY", len(pem(GIVEN)) - 1)

    with pytest.raises(InvalidOption, match="^private_key: is larger than"):
        task_of(tmp_path / "my.key", TASKS["write"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"private_key": pem(GIVEN), "generate": True}, "private_key: cannot be given with generate; keep one of them"),
        ({"private_key": pem(GIVEN), "fingerprint": "x"}, "private_key: cannot be given with fingerprint; keep"),
        ({"generate": True, "fingerprint": "x"}, "generate: cannot be given with fingerprint; keep one of them"),
    ],
)
def test_a_key_comes_from_one_place(tmp_path, options, message):
    with pytest.raises(InvalidOption) as caught:
        task_of(tmp_path / "my.key", options)

    assert str(caught.value).startswith(message)
