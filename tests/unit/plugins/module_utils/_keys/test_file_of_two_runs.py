# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs on one host use one key file: before any step of one of them, the other does all that it has to do."""

from __future__ import annotations

import os

import pytest

from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import (
    contents,
    fingerprint,
    key_file,
    pem,
    stage,
    waiting,
)

CALLS = ("link", "listdir", "lstat", "open", "rename", "replace", "unlink")
MOST_STEPS = 200


class OtherRun:
    """Does its work before the step of that number; ``came`` says whether the step came."""

    def __init__(self, monkeypatch, step, work):
        self.came = False
        self._steps_left = step
        self._work = work
        for name in CALLS:
            monkeypatch.setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, call):
        def counted(*args, **kwargs):
            self._steps_left -= 1
            if self._steps_left == -1:
                self.came = True
                self._work()
            return call(*args, **kwargs)

        return counted


def at_each_step(tmp_path, prepare, work, other_work):
    """The results of ``work`` and the files after it, one for each step before which the other run works."""
    for step in range(MOST_STEPS):
        path = tmp_path / str(step) / "my.key"
        path.parent.mkdir()
        prepare(path)
        with pytest.MonkeyPatch.context() as monkeypatch:
            other = OtherRun(monkeypatch, step, lambda path=path: other_work(path))
            result = work(path)
        if not other.came:
            return
        yield result, contents(path.parent)
    pytest.fail("the run takes more steps")


def stage_two(path):
    stage(path, 1)
    stage(path, 2)


def settle(path):
    key_file(path).settle(fingerprint(1))


def remove(path):
    key_file(path).remove(fingerprint(1))


def claim(path):
    with key_file(path).claim(fingerprint(1)):
        pass


def test_a_key_is_held_while_another_run_installs_it(tmp_path):
    steps = list(at_each_step(tmp_path, stage_two, lambda path: key_file(path).holding().fingerprints, settle))

    assert len(steps) > 3
    assert all(fingerprint(1) in held for held, _files in steps)


@pytest.mark.parametrize("work", [settle, claim])
def test_a_key_that_another_run_installs_can_be_settled_and_claimed(tmp_path, work):
    steps = list(at_each_step(tmp_path, stage_two, work, settle))

    assert len(steps) > 3
    assert all(files == {"my.key": pem(1)} for _result, files in steps)


def test_both_runs_keep_the_key_that_is_replaced(tmp_path):
    def prepare(path):
        path.write_text(pem(3))
        stage(path, 1)

    steps = list(at_each_step(tmp_path, prepare, settle, settle))

    kept = "my.key.%s.old" % fingerprint(3)[:16]
    assert len(steps) > 3
    assert all(files == {"my.key": pem(1), kept: pem(3)} for _result, files in steps)


@pytest.mark.parametrize("in_file", [1, 3], ids=["its own", "another"])
def test_what_another_run_removes_is_removed(tmp_path, in_file):
    def prepare(path):
        path.write_text(pem(in_file))
        stage(path, 2)

    steps = list(at_each_step(tmp_path, prepare, remove, remove))

    kept = {} if in_file == 1 else {"my.key.%s.old" % fingerprint(3)[:16]: pem(3)}
    assert len(steps) > 3
    assert all(files == kept for _result, files in steps)


def test_a_key_that_another_run_takes_back_is_gone(tmp_path):
    def take_back(path):
        key_file(path).drop_waiting(fingerprint(1))

    steps = list(at_each_step(tmp_path, lambda path: stage(path, 1), take_back, take_back))

    assert steps
    assert all(waiting(tmp_path / "my.key", 1).name not in files for _result, files in steps)
