# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nexmo_private_key: keys that wait beside the file until their application has its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, write_key

KEY, OTHER_KEY = private_key(0), private_key(1)
PRINT, OTHER_PRINT = fingerprint(KEY), fingerprint(OTHER_KEY)


def content_of(path: Path) -> dict[str, str]:
    """The files beside that path and at it, by what their names add to its own."""
    return {each.name[len(path.name) :]: each.read_text() for each in path.parent.iterdir()}


@pytest.mark.parametrize("there", [None, OTHER_KEY], ids=["no-file", "another-key"])
def test_a_staged_key_waits_beside_the_file(there: str | None, nexmo: Modules, key_path: Path) -> None:
    before = {} if there is None else {"": write_key(key_path, there).read_text()}

    foretold = nexmo.private_key(check=True, path=str(key_path), private_key=KEY, staged=True)
    untouched = content_of(key_path)
    run = nexmo.private_key(path=str(key_path), private_key=KEY, staged=True)

    assert untouched == before
    assert (foretold["changed"], run["changed"]) == (True, True)
    assert run["public_key"] == public_key(KEY)
    assert content_of(key_path) == {**before, f".{PRINT}": KEY}
    assert stat.S_IMODE(key_path.with_name(f"{key_path.name}.{PRINT}").stat().st_mode) == 0o600


def test_a_key_that_waits_counts_as_held(nexmo: Modules, key_path: Path) -> None:
    write_key(key_path, OTHER_KEY)
    nexmo.private_key(path=str(key_path), private_key=KEY, staged=True)

    run = nexmo.private_key(path=str(key_path))

    assert run["fingerprint"] == OTHER_PRINT
    assert run["held_keys"] == sorted([PRINT, OTHER_PRINT])


@pytest.mark.parametrize("there", [None, OTHER_KEY], ids=["no-file", "another-key"])
def test_the_key_of_the_fingerprint_becomes_the_file(there: str | None, nexmo: Modules, key_path: Path) -> None:
    if there is not None:
        write_key(key_path, there)
    nexmo.private_key(path=str(key_path), private_key=KEY, staged=True)
    nexmo.private_key(path=str(key_path), private_key=private_key(2), staged=True)
    before = content_of(key_path)

    foretold = nexmo.private_key(check=True, path=str(key_path), fingerprint=PRINT)
    untouched = content_of(key_path)
    run = nexmo.private_key(path=str(key_path), fingerprint=PRINT)
    again = nexmo.private_key(path=str(key_path), fingerprint=PRINT)

    assert untouched == before
    assert (foretold["changed"], run["changed"], again["changed"]) == (True, True, False)
    assert run["public_key"] == public_key(KEY)
    aside = {} if there is None else {f".{OTHER_PRINT[:16]}.old": there}
    assert content_of(key_path) == {"": KEY, **aside}
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600


def test_a_fingerprint_that_is_there_already_lets_stale_keys_go(nexmo: Modules, key_path: Path) -> None:
    write_key(key_path, KEY)
    nexmo.private_key(path=str(key_path), private_key=OTHER_KEY, staged=True)

    run = nexmo.private_key(path=str(key_path), fingerprint=PRINT)
    again = nexmo.private_key(path=str(key_path), fingerprint=PRINT)

    assert (run["changed"], again["changed"]) == (True, False)
    assert content_of(key_path) == {"": KEY}


def test_an_unknown_fingerprint_is_refused_and_nothing_goes(nexmo: Modules, key_path: Path) -> None:
    write_key(key_path, KEY)
    nexmo.private_key(path=str(key_path), private_key=OTHER_KEY, staged=True)
    before = content_of(key_path)

    foretold = nexmo.private_key(check=True, path=str(key_path), fingerprint="0" * 64)
    run = nexmo.private_key(path=str(key_path), fingerprint="0" * 64)

    assert foretold.message == run.message
    assert run.message.startswith("fingerprint: ")
    assert content_of(key_path) == before


