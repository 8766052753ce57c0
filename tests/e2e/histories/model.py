# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is right: the end of a run to which nothing happens, while nobody else acts, told from what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.histories.hosts import KeyFiles
from tests.e2e.histories.keys import key_of
from tests.e2e.histories.numbers import Link
from tests.e2e.histories.tasks import WEBHOOKS, One, Rename, Task, items_of
from tests.e2e.histories.world import Controller, Scene, World
from tests.simulator.client import Document


@dataclass(frozen=True)
class Expected:
    """``operation`` is None where the task is refused and nothing is sent that changes anything.

    overtaken: the run may also give up because another one, which may be living, makes the same application.
    """

    operation: str | None
    overtaken: bool = False


REFUSED = Expected(None)


def may_be_overtaken(world: World, controller: Controller, task: Task, scene: Scene) -> bool:
    """Whether another run, which may be living, makes an application that the task names."""
    rivals = (each for item in items_of(task) for each in scene.unfinished(item.name))
    return not all(world.is_abandoned(each, controller.host) for each in rivals)


def expected(world: World, controller: Controller, task: Task, scene: Scene) -> Expected | None:
    """What comes of the task; None where the model does not say."""
    if isinstance(task, One):
        return _of_one(world, controller, task, scene)
    if isinstance(task, Rename):
        return _of_rename(controller, task, scene)
    if isinstance(task, Link):
        return _of_link(task, scene)
    return None


def _of_one(world: World, controller: Controller, task: One, scene: Scene) -> Expected:
    place = controller.host.files(task.name) if task.with_key else None
    found = scene.named(task.name)
    if (place and place.damaged) or len(found) > 1:
        return REFUSED
    existing = found[0] if found else None
    operation = _operation(controller.version, task, existing, place)
    brings_key = operation in ("create", "recreate", "rotate")
    if place and (brings_key or task.state == "absent") and _needed_by_others(place, existing, task, scene):
        return REFUSED
    rivals = [each for each in scene.unfinished(task.name) if not world.is_abandoned(each, controller.host)]
    makes = operation in ("create", "recreate")
    return Expected("update" if operation == "rotate" else operation, overtaken=makes and bool(rivals))


def _operation(version: str, task: One, existing: Document | None, place: KeyFiles | None) -> str | None:
    if task.state == "absent":
        return "delete" if existing else "none"
    if existing is None:
        return "create"
    if version == "v1" and type_of(existing) not in (None, task.kind):
        return "recreate" if task.recreate else None
    if place and key_of(existing) not in place.held:
        return {"fail": None, "recreate": "recreate", "rotate": "rotate"}[task.lost_key]
    return "none" if holds(task, existing) else "update"


def _of_rename(controller: Controller, task: Rename, scene: Scene) -> Expected | None:
    found = scene.named(task.name)
    place = controller.host.files(task.new_name)
    if not found or place.damaged:
        return REFUSED
    if task.name != task.new_name and scene.named(task.new_name):
        return REFUSED
    if key_of(found[0]) not in place.held:
        return REFUSED
    if scene.unfinished(task.new_name) or (controller.version == "v1" and not _types(found[0])):
        return None
    return Expected("none" if task.name == task.new_name else "update")


def _of_link(task: Link, scene: Scene) -> Expected:
    number = task.of(scene.numbers)
    done = task.done(number, scene.named(task.name))
    if done is None:
        return REFUSED
    return Expected("none" if done == number else "update")


def _needed_by_others(place: KeyFiles, existing: Document | None, task: One, scene: Scene) -> bool:
    """Whether the key of another application of the account is where this one's belongs."""
    own = {existing["id"]} if existing else set()
    begun = {key_of(each) for each in scene.unfinished(task.name)}
    own_keys = begun | ({key_of(existing)} if existing else set())
    others = {key_of(each) for each in scene.documents if each["id"] not in own and each["name"] != task.name}
    return bool((place.held - own_keys) & others)


def type_of(document: Document) -> str | None:
    """What version 1 calls its type; None where it has none of the two, or both."""
    types = _types(document)
    return types[0] if len(types) == 1 else None


def _types(document: Document) -> list[str]:
    return [kind for kind in WEBHOOKS if webhooks_of(document, kind)]


def webhooks_of(document: Document, capability: str) -> Mapping[str, Any]:
    """The webhooks that have an address."""
    webhooks = document["capabilities"].get(capability, {}).get("webhooks", {})
    return {name: webhook for name, webhook in webhooks.items() if webhook.get("address")}


def holds(task: One, document: Document) -> bool:
    """Whether the application is as the task asks."""
    webhooks = webhooks_of(document, task.kind)
    return all(webhooks.get(name, {}).get("address") == url for name, url in task.webhooks.items())


def is_fulfilled(controller: Controller, item: One, scene: Scene) -> str | None:
    """Why the account, or the key file, is not as asked; None where it is."""
    found = scene.named(item.name)
    place = controller.host.files(item.name)
    if item.state == "absent":
        if found:
            return f"{item.name!r} is still there"
        return f"{item.name!r}: a key is still there" if item.with_key and place.held else None
    if len(found) != 1:
        return f"there are {len(found)} applications {item.name!r}"
    if not holds(item, found[0]):
        return f"{item.name!r} is not as asked: {found[0]}"
    if item.with_key and place.file != key_of(found[0]):
        return f"the key of {item.name!r} is not in its file"
    return f"{item.name!r}: keys are left that wait" if item.with_key and place.waiting else None


def is_linked(task: Link, scene: Scene) -> str | None:
    """Why the number is not as asked; None where it is."""
    number = task.of(scene.numbers)
    return None if task.done(number, scene.named(task.name)) == number else f"{number} is not as asked"


def unnamed(document: Document, items: Iterable[One], version: str) -> dict[str, Any]:
    """What an update leaves alone: under version 1, whatever it shows."""
    named = {(item.kind, webhook) for item in items for webhook in item.webhooks}
    capabilities: dict[str, Any] = {}
    for kind, settings in document["capabilities"].items():
        webhooks = settings.get("webhooks", {})
        kept = {
            name: webhook
            for name, webhook in webhooks.items()
            if (kind, name) not in named and not (isinstance(webhook, dict) and webhook.get("address") == "")
        }
        rest = {name: value for name, value in settings.items() if name != "webhooks"} if version == "v2" else {}
        capabilities[kind] = {**rest, "webhooks": kept}
    known = ("name", "keys", "capabilities", "privacy")
    others = {name: value for name, value in document.items() if name not in known}
    if version == "v1":
        capabilities = {kind: _as_v1_shows(capabilities.get(kind, {})) for kind in WEBHOOKS}
    return {**others, "capabilities": capabilities}


def _as_v1_shows(capability: Mapping[str, Any]) -> dict[str, Any]:
    members = ("address", "http_method")
    return {
        name: {member: webhook.get(member) for member in members}
        for name, webhook in capability.get("webhooks", {}).items()
    }
