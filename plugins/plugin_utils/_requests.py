# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API is asked for, and by whom."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence

from ._agreement import known_keys, may_have_key
from ._numbers import wanted_of
from ._options import applications_of, items_of, sent_of
from ._pairs import pair_for, rotates
from ._reports import reports_of, with_new_keys

Document = Dict[str, Any]
NO_PAIR = "application %s: host %s has not made its key pair, and nothing was changed; mend that host, and run again"
Outcomes = Mapping[str, Mapping[str, Any]]
Facts = Mapping[str, Mapping[str, Any]]


def led_groups(host: str, agreed: Mapping[str, Any]) -> List[str]:
    """The groups that the host leads."""
    return [group for group, shared in agreed["applications"].items() if shared["leader"] == host]


def own_groups(host: str, agreed: Mapping[str, Any]) -> List[str]:
    """The groups that the host is a member of."""
    return [group for group, shared in agreed["applications"].items() if host in shared["members"]]


def requests(
    variables: Mapping[str, Any],
    groups: Sequence[str],
    agreed: Mapping[str, Any],
    outcomes: Outcomes,
    facts: Facts,
) -> Dict[str, List[Any]]:
    """Those of the ``groups`` about which the API has to be asked now, and in the same order the ``applications``, as
    ``nexmo_applications`` takes them, and their ``numbers``: for the first time, to finish one whose key is stored, or
    to give one a new key. The applications may hold secrets. One with ``refused``, a message, is for check mode alone.
    """
    asked: Dict[str, List[Any]] = {"groups": [], "applications": [], "numbers": []}
    for application, item in zip(applications_of(variables), items_of(variables)):
        group = application["group"]
        if group in groups and is_open(application, agreed, outcomes.get(group), facts):
            about_the_key = _about_the_key(application, agreed, outcomes.get(group), facts)
            asked["groups"].append(group)
            asked["applications"].append({**sent_of(item), **about_the_key})
            asked["numbers"].append(wanted_of(item))
    return asked


def looks(variables: Mapping[str, Any], groups: Sequence[str], agreed: Mapping[str, Any]) -> Dict[str, List[Any]]:
    """The same for a look at the account, in check mode, before pairs are made."""
    asked: Dict[str, List[Any]] = {"groups": [], "applications": [], "numbers": []}
    for application, item in zip(applications_of(variables), items_of(variables)):
        if application["group"] in groups:
            held = agreed["applications"][application["group"]]["held_keys"]
            asked["groups"].append(application["group"])
            asked["applications"].append({**sent_of(item), "held_keys": held, "lost_key": "fail"})
            asked["numbers"].append(wanted_of(item))
    return asked


def is_open(
    application: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcome: Optional[Mapping[str, Any]],
    facts: Facts,
) -> bool:
    """Whether the API has to be asked about the application, as far as is known."""
    if outcome is None:
        return True
    if outcome["problem"]:
        return rotates(application, agreed, outcome)
    shared = agreed["applications"][application["group"]]
    return not outcome["finished"] and outcome["fingerprint"] in held_keys(shared, application["group"], facts)


def held_keys(shared: Mapping[str, Any], group: str, facts: Facts) -> List[str]:
    """The fingerprints of the keys that hosts hold, with those that were brought there since they agreed."""
    held = set(shared["held_keys"])
    for member in shared["members"]:
        reported = facts.get(member, {})
        report = reports_of(reported).get(group)
        if report:
            held.update(with_new_keys(report, reported)["held_keys"])
    return sorted(held)


def _about_the_key(
    application: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcome: Optional[Mapping[str, Any]],
    facts: Facts,
) -> Document:
    if not application["keeps_key"]:
        return {}
    shared = agreed["applications"][application["group"]]
    pair = pair_for(application, agreed, outcome, facts)
    if pair.public_key:
        return {"public_key": pair.public_key}
    if application["makes_pair"]:
        # In check mode, where hosts make no pairs, a rotation shows what a new pair would change.
        return {"held_keys": [], "lost_key": "rotate", "refused": NO_PAIR % (application["label"], pair.host)}
    if rotates(application, agreed, outcome):
        way_out = "rotate"
    else:
        # A rotation waits until the key is known to be lost: a host makes the pair then, before the API is asked again.
        may_recreate = application["lost_key"] == "recreate" and not may_have_key(agreed, shared)
        way_out = "recreate" if may_recreate else "fail"
    group = application["group"]
    held = set(known_keys(agreed, group, facts))
    if outcome is not None:
        held.update(held_keys(shared, group, facts))
    return {"held_keys": sorted(held), "lost_key": way_out}
