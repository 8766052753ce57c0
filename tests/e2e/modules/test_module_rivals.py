# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other runs that make the same application at the same time: one application in the end."""

from __future__ import annotations

import threading
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET, Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, public_key_of_file, write_key
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules.relay import Relay, pass_on, passes_on_and
from tests.e2e.modules.unfinished import EARLIER, LATER, unfinished_name
from tests.simulator.client import Simulator

RIVAL = "rival"
SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}


def delete(simulator: Simulator, application_id: str) -> None:
    """As another client of the API does."""
    query = urllib.parse.urlencode({"api_key": API_KEY, "api_secret": API_SECRET})
    request = urllib.request.Request(f"{simulator.url}/v1/applications/{application_id}?{query}", method="DELETE")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10):
        pass


def ids_and_names(simulator: Simulator) -> list[tuple[str, str]]:
    """What the account holds."""
    return [(each["id"], each["name"]) for each in simulator.applications()]


@pytest.mark.parametrize("with_file", [False, True], ids=["key-returned", "key-in-a-file"])
def test_a_rival_that_comes_earlier_stays(
    with_file: bool, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    rivals = simulator.preload([voice(unfinished_name("Shop", EARLIER))])

    run = nexmo.application(private_key_path=str(key_path) if with_file else None, **SHOP)

    assert "'Shop'" in run.message
    assert "another run" in run.message
    assert "\n" not in run.message
    assert simulator.applications() == rivals
    assert list(key_path.parent.iterdir()) == []


@pytest.mark.parametrize("id_of_rival", ["0-smaller", "z-larger"])
def test_a_rival_that_has_the_name_stays(
    id_of_rival: str, relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    """It gets the name just after ours was begun, and brings its key to the same place."""

    def other_run() -> None:
        simulator.preload([voice("Shop", id=id_of_rival, keys={"public_key": public_key(private_key())})])
        write_key(key_path, private_key())

    relay.play("POST", passes_on_and(other_run))

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    assert (run["operation"], run["changed"]) == ("none", False)
    assert ids_and_names(simulator) == [(id_of_rival, "Shop")]
    assert key_path.read_text() == private_key()
    assert list(key_path.parent.iterdir()) == [key_path]


def test_a_rival_that_has_the_name_and_keeps_its_key_elsewhere_is_told(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    relay.play("POST", passes_on_and(lambda: simulator.preload([voice("Shop", id="theirs")])))

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    assert "lost_key" in run.message
    assert ids_and_names(simulator) == [("theirs", "Shop")]
    assert list(key_path.parent.iterdir()) == []


def test_a_rival_that_comes_later_is_waited_for(
    relayed: Modules, relay: Relay, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice(unfinished_name("Shop", LATER), id=RIVAL)])
    # One listing finds nothing, the second shows the rival, which has gone in the third.
    relay.play("GET", pass_on, passes_on_and(lambda: delete(simulator, RIVAL)))

    run = relayed.application(private_key_path=str(key_path), **SHOP)

    assert ids_and_names(simulator) == [(run["application"]["id"], "Shop")]
    assert public_key_of_file(key_path) == run["application"]["public_key"]
    assert [received.method for received in relay.received] == ["GET", "POST", "GET", "GET", "PUT"]


def test_nothing_is_delivered_or_named_while_a_rival_lives(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice(unfinished_name("Shop", LATER), id=RIVAL)])
    seen: list[tuple[list[str], list[str]]] = []

    def look_and_delete() -> None:
        kept = [path.name for path in key_path.parent.iterdir() if not path.name.endswith(".tmp")]
        seen.append((kept, [name for _id, name in ids_and_names(simulator) if name == "Shop"]))
        delete(simulator, RIVAL)

    timer = threading.Timer(2, look_and_delete)
    timer.start()
    run = nexmo.application(private_key_path=str(key_path), **SHOP)
    timer.join()

    assert seen == [([], [])]
    assert ids_and_names(simulator) == [(run["application"]["id"], "Shop")]


def test_a_rival_whose_lease_ends_is_deleted(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice(unfinished_name("Shop", LATER, seconds=3))])

    run = nexmo.application(**SHOP)

    assert ids_and_names(simulator) == [(run["application"]["id"], "Shop")]


@pytest.mark.parametrize("in_file", [False, True], ids=["held-elsewhere", "in-a-file"])
@pytest.mark.parametrize(
    "asked",
    [{"name": "Shop"}, {"name": "Shop", "event_url": "https://example.com/new"}, {"application_id": "theirs"}],
    ids=["as-it-is", "changed", "by-id"],
)
def test_a_key_that_waits_for_another_run_is_not_removed(
    asked: dict[str, Any], in_file: bool, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    """The other run replaces the application: it has brought the new key, and is about to give the name."""
    theirs, rivals = private_key(1), private_key(2)
    simulator.preload(
        [
            voice("Shop", id="theirs", keys={"public_key": public_key(theirs)}),
            voice(unfinished_name("Shop"), keys={"public_key": public_key(rivals)}),
        ]
    )
    before = simulator.applications()
    waiting = write_key(key_path.with_name(f"{key_path.name}.{fingerprint(rivals)}"), rivals)
    write_key(key_path, theirs)
    held_keys = [fingerprint(theirs), fingerprint(rivals)]

    run = nexmo.application(**asked, **({"private_key_path": str(key_path)} if in_file else {"held_keys": held_keys}))

    assert run.message == "name: another run makes 'Shop' at the same time; run again when it has ended"
    assert simulator.applications() == before
    assert {path: path.read_text() for path in key_path.parent.iterdir()} == {key_path: theirs, waiting: rivals}


def test_a_key_that_waits_for_another_run_is_not_removed_with_the_application(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    rivals = simulator.preload([voice(unfinished_name("Shop"), keys={"public_key": public_key(private_key())})])
    waiting = write_key(key_path.with_name(f"{key_path.name}.{fingerprint(private_key())}"), private_key())

    run = nexmo.application(name="Shop", state="absent", private_key_path=str(key_path))

    assert "another run makes 'Shop' at the same time" in run.message
    assert simulator.applications() == rivals
    assert waiting.read_text() == private_key()


@pytest.mark.parametrize("rival", [EARLIER, LATER], ids=["earlier", "later"])
def test_a_rival_for_another_name_is_none(rival: str, nexmo: Modules, simulator: Simulator) -> None:
    rivals = simulator.preload([voice(unfinished_name("Shop 2", rival)), voice(unfinished_name(""))])

    run = nexmo.application(**SHOP)

    assert run["operation"] == "create"
    assert simulator.applications()[:2] == rivals


def test_absent_leaves_to_others_what_they_are_making(nexmo: Modules, simulator: Simulator) -> None:
    rivals = simulator.preload([voice(unfinished_name("Shop"))])

    run = nexmo.application(name="Shop", state="absent")

    assert run["changed"] is False
    assert simulator.applications() == rivals


def test_runs_at_once_end_with_one_application_whose_key_is_in_the_file(
    nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.configure(latency=0.1)
    runs: list[ModuleRun] = []
    threads = [
        threading.Thread(target=lambda: runs.append(nexmo.application(private_key_path=str(key_path), **SHOP)))
        for _each in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert len(runs) == 4
    assert any(not run.failed for run in runs)
    (stored,) = simulator.applications()
    assert (stored["name"], stored["keys"]["public_key"]) == ("Shop", public_key_of_file(key_path))
    assert last["operation"] == "none"
    assert list(key_path.parent.iterdir()) == [key_path]
