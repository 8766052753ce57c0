# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
import time

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._http.deadline import DeadlineExceeded, within


@pytest.mark.parametrize("seconds", [1, 300.0, 1e10, float("inf")])
def test_a_call_that_ends_in_time_gives_its_result(seconds):
    assert within(seconds, lambda: time.sleep(0.05) or "done") == "done"


class Surprise(BaseException):
    pass


@pytest.mark.parametrize("error", [ValueError("x"), TimeoutError("its own"), KeyError("x"), Surprise("x")])
def test_what_the_call_raises_is_raised(error):
    def fail():
        raise error

    with pytest.raises(type(error)) as caught:
        within(10, fail)

    assert caught.value is error


def test_a_call_that_takes_too_long_is_left_behind():
    release, ended = threading.Event(), threading.Event()

    def wait():
        release.wait(30)
        ended.set()

    with pytest.raises(DeadlineExceeded):
        within(0.1, wait)

    assert not ended.is_set()
    release.set()


def test_what_is_left_behind_does_not_keep_the_process_alive():
    release = threading.Event()
    threads = set(threading.enumerate())

    with pytest.raises(DeadlineExceeded):
        within(0.1, lambda: release.wait(30))

    assert all(thread.daemon for thread in set(threading.enumerate()) - threads)
    release.set()


def test_the_call_runs_once():
    calls = []

    within(10, lambda: calls.append(1))

    assert calls == [1]
