# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs on one host, one of which makes an application while the other is content with what it finds: whenever the
second one comes, the key that the first one has brought is still there when the first one needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.histories.actions import Action, Begin, GoOn, Kill, RunTask
from tests.e2e.histories.ending import end_well
from tests.e2e.histories.infrastructure import Infrastructure
from tests.e2e.histories.tasks import One, Task
from tests.e2e.histories.world import Setting, World

_MOST_STEPS = 60
_ONE_VERSION = Setting(versions=("v1", "v1", "v1"))
_MAKES = One("Shop")
_REPLACES = One("Shop", kind="messages", recreate=True)


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        pytest.param([], _MAKES, One("Shop", "absent"), id="one-makes-it-absent"),
        pytest.param([RunTask(0, _MAKES)], _REPLACES, _MAKES, id="one-finds-it-as-asked"),
        pytest.param([RunTask(0, _MAKES)], _REPLACES, One("Shop", number=1), id="one-changes-it"),
    ],
)
def test_no_key_is_lost(
    infrastructure: Infrastructure, tmp_path: Path, before: list[Action], first: Task, second: Task
) -> None:
    def prepare(world: World) -> None:
        for action in before:
            action.happen(world)

    stop_at_each_step(infrastructure, tmp_path, prepare, first, second)


def test_no_key_is_lost_that_a_run_takes_over(infrastructure: Infrastructure, tmp_path: Path) -> None:
    def prepare(world: World) -> None:
        RunTask(0, _MAKES).happen(world)
        Begin(0, _REPLACES, 0).happen(world)
        while not world.scene().waiting:
            GoOn(0, 1).happen(world)
        Kill(0).happen(world)

    stop_at_each_step(infrastructure, tmp_path, prepare, _REPLACES, _MAKES)


def stop_at_each_step(
    infrastructure: Infrastructure, folder: Path, prepare: Callable[[World], None], first: Task, second: Task
) -> None:
    """In a world for each step of the first run, let the second one run there, and the first one go on."""
    for steps in range(_MOST_STEPS):
        world = World(infrastructure.simulator, infrastructure.runs, folder / str(steps), _ONE_VERSION)
        prepare(world)
        Begin(0, first, steps).happen(world)
        if not world.under_way:
            return
        for action in (RunTask(2, second), GoOn(0)):
            action.happen(world)
        end_well(world)
    pytest.fail("the run takes more steps")
