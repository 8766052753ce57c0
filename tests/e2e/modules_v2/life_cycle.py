# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task as a user runs it: in check mode, for real, and once more."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.unfinished import unfinished_in
from tests.simulator.client import Document, Simulator

# What operations write that take more than one request: an application is made under an unfinished name.
WRITES = {"create": ["create", "update"], "recreate": ["create", "delete", "update"]}
KEY_WARNING = "the result holds a private key"


def performed(nexmo: Modules, simulator: Simulator, **options: Any) -> ModuleRun:
    """The real run's result, after proof that check mode foretold it, what it wrote, and that it lasts."""
    before = simulator.applications()
    simulator.forget_requests()

    foretold = nexmo.application(check=True, diff=True, **options)
    assert (simulator.applications(), simulator.writes()) == (before, [])
    done = nexmo.application(diff=True, **options)
    after, writes = simulator.applications(), simulator.writes()

    assert done["changed"] is True
    assert [write["operation"] for write in writes] == WRITES.get(done["operation"], [done["operation"]])
    assert {write["version"] for write in writes} == {"v2"}
    assert {write["status"] for write in writes} <= {200, 201, 204}
    assert (done["finished"], unfinished_in(after)) == (True, [])
    for name in ("changed", "operation", "diff"):
        assert foretold[name] == done[name]
    assert done["diff"]["before"] != done["diff"]["after"]
    assert_foretold(foretold, done)
    assert warnings_of(foretold) == []
    assert [text for text in warnings_of(done) if not text.startswith(KEY_WARNING)] == []
    simulator.forget_requests()
    assert_unchanged(nexmo.application(diff=True, **options), simulator, after)
    return done


def assert_foretold(foretold: ModuleRun, done: ModuleRun) -> None:
    """The application that check mode shows is the one that came about, less what the service alone can know."""
    expected, found = foretold["application"], done["application"]
    if done["operation"] != "delete":
        assert (expected["id"] is None) == (done["operation"] == "create")
        unknown = [name for name in ("id", "public_key") if expected[name] is None]
        expected = {name: value for name, value in expected.items() if name not in unknown}
    assert _included(expected, found), f"{expected} was foretold, not {found}"


def assert_unchanged(run: ModuleRun, simulator: Simulator, stored: list[Document]) -> None:
    """The run found everything as asked, and wrote nothing."""
    assert (run["changed"], run["operation"]) == (False, "none")
    if "diff" in run:
        assert run["diff"]["before"] == run["diff"]["after"]
    assert (simulator.applications(), simulator.writes()) == (stored, [])
    assert warnings_of(run) == []
    assert "private_key" not in run


def assert_refused(run: ModuleRun, *parts: str) -> None:
    """The run failed with one line that holds those parts."""
    assert "\n" not in run.message
    assert [part for part in parts if part not in run.message] == [], run.message


def warnings_of(run: ModuleRun) -> list[str]:
    """The texts of the warnings in a result, in the form of any ansible-core."""
    return [
        warning if isinstance(warning, str) else warning["event"]["msg"] for warning in run.result.get("warnings", [])
    ]


def replaced(document: Document, path: Sequence[str], value: Any) -> Document:
    """A copy with that member set, and every other as it was, in the same order."""
    result = copy.deepcopy(document)
    _holder(result, path)[path[-1]] = value
    return result


def without(document: Document, path: Sequence[str]) -> Document:
    """A copy without that member."""
    result = copy.deepcopy(document)
    del _holder(result, path)[path[-1]]
    return result


def nested(path: Sequence[str], value: Any) -> Any:
    """A document with nothing but that member."""
    for name in reversed(path):
        value = {name: value}
    return value


def _holder(document: Document, path: Sequence[str]) -> Document:
    for name in path[:-1]:
        document = document.setdefault(name, {})
    return document


def _included(part: Any, whole: Any) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and _included(value, whole[name]) for name, value in part.items())
    return bool(part == whole)
