# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._parallel import attempted, attempted_all

SECONDS = 30  # that no test takes


def fails():
    raise ValueError("no")


@pytest.mark.parametrize("most", [1, 2, 8])
def test_each_result_comes_with_its_position_and_an_error_is_one(most):
    ended = dict(attempted_all([lambda: "a", fails, lambda: "c"], most))

    assert (ended[0], str(ended[1]), ended[2]) == ("a", "no", "c")


@pytest.mark.parametrize("most", [1, 2])
def test_there_may_be_nothing_to_do(most):
    assert list(attempted_all([], most)) == []


def test_one_at_a_time_is_done_in_the_calling_thread():
    assert dict(attempted_all([threading.get_ident] * 3, 1)) == dict.fromkeys(range(3), threading.get_ident())


def test_no_more_than_allowed_are_under_way():
    under_way, most_seen, lock, all_there = [0], [0], threading.Lock(), threading.Barrier(3)

    def call():
        with lock:
            under_way[0] += 1
            most_seen[0] = max(most_seen[0], under_way[0])
        all_there.wait(SECONDS)
        with lock:
            under_way[0] -= 1

    assert len(list(attempted_all([call] * 9, 3))) == 9
    assert most_seen == [3]


def test_the_end_of_the_process_is_no_result():
    def ends():
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        attempted(ends)
