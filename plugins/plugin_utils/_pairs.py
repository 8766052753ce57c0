# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Key pairs that hosts make: always with ``key_source: host``, otherwise in place of a lost key with ``lost_key:
rotate``. The pair waits beside the file before its public half is sent, so that no key is lost however a run ends.

With ``key_source: host`` the key that a host holds is the application's to be. Where several hosts hold different
keys, or a host that may have one could not be asked, a look at the account comes first.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional

from ._agreement import may_have_key
from ._outcomes import seen_by
from ._reports import made_public_key, reports_of

Document = Dict[str, Any]
Facts = Mapping[str, Mapping[str, Any]]


class Pair(NamedTuple):
    """The host that has a pair, or is to make it, and the pair's public half, empty as long as it is not known."""

    host: str
    public_key: str


def groups_to_look_at(host: str, use: Mapping[str, Any], agreed: Mapping[str, Any]) -> List[str]:
    """The groups that the host leads for which it has to see in the account whose pair is the right one."""
    return [
        application["group"]
        for application in use["applications"]
        if application["makes_pair"]
        and application["keeps_key"]
        and _leads(host, agreed, application["group"])
        and _is_unclear(agreed, agreed["applications"][application["group"]])
    ]


def pairs_to_make(
    host: str,
    use: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcomes: Mapping[str, Mapping[str, Any]],
    facts: Facts,
) -> List[Document]:
    """The pairs that the host makes now, as ``nexmo_private_key`` takes them."""
    made = []
    for application in use["applications"]:
        shared = agreed["applications"].get(application["group"])
        if shared is None or not application["keeps_key"]:
            continue
        choice = _choice(application, agreed, shared, outcomes.get(application["group"]), facts)
        if choice == Pair(host, ""):
            path = reports_of(facts[host])[application["group"]]["path"]
            made.append({"path": path, "generate": True, "staged": True, **use["attributes"]})
    return made


def pair_for(
    application: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcome: Optional[Mapping[str, Any]],
    facts: Facts,
) -> Pair:
    """The pair that the application gets."""
    shared = agreed["applications"][application["group"]]
    choice = _choice(application, agreed, shared, outcome, facts)
    if choice is None:
        return Pair(shared["leader"], "")
    if choice.public_key:
        return choice
    reported = facts.get(choice.host, {})
    report = reports_of(reported).get(application["group"])
    return Pair(choice.host, made_public_key(report, reported) if report else "")


def rotates(application: Mapping[str, Any], agreed: Mapping[str, Any], outcome: Optional[Mapping[str, Any]]) -> bool:
    """Whether the application gets a new pair because its key is lost for certain."""
    return (
        application["lost_key"] == "rotate"
        and not application["makes_pair"]
        and bool(outcome and outcome.get("lost"))
        and not may_have_key(agreed, agreed["applications"][application["group"]])
    )


def _choice(
    application: Mapping[str, Any],
    agreed: Mapping[str, Any],
    shared: Mapping[str, Any],
    outcome: Optional[Mapping[str, Any]],
    facts: Facts,
) -> Optional[Pair]:
    """The pair that is used, as far as it was known when hosts agreed; None where none is used, or it is not clear."""
    if rotates(application, agreed, outcome):
        return Pair(shared["free"], "") if shared["free"] else None
    if not application["makes_pair"] or outcome is not None:
        return None
    seen = seen_by(facts.get(shared["leader"], {})).get(application["group"])
    if seen is None and _is_unclear(agreed, shared):
        return None
    fingerprint = _fingerprint(shared, seen or {})
    if not fingerprint:
        return Pair(shared["leader"], "")
    return Pair(shared["holders"][fingerprint][0]["host"], shared["public_keys"].get(fingerprint, ""))


def _fingerprint(shared: Mapping[str, Any], seen: Mapping[str, Any]) -> str:
    """That of the application's own key if a host has it, else of a key in a file, else of one that waits beside."""
    in_files = [key for key, holders in shared["holders"].items() if any(each["in_file"] for each in holders)]
    own = [key for key in shared["held_keys"] if key == seen.get("fingerprint")]
    return next(iter(own + in_files + shared["held_keys"]), "")


def _is_unclear(agreed: Mapping[str, Any], shared: Mapping[str, Any]) -> bool:
    return len(shared["held_keys"]) > 1 or bool(may_have_key(agreed, shared))


def _leads(host: str, agreed: Mapping[str, Any], group: str) -> bool:
    return bool(agreed["applications"].get(group, {}).get("leader") == host)
