# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from functools import partial

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._http.pace import Pace
from ansible_collections.community.nexmo.plugins.module_utils._parallel import in_parallel, started

SECONDS = 30


class Crowd:
    """Counts who is inside at once."""

    def __init__(self):
        self._lock = threading.Lock()
        self._inside = 0
        self.most = 0

    def visit(self, met):
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        met()
        with self._lock:
            self._inside -= 1


@pytest.mark.parametrize("connections", [1, 3])
def test_no_more_requests_than_connections_are_under_way(connections):
    pace, crowd = Pace(connections), Crowd()
    meeting = threading.Barrier(connections)

    def request():
        with pace.turn():
            crowd.visit(partial(meeting.wait, SECONDS))

    for request_ in [started(request) for _number in range(connections * 4)]:
        request_.result(SECONDS)

    assert crowd.most == connections


def test_nothing_is_sent_while_one_holds_back():
    pace = Pace(2)
    may_go_on = threading.Event()
    holding_back = started(lambda: pace.hold_back(lambda: may_go_on.wait(SECONDS), 2))
    sent = []

    def request():
        with pace.turn():
            sent.append(may_go_on.is_set())

    requests = [started(request) for _number in range(3)]
    may_go_on.set()
    for each in [holding_back, *requests]:
        each.result(SECONDS)

    assert sent == [True, True, True]


def test_everybody_gets_a_turn_however_many_wait_and_are_turned_away():
    pace = Pace(4)
    sent = []

    def request(number):
        with pace.turn() as most:
            sent.append(number)
        if number % 10 == 0:
            pace.hold_back(lambda: None, most)

    for request_ in [started(partial(request, number)) for number in range(60)]:
        request_.result(SECONDS)

    assert sorted(sent) == list(range(60))


def test_those_that_were_turned_away_together_halve_the_number_once():
    pace = Pace(8)
    with pace.turn() as most:
        pass

    for _number in range(3):
        pace.hold_back(lambda: None, most)
    with pace.turn() as after:
        pass

    assert (most, after) == (8, 4)


def test_one_at_a_time_is_the_least():
    pace = Pace(2)

    for _number in range(3):
        with pace.turn() as most:
            pass
        pace.hold_back(lambda: None, most)
    with pace.turn() as most:
        assert most == 1


def test_results_come_in_the_order_in_which_calls_end():
    first_ended = threading.Event()

    def slow():
        assert first_ended.wait(SECONDS)
        return "slow"

    results = []
    for result in in_parallel([slow, lambda: "quick"], 2):
        results.append(result)
        first_ended.set()

    assert results == ["quick", "slow"]


@pytest.mark.parametrize("most", [1, 2, 5])
@pytest.mark.parametrize("number", [0, 1, 7])
def test_every_call_is_made_once(number, most):
    assert sorted(in_parallel((partial(int, each) for each in range(number)), most)) == list(range(number))


def test_what_a_call_raises_ends_it_and_no_more_begin():
    begun = []

    def call(number):
        begun.append(number)
        if number == 1:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="1"):
        list(in_parallel((partial(call, number) for number in range(9)), 1))
    assert begun == [0, 1]
