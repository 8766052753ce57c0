# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can happen in a history, each as data, so that a history can be written down and happen again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.e2e.faults.kinds_of_faults import FAULTS
from tests.e2e.forking import Run
from tests.e2e.histories.checks import Wrong, check_end, check_step
from tests.e2e.histories.model import expected, may_be_overtaken
from tests.e2e.histories.tasks import Rename, Task
from tests.e2e.histories.world import Scene, World

__all__ = [
    "Action",
    "BackUp",
    "Begin",
    "Clock",
    "Create",
    "Damage",
    "Delete",
    "DeleteKey",
    "EditNumber",
    "GoOn",
    "Kill",
    "Reconfigure",
    "Rekey",
    "RenameByHand",
    "Restore",
    "RunTask",
    "RunWithFault",
    "SendKey",
    "SwapKeys",
]

# Those that come to an end by themselves, and lead nowhere else.
RULES: Mapping[str, Mapping[str, Any]] = {
    fault.name: fault.rule
    for fault in FAULTS
    if fault.rule is not None and fault.ended_by is None and fault.rule["fault"] not in ("redirect", "huge", "moves")
}
FAULTS_OF: Mapping[str, tuple[str, ...]] = {
    operation: tuple(fault.name for fault in FAULTS if fault.name in RULES and operation in fault.operations)
    for operation in ("list", "read", "create", "update", "delete")
}


class Action(Protocol):
    """Something that happens."""

    def happen(self, world: World) -> object:
        """Let it happen; what to tell of it. Raises Wrong where what comes of it is not right."""


# --- controllers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RunTask:
    """A run to which nothing happens; with ``check`` there is one in check mode before it."""

    controller: int
    task: Task
    check: bool = False

    def happen(self, world: World) -> object:
        _prepare(world, self.controller, self.task)
        preview = _preview(world, self.controller, self.task) if self.check else None
        controller = world.controllers[self.controller]
        before = world.scene()
        alone = not world.under_way
        right = expected(world, controller, self.task, before)
        world.account.simulator.forget_requests()
        run = world.run(self.controller, self.task)
        assert run is not None
        check_step(controller, self.task, before, world.scene())
        check_end(controller, self.task, run, world.scene())
        if alone and right is not None:
            _check_expected(world, right.operation, right.overtaken, run)
        overtaken = right.overtaken if right else may_be_overtaken(world, controller, self.task, before)
        if preview is not None and alone and not overtaken:
            _check_preview(preview, run)
        return run.result.get("msg", run.result.get("operation", run.result.get("counts")))


@dataclass(frozen=True)
class RunWithFault:
    """A run during which a fault befalls requests of one operation: so many, from the one of that number on."""

    controller: int
    task: Task
    operation: str
    fault: str
    nth: int = 1
    times: int = 1

    def happen(self, world: World) -> object:
        rule = {"operation": self.operation, "nth": self.nth, "times": self.times, **RULES[self.fault]}
        _prepare(world, self.controller, self.task)
        world.account.simulator.set_faults([rule])
        try:
            run = _step(world, self.controller, self.task, lambda: world.run(self.controller, self.task))
        finally:
            world.account.simulator.no_faults()
        assert run is not None
        return run.result.get("msg", run.result.get("operation"))


@dataclass(frozen=True)
class Begin:
    """A run begins and stops after so many steps, unless it has ended by then."""

    controller: int
    task: Task
    steps: int

    def happen(self, world: World) -> object:
        _prepare(world, self.controller, self.task)
        return _step(world, self.controller, self.task, lambda: world.run(self.controller, self.task, self.steps))


@dataclass(frozen=True)
class GoOn:
    """A run that stopped goes on for so many steps, or (None) to its end."""

    controller: int
    steps: int | None = None

    def happen(self, world: World) -> object:
        if self.controller not in world.under_way:
            return None
        task = world.controllers[self.controller].task
        assert task is not None
        return _step(world, self.controller, task, lambda: world.go_on(self.controller, self.steps))


@dataclass(frozen=True)
class Kill:
    """A run that stopped is killed."""

    controller: int

    def happen(self, world: World) -> None:
        if self.controller in world.under_way:
            world.kill(self.controller)


