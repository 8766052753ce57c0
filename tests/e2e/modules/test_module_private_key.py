# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_private_key: a key on a host, without the API."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, write_key
from tests.e2e.modules.watching import unchanging

KEY, OTHER_KEY = private_key(0), private_key(1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """In a directory that is not there yet."""
    return tmp_path / "etc" / "nexmo" / "shop.key"


def everything_below(directory: Path) -> dict[str, str | None]:
    """Files with what they hold, and directories."""
    return {
        str(path.relative_to(directory)): None if path.is_dir() else path.read_text() for path in directory.rglob("*")
    }


STEPS: dict[str, tuple[str | None, dict[str, Any], str | None]] = {
    "place-made-ready": (None, {}, None),
    "key-written": (None, {"private_key": KEY}, KEY),
    "key-written-by-force": (OTHER_KEY, {"private_key": KEY, "force": True}, KEY),
    "key-removed": (KEY, {"state": "absent"}, None),
}


@pytest.mark.parametrize(("there", "options", "expected"), STEPS.values(), ids=STEPS)
def test_check_mode_foretells_the_run_and_a_second_run_changes_nothing(
    there: str | None, options: dict[str, Any], expected: str | None, nexmo: Modules, tmp_path: Path, path: Path
) -> None:
    if there is not None:
        path.parent.mkdir(parents=True)
        write_key(path, there)
    before = everything_below(tmp_path)

    foretold = nexmo.private_key(check=True, diff=True, path=str(path), **options)
    after_check_mode = everything_below(tmp_path)
    run = nexmo.private_key(diff=True, path=str(path), **options)
    after = everything_below(tmp_path)
    again = nexmo.private_key(path=str(path), **options)

    assert after_check_mode == before
    assert (foretold["changed"], run["changed"], again["changed"]) == (True, True, False)
    assert foretold["diff"] == run["diff"]
    assert foretold["fingerprint"] == run["fingerprint"] == (fingerprint(there) if there else None)
    assert (path.read_text() if path.exists() else None) == expected
    assert path.parent.is_dir()
    assert everything_below(tmp_path) == after


def test_the_file_is_private_and_in_a_directory_that_others_can_enter(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=KEY)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o755
    assert list(path.parent.iterdir()) == [path]


def test_a_key_in_another_layout_is_the_same_key(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=KEY)

    run = nexmo.private_key(path=str(path), private_key="\n" + KEY.replace("\n", "\r\n") + "\n\n")

    assert run["changed"] is False


def test_a_different_key_is_refused_without_force(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=OTHER_KEY)

    foretold = nexmo.private_key(check=True, path=str(path), private_key=KEY)
    run = nexmo.private_key(path=str(path), private_key=KEY)

    assert foretold.message == run.message
    assert run.message.startswith("path: ")
    assert "force" in run.message
    assert path.read_text() == OTHER_KEY


def test_force_keeps_the_different_key_aside(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=OTHER_KEY)
    aside = path.with_name(f"{path.name}.{fingerprint(OTHER_KEY)[:16]}.old")

    nexmo.private_key(path=str(path), private_key=KEY, force=True)

    assert (path.read_text(), aside.read_text()) == (KEY, OTHER_KEY)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (path, aside)} == {0o600}


def test_a_diff_shows_fingerprints_and_no_key(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=OTHER_KEY)

    run = nexmo.private_key(diff=True, path=str(path), private_key=KEY, force=True)

    assert run["diff"] == {
        "before": {"fingerprint": fingerprint(OTHER_KEY)},
        "after": {"fingerprint": fingerprint(KEY)},
    }
    assert KEY.splitlines()[1] not in run.output


def test_a_key_that_is_there_is_told(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=KEY)

    run = nexmo.private_key(path=str(path))

    assert (run["changed"], run["fingerprint"]) == (False, fingerprint(KEY))


def test_a_key_is_made_once_and_its_public_half_is_told(nexmo: Modules, path: Path) -> None:
    foretold = nexmo.private_key(check=True, path=str(path), generate=True)
    was_there = path.parent.exists()
    run = nexmo.private_key(path=str(path), generate=True)
    again = nexmo.private_key(path=str(path), generate=True)

    assert (foretold["changed"], foretold["public_key"], was_there) == (True, None, False)
    assert (run["changed"], run["public_key"]) == (True, public_key(path.read_text()))
    assert (again["changed"], again["public_key"]) == (False, run["public_key"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_mode_that_drifted_is_put_right(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=KEY)
    path.chmod(0o604)

    foretold = nexmo.private_key(check=True, path=str(path), mode="0440")
    mode_in_check_mode = stat.S_IMODE(path.stat().st_mode)
    run = nexmo.private_key(path=str(path), mode="0440")

    assert (foretold["changed"], mode_in_check_mode) == (True, 0o604)
    assert (run["changed"], stat.S_IMODE(path.stat().st_mode)) == (True, 0o440)


def test_what_others_could_read_before_and_still_can_is_warned_of(nexmo: Modules, path: Path) -> None:
    nexmo.private_key(path=str(path), private_key=KEY)
    path.chmod(0o604)

    foretold = nexmo.private_key(check=True, path=str(path), mode="g+r")
    run = nexmo.private_key(path=str(path), mode="g+r")
    closed = nexmo.private_key(path=str(path), mode="o=")

    for found in (foretold, run):
        assert "mode: 0644 lets others than the owner and group read the private key" in str(found["warnings"])
    assert "warnings" not in closed
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("wrong", ["", "no key", public_key(KEY), KEY[:300]], ids=["empty", "text", "public", "cut"])
def test_what_is_no_private_key_is_not_written(wrong: str, nexmo: Modules, tmp_path: Path, path: Path) -> None:
    before = everything_below(tmp_path)

    run = nexmo.private_key(path=str(path), private_key=wrong)

    assert run.message.startswith("private_key: ")
    assert "\n" not in run.message
    assert everything_below(tmp_path) == before


def text(path: Path) -> None:
    path.write_text("precious")


def link(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def directory(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("options", [{}, {"private_key": KEY, "force": True}, {"state": "absent"}])
@pytest.mark.parametrize("obstacle", [text, link, directory])
def test_what_is_no_key_file_is_not_touched(
    obstacle: Callable[[Path], None], options: dict[str, Any], nexmo: Modules, path: Path
) -> None:
    path.parent.mkdir(parents=True)
    obstacle(path)
    before = unchanging(path)

    run = nexmo.private_key(path=str(path), **options)

    assert run.message.startswith("path: ")
    assert "\n" not in run.message
    assert unchanging(path) == before


def test_a_file_in_the_place_of_a_directory_is_told(nexmo: Modules, tmp_path: Path, path: Path) -> None:
    (tmp_path / "etc").write_text("a file")

    run = nexmo.private_key(path=str(path))

    assert run.message.startswith("path: ")
    assert "not a directory" in run.message.lower()
