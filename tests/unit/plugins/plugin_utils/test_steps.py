# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the API's answer to each host's next step, and to its result."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.plugin_utils._env_blocks import env_blocks
from ansible_collections.community.nexmo.plugins.plugin_utils._key_work import keys_to_write
from ansible_collections.community.nexmo.plugins.plugin_utils._outcomes import changes, outcomes_of
from ansible_collections.community.nexmo.tests.unit.plugins.plugin_utils.reported import (
    SHOP,
    agreed,
    answered,
    done,
    looked,
    reported,
    seen_from,
    use,
)

ABSENT = {**SHOP, "state": "absent"}
PATH = SHOP["private_key_path"]
SOURCE = {"host": "web2", "path": PATH}
BESIDE = {"host": "web2", "path": PATH + ".A"}
LOST = {"failed": True, "msg": "its key is lost; lost_key: recreate"}


def _after(
    result: dict[str, Any], variables: dict[str, Any] | None = None, check: bool = False, **looks: Any
) -> dict[str, Any]:
    """Hosts, once the first has its answer."""
    variables = variables or SHOP
    own = use(variables, list(looks))
    facts = agreed({host: reported(own, look) for host, look in looks.items()})
    leader = next(iter(looks))
    facts[leader]["answer"] = answered(seen_from(leader, facts), variables, {"Shop": result}, check_mode=check)
    return facts


@pytest.mark.parametrize(
    ("mine", "other", "result", "more", "expected"),
    [
        (looked("A"), looked("A"), done("none", "A"), {}, {}),
        (looked(), looked("A"), done("none", "A"), {}, {"fetch": SOURCE, "force": False}),
        (looked(), looked(None, ["A"]), done("none", "A"), {}, {"fetch": BESIDE, "force": False}),
        (looked(None, ["A"]), looked("A"), done("none", "A"), {}, {"fingerprint": "A"}),
        (looked("A", ["B"]), looked("A"), done("none", "A"), {}, {"fingerprint": "A"}),
        (looked("B", ["A"]), looked("A"), done("none", "A"), {}, {"fingerprint": "A"}),
        (looked("B"), looked("A"), done("none", "A"), {}, "is not the one of application Shop"),
        (looked("B"), looked("A"), done("none", "A"), {"lost_key": "recreate"}, {"fetch": SOURCE, "force": True}),
        (looked(), looked(), done("none", "A"), {}, "cannot be had"),
        (looked("A"), looked("A"), done("none", None), {}, {}),
        (looked(), looked("A"), done("none", None), {}, {"fetch": SOURCE, "force": False}),
        (looked("B"), looked("A"), done("none", None), {}, "is not the one of application Shop"),
    ],
)
def test_key_of_a_host(mine: Any, other: Any, result: Any, more: dict[str, Any], expected: Any) -> None:
    facts = _after(result, {**SHOP, **more}, web1=mine, web2=other)

    work = seen_from("web1", facts).key_work()

    if isinstance(expected, str):
        problems = list(work["problems"].values())
        assert len(problems) == 1
        assert expected in problems[0]
        assert work["keys"] == []
    else:
        assert work["problems"] == {}
        assert work["keys"] == ([{"path": PATH, "mode": "0600", **expected}] if expected else [])


@pytest.mark.parametrize(
    ("look", "result", "fingerprint"),
    [
        (looked(), done("delete", "A"), None),
        (looked("A"), done("delete", "A"), "A"),
        (looked("B"), done("delete", "A"), "A"),
        (looked("A"), done("none", None), "A"),
        (looked("A", ["B"]), done("none", None), "unknown"),
    ],
)
def test_key_of_an_application_that_is_gone(look: Any, result: Any, fingerprint: str | None) -> None:
    work = seen_from("web1", _after(result, ABSENT, web1=look)).key_work()

    removed = [(key["state"], key["fingerprint"]) for key in work["keys"]]
    assert removed == ([("absent", fingerprint)] if fingerprint else [])
    assert work["brings_new"] is False


