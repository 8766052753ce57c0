# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Histories, found by hypothesis: everybody acts in random order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.e2e.histories import actions, strategies
from tests.e2e.histories.actions import Action
from tests.e2e.histories.ending import end_well
from tests.e2e.histories.infrastructure import Infrastructure
from tests.e2e.histories.script import script_of
from tests.e2e.histories.tasks import NAMES, SPARE, Task
from tests.e2e.histories.world import Setting, World


class Histories(RuleBasedStateMachine):
    """One history in each life of it."""

    def __init__(self, infrastructure: Infrastructure) -> None:
        super().__init__()
        self.infrastructure = infrastructure
        self.folder = tempfile.TemporaryDirectory()
        self.happened: list[Action] = []
        self.failed = False

    @initialize(setting=strategies.settings_of_histories)
    def begin(self, setting: Setting) -> None:
        """An account that holds nothing but applications of others."""
        self.setting = setting
        self.world = World(self.infrastructure.simulator, self.infrastructure.runs, Path(self.folder.name), setting)

    @precondition(lambda self: self.world.idle)
    @rule(number=strategies.numbers, task=strategies.tasks, check=st.booleans())
    def run(self, number: int, task: Task, check: bool) -> None:
        """Somebody runs a playbook, and nothing happens to it."""
        controller, task = self.idle(number, task)
        self.let(actions.RunTask(controller, task, check))

    @precondition(lambda self: self.world.idle)
    @rule(number=strategies.numbers, task=strategies.tasks, fault=strategies.faults)
    def run_with_fault(self, number: int, task: Task, fault: tuple[Any, ...]) -> None:
        """Somebody runs a playbook while the service is out of order."""
        controller, task = self.idle(number, task)
        self.let(actions.RunWithFault(controller, task, *fault))

    @precondition(lambda self: self.world.idle)
    @rule(number=strategies.numbers, task=strategies.tasks, steps=strategies.steps, kill=st.booleans())
    def begin_run(self, number: int, task: Task, steps: int, kill: bool) -> None:
        """Somebody runs a playbook that stops after some steps, or is killed there."""
        controller, task = self.idle(number, task)
        self.let(actions.Begin(controller, task, steps))
        if kill:
            self.let(actions.Kill(controller))

    @precondition(lambda self: self.world.under_way)
    @rule(number=strategies.numbers, steps=st.one_of(st.none(), strategies.steps), kill=st.booleans())
    def go_on(self, number: int, steps: int | None, kill: bool) -> None:
        """A run that stopped goes on, or is killed."""
        controller = self.world.under_way[number % len(self.world.under_way)]
        self.let(actions.Kill(controller) if kill else actions.GoOn(controller, steps))

    @rule(action=strategies.by_hand)
    def act_by_hand(self, action: Any) -> None:
        """A person changes the account at the dashboard, mostly something that is there."""
        if not isinstance(action, (actions.Create, actions.EditNumber)):
            there = [document["name"] for document in self.world.account.documents()]
            action = replace(action, name=first_of(there, action.name))
        self.let(action)

    @rule(action=strategies.on_hosts)
    def act_on_host(self, action: Any) -> None:
        """Something happens to a host, mostly to a file that is there; or time goes by."""
        if hasattr(action, "name"):
            there = [name for name in NAMES if self.world.hosts[action.host].path(name).exists()]
            action = replace(action, name=first_of(there, action.name))
        self.let(action)

    def teardown(self) -> None:
        """All is well in the end."""
        try:
            if not self.failed and hasattr(self, "world"):
                self.attempt(lambda: end_well(self.world))
        finally:
            self.infrastructure.stop_runs()
            self.folder.cleanup()

    def idle(self, number: int, task: Task) -> tuple[int, Task]:
        """One of the controllers that do nothing, and the task as it can do it."""
        controller = self.world.idle[number % len(self.world.idle)]
        return controller, strategies.fit(task, self.world.controllers[controller].version)

    def let(self, action: Action) -> None:
        """Let it happen, and remember it."""
        self.happened.append(action)
        self.attempt(lambda: action.happen(self.world))

    def attempt(self, act: Callable[[], object]) -> None:
        """Write the history down if it goes wrong."""
        try:
            act()
        except BaseException:
            self.failed = True
            note(script_of(self.setting, self.happened))
            raise


def first_of(there: Container[str], name: str) -> str:
    """The name, or another one that is there."""
    return next((each for each in (name, *NAMES, *SPARE) if each in there), name)