# --- a person at the dashboard ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Create:
    """Somebody makes an application, whoever has one of that name."""

    name: str
    kind: str = "voice"
    oddity: str = "none"
    key: int = 0

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.create(self.name, self.kind, self.oddity, self.key)


@dataclass(frozen=True)
class RenameByHand:
    """Somebody renames the first application of a name."""

    name: str
    new_name: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.rename(self.name, self.new_name)


@dataclass(frozen=True)
class Rekey:
    """Somebody gives an application a key of their own."""

    name: str
    key: int = 0

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.rekey(self.name, self.key)


@dataclass(frozen=True)
class Reconfigure:
    """Somebody changes the settings of an application."""

    name: str
    kind: str = "voice"
    oddity: str = "none"

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.reconfigure(self.name, self.kind, self.oddity)


@dataclass(frozen=True)
class Delete:
    """Somebody deletes the first application of a name."""

    name: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.delete(self.name)


@dataclass(frozen=True)
class EditNumber:
    """Somebody changes a number's webhook, and links it to the first application of a name, or (None) to none."""

    number: str
    status: int
    linked_to: str | None = None

    def happen(self, world: World) -> None:
        world.disturb()
        world.account.edit_number(self.number, self.status, self.linked_to)


# --- users of the hosts, and time -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Damage:
    """A key file is damaged."""

    host: int
    name: str
    how: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.hosts[self.host].damage(self.name, self.how)


@dataclass(frozen=True)
class DeleteKey:
    """A key file is deleted."""

    host: int
    name: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.hosts[self.host].delete(self.name)


@dataclass(frozen=True)
class SwapKeys:
    """Two key files take each other's place."""

    host: int
    name: str
    other: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.hosts[self.host].swap(self.name, self.other)


@dataclass(frozen=True)
class SendKey:
    """A key file is copied to the other host."""

    host: int
    name: str

    def happen(self, world: World) -> None:
        world.disturb()
        world.hosts[self.host].send(self.name, world.hosts[1 - self.host])


@dataclass(frozen=True)
class BackUp:
    """The key files of a host are backed up."""

    host: int

    def happen(self, world: World) -> None:
        world.hosts[self.host].back_up()


@dataclass(frozen=True)
class Restore:
    """The key files of a host are as they were when they were backed up."""

    host: int

    def happen(self, world: World) -> None:
        world.disturb()
        world.hosts[self.host].restore()


@dataclass(frozen=True)
class Clock:
    """So many seconds go by."""

    seconds: int

    def happen(self, world: World) -> object:
        world.time += self.seconds
        return world.time


# --- what they are made of --------------------------------------------------------------------------------------------


def _prepare(world: World, number: int, task: Task) -> None:
    world.note(number, task)
    if isinstance(task, Rename):
        world.disturb(number)
        world.controllers[number].host.move(task.name, task.new_name)


def _step(world: World, number: int, task: Task, act: Any) -> Run | None:
    controller = world.controllers[number]
    before = world.scene()
    run: Run | None = act()
    check_step(controller, task, before, world.scene())
    if run is not None:
        check_end(controller, task, run, world.scene())
    return run


def _preview(world: World, number: int, task: Task) -> Run:
    before: Scene = world.scene()
    world.account.simulator.forget_requests()
    run = world.run(number, task, _ansible_check_mode=True)
    assert run is not None
    if world.account.simulator.writes() or world.scene() != before:
        raise Wrong(f"check mode changes something: {world.account.simulator.writes()}")
    return run


def _check_expected(world: World, operation: str | None, overtaken: bool, run: Run) -> None:
    result, writes = run.result, world.account.simulator.writes()
    if operation is None:
        if not result.get("failed"):
            raise Wrong(f"it is to be refused, and was not: {run.output}")
        if writes:
            raise Wrong(f"it was refused, and sent {[write['operation'] for write in writes]}: {run.output}")
    elif result.get("failed"):
        if not overtaken:
            raise Wrong(f"{operation} is to be done, and failed: {run.output}")
    elif result["operation"] != operation:
        raise Wrong(f"{operation} is to be done, and {result['operation']} was: {run.output}")


def _check_preview(preview: Run, run: Run) -> None:
    if any(preview.result.get(value) != run.result.get(value) for value in ("failed", "changed", "operation")):
        raise Wrong(f"check mode says something else than what is done: {preview.output}, and {run.output}")