def test_new_key_is_staged_on_every_host_before_the_application_is_finished() -> None:
    begun = done("create", "N", finished=False, private_key="SECRET")
    facts = _after(begun, web1=looked(), web2=looked("B"))

    for host in ("web1", "web2"):
        situation = seen_from(host, facts)
        assert situation.needs_follow_up()
        (staged,) = situation.keys_to_stage()
        assert (staged["private_key"], staged["staged"]) == ("SECRET", True)
        assert situation.key_work()["keys"] == []
    assert seen_from("web1", facts).requests_of_leader(SHOP)["applications"] == []

    for host in ("web1", "web2"):
        facts[host]["staged"] = {"keys": [{"path": PATH, **looked(None, ["N"])}]}
    facts["web1"].update(outcomes=seen_from("web1", facts).own_outcomes(), answer={})
    assert "SECRET" not in str(facts)

    (item,) = seen_from("web1", facts).requests_of_leader(SHOP)["applications"]
    assert "N" in item["held_keys"]
    assert seen_from("web2", facts).requests_of_leader(SHOP)["applications"] == []
    facts["web1"]["answer"] = answered(seen_from("web1", facts), SHOP, {"Shop": done("create", "N")})

    for host in ("web1", "web2"):
        situation = seen_from(host, facts)
        assert not situation.needs_follow_up()
        assert [key["fingerprint"] for key in situation.key_work()["keys"]] == ["N"]
        assert situation.ending()["result"] == {
            "application": {"id": "id-1", "name": "Shop"}, "operation": "create", "key_changed": True
        }  # fmt: skip


def test_host_goes_on_alone_where_its_leader_is_lost() -> None:
    facts = _after(done("create", "N", finished=False, private_key="SECRET"), web1=looked(), web2=looked())
    facts["web2"]["staged"] = {"keys": [{"path": PATH, **looked(None, ["N"])}]}

    left = seen_from("web2", facts, batch=["web2"], play_hosts=["web1", "web2"])

    assert left.must_go_on()
    assert left.lost_leaders() == ["web1"]
    assert [item["name"] for item in left.requests_alone(SHOP)["applications"]] == ["Shop"]


@pytest.mark.parametrize("host", ["web1", "web2"])
@pytest.mark.parametrize("said_so_far", [{}, {"use": use(SHOP, ["web1", "web2"])}])
def test_lost_key_that_a_slower_host_has_reported_since_is_asked_about_once_more(
    said_so_far: dict[str, Any], host: str
) -> None:
    own = use(SHOP, ["web1", "web2"])
    facts = agreed({"web1": reported(own, looked()), "web2": dict(said_so_far)})
    facts["web1"]["answer"] = answered(seen_from("web1", facts), SHOP, {"Shop": LOST})
    assert not seen_from("web1", facts).must_go_on()

    facts["web2"].update(reported(own, looked("A")))

    late = seen_from(host, facts)
    assert late.must_go_on()
    asked = late.requests_alone(SHOP)
    assert [item["held_keys"] for item in asked["applications"]] == [["A"]]

    facts[host]["answer"] = {"groups": asked["groups"], "held_keys": [["A"]], "applications": [LOST]}
    assert not seen_from(host, facts).must_go_on()

    facts[host]["answer"]["applications"] = [done("none", "A")]
    assert not seen_from(host, facts).must_go_on()
    sources = [{"host": "web2", "path": PATH}] if host == "web1" else []
    assert seen_from(host, facts).key_work()["sources"] == sources
    assert seen_from(host, facts).key_work()["problems"] == {}


def test_key_that_could_not_be_stored_is_told_and_finishes_nothing() -> None:
    facts = _after(done("create", "N", finished=False, private_key="SECRET"), web1=looked())
    facts["web1"]["staged"] = {"keys": [{"path": PATH, "failed": True, "msg": "disk full", "held_keys": []}]}

    situation = seen_from("web1", facts)

    assert situation.requests_of_leader(SHOP)["applications"] == []
    assert situation.ending()["problems"] == ["disk full"]
    assert situation.ending()["result"]["key_changed"] is False


