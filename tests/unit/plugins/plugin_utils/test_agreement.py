# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What hosts agree on, whoever could be asked: tables, and properties over any set of reports."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.plugin_utils._agreement import may_have_key
from ansible_collections.community.nexmo.tests.unit.plugins.plugin_utils.reported import (
    SHOP,
    agreed,
    done,
    looked,
    reported,
    seen_from,
    use,
)

HOSTS = ("web1", "web2", "web3")
ROTATE, RECREATE, HOST = {"lost_key": "rotate"}, {"lost_key": "recreate"}, {"key_source": "host"}


def _asked(facts: dict[str, Any], variables: dict[str, Any], **more: Any) -> list[tuple[str, dict[str, Any]]]:
    """Who asks the API for what."""
    return [
        (host, item)
        for host, of_host in facts.items()
        if of_host.get("use") and host in more.get("batch", list(facts))
        for item in seen_from(host, facts, **more).requests_of_leader(variables)["applications"]
    ]


def _play(variables: dict[str, Any], **looks: Any) -> dict[str, Any]:
    """Hosts by what their look came to; None for one that never said anything, "blocked" for one that cannot."""
    own = use(variables, list(looks))
    blocked = {"use": own, "places": {"keys": [{"path": own["applications"][0]["path"], "failed": True, "msg": "no"}]}}
    return {
        host: {} if look is None else blocked if look == "blocked" else reported(own, look)
        for host, look in looks.items()
    }


def test_first_host_leads_and_tells_all_held_keys() -> None:
    facts = agreed(_play(SHOP, web1=looked(), web2=looked("A", ["B"]), web3=looked("A")))

    ((host, item),) = _asked(facts, SHOP)

    assert host == "web1"
    assert (sorted(item["held_keys"]), item["lost_key"]) == (["A", "B"], "fail")
    assert "private_key_path" not in item


@pytest.mark.parametrize("silent", [None, "blocked"])
@pytest.mark.parametrize("way_out", [RECREATE, ROTATE])
def test_nothing_but_fail_while_a_host_could_not_say(silent: Any, way_out: dict[str, Any]) -> None:
    variables = {**SHOP, **way_out}
    facts = agreed(_play(variables, web1=looked(), web2=silent))

    ((_host, item),) = _asked(facts, variables)

    assert item["lost_key"] == "fail"


def test_host_that_is_about_another_application_holds_none_of_this_one() -> None:
    variables = {**SHOP, **RECREATE}
    facts = _play(variables, web1=looked(), web2=looked())
    facts["web2"] = {"use": use({"name": "Other"}, ["web1", "web2"]), "places": {"msg": "no"}}
    facts = agreed(facts)

    assert [item["lost_key"] for _host, item in _asked(facts, variables)] == ["recreate"]


def test_host_of_another_use_of_the_role_may_have_the_key() -> None:
    variables = {**SHOP, **RECREATE}
    hosts = ["web1", "web2"]
    facts = _play(variables, web1=looked(), web2=None)
    earlier = use({"name": "Other"}, hosts)
    facts["web1"] = reported(use(variables, hosts, earlier), looked())
    facts["web2"] = {"use": earlier, "places": {"msg": "out of reach"}}
    facts = agreed(facts, batch=["web1"])

    assert [item["lost_key"] for _host, item in _asked(facts, variables, batch=["web1"])] == ["fail"]


def test_hosts_that_contradict_each_other_ask_for_nothing() -> None:
    hosts = ["web1", "web2"]
    absent = {**SHOP, "state": "absent"}
    facts = agreed({"web1": reported(use(SHOP, hosts), looked()), "web2": reported(use(absent, hosts), looked())})

    assert _asked(facts, SHOP) == []
    for host in hosts:
        (problem,) = seen_from(host, facts).ending()["problems"]
        assert "web1 for present" in problem
        assert "web2 for absent" in problem


def test_lists_that_overlap_have_one_leader_for_each_application() -> None:
    hosts = ["web1", "web2"]
    one = {"list": [{"name": "A"}, {"name": "B"}]}
    other = {"list": [{"name": "C"}, {"name": "B"}]}
    facts = agreed(
        {
            "web1": reported(use(one, hosts), looked(), looked()),
            "web2": reported(use(other, hosts), looked("x"), looked("y")),
        }
    )

    asked = {
        host: [item["name"] for item in seen_from(host, facts).requests_of_leader(variables)["applications"]]
        for host, variables in (("web1", one), ("web2", other))
    }

    assert asked == {"web1": ["A", "B"], "web2": ["C"]}


