# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark compares what comes to the same: a contender that leaves another account than is wanted is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.benchmark.contenders import APPLICATION, APPLICATIONS, BY_HAND, ROLE, URI, VONAGE, Contender
from tests.benchmark.fleets import Fleet, a_list, one_each, one_shared
from tests.benchmark.measuring import LISTING
from tests.benchmark.situations import Change, Situation
from tests.benchmark.stage import Refused, Stage

# Two pages; one of the two that are wanted is outdated.
CHANGED = Situation(account=110, wanted=2, latency_ms=0, change="one in ten")
NEW = dataclasses.replace(CHANGED, change="all new")

BEGINNING = """
import json, sys, requests
wanted = json.load(open(sys.argv[1]))
api = requests.Session()
api.auth = wanted["api_key"], wanted["api_secret"]
url = wanted["api_url"] + "/v2/applications"
listed = [
    application
    for page in (1, 2)
    for application in api.get(url, params={"page_size": 100, "page": page}).json()["_embedded"]["applications"]
]
ids = {application["name"]: application["id"] for application in listed}
for document in wanted["documents"]:
    to_update = url + "/" + ids.get(document["name"], "")
"""
REPLACES = "    api.put(to_update, json=document)"
CREATES = "    api.post(url, json=document)"
CREATES_TWICE = f"{CREATES}\n{CREATES}"
LEAVES_OUT_ONE = "    break\napi.post(url, json=wanted['documents'][0])"
MAKES_ANEW = "    api.delete(to_update)\n    api.post(url, json={**document, 'privacy': {'improve_ai': False}})"
DOES_NOTHING = "    pass"


def script(folder: Path, end: str) -> Contender:
    """A contender that does something with each application that is wanted."""
    file = folder / "contender.py"
    file.write_text(BEGINNING + end + "\n", encoding="utf-8")
    return Contender("scripted", file)


@pytest.mark.parametrize("contender", [URI, VONAGE, APPLICATION, APPLICATIONS], ids=lambda contender: contender.name)
@pytest.mark.parametrize("change", ["none", "one in ten", "all new"])
def test_every_contender_leaves_the_account_that_is_wanted(contender: Contender, change: Change) -> None:
    with Stage.of(dataclasses.replace(CHANGED, change=change)) as stage:
        run = stage.run(contender)

    assert run.requests > 0


@pytest.mark.parametrize("contender", [BY_HAND, ROLE], ids=lambda contender: contender.name)
@pytest.mark.parametrize(
    "fleet", [one_shared(2, "all new"), one_each(2, "none"), a_list(2, "all new")], ids=lambda fleet: fleet.key
)
def test_every_contender_leaves_the_keys_that_are_wanted(contender: Contender, fleet: Fleet) -> None:
    with Stage.of(fleet) as stage:
        run = stage.run(contender)

    assert run.requests > 0


def test_other_keys_are_refused(tmp_path: Path) -> None:
    loses = "    import pathlib; [key.unlink() for key in pathlib.Path('hosts').rglob('nexmo/*.key')]"
    with (
        Stage.of(one_shared(2, "none")) as stage,
        pytest.raises(Refused, match=r"scripted left other private keys .* 2 findings: missing: app-99\.key on host-0"),
    ):
        stage.run(script(tmp_path, loses))


def test_what_is_new_may_have_any_id(tmp_path: Path) -> None:
    with Stage.of(NEW) as stage:
        run = stage.run(script(tmp_path, CREATES))

    assert run.requests == 4


@pytest.mark.parametrize(
    ("situation", "end", "finding"),
    [
        pytest.param(CHANGED, DOES_NOTHING, "2 findings: missing", id="does nothing"),
        pytest.param(CHANGED, REPLACES, "4 findings: missing", id="loses a setting that is not named"),
        pytest.param(CHANGED, MAKES_ANEW, "4 findings: missing", id="makes it anew"),
        pytest.param(NEW, LEAVES_OUT_ONE, "1 findings: missing", id="leaves one out"),
        pytest.param(NEW, CREATES_TWICE, "2 findings: too much", id="creates twice"),
    ],
)
def test_another_account_is_refused(situation: Situation, end: str, finding: str, tmp_path: Path) -> None:
    with Stage.of(situation) as stage, pytest.raises(Refused, match=f"scripted left another account .* {finding}"):
        stage.run(script(tmp_path, end))


def test_a_contender_that_fails_is_refused(tmp_path: Path) -> None:
    with Stage.of(NEW) as stage, pytest.raises(Refused, match="(?s)scripted failed: .*out of order"):
        stage.run(script(tmp_path, "sys.exit('out of order')"))


def test_every_run_starts_from_the_same_account() -> None:
    with Stage.of(NEW) as stage:
        requests = [stage.run(VONAGE).requests for _number in range(2)]

    assert requests == [4, 4]


def test_each_run_has_a_peak_memory_of_its_own(tmp_path: Path) -> None:
    with Stage.of(dataclasses.replace(NEW, change="none")) as stage:
        little, much, little_again = (
            stage.run(script(tmp_path, end)).peak_mib
            for end in (DOES_NOTHING, "    much = bytes(range(256)) * 4096 * 300", DOES_NOTHING)
        )

    assert much > 300
    assert little < 200
    assert little_again < 200


def test_processor_seconds_are_those_of_all_processes(tmp_path: Path) -> None:
    works = "import sys, time\nwhile time.process_time() < 1: pass"
    busy = f"    import subprocess; subprocess.run([sys.executable, '-c', {works!r}]); break"
    with Stage.of(dataclasses.replace(NEW, change="none")) as stage:
        idle = stage.run(script(tmp_path, DOES_NOTHING))
        at_work = stage.run(script(tmp_path, busy))

    assert 0.9 < at_work.cpu_seconds - idle.cpu_seconds < 1.9  # it takes one second, and is counted once


def test_a_listing_waits_for_the_latency() -> None:
    with Stage.of(dataclasses.replace(CHANGED, latency_ms=200)) as stage:
        reported = stage.report(LISTING)

    # Two pages.
    assert reported["seconds"] - reported["cpu_seconds"] > 2 * 0.2 * 0.9