def test_rotation_makes_the_pair_on_a_host_first() -> None:
    rotate = {**SHOP, "lost_key": "rotate"}
    facts = _after(LOST, rotate, web1=looked("B"), web2=looked())

    assert seen_from("web1", facts).pairs_to_make() == []
    assert [key["generate"] for key in seen_from("web2", facts).pairs_to_make()] == [True]
    facts["web2"]["made"] = {"keys": [{"path": PATH, **looked(None, ["N"]), "public_key": "PEM of N"}]}

    (item,) = seen_from("web1", facts).requests_of_leader(rotate)["applications"]
    assert item["public_key"] == "PEM of N"
    assert "held_keys" not in item
    facts["web1"].update(outcomes=seen_from("web1", facts).own_outcomes())
    facts["web1"]["answer"] = answered(seen_from("web1", facts), rotate, {"Shop": done("update", "N")})

    assert [key["fingerprint"] for key in seen_from("web2", facts).key_work()["keys"]] == ["N"]
    assert seen_from("web1", facts).key_work()["sources"] == [{"host": "web2", "path": PATH + ".N"}]


def test_service_rotates_where_no_host_is_free_or_in_check_mode() -> None:
    rotate = {**SHOP, "lost_key": "rotate"}
    for look in (looked("B"), looked()):
        (item,) = seen_from("web1", _after(LOST, rotate, web1=look)).requests_of_leader(rotate)["applications"]
        assert (item["lost_key"], "public_key" in item) == ("rotate", False)


def test_application_waits_for_the_pair_that_a_host_has_to_make() -> None:
    host_makes = {**SHOP, "key_source": "host"}
    own = use(host_makes, ["web1", "web2"])
    facts = agreed({host: reported(own, looked()) for host in ("web1", "web2")})
    facts["web1"]["made"] = {"failed": True, "msg": "no program makes keys here"}

    (alone,) = seen_from("web2", facts).requests_alone(host_makes)["applications"]

    assert "application Shop: host web1 has not made its key pair" in alone["refused"]
    facts["web1"]["made"] = {"keys": [{"path": PATH, **looked(None, ["N"]), "public_key": "PEM of N"}]}
    (alone,) = seen_from("web2", facts).requests_alone(host_makes)["applications"]
    assert (alone["public_key"], "refused" in alone) == ("PEM of N", False)


def test_application_that_was_begun_and_finished_changes_once() -> None:
    begun = {"applications": [done("create", "N", finished=False)]}
    finished = {"applications": [done("create", "N")]}

    assert [changes(begun), changes(finished), changes({"applications": [done("none", "N")]}), changes({})] == [
        False, True, False, False
    ]  # fmt: skip


def test_operation_of_the_beginning_stays_said() -> None:
    first = {"groups": ["g"], "applications": [done("recreate", "N", finished=False)]}
    second = {"groups": ["g"], "applications": [done("update", "N")]}

    found = outcomes_of({"outcomes": outcomes_of({"answer": first}), "answer": second})

    assert (found["g"]["operation"], found["g"]["finished"]) == ("recreate", True)


def test_failure_of_the_whole_answer_is_one_of_each_application() -> None:
    for answer in ({"groups": ["a", "b"], "msg": "401"}, {"groups": ["a", "b"], "failed": True}):
        found = outcomes_of({"answer": answer})
        assert sorted(found) == ["a", "b"]
        assert all(outcome["problem"] for outcome in found.values())


def test_fetched_keys_are_written_and_those_that_did_not_come_are_told() -> None:
    source = {"host": "web2", "path": PATH}
    facts = _after(done("none", "A"), web1=looked(), web2=looked("A"))
    work = seen_from("web1", facts).key_work()

    assert work["sources"] == [source]
    (ready,) = keys_to_write(work, [{"item": source, "content": "SECRET"}])
    assert (ready["private_key"], ready["path"], "fetch" in ready) == ("SECRET", PATH, False)
    failed = {"item": source, "failed": True, "msg": "no route"}
    assert keys_to_write(work, [failed]) == []
    facts["web1"]["fetched"] = {"results": [failed]}
    (problem,) = seen_from("web1", facts).ending()["problems"]
    assert "Shop" in problem
    assert "no route" in problem


