# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""private_key_path: a file that is missing, holds another key, or cannot take a key."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.module_runner import obey_permissions
from tests.e2e.modules.relay import Relay, pass_on, passes_on_and
from tests.e2e.modules.watching import unchanging
from tests.simulator.client import Document, Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}


def with_key(name: str, number: int, **members: Any) -> Document:
    """An application whose private key the test has."""
    return voice(name, keys={"public_key": public_key(private_key(number))}, **members)


def content_of(directory: Path) -> dict[str, str]:
    """Every file with what it holds."""
    return {path.name: path.read_text() for path in directory.iterdir()}


def aside(path: Path, number: int = 0) -> Path:
    """Where the private key of that number is kept when it has to make room."""
    return path.with_name(f"{path.name}.{fingerprint(private_key(number))[:16]}.old")


@pytest.mark.parametrize("there", [None, "another key", ""], ids=["missing", "another-key", "empty"])
def test_a_lost_key_changes_nothing_unless_the_task_allows_it(
    there: str | None, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([with_key("Shop", 0, id="shop")])
    if there is not None:
        write_key(key_path, private_key(1) if there else "")
    before = content_of(key_path.parent)

    foretold = nexmo.application(check=True, private_key_path=str(key_path), **SHOP)
    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert foretold.message == run.message
    assert "\n" not in run.message
    for word in ("Shop", "shop", "lost_key", "recreate"):
        assert word in run.message
    assert simulator.writes() == []
    assert content_of(key_path.parent) == before


def test_another_key_in_the_file_is_told_with_both_fingerprints(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([with_key("Shop", 0, id="shop")])
    write_key(key_path, private_key(1))

    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert f"{key_path} holds another key, with the fingerprint {fingerprint(private_key(1))}" in run.message
    assert f"the application's has {fingerprint(private_key(0))}" in run.message
    assert simulator.writes() == []


def test_a_lost_key_can_be_replaced_with_the_application(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([with_key("Shop", 0, id="shop")])
    options = {"private_key_path": str(key_path), "lost_key": "recreate", **SHOP}

    foretold = nexmo.application(check=True, **options)
    files_in_check_mode = content_of(key_path.parent)
    run = nexmo.application(**options)
    again = nexmo.application(**options)

    assert (foretold["operation"], files_in_check_mode) == ("recreate", {})
    assert run["operation"] == "recreate"
    assert run["application"]["id"] != "shop"
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert [request["operation"] for request in simulator.writes()] == ["create", "delete", "update"]
    assert again["changed"] is False


@pytest.mark.parametrize("exists", [True, False], ids=["recreate", "create"])
def test_a_key_of_nobody_is_kept_aside_before_it_is_replaced(
    exists: bool, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([with_key("Shop", 0)] if exists else [])
    old = write_key(key_path, private_key(1)).read_text()

    run = nexmo.application(private_key_path=str(key_path), lost_key="recreate", **SHOP)

    assert run["operation"] == ("recreate" if exists else "create")
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert aside(key_path, 1).read_text() == old
    assert aside(key_path, 1).stat().st_mode & 0o077 == 0
    assert set(key_path.parent.iterdir()) == {key_path, aside(key_path, 1)}


FOREIGN_KEYS: dict[str, tuple[list[Document], dict[str, Any]]] = {
    "create": ([], SHOP),
    "recreate": ([with_key("Shop", 0)], {**SHOP, "lost_key": "recreate"}),
    "absent": ([with_key("Shop", 0)], {"name": "Shop", "state": "absent"}),
    "absent-already": ([], {"name": "Shop", "state": "absent"}),
}


@pytest.mark.parametrize(("given", "options"), FOREIGN_KEYS.values(), ids=FOREIGN_KEYS)
def test_the_key_of_another_application_is_never_touched(
    given: list[Document], options: dict[str, Any], nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Crowd"), *given, with_key("Other", 7, id="other")])
    write_key(key_path, private_key(7))
    before = content_of(key_path.parent)

    foretold = nexmo.application(check=True, private_key_path=str(key_path), **options)
    run = nexmo.application(private_key_path=str(key_path), **options)

    assert foretold.message == run.message
    assert run.message.startswith("private_key_path: ")
    assert "'Other' (other)" in run.message
    assert "\n" not in run.message
    assert simulator.writes() == []
    assert content_of(key_path.parent) == before


@pytest.mark.parametrize("options", [{**SHOP, "lost_key": "recreate"}, {"state": "absent"}], ids=["recreate", "absent"])
def test_the_key_of_another_application_is_recognized_while_the_account_moves(
    options: dict[str, Any], relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    def somebody_deletes_the_first() -> None:
        remaining = simulator.applications()[1:]
        simulator.clear()
        simulator.preload(remaining)

    names = ("First", "Second")
    simulator.preload([*map(voice, names), with_key("Other", 7, id="other"), with_key("Shop", 0, id="shop")])
    simulator.configure(max_page_size=2)
    write_key(key_path, private_key(7))
    # The application is read by its id; then, once the first page is read, Other slips from the second to the first.
    relay.play("GET", pass_on, passes_on_and(somebody_deletes_the_first))

    run = relayed.application(**{**options, "name": None}, application_id="shop", private_key_path=str(key_path))

    assert "'Other' (other)" in run.message
    assert simulator.writes() == []
    assert content_of(key_path.parent) == {key_path.name: private_key(7)}


def garbage(path: Path) -> None:
    path.write_text("# nothing secret\n")


def public_half(path: Path) -> None:
    path.write_text(public_key(private_key()))


def broken_key(path: Path) -> None:
    lines = private_key().splitlines()
    path.write_text("\n".join(lines[:5] + lines[-1:]))


def directory(path: Path) -> None:
    path.mkdir()


def link_to_a_key(path: Path) -> None:
    path.symlink_to(write_key(path.parent.parent / "elsewhere.key", private_key()))


def dangling_link(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def missing_directory(path: Path) -> None:
    path.parent.rmdir()


def file_as_directory(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file")


def directory_without_permission(path: Path) -> None:
    path.parent.chmod(0o555)


def key_without_permission(path: Path) -> None:
    write_key(path, private_key()).chmod(0)


OBSTACLES = [
    garbage,
    public_half,
    broken_key,
    directory,
    link_to_a_key,
    dangling_link,
    pipe,
    missing_directory,
    file_as_directory,
    directory_without_permission,
    key_without_permission,
]


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_a_path_that_cannot_take_a_key_is_refused_before_the_first_request(
    obstacle: Callable[[Path], None], nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    obstacle(key_path)
    before = unchanging(key_path)

    run = nexmo.application(before_start=obey_permissions, private_key_path=str(key_path), lost_key="recreate", **SHOP)

    assert run.message.startswith("private_key_path: ")
    assert "\n" not in run.message
    assert simulator.requests() == []
    assert unchanging(key_path) == before


def test_absent_removes_the_key_with_the_application(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([with_key("Shop", 0)])
    write_key(key_path, private_key(0))
    options: dict[str, Any] = {"name": "Shop", "state": "absent", "private_key_path": str(key_path)}

    foretold = nexmo.application(check=True, **options)
    was_there = key_path.exists()
    run = nexmo.application(**options)
    left = (simulator.applications(), content_of(key_path.parent))
    again = nexmo.application(**options)

    assert (foretold["operation"], was_there) == ("delete", True)
    assert (run["operation"], left) == ("delete", ([], {}))
    assert again["changed"] is False


def test_absent_removes_a_key_that_an_earlier_run_left(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    write_key(key_path, private_key())
    options: dict[str, Any] = {"name": "Shop", "state": "absent", "private_key_path": str(key_path)}

    foretold = nexmo.application(check=True, **options)
    was_there = key_path.exists()
    run = nexmo.application(**options)

    assert was_there
    for found in (foretold, run):
        assert (found["changed"], found["operation"]) == (True, "none")
    assert simulator.writes() == []
    # Whose key it is cannot be known, so it is kept.
    assert content_of(key_path.parent) == {aside(key_path).name: private_key()}


def test_absent_keeps_a_key_aside_that_is_not_the_applications(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([with_key("Shop", 0)])
    write_key(key_path, private_key(1))
    options: dict[str, Any] = {"name": "Shop", "state": "absent", "private_key_path": str(key_path)}

    run = nexmo.application(**options)
    again = nexmo.application(**options)

    assert (run["operation"], simulator.applications()) == ("delete", [])
    assert run["fingerprint"] == fingerprint(private_key(0))
    assert content_of(key_path.parent) == {aside(key_path, 1).name: private_key(1)}
    assert aside(key_path, 1).stat().st_mode & 0o077 == 0
    assert again["changed"] is False


def test_absent_needs_no_directory(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop")])
    key_path.parent.rmdir()

    run = nexmo.application(name="Shop", state="absent", private_key_path=str(key_path))

    assert run["operation"] == "delete"
    assert simulator.applications() == []


def test_absent_does_not_remove_what_is_no_key(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop")])
    key_path.write_text("precious")

    run = nexmo.application(name="Shop", state="absent", private_key_path=str(key_path))

    assert run.message.startswith("private_key_path: ")
    assert key_path.read_text() == "precious"
    assert simulator.writes() == []
