# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a history happens: an account, hosts with key files, controllers that act on them, and a clock."""

from __future__ import annotations

import time as real_time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.forking import Run
from tests.e2e.histories.account import BYSTANDERS, Account, meant_name, unfinished
from tests.e2e.histories.hosts import Host
from tests.e2e.histories.numbers import Link, preloaded
from tests.e2e.histories.runs import Runs
from tests.e2e.histories.tasks import One, Rename, Task, items_of
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.simulator.client import Document, Simulator
from tests.simulator.settings import Settings


@dataclass(frozen=True)
class Setting:
    """What does not change in a history.

    versions: of the API, one for each controller. ``clocks``: of the two hosts, in seconds ahead of the world's.
    service: settings of the simulator; those that it does not have are left out.
    """

    versions: tuple[str, ...] = ("v1", "v2", "v1")
    clocks: tuple[float, float] = (0, 0)
    service: tuple[tuple[str, Any], ...] = ()


@dataclass
class Controller:
    """Somebody who runs playbooks. The first and the third have the first host, the second has the second.

    asked: what it last asked of each name, ``links`` what of each number. ``task`` is the one of the run that is under
    way, ``began`` what there was when it began, ``disturbed`` whether anything else happened since.
    """

    version: str
    host: Host
    runs: Runs
    asked: dict[str, One] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    task: Task | None = None
    began: Scene | None = None
    disturbed: bool = False


@dataclass(frozen=True)
class Scene:
    """The account's applications and numbers, and the hosts' keys, at one moment; ``waiting`` are the keys beside other
    key files."""

    documents: Sequence[Document]
    numbers: Sequence[Document]
    keys: frozenset[tuple[str, str]]
    waiting: frozenset[tuple[str, str]]

    def by_id(self) -> dict[str, Document]:
        """The applications."""
        return {document["id"]: document for document in self.documents}

    def named(self, name: str) -> list[Document]:
        """Those that are finished and have that name."""
        return [document for document in self.documents if document["name"] == name]

    def unfinished(self, name: str) -> list[Document]:
        """Those that will have that name."""
        return [each for each in self.documents if each["name"] != name and meant_name(each) == name]


class World:
    """All of it. ``time`` are the seconds that the clock is ahead of the real one."""

    def __init__(self, simulator: Simulator, runs: Sequence[Runs], folder: Path, setting: Setting) -> None:
        simulator.reset()
        known = Settings.__dataclass_fields__
        simulator.configure(**{name: value for name, value in setting.service if name in known})
        self.account = Account(simulator)
        self.bystanders = simulator.preload(BYSTANDERS)
        simulator.preload_numbers(preloaded())
        self.time = 0.0
        self.hosts = [Host(folder / f"host{number}", clock) for number, clock in enumerate(setting.clocks)]
        self.controllers = [
            Controller(version, self.hosts[number % 2], run)
            for number, (version, run) in enumerate(zip(setting.versions, runs, strict=False))
        ]
        # Of which host the word is that stands for a machine in the names of unfinished applications.
        self._machines: dict[str, Host] = {}

    @property
    def under_way(self) -> list[int]:
        """The numbers of the controllers whose runs stopped."""
        return [number for number, each in enumerate(self.controllers) if each.runs.under_way]

    @property
    def idle(self) -> list[int]:
        """The numbers of the others."""
        return [number for number, each in enumerate(self.controllers) if not each.runs.under_way]

    def scene(self) -> Scene:
        """What there is now."""
        keys = frozenset((host.name, key) for host in self.hosts for key in host.all_keys())
        waiting = frozenset((host.name, key) for host in self.hosts for key in host.waiting_keys())
        return Scene(self.account.documents(), self.account.simulator.numbers(), keys, waiting)

    def options(self, controller: Controller, task: Task, **more: Any) -> dict[str, Any]:
        """The options of the task's module."""
        return {
            "api_url": self.account.simulator.url,
            "api_key": API_KEY,
            "api_secret": API_SECRET,
            "api_version": controller.version,
            "max_retries": 1,
            **task.options(controller.host, self.account.documents()),
            **more,
        }

    def run(self, number: int, task: Task, steps: int | None = None, **more: Any) -> Run | None:
        """Let a controller run a task; how it ended, None where it stopped after so many steps."""
        controller = self.controllers[number]
        scene = self.scene()
        self.disturb(number)
        controller.task, controller.began, controller.disturbed = task, scene, bool(self.under_way)
        options = self.options(controller, task, **more)
        return self._ended(controller, controller.runs.begin(task.module, options, controller.host, self.time, steps))

    def go_on(self, number: int, steps: int | None) -> Run | None:
        """Let the controller's run go on."""
        controller = self.controllers[number]
        self.disturb(number)
        return self._ended(controller, controller.runs.go_on(controller.host, self.time, steps))

    def kill(self, number: int) -> None:
        """Kill the controller's run."""
        self.controllers[number].runs.kill()
        self._learn(self.controllers[number])

    def disturb(self, number: int | None = None) -> None:
        """Somebody, of that number or nobody of the controllers, acts while runs are under way."""
        for other, controller in enumerate(self.controllers):
            if other != number:
                controller.disturbed = True

    def is_abandoned(self, document: Document, host: Host) -> bool:
        """Whether a run on that host, while no other is under way, sees that nobody will finish the application."""
        parts = unfinished(document)
        assert parts is not None
        is_over = real_time.time() + self.time + host.clock >= parts.expiry
        return is_over or self._machines.get(parts.machine) is host

    def note(self, number: int, task: Task) -> None:
        """Remember what the controller asked for."""
        asked = self.controllers[number].asked
        if isinstance(task, Link):
            self.controllers[number].links[task.number] = task
        for item in items_of(task):
            asked[item.name] = item
        if isinstance(task, Rename) and task.name in asked:
            item = asked.pop(task.name)
            asked[task.new_name] = One(task.new_name, item.state, item.kind, item.number)

    def _ended(self, controller: Controller, run: Run | None) -> Run | None:
        if run is not None:
            self.time += sum(run.slept)
        self._learn(controller)
        return run

    def _learn(self, controller: Controller) -> None:
        for document in self.account.documents():
            parts = unfinished(document)
            if parts is not None:
                self._machines.setdefault(parts.machine, controller.host)
