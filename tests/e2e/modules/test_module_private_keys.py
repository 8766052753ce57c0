# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_private_key: several keys in one run."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, write_key
from tests.e2e.modules.module_runner import own_files_alone

KEY, OTHER_KEY = private_key(0), private_key(1)


def everything_below(directory: Path) -> dict[str, str | None]:
    """Files with what they hold, and directories."""
    return {
        str(path.relative_to(directory)): None if path.is_dir() else path.read_text() for path in directory.rglob("*")
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty directory."""
    directory = tmp_path / "place"
    directory.mkdir()
    return directory


def test_each_key_gets_what_its_item_asks_for_and_a_second_run_changes_nothing(nexmo: Modules, place: Path) -> None:
    held = write_key(place / "held.key", OTHER_KEY)
    gone = write_key(place / "gone.key", OTHER_KEY)
    keys: list[dict[str, Any]] = [
        {"path": str(place / "a" / "written.key"), "private_key": KEY, "mode": "0640"},
        {"path": str(held), "mode": "0400"},
        {"path": str(place / "made.key"), "generate": True},
        {"path": str(gone), "state": "absent"},
        {"path": str(place / "staged.key"), "private_key": KEY, "staged": True},
        {"path": str(place / "b" / "ready.key")},
    ]
    before = everything_below(place)

    foretold = nexmo.private_key(check=True, diff=True, keys=keys)
    untouched = everything_below(place)
    run = nexmo.private_key(diff=True, keys=keys)
    again = nexmo.private_key(keys=keys)

    assert untouched == before
    assert [each["path"] for each in run["keys"]] == [item["path"] for item in keys]
    assert [each["changed"] for each in foretold["keys"]] == [each["changed"] for each in run["keys"]] == [True] * 6
    assert (foretold["changed"], run["changed"], again["changed"]) == (True, True, False)
    made = (place / "made.key").read_text()
    assert [each["public_key"] for each in run["keys"]] == [
        public_key(KEY),
        public_key(OTHER_KEY),
        public_key(made),
        None,
        public_key(KEY),
        None,
    ]
    assert [each["fingerprint"] for each in run["keys"]] == [
        None,
        fingerprint(OTHER_KEY),
        None,
        fingerprint(OTHER_KEY),
        None,
        None,
    ]
    assert [each["held_keys"] for each in run["keys"]] == [
        [fingerprint(KEY)],
        [fingerprint(OTHER_KEY)],
        [fingerprint(made)],
        [],
        [fingerprint(KEY)],
        [],
    ]
    assert run["diff"][0] == {"before": {"fingerprint": None}, "after": {"fingerprint": fingerprint(KEY)}}
    assert len(run["diff"]) == 6
    assert everything_below(place) == {
        "a": None,
        "a/written.key": KEY,
        "held.key": OTHER_KEY,
        "made.key": made,
        f"staged.key.{fingerprint(KEY)}": KEY,
        "b": None,
    }
    modes = {name: stat.S_IMODE((place / name).stat().st_mode) for name in ("a/written.key", "held.key", "made.key")}
    assert modes == {"a/written.key": 0o640, "held.key": 0o400, "made.key": 0o600}


def test_no_keys_are_fine(nexmo: Modules) -> None:
    run = nexmo.private_key(diff=True, keys=[])

    assert (run["changed"], run["keys"], run["diff"]) == (False, [], [])


@pytest.mark.parametrize("check", [True, False], ids=["check-mode", "run"])
def test_every_key_is_tried_and_those_that_failed_are_named(check: bool, nexmo: Modules, place: Path) -> None:
    other = write_key(place / "other.key", OTHER_KEY)
    (place / "directory.key").mkdir()
    paths = [str(place / name) for name in ("first.key", "other.key", "directory.key", "last.key")]

    run = nexmo.private_key(check=check, diff=True, keys=[{"path": path, "private_key": KEY} for path in paths])

    assert run.message.startswith(f"keys: 2 of 4 failed: {paths[1]} (path: ")
    assert f"; {paths[2]} (path: {paths[2]} is a directory" in run.message
    assert paths[0] not in run.message
    assert "\n" not in run.message
    assert run.result["changed"] is True
    assert [each["path"] for each in run.result["keys"]] == paths
    assert [each.get("failed", False) for each in run.result["keys"]] == [False, True, True, False]
    assert run.result["keys"][1]["held_keys"] == [fingerprint(OTHER_KEY)]
    assert "force: true" in run.result["keys"][1]["msg"]
    assert other.read_text() == OTHER_KEY
    assert [Path(path).is_file() for path in paths] == [not check, True, False, not check]


@pytest.mark.parametrize("name", ["no-user", "65534"], ids=["unknown", "may-not-be-given"])
@pytest.mark.parametrize("option", ["owner", "group"])
@pytest.mark.parametrize("check", [True, False], ids=["check-mode", "run"])
def test_an_owner_or_group_that_cannot_be_given_is_refused_before_anything_is_made(
    check: bool, option: str, name: str, nexmo: Modules, place: Path
) -> None:
    item = {"path": str(place / "new" / "shop.key"), "private_key": KEY, option: name}

    run = nexmo.private_key(check=check, before_start=own_files_alone, keys=[item])

    assert run.result["keys"][0]["msg"].startswith(f"{option}: ")
    assert everything_below(place) == {}


@pytest.mark.parametrize(
    "spelling",
    [
        "{place}/shop.key",
        "{place}/./shop.key",
        "{place}//shop.key",
        "{place}/../place/shop.key",
        "{place}/link/shop.key",
    ],
)
def test_two_keys_with_one_path_are_refused(spelling: str, nexmo: Modules, place: Path) -> None:
    (place / "link").symlink_to(place)
    before = sorted(place.iterdir())
    keys = [{"path": str(place / "shop.key"), "private_key": KEY}, {"path": spelling.format(place=place)}]

    run = nexmo.private_key(keys=keys)

    assert run.message.startswith("keys[1].path: ")
    assert "keys[0]" in run.message
    assert sorted(place.iterdir()) == before


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "neither": ({}, "one of the following is required: path, keys"),
    "both": ({"path": "/x.key", "keys": []}, "mutually exclusive: path|keys"),
    "state-beside": ({"keys": [], "state": "absent"}, "state: cannot be given with keys"),
    "mode-beside": ({"keys": [], "mode": "0600"}, "mode: cannot be given with keys"),
    "no-path": ({"keys": [{"state": "absent"}]}, "path"),
    "empty-path": ({"keys": [{"path": ""}]}, "keys[0]: path: is empty"),
    "no-key": ({"keys": [{"path": "/x/a.key"}, {"path": "/x/b.key", "private_key": "x"}]}, "keys[1]: private_key: "),
    "two-ways": (
        {"keys": [{"path": "/x/a.key", "private_key": KEY, "generate": True}]},
        "keys[0]: private_key: cannot be given with generate",
    ),
}


@pytest.mark.parametrize(("options", "message"), WRONG.values(), ids=WRONG)
def test_wrong_options_are_refused(options: dict[str, Any], message: str, nexmo: Modules) -> None:
    run = nexmo.private_key(**options)

    assert message in run.message
    assert "\n" not in run.message


def test_null_is_not_given_and_false_is_no_choice(nexmo: Modules, place: Path) -> None:
    item = {"path": str(place / "shop.key"), "private_key": KEY, "generate": False, "fingerprint": None, "owner": None}

    run = nexmo.private_key(keys=[item])

    assert run["changed"] is True
