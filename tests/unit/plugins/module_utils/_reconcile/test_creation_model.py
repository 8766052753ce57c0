# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The protocol of ``_creation`` as a model small enough to look at everything that can happen.

Runs make the same application and keep its key in the same place. A step is one request, or the delivery of a key; any
run can take the next step, and die before it. Every state that can be reached is looked at, once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional, Tuple

import pytest

BEGUN, HELD, NAMED = "begun", "held", "named"


@dataclass(frozen=True)
class App:
    """``status`` says whether its key is in its place, and whether it has its name."""

    id: int
    maker: int
    status: str = BEGUN


@dataclass(frozen=True)
class Run:
    """What a run does next, which application is its own, and which ones it has seen to be abandoned."""

    phase: str = "look"
    own: Optional[int] = None
    victims: Tuple[int, ...] = ()
    then: str = ""

    @property
    def lives(self):
        return self.phase not in ("ended", "dead")


@dataclass(frozen=True)
class World:
    apps: Tuple[App, ...]
    runs: Tuple[Run, ...]
    made: int = 0

    def app(self, number):
        return next((app for app in self.apps if app.id == number), None)

    def abandoned(self):
        return [app for app in self.apps if app.status != NAMED and not self.runs[app.maker].lives]

    def with_run(self, number, **changes):
        runs = list(self.runs)
        runs[number] = replace(runs[number], **changes)
        return replace(self, runs=tuple(runs))

    def with_app(self, number, **changes):
        apps = tuple(replace(app, **changes) if app.id == number else app for app in self.apps)
        return replace(self, apps=apps)

    def without(self, number):
        return replace(self, apps=tuple(app for app in self.apps if app.id != number))


def look(world, me):
    """Plans: what exists is enough; what is abandoned is adopted if its key is there and it is needed, or deleted."""
    left = world.abandoned()
    if any(app.status == NAMED for app in world.apps):
        return world.with_run(me, phase="delete", victims=tuple(app.id for app in left), then="ended")
    held = next((app.id for app in left if app.status == HELD), None)
    victims = tuple(app.id for app in left if app.id != held)
    then = "begin" if held is None else "adopt"
    return world.with_run(me, phase="delete", own=held, victims=victims, then=then)


def delete(world, me):
    run = world.runs[me]
    if not run.victims:
        return world.with_run(me, phase=run.then)
    return world.without(run.victims[0]).with_run(me, victims=run.victims[1:])


def begin(world, me):
    app = App(world.made, me)
    return replace(world, apps=world.apps + (app,), made=world.made + 1).with_run(me, phase="contend", own=app.id)


def adopt(world, me):
    if world.app(world.runs[me].own) is None:
        return world.with_run(me, phase="ended")
    return world.with_app(world.runs[me].own, maker=me).with_run(me, phase="contend")


def contend(world, me):
    """None where it has to wait for others."""
    own = world.runs[me].own
    others = [app for app in world.apps if app.id != own]
    abandoned = [app for app in world.abandoned() if app.id != own]
    rivals = [app for app in others if app.status != NAMED and app not in abandoned]
    victims = tuple(app.id for app in abandoned)
    if any(app.status == NAMED for app in others) or any((app.maker, app.id) < (me, own) for app in rivals):
        return world.with_run(me, phase="delete", victims=victims, then="give way")
    if rivals:
        return world.with_run(me, phase="delete", victims=victims, then="contend") if victims else None
    return world.with_run(me, phase="delete", victims=victims, then="deliver")


def give_way(world, me):
    return world.without(world.runs[me].own).with_run(me, phase="ended")


def deliver(world, me):
    return world.with_app(world.runs[me].own, status=HELD).with_run(me, phase="name")


def name(world, me):
    return world.with_app(world.runs[me].own, status=NAMED).with_run(me, phase="ended")


STEPS = {
    "look": look,
    "delete": delete,
    "begin": begin,
    "adopt": adopt,
    "contend": contend,
    "give way": give_way,
    "deliver": deliver,
    "name": name,
}


def successors(world, deaths):
    for me, run in enumerate(world.runs):
        if not run.lives:
            continue
        after = STEPS[run.phase](world, me)
        if after is not None:
            yield after, deaths
        if deaths:
            yield world.with_run(me, phase="dead"), deaths - 1


def ends(runs, deaths):
    """The worlds in which nothing can happen any more; a check of every world on the way."""
    first = (World((), (Run(),) * runs), deaths)
    seen, waiting, found = {first}, [first], set()
    while waiting:
        world, left = waiting.pop()
        assert sum(app.status == NAMED for app in world.apps) <= 1, world
        after = list(successors(world, left))
        if not after:
            assert not any(run.lives for run in world.runs), "runs wait for each other for ever"
            found.add(world)
        for each in after:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return found, len(seen)


def one_more_run(world):
    """The world after a run that nobody disturbs."""
    me = len(world.runs)
    world = replace(world, runs=world.runs + (Run(),))
    while world.runs[me].lives:
        world = STEPS[world.runs[me].phase](world, me)
    return world


@pytest.mark.parametrize(("runs", "deaths"), [(1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)])
def test_in_whatever_order_runs_work_and_die_one_more_run_ends_with_one_application(runs, deaths):
    found, seen = ends(runs, deaths)

    assert seen > 10
    assert any(world.apps for world in found)
    for world in found:
        if not any(run.phase == "dead" for run in world.runs):
            assert [app.status for app in world.apps] == [NAMED]
        assert [app.status for app in one_more_run(world).apps] == [NAMED]


@pytest.mark.parametrize("shortcut", ["deliver", "name"])
def test_the_model_notices_runs_that_do_not_contend(monkeypatch, shortcut):
    monkeypatch.setitem(STEPS, "contend", lambda world, me: world.with_run(me, phase=shortcut))

    with pytest.raises(AssertionError):
        ends(2, 0)
