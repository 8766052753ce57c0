# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The end of each history: runs to which nothing happens, by each controller in turn, make all well."""

from __future__ import annotations

from dataclasses import replace

from tests.e2e.histories.account import meant_name
from tests.e2e.histories.actions import GoOn, RunTask
from tests.e2e.histories.checks import Wrong
from tests.e2e.histories.keys import key_of
from tests.e2e.histories.model import expected
from tests.e2e.histories.numbers import Link
from tests.e2e.histories.tasks import Many, One, Task
from tests.e2e.histories.world import Controller, World

# Seconds, longer than any lease lasts and two clocks can differ.
_LONG_AFTER = 3 * 3600


def end_well(world: World) -> None:
    """Let all runs come to an end, and much later each controller ask for what it asked for last. Raises Wrong."""
    for number in world.under_way:
        GoOn(number).happen(world)
    world.time += _LONG_AFTER
    for number, controller in enumerate(world.controllers):
        for item in controller.asked.values():
            _make_well(world, number, _with_a_way_out(controller, item))
        items = tuple(_with_a_way_out(controller, item) for item in controller.asked.values())
        _check_nothing_changes(world, number, Many(items))
    for number, controller in enumerate(world.controllers):
        for link in controller.links.values():
            _make_linked(world, number, replace(link, relink=True))
    _check_bystanders(world)


def _with_a_way_out(controller: Controller, item: One) -> One:
    """The task of somebody who accepts that a key is lost, or that the application has to be made anew."""
    return replace(item, recreate=True, lost_key="rotate" if controller.version == "v2" else "recreate")


def _make_well(world: World, number: int, item: One) -> None:
    controller = world.controllers[number]
    if _is_refused(world, controller, item):
        RunTask(number, item).happen(world)
        _help(world, controller, item)
    if _is_refused(world, controller, item):
        raise Wrong(f"the model refuses {item} after the user did all that can be done")
    RunTask(number, item, check=True).happen(world)
    left = [document["name"] for document in world.scene().unfinished(item.name)]
    if left:
        raise Wrong(f"unfinished applications are left: {left}")
    _check_nothing_changes(world, number, item)


def _make_linked(world: World, number: int, link: Link) -> None:
    RunTask(number, link, check=True).happen(world)
    right = expected(world, world.controllers[number], link, world.scene())
    if right is not None and right.operation is not None:
        _check_nothing_changes(world, number, link)


def _is_refused(world: World, controller: Controller, item: One) -> bool:
    right = expected(world, controller, item, world.scene())
    return right is not None and right.operation is None


def _help(world: World, controller: Controller, item: One) -> None:
    """Do what the messages ask of a user."""
    world.account.delete_duplicates(item.name)
    files = controller.host.files(item.name)
    owners = {key_of(document): meant_name(document) for document in world.scene().documents}
    foreign = [key for key in files.held if owners.get(key, item.name) != item.name]
    if files.damaged or foreign:
        controller.host.clear_place(item.name)


def _check_nothing_changes(world: World, number: int, task: Task) -> None:
    before = world.scene()
    world.account.simulator.forget_requests()
    run = world.run(number, task)
    assert run is not None
    if run.result.get("failed") or run.result["changed"] or world.account.simulator.writes():
        raise Wrong(f"the run after that fails, or changes something: {run.output}")
    if world.scene() != before:
        raise Wrong(f"the run after that changes something and does not say so: {run.output}")


def _check_bystanders(world: World) -> None:
    now = world.scene().by_id()
    for document in world.bystanders:
        if now.get(document["id"]) != document:
            raise Wrong(f"an application of others was changed: {document}, now {now.get(document['id'])}")
