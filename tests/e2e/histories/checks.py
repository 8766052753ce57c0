# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds after each step of a run, whatever happens to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.e2e.forking import Run
from tests.e2e.histories.account import meant_name
from tests.e2e.histories.hosts import Host
from tests.e2e.histories.keys import key_of
from tests.e2e.histories.model import is_fulfilled, is_linked, unnamed
from tests.e2e.histories.numbers import Link
from tests.e2e.histories.tasks import Rename, Task, items_of
from tests.e2e.histories.world import Controller, Scene
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.secrecy import secrets_in

_CONFUSING = ("\n", "Traceback", "unexpected ", "object at 0x")


class Wrong(AssertionError):
    """Something that must never be."""


def check_step(controller: Controller, task: Task, before: Scene, after: Scene) -> None:
    """What one run did while all others stood still. Raises Wrong."""
    _check_others(task, before, after)
    _check_keys(controller, before, after)
    _check_new_keys(controller, task, before, after)
    if not (isinstance(task, Rename) and controller.disturbed):
        _check_duplicates(controller, before, after)
    _check_unnamed(controller, task, before, after)
    _check_numbers(controller, task, before, after)


def check_end(controller: Controller, task: Task, run: Run, after: Scene) -> None:
    """What a run says of itself. Raises Wrong."""
    _check_output(task, run)
    if run.result.get("failed") or controller.disturbed:
        return
    problems = [is_fulfilled(controller, item, after) for item in items_of(task)]
    if isinstance(task, Link):
        problems.append(is_linked(task, after))
    for problem in filter(None, problems):
        raise Wrong(f"the run reports success, and {problem}: {run.output}")


def _check_output(task: Task, run: Run) -> None:
    result = run.result
    if bool(result.get("failed")) != bool(run.returncode):
        raise Wrong(f"the run ended with status {run.returncode}: {run.output}")
    if result.get("failed"):
        message = str(result.get("msg", ""))
        if not message or any(word in message for word in _CONFUSING) or "exception" in result:
            raise Wrong(f"the message is not one clear line: {run.output}")
    keeps_keys = all(item.with_key for item in items_of(task))
    shown = run.output if keeps_keys else run.output.replace("PRIVATE KEY", "")
    if secrets_in(shown, API_KEY, API_SECRET):
        raise Wrong(f"secrets are shown: {run.output}")


def _check_others(task: Task, before: Scene, after: Scene) -> None:
    now = after.by_id()
    for application_id, document in before.by_id().items():
        if now.get(application_id) != document and not task.may_touch(document, meant_name(document)):
            raise Wrong(f"another application was changed or deleted: {document}, now {now.get(application_id)}")


def _check_keys(controller: Controller, before: Scene, after: Scene) -> None:
    """A key that an application has is never gone; nor any other, but for those of applications that are gone."""
    assert controller.began is not None
    finished = (document for document in after.documents if document["name"] == meant_name(document))
    needed = {key_of(document): document["name"] for document in finished}
    replaceable = {key_of(document) for scene in (controller.began, before) for document in scene.documents}
    for host, key in sorted(before.keys - after.keys):
        if key in needed:
            raise Wrong(f"the key of {needed[key]!r} is lost on {host}")
        if key not in replaceable and (host, key) not in before.waiting:
            raise Wrong(f"a key of no application that is known, {key}, is lost on {host}")


def _check_new_keys(controller: Controller, task: Task, before: Scene, after: Scene) -> None:
    """A finished application that is new, or whose key is, has its key on the host, unless the user took it away."""
    with_key = {item.name for item in items_of(task) if item.with_key and item.state == "present"}
    known = {(document["id"], key_of(document)) for document in before.documents if document["name"] in with_key}
    for document in after.documents:
        if document["name"] not in with_key or (document["id"], key_of(document)) in known:
            continue
        if key_of(document) not in _held(controller.host, document["name"]) | controller.host.lost_by_hand:
            raise Wrong(f"{document['name']!r} has a new key, and nobody has it: {document}")


def _held(host: Host, name: str) -> frozenset[str]:
    return host.files(name).held


def _check_duplicates(controller: Controller, before: Scene, after: Scene) -> None:
    assert controller.began is not None
    times_before = Counter(document["name"] for document in before.documents)
    times_after = Counter(document["name"] for document in after.documents)
    for name, times in times_after.items():
        came_meanwhile = controller.disturbed and times_before[name] > len(controller.began.named(name))
        if times > max(1, times_before[name]) and not came_meanwhile:
            raise Wrong(f"there are {times} applications {name!r}")


def _check_unnamed(controller: Controller, task: Task, before: Scene, after: Scene) -> None:
    """Settings that the task does not name stay; a run that was stopped may undo what others changed meanwhile."""
    if controller.disturbed:
        return
    items = list(items_of(task))
    now = after.by_id()
    for application_id, document in before.by_id().items():
        changed = now.get(application_id, document)
        named = [item for item in items if item.name == changed["name"]]
        old, new = (unnamed(each, named, controller.version) for each in (document, changed))
        if changed != document and not _includes(new, old):
            raise Wrong(f"settings that the task does not name were changed: {document}, now {changed}")


def _check_numbers(controller: Controller, task: Task, before: Scene, after: Scene) -> None:
    """Numbers change by tasks that are about them, and keep what these do not name."""
    if before.numbers == after.numbers:
        return
    if not isinstance(task, Link):
        raise Wrong(f"numbers were changed: {before.numbers}, now {after.numbers}")
    # An update replaces: one that was stopped before it may undo what others changed meanwhile.
    kept = [[task.leaves(number) for number in scene.numbers] for scene in (before, after)]
    if not controller.disturbed and kept[0] != kept[1]:
        raise Wrong(f"settings of numbers that the task does not name were changed: {before.numbers}, {after.numbers}")


def _includes(whole: Any, part: Any) -> bool:
    """Whether all members of ``part`` are in the whole; the service adds some by itself."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and _includes(whole[name], value) for name, value in part.items())
    return bool(whole == part)
