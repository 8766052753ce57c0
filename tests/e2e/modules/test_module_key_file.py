# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""private_key_path: the key that the API hands out once is kept where it belongs."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import fingerprint, public_key_of_file
from tests.e2e.modules.module_runner import generous_umask
from tests.e2e.modules.relay import Relay, Step, answers, fails_after_work, reset_after_work
from tests.e2e.modules.watching import modes_seen, unchanging
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_key_lies_in_a_private_file_and_not_in_the_result(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    foretold = nexmo.application(check=True, private_key_path=str(key_path), **SHOP)
    files_in_check_mode = list(key_path.parent.iterdir())
    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert (files_in_check_mode, foretold["operation"]) == ([], "create")
    assert "private_key" not in run
    assert "warnings" not in run
    assert list(key_path.parent.iterdir()) == [key_path]
    assert mode_of(key_path) == 0o600
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert fingerprint(key_path.read_text()) == run["fingerprint"]
    assert public_key_of_file(key_path) == simulator.applications()[0]["keys"]["public_key"]


def test_a_second_run_touches_neither_the_file_nor_the_account(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    nexmo.application(private_key_path=str(key_path), **SHOP)
    before = unchanging(key_path)
    simulator.forget_requests()

    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert (run["changed"], run["operation"]) == (False, "none")
    assert unchanging(key_path) == before
    assert [request["operation"] for request in simulator.requests()] == ["list", "read"]


def test_an_update_leaves_the_key_alone(nexmo: Modules, key_path: Path) -> None:
    nexmo.application(private_key_path=str(key_path), **SHOP)
    before = unchanging(key_path)

    run = nexmo.application(private_key_path=str(key_path), name="Shop", answer_url="")

    assert run["operation"] == "update"
    assert unchanging(key_path) == before


def test_others_can_never_read_the_key_not_even_for_a_moment(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.configure(latency=0.2)

    with modes_seen(key_path.parent) as seen:
        nexmo.application(before_start=generous_umask, private_key_path=str(key_path), **SHOP)

    assert len(seen) > 1  # the file had another name before it was complete
    assert {mode & 0o077 for modes in seen.values() for mode in modes} == {0}


def test_the_file_gets_the_owner_the_group_and_the_mode_of_the_task(nexmo: Modules, key_path: Path) -> None:
    user, group = (65534, 65534) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    options: dict[str, Any] = {
        "owner": str(user),
        "group": str(group),
        "mode": "0640",
        "private_key_path": str(key_path),
    }

    nexmo.application(**SHOP, **options)
    found = key_path.stat()
    again = nexmo.application(**SHOP, **options)

    assert (found.st_uid, found.st_gid, mode_of(key_path)) == (user, group, 0o640)
    assert again["changed"] is False


@pytest.mark.parametrize(
    ("mode", "as_number"), [("0644", "0644"), (0o604, "0604"), ("u=rw,o=r", "0604"), ("a+r", "0644")]
)
def test_a_mode_that_lets_others_read_the_key_is_warned_of(
    mode: object, as_number: str, nexmo: Modules, key_path: Path
) -> None:
    options = {**SHOP, "private_key_path": str(key_path), "mode": mode}
    warning = f"mode: {as_number} lets others than the owner and group read the private key"

    foretold = nexmo.application(check=True, **options)
    run = nexmo.application(**options)
    again = nexmo.application(**options)

    assert mode_of(key_path) == int(as_number, 8)
    for found in (foretold, run, again):
        assert warning in str(found["warnings"])
    assert "warnings" not in nexmo.application(**{**options, "state": "absent"})


@pytest.mark.parametrize("mode", ["0640", 0o660, "u=rw,g=r,o=", "o=wx"])
def test_a_mode_that_lets_the_group_alone_read_the_key_is_not_warned_of(
    mode: object, nexmo: Modules, key_path: Path
) -> None:
    assert "warnings" not in nexmo.application(private_key_path=str(key_path), mode=mode, **SHOP)
    assert mode_of(key_path) & stat.S_IROTH == 0


@pytest.mark.parametrize("mode", ["rw-------", "0888", "u=rw,x"])
def test_what_is_no_mode_is_refused_before_any_request(
    mode: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    run = nexmo.application(private_key_path=str(key_path), mode=mode, **SHOP)

    assert run.message == f"mode: {mode!r} is no mode; give octal digits in quotes, such as '0600'"
    assert simulator.requests() == []


def test_attributes_that_drifted_are_put_right_without_a_write_to_the_account(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    nexmo.application(private_key_path=str(key_path), **SHOP)
    key_path.chmod(0o644)
    simulator.forget_requests()

    foretold = nexmo.application(check=True, private_key_path=str(key_path), **SHOP)
    mode_in_check_mode = mode_of(key_path)
    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert (mode_in_check_mode, mode_of(key_path)) == (0o644, 0o600)
    for found in (foretold, run):
        assert (found["changed"], found["operation"]) == (True, "none")
    assert simulator.writes() == []


def test_a_creation_that_fails_leaves_nothing_behind(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("POST", answers(500))

    failed = relayed.application(private_key_path=str(key_path), **SHOP)
    files = list(key_path.parent.iterdir())
    again = relayed.application(private_key_path=str(key_path), **SHOP)

    assert failed.result["status"] == 500
    assert files == []
    assert again["operation"] == "create"
    assert len(simulator.applications()) == 1
    assert public_key_of_file(key_path) == again["application"]["public_key"]


def test_a_recreation_that_fails_half_way_is_finished_by_the_next_run(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relayed.application(private_key_path=str(key_path), **SHOP)
    key_path.unlink()
    relay.play("POST", answers(503))

    before = simulator.applications()

    failed = relayed.application(lost_key="recreate", private_key_path=str(key_path), **SHOP)
    left = (simulator.applications(), list(key_path.parent.iterdir()))
    again = relayed.application(lost_key="recreate", private_key_path=str(key_path), **SHOP)

    assert failed.failed
    assert left == (before, [])  # the old one goes only when there is a new one
    assert again["operation"] == "recreate"
    assert [application["name"] for application in simulator.applications()] == ["Shop"]
    assert public_key_of_file(key_path) == again["application"]["public_key"]


@pytest.mark.parametrize("fault", [reset_after_work, fails_after_work(502)], ids=["reset", "502"])
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_an_answer_that_is_lost_in_a_recreation_loses_no_key(
    method: str, fault: Step, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop")])
    relay.play(method, fault)

    run = relayed.application(private_key_path=str(key_path), lost_key="recreate", **SHOP)

    assert [(each["id"], each["name"]) for each in simulator.applications()] == [(run["application"]["id"], "Shop")]
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert list(key_path.parent.iterdir()) == [key_path]


def test_a_key_that_is_returned_comes_with_a_warning_unless_the_task_is_silent(nexmo: Modules) -> None:
    loud = nexmo.application(**SHOP)
    silent = nexmo.application(no_log=True, **{**SHOP, "name": "Store"})

    assert loud["private_key"].startswith("-----BEGIN PRIVATE KEY-----")
    assert "no_log" in str(loud["warnings"])
    assert "warnings" not in silent


@pytest.mark.parametrize("held", [True, False], ids=["somewhere", "nowhere"])
def test_keys_on_other_hosts_count(held: bool, nexmo: Modules, simulator: Simulator) -> None:
    created = nexmo.application(**SHOP)
    simulator.forget_requests()
    held_keys = ["00" * 32, created["fingerprint"]] if held else []

    run = nexmo.application(held_keys=held_keys, **SHOP)

    if held:
        assert run["changed"] is False
    else:
        assert "lost_key" in run.message
    assert simulator.writes() == []
