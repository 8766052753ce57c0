# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Listings that several works share. A work that would wait for ever fails its test instead."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing, Names, everything
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.batch import together

SECONDS = 30  # that no test takes, unless something waits for ever
NAMES = ("a", "b", "c", "d")


class Api:
    """Answers listings with the names of interest among some; ``before_list`` is called before each, with its number.

    ``events`` are what was asked, in order; what is written counts as begun and as ended.
    """

    rules = RulesV2()

    def __init__(self, before_list=lambda number: None):
        self.before_list = before_list
        self.listings = 0
        self.events = []

    def list(self, is_of_interest):
        self.listings += 1
        self.events.append("list")
        self.before_list(self.listings)
        return Listing(tuple(Application(name, {"name": name}) for name in NAMES if is_of_interest(name)), 1, True)

    def read(self, application_id):
        self.events.append("read %s" % application_id)
        return Application(application_id, {})

    def create(self, application):
        self.events.append("create %s" % application.id)
        return "created"

    def update(self, application):
        self.events.append("update %s" % application.id)
        return "updated"

    def delete(self, application_id):
        self.events.append("delete %s" % application_id)


def results(futures):
    """What came of each work, an error in its place."""
    return [future.exception(SECONDS) or future.result() for future in futures]


def names_of(listing):
    return [application.name for application in listing.applications]


def listed(api, name):
    """Works that look for one name."""
    return names_of(api.list(Names(name)))


def test_nothing_is_done_for_nobody():
    api = Api()

    assert together(api, []) == []
    assert api.events == []


@pytest.mark.parametrize("count", [1, 2, 20])
def test_one_listing_serves_all_who_ask(count):
    api = Api()

    assert results(together(api, [lambda shared: names_of(shared.list(everything))] * count)) == [list(NAMES)] * count
    assert api.listings == 1


def test_a_listing_holds_what_any_of_them_is_interested_in():
    api = Api()
    works = [partial(listed, name="a"), partial(listed, name="c"), lambda shared: names_of(shared.list("d".__eq__))]

    assert results(together(api, works)) == [["a", "c", "d"]] * 3


def test_a_listing_begins_after_the_last_one_asked():
    api, may_ask, asked = Api(), threading.Event(), threading.Event()

    def late(shared):
        assert may_ask.wait(SECONDS)
        shared.delete("x")
        return listed(shared, "b")

    def early(shared):
        asked.set()
        return listed(shared, "a")

    futures = together(api, [early, late])
    assert asked.wait(SECONDS)
    assert api.events == []
    may_ask.set()

    assert results(futures) == [["a", "b"]] * 2
    assert api.events == ["delete x", "list"]


def test_who_ends_is_not_waited_for():
    api, listens = Api(), threading.Event()

    def ends(_shared):
        assert listens.wait(SECONDS)
        return "ended"

    def asks_twice(shared):
        listens.set()
        return [listed(shared, "a"), listed(shared, "b")]

    assert results(together(api, [asks_twice, ends, asks_twice])) == [[["a"], ["b"]], "ended", [["a"], ["b"]]]
    assert api.listings == 2


def test_who_fails_is_not_waited_for():
    api, error = Api(), ValueError("no")

    def fails(_shared):
        raise error

    assert results(together(api, [fails, partial(listed, name="a"), fails])) == [error, ["a"], error]


def test_nobody_lists_when_all_ended_without_asking():
    api = Api()

    assert results(together(api, [lambda shared: shared.rules] * 3)) == [api.rules] * 3
    assert api.events == []


def test_an_error_of_a_listing_reaches_all_and_the_next_one_is_another():
    error = ApiError("GET", "u", "answered 500", 500)

    def first_fails(number):
        if number == 1:
            raise error

    def asks_again(shared):
        with pytest.raises(ApiError) as raised:
            listed(shared, "a")
        return raised.value, listed(shared, "b")

    api = Api(first_fails)

    assert results(together(api, [asks_again] * 3)) == [(error, ["b"])] * 3
    assert api.listings == 2


def test_even_an_end_of_the_process_while_listing_leaves_nobody_waiting():
    def ends(_number):
        raise SystemExit(3)

    outcomes = results(together(Api(ends), [partial(listed, name="a")] * 3))

    assert [type(outcome) for outcome in outcomes] == [SystemExit] * 3


def test_everything_else_goes_through_as_it_is():
    api, application = Api(), Application("id", {})

    def work(shared):
        return [
            shared.rules,
            shared.read("r"),
            shared.create(application),
            shared.update(application),
            shared.delete("d"),
        ]

    assert results(together(api, [work])) == [[api.rules, Application("r", {}), "created", "updated", None]]
    assert api.events == ["read r", "create id", "update id", "delete d"]


# What a work does, step by step: looks for a name, writes, or fails.
STEPS = st.lists(st.sampled_from(["list a", "list b", "list c", "write", "fail"]), max_size=6)
FAILING_LISTINGS = st.sets(st.integers(1, 6), max_size=3)


class Failed(Exception):
    pass


def carry_out(shared, number, steps):
    """Does the steps; what came of the listings."""
    seen = []
    for step in steps:
        if step == "fail":
            raise Failed
        if step == "write":
            shared.delete(str(number))
            continue
        name = step[-1]
        try:
            seen.append(name in listed(shared, name))
        except ApiError:
            seen.append("error")
    return seen


def rounds_of(works):
    """How many listings are needed: in each, all take part that have not ended."""
    asked = []
    for steps in works:
        lived = steps[: steps.index("fail")] if "fail" in steps else steps
        asked.append(sum(1 for step in lived if step.startswith("list")))
    return max(asked, default=0)


@given(st.lists(STEPS, max_size=6), FAILING_LISTINGS)
def test_whatever_each_does_all_come_to_an_end_with_as_few_listings_as_can_be(works, failing):
    def fails(number):
        if number in failing:
            raise ApiError("GET", "u", "answered 500", 500)

    api = Api(fails)

    outcomes = results(together(api, [partial(carry_out, number=i, steps=steps) for i, steps in enumerate(works)]))

    assert api.listings == rounds_of(works)
    for steps, outcome in zip(works, outcomes):
        if "fail" in steps:
            assert isinstance(outcome, Failed)
        else:
            asked = sum(1 for step in steps if step.startswith("list"))
            assert outcome == ["error" if number in failing else True for number in range(1, asked + 1)]


@given(st.lists(STEPS, min_size=1, max_size=6))
def test_while_a_listing_is_read_everybody_waits_or_has_ended(works):
    idle, seen = set(), []

    def work(shared, number, steps):
        try:
            return carry_out(Watched(shared, number), number, steps)
        finally:
            idle.add(number)

    class Watched:
        """What one work sees of the shared API, who is idle from asking for a listing until it has it."""

        def __init__(self, shared, number):
            self.shared, self.number = shared, number
            self.delete = shared.delete

        def list(self, is_of_interest):
            idle.add(self.number)
            found = self.shared.list(is_of_interest)
            idle.remove(self.number)
            return found

    api = Api(lambda _number: seen.append(len(idle)))
    results(together(api, [partial(work, number=number, steps=steps) for number, steps in enumerate(works)]))

    assert seen == [len(works)] * api.listings
