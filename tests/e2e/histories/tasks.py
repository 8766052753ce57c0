# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What controllers ask for, as data: one application, a list of them, a new name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.e2e.histories.hosts import Host
from tests.e2e.modules.documents import URL
from tests.simulator.client import Document

# Those that somebody is going to ask for. Some look alike.
NAMES = ("Shop", "shop", "Shop 2", "Caf\u00e9 / Bar [x]")
WEBHOOKS = {"voice": ("answer_url", "event_url"), "messages": ("inbound_url", "status_url")}
# Those of applications that nobody lists, and that may be pruned.
SPARE = ("old-1", "old-2")
PRUNE_MATCH = "|".join([*map(re.escape, NAMES), "old-.*"])


class Task(Protocol):
    """A task of a playbook.

    module: which one it runs. ``names``: of the applications that it is about.
    """

    module: str

    @property
    def names(self) -> frozenset[str]:
        """Of the applications that it is about."""

    def options(self, host: Host, applications: list[Document]) -> dict[str, Any]:
        """Of the module, besides the connection; ``applications`` are those that the user sees."""

    def may_touch(self, document: Document, meant_name: str) -> bool:
        """Whether the application is this task's to change; ``meant_name`` is the one it will have when finished."""


@dataclass(frozen=True)
class One:
    """One application is to be there, with these webhooks, or not to be there.

    number: tells different settings apart. ``with_key`` says that its private key is kept in a file.
    """

    name: str
    state: str = "present"
    kind: str = "voice"
    number: int = 0
    with_key: bool = True
    lost_key: str = "fail"
    recreate: bool = False

    module = "nexmo_application"

    @property
    def names(self) -> frozenset[str]:
        return frozenset([self.name])

    @property
    def webhooks(self) -> Mapping[str, str]:
        """The address of each webhook that the task names."""
        return {webhook: f"{URL}/{webhook}/{self.number}" for webhook in WEBHOOKS[self.kind]}

    def options(self, host: Host, applications: list[Document]) -> dict[str, Any]:
        named = {"name": self.name, "state": self.state}
        place = {"private_key_path": str(host.path(self.name))} if self.with_key else {}
        if self.state == "absent":
            return {**named, **place}
        ways_out = {"lost_key": self.lost_key} if self.with_key else {}
        return {**named, **place, **ways_out, "recreate": self.recreate, "type": self.kind, **self.webhooks}

    def may_touch(self, document: Document, meant_name: str) -> bool:
        return meant_name == self.name


@dataclass(frozen=True)
class Many:
    """Several applications at once; with ``prune``, no others whose names match."""

    items: tuple[One, ...]
    prune: bool = False

    module = "nexmo_applications"

    @property
    def names(self) -> frozenset[str]:
        return frozenset(item.name for item in self.items)

    def options(self, host: Host, applications: list[Document]) -> dict[str, Any]:
        items = [item.options(host, applications) for item in self.items]
        pruning = {"prune": True, "prune_match": PRUNE_MATCH, "prune_limit": "100%"} if self.prune else {}
        return {"applications": items, **pruning}

    def may_touch(self, document: Document, meant_name: str) -> bool:
        is_matched = re.fullmatch(PRUNE_MATCH, meant_name) or re.fullmatch(PRUNE_MATCH, document["name"])
        return meant_name in self.names or (self.prune and bool(is_matched))


@dataclass(frozen=True)
class Rename:
    """The first application of a name is to have another name, and its key to be where that name's belongs.

    The user moves the file and looks the id up; where there is no such application, the id is made up.
    """

    name: str
    new_name: str

    module = "nexmo_application"

    @property
    def names(self) -> frozenset[str]:
        return frozenset([self.name, self.new_name])

    def application_id(self, applications: list[Document]) -> str:
        """The id of the application that is meant."""
        ids = (document["id"] for document in applications if document["name"] == self.name)
        return next(ids, "00000000-0000-4000-8000-000000000000")

    def options(self, host: Host, applications: list[Document]) -> dict[str, Any]:
        return {
            "application_id": self.application_id(applications),
            "name": self.new_name,
            "private_key_path": str(host.path(self.new_name)),
        }

    def may_touch(self, document: Document, meant_name: str) -> bool:
        return meant_name in self.names


def items_of(task: Task) -> Iterator[One]:
    """What the task asks for of single applications."""
    if isinstance(task, One):
        yield task
    elif isinstance(task, Many):
        yield from task.items
