# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of each application, as the host that asked the API reports it to the others.

An outcome holds no secret. Either ``problem`` says why there is nothing, with ``lost``, whether a key is lost, and the
``held_keys`` that the API's host was told of; or it has ``application``, ``operation``, ``finished``, ``fingerprint``
(of the application's key) and ``previewed`` (whether it was asked in check mode).
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Sequence

from ._agreement import contradiction, known_keys, may_have_key
from ._answers import message_of, results_of
from ._options import PREFIX

Document = Dict[str, Any]
NOTHING_YET: Document = {}
MOST_NAMES = 10


def outcomes_of(facts: Mapping[str, Any]) -> Dict[str, Document]:
    """The outcomes, by group, of what a host asked the API: earlier ones, and those of its last answer."""
    found: Dict[str, Document] = dict(facts.get("outcomes") or {})
    for group, outcome in _of_answer(facts.get("answer") or {}).items():
        found[group] = _continued(found.get(group, NOTHING_YET), outcome)
    return found


def outcomes(host: str, agreed: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> Dict[str, Document]:
    """The outcomes for a host, by group, as far as they are known. ``facts``: its own and those of leaders."""
    found = {}
    for group, shared in agreed["applications"].items():
        if host in shared["members"]:
            own, leaders = (
                _still_true(outcomes_of(facts.get(each, {})).get(group, NOTHING_YET), agreed, group, facts)
                for each in (host, shared["leader"])
            )
            found[group] = _settled(agreed, group, facts) or _better(own, leaders)
    return {group: outcome for group, outcome in found.items() if outcome}


def seen_by(facts: Mapping[str, Any]) -> Dict[str, Document]:
    """The outcomes, by group, of a look at the account before pairs are made."""
    return _of_answer(facts.get("seen") or {})


def new_keys(facts: Mapping[str, Any]) -> Dict[str, str]:
    """The private keys, by group, that the API handed out to a host."""
    answer = facts.get("answer") or {}
    results = zip(answer.get("groups") or (), answer.get("applications") or ())
    return {group: result["private_key"] for group, result in results if result.get("private_key")}


def changes(answer: Mapping[str, Any]) -> bool:
    """Whether the API's answer has a change; an application that is begun and then finished has changed once."""
    return any(
        result.get("numbers_changed")
        or (result.get("changed") and (answer.get("check_mode") or result.get("finished", True)))
        for result in answer.get("applications") or ()
    )


def _settled(agreed: Mapping[str, Any], group: str, facts: Mapping[str, Mapping[str, Any]]) -> Document:
    """What is known without asking: that hosts contradict each other, the preview of an earlier batch, or that no pair
    may be made because another host may have the key."""
    shared = agreed["applications"][group]
    if contradiction(shared):
        return {"problem": _contradicting(shared["members"]), "lost": False}
    earlier = shared["earlier"]
    if earlier.get("previewed") and earlier.get("play") == agreed["play"]:
        return {**earlier, "operation": "none"}
    seen = seen_by(facts.get(shared["leader"], {})).get(group, NOTHING_YET)
    if seen.get("problem") and not (seen["lost"] and not may_have_key(agreed, shared)):
        return seen
    return NOTHING_YET


def _contradicting(members: Mapping[str, str]) -> str:
    wants = {state: [host for host, asked in members.items() if asked == state] for state in members.values()}
    states = ", and ".join("%s for %s" % (", ".join(hosts), state) for state, hosts in sorted(wants.items()))
    return "%sstate: hosts that share the application have different states (%s); give all of them the same" % (
        PREFIX,
        states,
    )


def _still_true(
    outcome: Document, agreed: Mapping[str, Any], group: str, facts: Mapping[str, Mapping[str, Any]]
) -> Document:
    """The outcome, unless it says that a key is lost, and hosts have reported keys that the API's host did not know."""
    is_outdated = outcome.get("lost") and set(known_keys(agreed, group, facts)) - set(outcome["held_keys"])
    return NOTHING_YET if is_outdated else outcome


def _better(own: Document, leaders: Document) -> Document:
    """The better of two outcomes: a host that had to act by itself knows more than its leader."""
    ranked = sorted((leaders, own), key=lambda outcome: (bool(outcome), bool(outcome.get("finished"))))
    return ranked[-1]


def _continued(before: Document, after: Document) -> Document:
    """The operation before an application was finished stays the one that is reported."""
    if before.get("operation", "none") == "none" or after.get("problem"):
        return after
    return {**after, "operation": before["operation"]}


def _of_answer(answer: Mapping[str, Any]) -> Dict[str, Document]:
    groups: Sequence[str] = answer.get("groups") or ()
    results = results_of(answer, "applications", len(groups))
    told = answer.get("held_keys") or [[] for _group in groups]
    check_mode = bool(answer.get("check_mode"))
    return {group: _outcome(result, held, check_mode) for group, result, held in zip(groups, results, told)}


def _outcome(result: Mapping[str, Any], held_keys: Sequence[str], check_mode: bool) -> Document:
    if result.get("failed") or "operation" not in result:
        problem = message_of(result)
        return {"problem": problem, "lost": "lost_key" in problem, "held_keys": list(held_keys)}
    return {
        "problem": "",
        "application": result.get("application"),
        "operation": result["operation"],
        # In check mode there is no key to bring anywhere first.
        "finished": check_mode or result.get("finished", True),
        "fingerprint": result.get("fingerprint"),
        "previewed": check_mode,
        "numbers_problem": result.get("numbers_problem", ""),
    }


def problem_of(
    application: Mapping[str, Any],
    agreed: Mapping[str, Any],
    found: Mapping[str, Mapping[str, Any]],
    others: Sequence[str],
) -> str:
    """Why the application is not in its state; empty where it is. ``others`` are hosts that the play leaves out."""
    group = application["group"]
    shared, outcome = agreed["applications"].get(group), found.get(group)
    if shared is None or outcome is None:
        return (
            "application %s: its leader, which asks the API for all hosts, has not finished; run again"
            % (application["label"])
        )
    if outcome["problem"]:
        return str(outcome["problem"]) + (_left_out(agreed, shared, others) if outcome["lost"] else "")
    if not outcome["finished"]:
        return (
            "application %s is not finished, because no host could store its new private key; run again"
            % (application["label"])
        )
    return ""


def _left_out(agreed: Mapping[str, Any], shared: Mapping[str, Any], others: Sequence[str]) -> str:
    """The hosts that may have a key that is lost, as the end of a message; empty where no other host can."""
    unasked = may_have_key(agreed, shared)
    text = ""
    if unasked:
        text += (
            "; lost_key counts as fail until these hosts have reported their keys: %s (they failed, are out of reach "
            "or in a later batch, and may have the key)" % shortened(unasked)
        )
    if others:
        text += "; hosts that are left out of this play may have the key: %s" % shortened(others)
    return text


def shortened(hosts: Sequence[str]) -> str:
    """The names of hosts, of many the first ones."""
    more = len(hosts) - MOST_NAMES
    return ", ".join(hosts[:MOST_NAMES]) + (" and %d more" % more if more > 0 else "")
