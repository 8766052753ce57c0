# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a key can be: what check mode calls possible is possible, and what is refused is refused before any request."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.module_runner import obey_permissions, own_files_alone
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}
KEY, OTHER_KEY = private_key(0), private_key(1)


def below(directory: Path) -> dict[str, bytes | None]:
    """Files with what they hold, and directories."""
    return {
        str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None for path in directory.rglob("*")
    }


IMPOSSIBLE = {
    "directory": "{dir}/",
    "new-directory": "{dir}/new/",
    "dot": "{dir}/new/.",
    "empty": "",
    "long-path": "/" + "d/" * 2044 + "k",
    "long-name": "{dir}/" + "k" * 191,
    "device": "/dev/null",
    "proc": "/proc/x",
    "file-as-directory": "{dir}/file/shop.key",
}


@pytest.mark.parametrize("path", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
@pytest.mark.parametrize("check", [True, False], ids=["check-mode", "run"])
def test_a_path_that_can_be_no_key_file_is_refused_before_any_request(
    check: bool, path: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    (key_path.parent / "file").write_text("")
    path = path.replace("{dir}", str(key_path.parent))

    of_application = nexmo.application(check=check, private_key_path=path, **SHOP)
    of_key = nexmo.private_key(check=check, path=path, private_key=KEY)

    assert of_application.message.startswith("private_key_path: ")
    assert of_key.message.startswith("path: ")
    assert "\n" not in of_application.message + of_key.message
    assert simulator.requests() == []
    assert below(key_path.parent) == {"file": b""}


def sticky(path: Path) -> None:
    write_key(path, "").chmod(0o644)
    os.chown(path, 65534, 65534)
    path.parent.chmod(0o1777)
    os.chown(path.parent, 65534, 65534)


def unreadable(path: Path) -> None:
    path.parent.chmod(0o300)


OBSTACLES: dict[str, tuple[Callable[[Path], None], dict[str, Any]]] = {
    "sticky-directory": (sticky, {}),
    "directory-that-cannot-be-read": (unreadable, {}),
    "mode-without-reading": (lambda path: None, {"mode": "0200"}),
    "mode-for-others-alone": (lambda path: None, {"mode": "0066"}),
    "owner-that-may-not-be-given": (lambda path: None, {"owner": "65534"}),
    "group-that-may-not-be-given": (lambda path: None, {"group": "65534"}),
    "owner-that-does-not-exist": (lambda path: None, {"owner": "no-such-user"}),
    "group-that-does-not-exist": (lambda path: None, {"group": "no-such-group"}),
    "mode-without-quotes": (lambda path: None, {"mode": 640}),
}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize(("make", "options"), OBSTACLES.values(), ids=OBSTACLES)
@pytest.mark.parametrize("check", [True, False], ids=["check-mode", "run"])
def test_a_place_or_attribute_that_is_not_possible_is_refused_before_any_request(
    check: bool,
    make: Callable[[Path], None],
    options: dict[str, Any],
    nexmo: Modules,
    simulator: Simulator,
    key_path: Path,
) -> None:
    make(key_path)
    before = below(key_path.parent)
    option = next(iter(options), "private_key_path")

    run = nexmo.application(
        check=check, before_start=own_files_alone, private_key_path=str(key_path), **SHOP, **options
    )

    assert run.message.startswith(f"{option}: ")
    assert "\n" not in run.message
    assert simulator.requests() == []
    assert below(key_path.parent) == before


def test_a_mode_that_its_writer_cannot_read_makes_no_pair_after_pair(nexmo: Modules, key_path: Path) -> None:
    runs = [
        nexmo.private_key(before_start=obey_permissions, path=str(key_path), generate=True, mode="0200")
        for _again in range(2)
    ]

    assert all(run.message.startswith("mode: with 0200 the task itself could not read") for run in runs)
    assert below(key_path.parent) == {}


@pytest.fixture
def chattr() -> Iterator[Callable[..., None]]:
    """Gives a file attributes for the time of a test."""
    given: list[Path] = []

    def change(flags: str, path: Path) -> None:
        if subprocess.run(["chattr", flags, str(path)], capture_output=True, check=False).returncode:
            pytest.skip("chattr cannot be used here")
        given.append(path)

    yield change
    for path in given:
        subprocess.run(["chattr", "-ia", str(path)], capture_output=True, check=False)


@pytest.mark.parametrize("flags", ["i", "+i", "a"])
def test_attributes_that_forbid_to_rename_a_file_are_given_last(
    flags: str, chattr: Callable[..., None], nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    chattr("-ia", write_key(key_path, ""))
    key_path.unlink()
    options = {"private_key_path": str(key_path), "attributes": flags, **SHOP}

    foretold = nexmo.application(check=True, **options)
    files_in_check_mode = below(key_path.parent)
    run = nexmo.application(**options)
    again = nexmo.application(**options)
    shown = subprocess.run(["lsattr", str(key_path)], capture_output=True, text=True, check=True).stdout.split()[0]

    assert (foretold["operation"], files_in_check_mode) == ("create", {})
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert flags[-1] in shown
    assert again["changed"] is False
    assert list(key_path.parent.iterdir()) == [key_path]


@pytest.mark.parametrize("flags", ["+i", "+a"])
@pytest.mark.parametrize("check", [True, False], ids=["check-mode", "run"])
def test_a_key_file_that_cannot_be_replaced_is_found_before_anything_is_written(
    check: bool, flags: str, chattr: Callable[..., None], nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", id="shop", keys={"public_key": public_key(KEY)})])
    chattr(flags, write_key(key_path, OTHER_KEY))
    at_path = {"private_key_path": str(key_path)}

    for options in ({**SHOP, "lost_key": "recreate"}, {"name": "Shop", "state": "absent"}):
        run = nexmo.application(check=check, **at_path, **options)
        item = nexmo.applications({**at_path, **options}, check=check)
        assert run.message.startswith("private_key_path: ")
        assert "lsattr" in run.message
        assert "lsattr" in item.message or "lsattr" in item.result["applications"][0]["msg"]
    forced = nexmo.private_key(check=check, path=str(key_path), private_key=KEY, force=True)
    removed = nexmo.private_key(check=check, path=str(key_path), state="absent")

    assert forced.message.startswith("path: ")
    assert removed.message.startswith("path: ")
    assert simulator.writes() == []
    assert below(key_path.parent) == {key_path.name: OTHER_KEY.encode()}


def test_a_key_that_cannot_be_replaced_and_is_right_is_fine(
    chattr: Callable[..., None], nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", id="shop", keys={"public_key": public_key(KEY)})])
    chattr("+i", write_key(key_path, KEY))

    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert run["changed"] is False
    assert simulator.writes() == []


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_directories_are_made_for_the_service_to_reach_its_key_whatever_the_umask(
    umask: int, nexmo: Modules, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir(mode=0o710)
    path = there / "a" / "b" / "shop.key"

    nexmo.private_key(before_start=partial(os.umask, umask), path=str(path), private_key=KEY)

    modes = [stat.S_IMODE(each.stat().st_mode) for each in (there, there / "a", there / "a" / "b", path)]
    assert modes == [0o710, 0o755, 0o755, 0o600]


def empty_file(path: Path) -> None:
    path.write_text("")


def dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("take", [empty_file, dangling_link, Path.mkdir])
@pytest.mark.parametrize("options", [{"private_key": KEY, "force": True}, {"state": "absent", "fingerprint": "x"}])
def test_a_key_is_kept_under_a_name_that_is_free(
    options: dict[str, Any], take: Callable[[Path], None], nexmo: Modules, key_path: Path
) -> None:
    write_key(key_path, OTHER_KEY)
    taken = key_path.with_name(f"{key_path.name}.{fingerprint(OTHER_KEY)[:16]}.old")
    take(taken)

    nexmo.private_key(path=str(key_path), **options)
    again = nexmo.private_key(path=str(key_path), **options)

    kept = [path for path in key_path.parent.iterdir() if path not in (key_path, taken)]
    assert [path.read_text() for path in kept] == [OTHER_KEY]
    assert kept[0].name.endswith(".old")
    assert again["changed"] is False