def test_a_file_with_the_wrong_name_is_no_key_that_waits(nexmo: Modules, key_path: Path) -> None:
    """Only a key with just that fingerprint is one: anything else is somebody's file."""
    write_key(key_path.with_name(f"{key_path.name}.{OTHER_PRINT}"), KEY)
    key_path.with_name(f"{key_path.name}.{PRINT}").write_text("precious")
    before = content_of(key_path)

    looked = nexmo.private_key(path=str(key_path))
    refused = nexmo.private_key(path=str(key_path), fingerprint=PRINT)
    removed = nexmo.private_key(path=str(key_path), state="absent")

    assert looked["held_keys"] == []
    assert refused.message.startswith("fingerprint: ")
    assert removed["changed"] is False
    assert content_of(key_path) == before


def other_key(path: Path) -> None:
    write_key(path, OTHER_KEY)


def other_text(path: Path) -> None:
    path.write_text("precious")


def dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("take", [other_key, other_text, dangling_link, Path.mkdir])
@pytest.mark.parametrize("options", [{}, {"staged": True}, {"force": True}])
def test_a_key_does_not_take_the_place_of_somebody_elses_file(
    options: dict[str, bool], take: Callable[[Path], None], nexmo: Modules, key_path: Path
) -> None:
    """A key waits under its fingerprint: what is there under that name, and is not the key, would be lost."""
    taken = key_path.with_name(f"{key_path.name}.{PRINT}")
    take(taken)
    before = taken.lstat()

    foretold = nexmo.private_key(check=True, path=str(key_path), private_key=KEY, **options)
    run = nexmo.private_key(path=str(key_path), private_key=KEY, **options)

    assert foretold.message == run.message
    assert run.message.startswith(f"path: {taken} ")
    assert (taken.lstat().st_ino, taken.lstat().st_size) == (before.st_ino, before.st_size)
    assert list(key_path.parent.iterdir()) == [taken]


@pytest.mark.parametrize("layout", ["", KEY.replace("\n", "\r\n"), "  " + KEY.replace("\n", "\n  ")])
def test_a_key_takes_the_place_of_an_empty_file_and_of_itself(layout: str, nexmo: Modules, key_path: Path) -> None:
    write_key(key_path.with_name(f"{key_path.name}.{PRINT}"), layout)

    nexmo.private_key(path=str(key_path), private_key=KEY)

    assert content_of(key_path) == {"": KEY}


def test_absent_removes_keys_that_wait_too(nexmo: Modules, key_path: Path) -> None:
    write_key(key_path, KEY)
    nexmo.private_key(path=str(key_path), private_key=OTHER_KEY, staged=True)

    run = nexmo.private_key(path=str(key_path), state="absent")

    assert run["changed"] is True
    assert content_of(key_path) == {}


def test_absent_keeps_a_key_aside_that_has_another_fingerprint(nexmo: Modules, key_path: Path) -> None:
    write_key(key_path, KEY)

    run = nexmo.private_key(path=str(key_path), state="absent", fingerprint=OTHER_PRINT)

    assert run["changed"] is True
    assert content_of(key_path) == {f".{PRINT[:16]}.old": KEY}


@pytest.mark.parametrize("staged", [False, True], ids=["for-the-file", "to-wait-on"])
def test_a_pair_that_waits_is_taken_instead_of_a_new_one(staged: bool, nexmo: Modules, key_path: Path) -> None:
    nexmo.private_key(path=str(key_path), private_key=KEY, staged=True)
    before = content_of(key_path)

    foretold = nexmo.private_key(check=True, path=str(key_path), generate=True, staged=staged)
    untouched = content_of(key_path)
    run = nexmo.private_key(path=str(key_path), generate=True, staged=staged)

    assert untouched == before
    assert foretold["changed"] is run["changed"] is not staged
    assert foretold["public_key"] == run["public_key"] == public_key(KEY)
    assert content_of(key_path) == {f".{PRINT}" if staged else "": KEY}
