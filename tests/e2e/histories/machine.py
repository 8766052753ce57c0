# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Histories, found by hypothesis: everybody acts in random order."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.e2e.histories import actions
from tests.e2e.histories.account import ODDITIES
from tests.e2e.histories.actions import FAULTS_OF, Action
from tests.e2e.histories.ending import end_well
from tests.e2e.histories.hosts import DAMAGES
from tests.e2e.histories.infrastructure import CONTROLLERS, Infrastructure
from tests.e2e.histories.script import script_of
from tests.e2e.histories.tasks import NAMES, SPARE, Many, One, Rename
from tests.e2e.histories.world import Setting, World

_HOUR = 3600

numbers = st.integers(0, CONTROLLERS - 1)
hosts = st.integers(0, 1)
names = st.sampled_from(NAMES)
kinds = st.sampled_from(("voice", "voice", "messages"))
services = st.fixed_dictionaries(
    {
        "page_base": st.integers(0, 1),
        "max_page_size": st.sampled_from((100, 4, 3)),
        "v2_clamps_page_size": st.just(True),
        "list_shows_keys": st.booleans(),
        "v1_first_page_label": st.sampled_from(("true", "sample")),
        "v1_public_key": st.sampled_from(("pem", "base64", "mixed")),
        "v1_knows_rtc": st.booleans(),
    }
)
settings_of_histories = st.builds(
    Setting,
    st.tuples(*[st.sampled_from(("v1", "v2"))] * CONTROLLERS),
    st.sampled_from(((0, 0), (0, _HOUR), (_HOUR, 0))),
    services.map(lambda chosen: tuple(chosen.items())),
)
items = st.builds(
    One,
    names,
    st.sampled_from(("present", "present", "present", "absent")),
    kinds,
    st.integers(0, 1),
    st.sampled_from((True, True, True, False)),
    st.sampled_from(("fail", "recreate", "rotate")),
    st.booleans(),
)
lists = st.builds(
    lambda given, prune: Many(tuple(given), prune),
    st.lists(items, min_size=1, max_size=3, unique_by=lambda item: item.name),
    st.booleans(),
)
tasks = st.one_of(items, items, lists, st.builds(Rename, names, names))
faults = st.sampled_from([(operation, name) for operation, known in FAULTS_OF.items() for name in known])
steps = st.integers(0, 40)


def fit(task: actions.Task, version: str) -> actions.Task:
    """The same task, as the version of the API can do it."""
    if isinstance(task, One) and version == "v1" and task.lost_key == "rotate":
        return One(task.name, task.state, task.kind, task.number, task.with_key, "recreate", task.recreate)
    if isinstance(task, Many):
        return Many(tuple(item for each in task.items for item in [fit(each, version)] if isinstance(item, One)), task.prune)
    return task