def test_nobody_looks_at_others_but_the_first_host() -> None:
    facts = agreed(_play(SHOP, **{host: looked("A") for host in HOSTS}))
    situation = seen_from("web3", facts)

    situation.requests_of_leader(SHOP)
    situation.needs_follow_up()
    situation.ending()

    assert set(situation.facts._read) == {"web1", "web3"}


LOOKS = st.one_of(
    st.none(),
    st.just("blocked"),
    st.builds(looked, st.one_of(st.none(), st.sampled_from("AB")), st.lists(st.sampled_from("ABC"), max_size=2)),
)


@given(
    st.lists(LOOKS, min_size=1, max_size=5),
    st.sampled_from([{}, RECREATE, ROTATE, HOST]),
    st.sampled_from(["present", "absent"]),
    st.integers(0, 3),
)
def test_one_host_at_most_asks_and_never_for_more_than_is_known(
    looks: list[Any], way_out: dict[str, Any], state: str, in_other_batch: int
) -> None:
    variables = {**SHOP, **way_out, "state": state}
    hosts = {"web%d" % number: look for number, look in enumerate(looks)}
    own = use(variables, list(hosts))
    task = "places" if state == "present" else "going"
    facts = {}
    for host, look in hosts.items():
        key = {"path": SHOP["private_key_path"], **(look if isinstance(look, dict) else {"failed": True, "msg": "no"})}
        facts[host] = {} if look is None else {"use": own, task: {"keys": [key]}}
    batch = list(hosts)[: max(1, len(hosts) - in_other_batch)]
    if not any(facts[host] for host in batch):
        return
    facts = agreed(facts, batch)

    asked = list(_asked(facts, variables, batch=batch))

    unknown = [host for host, look in hosts.items() if not isinstance(look, dict)]
    assert len(asked) <= 1
    for host, item in asked:
        assert isinstance(hosts[host], dict), "a host that cannot take the key does not lead"
        assert not unknown or item.get("lost_key", "fail") == "fail" or item["held_keys"] == []
        assert item["lost_key" if "lost_key" in item else "public_key"] != "recreate" or not unknown
    if way_out == HOST and unknown and state == "present":
        assert all(seen_from(host, facts, batch).pairs_to_make() == [] for host in batch if facts[host]), (
            "no pair is made before the account was looked at"
        )


@given(st.sets(st.sampled_from(HOSTS)), st.sampled_from([{}, RECREATE, ROTATE, HOST]))
def test_account_without_the_key_changes_nothing_while_a_host_was_not_asked(
    asked_hosts: set[str], way_out: dict[str, Any]
) -> None:
    if not asked_hosts or len(asked_hosts) == len(HOSTS):
        return
    variables = {**SHOP, **way_out}
    facts = agreed(_play(variables, **{host: looked() if host in asked_hosts else None for host in HOSTS}))
    leader = next(host for host in HOSTS if host in asked_hosts)
    lost = {"failed": True, "msg": "lost_key"}
    looks_of_leader = seen_from(leader, facts).looks(variables)
    if looks_of_leader["groups"]:
        facts[leader]["seen"] = {"groups": looks_of_leader["groups"], "applications": [lost], "check_mode": True}
    else:
        facts[leader]["answer"] = {"groups": list(facts[leader]["agreement"]["applications"]), "applications": [lost]}

    situation = seen_from(leader, facts)

    assert situation.requests_of_leader(variables)["applications"] == []
    assert situation.pairs_to_make() == []
    (problem,) = situation.ending()["problems"]
    for host in set(HOSTS) - asked_hosts:
        assert host in problem


def test_earlier_batch_of_check_mode_foretells_for_later_ones() -> None:
    facts = agreed(_play(SHOP, web1=looked(), web2=None), batch=["web1"])
    group = next(iter(facts["web1"]["agreement"]["applications"]))
    created = done("create", None)
    facts["web1"]["answer"] = {"groups": [group], "applications": [created], "check_mode": True}
    facts["web1"]["kept"] = seen_from("web1", facts, ["web1"]).ending()["kept"]
    own = use(SHOP, ["web1", "web2"])
    facts["web2"] = reported(own, looked())
    facts = agreed(facts, batch=["web2"])

    later = seen_from("web2", facts, ["web2"])

    assert later.requests_of_leader(SHOP)["applications"] == []
    assert later.key_work()["previewed"] == [group]
    result = later.ending()["result"]
    assert (result["operation"], result["key_changed"]) == ("none", True)
    shared = later.agreed["applications"][group]
    assert may_have_key(later.agreed, shared) == []
