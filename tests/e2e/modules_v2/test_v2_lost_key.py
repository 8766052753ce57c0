# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A private key that was lost: under version 2 the application gets a new pair, and stays the same application."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tests.e2e.modules.conftest import API_KEY, Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.relay import Relay, answers
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.modules_v2.life_cycle import assert_refused, assert_unchanged, performed
from tests.simulator.client import Simulator


def shadowed(tmp_path: Path, *libraries: str) -> dict[str, str]:
    """An environment in which these Python libraries cannot be imported."""
    folder = tmp_path / "shadows"
    folder.mkdir()
    for library in libraries:
        (folder / f"{library}.py").write_text("raise ImportError\n")
    return {"PYTHONPATH": str(folder)}


def test_a_lost_key_is_rotated(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    (shop,) = simulator.preload([voice("Shop", labels=["kept"])])

    done = performed(nexmo, simulator, name="Shop", private_key_path=str(key_path), lost_key="rotate")

    (stored,) = simulator.applications()
    assert stored == {**shop, "keys": {"public_key": public_key_of_file(key_path)}}
    assert stored["keys"] != shop["keys"]
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600
    assert os.listdir(key_path.parent) == [key_path.name]
    assert (done["operation"], done["application"]["id"]) == ("update", shop["id"])
    assert done["fingerprint"] == fingerprint(key_path.read_text())
    assert "private_key" not in done


def test_a_rotation_sends_the_public_half_alone(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop")])

    nexmo.application(name="Shop", private_key_path=str(key_path), lost_key="rotate")

    (write,) = simulator.writes()
    assert write["operation"] == "update"
    assert write["body"]["keys"] == {"public_key": public_key_of_file(key_path)}


def test_check_mode_foretells_a_rotation_and_makes_no_file(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    stored = simulator.preload([voice("Shop", id="shop")])

    run = nexmo.application(check=True, diff=True, name="Shop", private_key_path=str(key_path), lost_key="rotate")

    assert (run["changed"], run["operation"], run["application"]["id"]) == (True, "update", "shop")
    assert run["diff"]["before"] != run["diff"]["after"]
    assert (simulator.applications(), simulator.writes(), os.listdir(key_path.parent)) == (stored, [], [])


def test_another_key_is_kept_aside_when_a_rotation_replaces_it(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop")])
    write_key(key_path, private_key())

    performed(nexmo, simulator, name="Shop", private_key_path=str(key_path), lost_key="rotate")

    (stored,) = simulator.applications()
    assert stored["keys"]["public_key"] == public_key_of_file(key_path) != public_key(private_key())
    aside = key_path.with_name(f"{key_path.name}.{fingerprint(private_key())[:16]}.old")
    assert aside.read_text() == private_key()
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_a_key_that_is_there_is_not_rotated(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    stored = simulator.preload([voice("Shop", keys={"public_key": public_key(private_key())})])
    write_key(key_path, private_key())

    run = nexmo.application(name="Shop", private_key_path=str(key_path), lost_key="rotate")

    assert_unchanged(run, simulator, stored)
    assert key_path.read_text() == private_key()


def test_a_rotation_takes_the_other_changes_along(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    simulator.preload([voice("Shop")])

    performed(
        nexmo,
        simulator,
        name="Shop",
        private_key_path=str(key_path),
        lost_key="rotate",
        capabilities={"voice": {"region": "eu-west"}},
    )

    (stored,) = simulator.applications()
    assert stored["capabilities"]["voice"]["region"] == "eu-west"
    assert stored["keys"]["public_key"] == public_key_of_file(key_path)


def test_without_a_file_the_new_key_is_returned(nexmo: Modules, simulator: Simulator) -> None:
    """As the role asks for it, which brings the key to the hosts itself."""
    simulator.preload([voice("Shop")])

    done = nexmo.application(name="Shop", held_keys=[], lost_key="rotate", no_log=True)

    (stored,) = simulator.applications()
    assert stored["keys"]["public_key"] == public_key(done["private_key"])
    assert done["fingerprint"] == fingerprint(done["private_key"])


def test_a_lost_key_fails_unless_the_task_says_otherwise(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    stored = simulator.preload([voice("Shop")])

    run = nexmo.application(name="Shop", private_key_path=str(key_path))

    assert_refused(run, "'Shop'", "lost_key", "rotate")
    assert (simulator.applications(), simulator.writes(), os.listdir(key_path.parent)) == (stored, [], [])


def test_a_created_application_keeps_its_key_in_the_file(nexmo: Modules, simulator: Simulator, key_path: Path) -> None:
    """The service makes the first pair; there is nothing to rotate yet."""
    done = performed(nexmo, simulator, name="Shop", private_key_path=str(key_path), lost_key="rotate")

    (stored,) = simulator.applications()
    assert done["operation"] == "create"
    assert stored["keys"]["public_key"] == public_key_of_file(key_path)


def test_openssl_makes_the_pair_where_the_library_is_missing(
    nexmo: Modules, simulator: Simulator, key_path: Path, tmp_path: Path
) -> None:
    simulator.preload([voice("Shop")])

    done = nexmo.application(
        env=shadowed(tmp_path, "cryptography"), name="Shop", private_key_path=str(key_path), lost_key="rotate"
    )

    (stored,) = simulator.applications()
    assert done["operation"] == "update"
    assert stored["keys"]["public_key"] == public_key_of_file(key_path)


def test_a_host_that_cannot_make_a_pair_says_what_to_install(
    nexmo: Modules, simulator: Simulator, key_path: Path, tmp_path: Path
) -> None:
    stored = simulator.preload([voice("Shop")])
    environment = {**shadowed(tmp_path, "cryptography"), "PATH": str(tmp_path / "nothing")}

    run = nexmo.application(env=environment, name="Shop", private_key_path=str(key_path), lost_key="rotate")

    assert_refused(run, "openssl", "cryptography")
    assert (simulator.applications(), simulator.writes(), os.listdir(key_path.parent)) == (stored, [], [])


def test_a_refused_rotation_leaves_no_key_behind(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    stored = simulator.preload([voice("Shop")])
    write_key(key_path, private_key())
    relay.play("PUT", answers(400, {"title": "Bad Request", "detail": "not today"}))

    run = relayed.application(name="Shop", private_key_path=str(key_path), lost_key="rotate")

    assert_refused(run, "not today")
    assert (simulator.applications(), key_path.read_text()) == (stored, private_key())
    assert os.listdir(key_path.parent) == [key_path.name]
    assert secrets_in(run.output, API_KEY, private_key()) == []