class Histories(RuleBasedStateMachine):
    """One history in each life of it."""

    def __init__(self, infrastructure: Infrastructure) -> None:
        super().__init__()
        self.infrastructure = infrastructure
        self.folder = tempfile.TemporaryDirectory()
        self.happened: list[Action] = []
        self.failed = False

    @initialize(setting=settings_of_histories)
    def begin(self, setting: Setting) -> None:
        self.setting = setting
        self.world = World(self.infrastructure.simulator, self.infrastructure.runs, Path(self.folder.name), setting)

    def let(self, action: Action) -> None:
        """Let it happen, and remember it."""
        self.happened.append(action)
        self.attempt(lambda: action.happen(self.world))

    def attempt(self, act: object) -> None:
        assert callable(act)
        try:
            act()
        except BaseException:
            self.failed = True
            note(script_of(self.setting, self.happened))
            raise

    def idle(self, number: int) -> int:
        return self.world.idle[number % len(self.world.idle)]

    def stopped(self, number: int) -> int:
        return self.world.under_way[number % len(self.world.under_way)]

    def existing(self, name: str) -> str:
        """The name, or one that an application has."""
        there = [document["name"] for document in self.world.account.documents()]
        return next((each for each in (name, *NAMES, *SPARE) if each in there), name)

    def with_file(self, host: int, name: str) -> str:
        """The name, or one that has a key file."""
        return next((each for each in (name, *NAMES) if self.world.hosts[host].path(each).exists()), name)

    def fitting(self, number: int, task: actions.Task) -> actions.Task:
        return fit(task, self.world.controllers[number].version)

    # --- controllers ---

    @precondition(lambda self: self.world.idle)
    @rule(number=numbers, task=tasks, check=st.booleans())
    def run(self, number: int, task: actions.Task, check: bool) -> None:
        controller = self.idle(number)
        self.let(actions.RunTask(controller, self.fitting(controller, task), check))

    @precondition(lambda self: self.world.idle)
    @rule(number=numbers, task=tasks, fault=faults, nth=st.integers(1, 3), times=st.sampled_from((1, 1, 1000)))
    def run_with_fault(self, number: int, task: actions.Task, fault: tuple[str, str], nth: int, times: int) -> None:
        controller = self.idle(number)
        self.let(actions.RunWithFault(controller, self.fitting(controller, task), *fault, nth, times))

    @precondition(lambda self: self.world.idle)
    @rule(number=numbers, task=tasks, steps=steps)
    def begin_run(self, number: int, task: actions.Task, steps: int) -> None:
        controller = self.idle(number)
        self.let(actions.Begin(controller, self.fitting(controller, task), steps))

    @precondition(lambda self: self.world.idle)
    @rule(number=numbers, task=tasks, steps=steps)
    def kill_run(self, number: int, task: actions.Task, steps: int) -> None:
        controller = self.idle(number)
        self.let(actions.Begin(controller, self.fitting(controller, task), steps))
        self.let(actions.Kill(controller))

    @precondition(lambda self: self.world.under_way)
    @rule(number=numbers, steps=st.one_of(st.none(), steps))
    def go_on(self, number: int, steps: int | None) -> None:
        self.let(actions.GoOn(self.stopped(number), steps))

    @precondition(lambda self: self.world.under_way)
    @rule(number=numbers)
    def kill(self, number: int) -> None:
        self.let(actions.Kill(self.stopped(number)))

    # --- a person at the dashboard ---

    @rule(
        name=st.sampled_from((*NAMES, *SPARE)),
        kind=kinds,
        oddity=st.sampled_from(ODDITIES),
        key=st.integers(0, 2),
        in_base64=st.booleans(),
    )
    def create(self, name: str, kind: str, oddity: str, key: int, in_base64: bool) -> None:
        self.let(actions.Create(name, kind, oddity, key, in_base64))

    @rule(name=names, new_name=st.sampled_from((*NAMES, *SPARE)))
    def rename_by_hand(self, name: str, new_name: str) -> None:
        self.let(actions.RenameByHand(self.existing(name), new_name))

    @rule(name=names, key=st.integers(0, 2), in_base64=st.booleans())
    def rekey(self, name: str, key: int, in_base64: bool) -> None:
        self.let(actions.Rekey(self.existing(name), key, in_base64))

    @rule(name=names, kind=kinds, oddity=st.sampled_from(ODDITIES))
    def reconfigure(self, name: str, kind: str, oddity: str) -> None:
        self.let(actions.Reconfigure(self.existing(name), kind, oddity))

    @rule(name=names)
    def delete(self, name: str) -> None:
        self.let(actions.Delete(self.existing(name)))

    # --- users of the hosts, and time ---

    @rule(host=hosts, name=names, how=st.sampled_from(sorted(DAMAGES)))
    def damage(self, host: int, name: str, how: str) -> None:
        self.let(actions.Damage(host, self.with_file(host, name), how))

    @rule(host=hosts, name=names)
    def delete_key(self, host: int, name: str) -> None:
        self.let(actions.DeleteKey(host, self.with_file(host, name)))

    @rule(host=hosts, name=names, other=names)
    def swap_keys(self, host: int, name: str, other: str) -> None:
        self.let(actions.SwapKeys(host, self.with_file(host, name), other))

    @rule(host=hosts, name=names)
    def send_key(self, host: int, name: str) -> None:
        self.let(actions.SendKey(host, self.with_file(host, name)))

    @rule(host=hosts)
    def back_up(self, host: int) -> None:
        self.let(actions.BackUp(host))

    @rule(host=hosts)
    def restore(self, host: int) -> None:
        self.let(actions.Restore(host))

    @rule(seconds=st.sampled_from((10, 600, 1000)))
    def clock(self, seconds: int) -> None:
        self.let(actions.Clock(seconds))

    def teardown(self) -> None:
        try:
            if not self.failed and hasattr(self, "world"):
                self.attempt(lambda: end_well(self.world))
        finally:
            self.infrastructure.stop_runs()
            self.folder.cleanup()