@given(
    st.sampled_from(["none", "create", "update", "recreate", "delete"]),
    st.one_of(st.none(), st.sampled_from("AB")),
    st.builds(looked, st.one_of(st.none(), st.sampled_from("AB")), st.lists(st.sampled_from("AB"), max_size=2)),
)
def test_check_mode_has_the_same_steps(operation: str, fingerprint: str | None, look: Any) -> None:
    variables = ABSENT if operation == "delete" else SHOP
    real, preview = (
        seen_from("web1", _after(done(operation, fingerprint), variables, check, web1=look, web2=looked("A")))
        for check in (False, True)
    )
    of_real, of_check = real.key_work(), preview.key_work()

    assert (of_real["new"], of_real["brings_new"]) == (of_check["new"], of_check["brings_new"])
    not_to_be_had = [group for group, problem in of_real["problems"].items() if "cannot be had" in problem]
    assert set(of_real["problems"]) - set(not_to_be_had) == set(of_check["problems"])
    assert of_check["sources"] == []
    assert set(of_check["groups"]) | set(of_check["previewed"]) == set(of_real["groups"]) | set(not_to_be_had)


ENV = {**SHOP, "env_path": "/e/x.env"}


@pytest.mark.parametrize(
    ("variables", "block"),
    [
        (ENV, 'NEXMO_APPLICATION_ID="id-1"\nNEXMO_PRIVATE_KEY_PATH="/k/shop.key"\n'),
        (
            {**ENV, "env_names": {"application_id": "VONAGE_APPLICATION_ID", "private_key_path": "VONAGE_PRIVATE_KEY"}},
            'VONAGE_APPLICATION_ID="id-1"\nVONAGE_PRIVATE_KEY="/k/shop.key"\n',
        ),
        (
            {**ENV, "private_key_path": "/k/$HOME"},
            "NEXMO_APPLICATION_ID=\"id-1\"\nNEXMO_PRIVATE_KEY_PATH='/k/$HOME'\n",
        ),
    ],
)
def test_environment_file_names_application_and_key(variables: dict[str, Any], block: str) -> None:
    facts = _after(done("none", "A"), variables, web1=looked("A"))

    legacy, own = seen_from("web1", facts).env_blocks()

    assert (own["state"], own["block"]) == ("present", block)
    assert own["marker"].endswith("community.nexmo.nexmo_application Shop")
    unnamed = "# {mark} ANSIBLE MANAGED BLOCK community.nexmo.nexmo_application"
    assert (legacy["state"], legacy["marker"]) == ("absent", unnamed)


def test_blocks_of_names_that_differ_in_blanks_alone_do_not_take_each_other_s_place() -> None:
    markers = set()
    for name in ("Shop A", "Shop  A", " Shop A", "Shop\nA", "Shop\tA"):
        own = use({**ENV, "name": name}, ["web1"])
        outcomes = {own["applications"][0]["group"]: {**done("none", "A"), "problem": ""}}
        blocks = env_blocks(own, {}, outcomes, {})
        markers.add(blocks[1]["marker"])

    assert len(markers) == 5
    assert not any("\n" in marker for marker in markers)


def test_environment_file_has_the_path_that_was_used() -> None:
    facts = _after(done("none", "A"), {**ENV, "private_key_path": "~/k"}, web1=looked("A"))
    facts["web1"]["places"]["keys"][0]["path"] = "/root/k"

    assert 'NEXMO_PRIVATE_KEY_PATH="/root/k"' in seen_from("web1", facts).env_blocks()[1]["block"]


def test_failed_application_leaves_the_environment_file_alone() -> None:
    facts = _after(LOST, ENV, web1=looked())

    assert seen_from("web1", facts).env_blocks() == []


@pytest.mark.parametrize(
    ("fetched", "reason"),
    [
        ([{"item": BESIDE, "failed": False, "msg": "File not found"}], "web2: File not found"),
        ([], "web2: it could not be read there; run again"),
    ],
)
def test_key_that_was_not_brought_is_a_problem_even_if_another_file_is_the_one_to_fetch_by_now(
    fetched: list[Any], reason: str
) -> None:
    facts = _after(done("none", "A"), web1=looked(), web2=looked("A"))
    facts["web1"]["fetched"] = {"results": fetched}
    facts["web1"]["written"] = {"keys": []}

    (problem,) = seen_from("web1", facts).ending()["problems"]

    assert problem.endswith("cannot be had from a host of this play (%s)" % reason)
