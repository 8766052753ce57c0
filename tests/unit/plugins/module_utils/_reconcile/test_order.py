# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order of plans, carried out on a model of an account in which each name is held by one application at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import NONE, Plan, plan_absent
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.order import orders_of, refusals


def application(name):
    """Its id is the name that it has before."""
    return Application("id-" + name, {"name": name})


def plan(before, after):
    """From a name to another one, or to none."""
    existing = application(before)
    return plan_absent(existing) if after is None else Plan("update", existing, existing.renamed(after))


def arranged(moves, others=(), surplus=()):
    """The refused positions, and the two orders of the rest; ``moves`` are pairs of names, ``others`` hold theirs."""
    plans = {number: plan(*move) for number, move in enumerate(moves)}
    held = {name: application(name) for name in [before for before, _after in moves] + [*others, *surplus]}
    holders = {
        number: [held[after]] if after in held and after != before else []
        for number, (before, after) in enumerate(moves)
    }
    refused = refusals(plans, holders, [application(name) for name in surplus])
    left = {number: each for number, each in plans.items() if number not in refused}
    return set(refused), orders_of(left, holders)


def carried_out(moves, refused, orders, others=(), surplus=()):
    """The names in the end, by ids; fails where a name is given that is not free."""
    names = {"id-" + name: name for name in [before for before, _after in moves] + [*others, *surplus]}
    begun = set()
    for number_of_order, order in enumerate(orders):
        if number_of_order == 1 and not refused:
            for name in surplus:
                del names["id-" + name]
        for number in order.aside:
            names["id-" + moves[number][0]] = "aside %d" % number
        for stage in order.stages:
            for number in stage:
                before, after = moves[number]
                assert number not in begun
                begun.add(number)
                if after is None:
                    del names["id-" + before]
                else:
                    taken = [key for key, name in names.items() if name == after and key != "id-" + before]
                    assert not taken, "%s is taken" % after
                    names["id-" + before] = after
    assert begun == set(range(len(moves))) - refused
    return names


@pytest.mark.parametrize(
    ("moves", "stages", "aside"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([("a", "x"), ("b", "b"), ("c", None)], [[0, 1, 2]], [], id="nothing that needs another one"),
        pytest.param([("a", "b"), ("b", "c")], [[1], [0]], [], id="a chain"),
        pytest.param([("a", "b"), ("b", "c"), ("c", "d"), ("x", "y")], [[2, 3], [1], [0]], [], id="a longer chain"),
        pytest.param([("a", "b"), ("b", None)], [[1], [0]], [], id="a name that becomes absent"),
        pytest.param([("a", "b"), ("b", "a")], [[1], [0]], [0], id="a swap"),
        pytest.param([("a", "b"), ("b", "c"), ("c", "a")], [[2], [1], [0]], [0], id="a circle"),
        pytest.param(
            [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")], [[1, 3], [0, 2]], [0, 2], id="two circles, one each"
        ),
    ],
)
def test_what_frees_a_name_comes_first(moves, stages, aside):
    refused, (order, late) = arranged(moves)

    assert (refused, late.stages) == (set(), [])
    assert [sorted(stage) for stage in order.stages] == stages
    assert list(order.aside) == aside


@pytest.mark.parametrize(
    ("moves", "others", "surplus", "refused"),
    [
        pytest.param([("a", "b")], ["b"], [], {0}, id="a name that stays"),
        pytest.param([("a", "b"), ("b", "c"), ("x", "y")], ["c"], [], {0, 1}, id="a chain that ends at one"),
        pytest.param([("a", "b"), ("b", "b")], [], [], {0}, id="a name that its item keeps"),
        pytest.param([("a", "b")], [], ["b"], set(), id="a name that pruning frees"),
        pytest.param([("a", "b"), ("c", "d")], ["d"], ["b"], {0, 1}, id="no pruning where another one is refused"),
    ],
)
def test_what_nothing_frees_is_refused_with_all_that_need_it(moves, others, surplus, refused):
    assert arranged(moves, others, surplus)[0] == refused


def test_what_needs_pruning_comes_after_it_with_all_that_need_that():
    refused, (order, late) = arranged([("a", "b"), ("b", "c"), ("x", "y")], surplus=["c"])

    assert (refused, order.stages, late.stages) == (set(), [[2]], [[1], [0]])


NAMES = "abcdefgh"


@st.composite
def worlds(draw):
    """Moves of some applications, whose new names are distinct, among others that stay and a surplus."""
    names = draw(st.permutations(NAMES))
    count = draw(st.integers(0, 6))
    free = list(draw(st.permutations(NAMES + "xyz")))
    moves = [
        (name, draw(st.sampled_from([free.pop(), free.pop() if len(free) > 1 else None, None])))
        for name in names[:count]
    ]
    rest = names[count:]
    cut = draw(st.integers(0, len(rest)))
    return moves, rest[:cut], rest[cut:]


@given(worlds())
def test_whatever_is_asked_no_name_is_given_that_is_not_free(world):
    moves, others, surplus = world
    if not distinct(moves):
        return

    refused, orders = arranged(moves, others, surplus)
    names = carried_out(moves, refused, orders, others, surplus)

    for number, (before, after) in enumerate(moves):
        assert names.get("id-" + before) == (before if number in refused else after)
    assert len(set(names.values())) == len(names)
    assert len([*orders[0].aside, *orders[1].aside]) == circles(moves, refused)


def distinct(moves):
    given_names = [after for _before, after in moves if after is not None]
    return len(set(given_names)) == len(given_names)


def circles(moves, refused):
    """How many circles there are of renames, each onto the name of the next."""
    following = {before: after for number, (before, after) in enumerate(moves) if number not in refused}
    found, seen = 0, set()
    for start in following:
        passed = []
        name = start
        while name in following and name not in passed and name not in seen:
            passed.append(name)
            name = following[name]
        if name in passed and passed[-1] != name or name in passed and len(passed[passed.index(name) :]) > 1:
            found += 1
        seen.update(passed)
    return found


def test_a_plan_that_changes_no_name_needs_nothing():
    same = Plan(NONE, application("a"), application("a"))

    order, late = orders_of({7: same}, {7: []})

    assert (order.stages, order.needs, late.stages) == ([[7]], {7: frozenset()}, [])
