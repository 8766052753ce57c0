# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A history as a script that can be run, and how to run it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.histories.actions import Action
from tests.e2e.histories.ending import end_well
from tests.e2e.histories.infrastructure import Infrastructure
from tests.e2e.histories.world import Setting, World

_SCRIPT = """\
# Run it with: PYTHONPATH=. ANSIBLE_COLLECTIONS_PATH=build .venv/bin/python SCRIPT
from tests.e2e.histories.actions import *
from tests.e2e.histories.numbers import Link
from tests.e2e.histories.script import replay
from tests.e2e.histories.tasks import Many, One, Rename
from tests.e2e.histories.world import Setting

replay(
    {setting!r},
    [
{actions}
    ],
)
"""


def script_of(setting: Setting, actions: Sequence[Action]) -> str:
    """The script."""
    return _SCRIPT.format(setting=setting, actions="\n".join(f"        {action!r}," for action in actions))


def replay(setting: Setting, actions: Sequence[Action]) -> None:
    """Let all of it happen again, and end well. Raises Wrong where it goes wrong."""
    with tempfile.TemporaryDirectory() as folder, Infrastructure.start(Path(folder)) as infrastructure:
        world = World(infrastructure.simulator, infrastructure.runs, Path(folder) / "world", setting)
        for number, action in enumerate(actions):
            print(number, action, flush=True)
            told = action.happen(world)
            print("   ", told, flush=True)
        end_well(world)
        print("All is well.")
