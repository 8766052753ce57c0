# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a use of the role ends on a host: its result, what is remembered for hosts that come later, and what failed."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence

from ._key_work import key_problems, key_work
from ._outcomes import problem_of
from ._reports import problems_of_looks, reports_of
from ._wording import in_variables

Document = Dict[str, Any]
Facts = Mapping[str, Mapping[str, Any]]


def ending(
    host: str,
    use: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcomes: Mapping[str, Any],
    facts: Facts,
    others: Sequence[str],
) -> Document:
    """``result``: what ``nexmo_application_result`` becomes. ``kept``: what the host holds now, by group. ``problems``:
    what failed, one line each. ``others``: hosts of the inventory that are not of the play."""
    work = key_work(host, use, agreed, outcomes, facts)
    failed = failures(host, use, agreed, outcomes, facts, others)
    of_numbers = _problems_of_numbers(use, outcomes, failed)
    reports = reports_of(facts[host])
    results = []
    kept = dict(facts[host].get("kept") or {})
    for application in use["applications"]:
        group = application["group"]
        result = _result(application, outcomes, work, failed)
        if group in of_numbers:
            result["msg"] = of_numbers[group]
        results.append(result)
        if group in reports and reports[group]["asked"]:
            kept[group] = _kept(application, use, reports[group], outcomes.get(group, {}), group in failed)
    problems = use["mistakes"] or list(dict.fromkeys([*failed.values(), *of_numbers.values()]))
    return {"result": _shaped(use, results), "kept": kept, "problems": problems}


def failures(
    host: str,
    use: Mapping[str, Any],
    agreed: Mapping[str, Any],
    outcomes: Mapping[str, Any],
    facts: Facts,
    others: Sequence[str],
) -> Dict[str, str]:
    """Why applications, or their keys on the host, are not in their state, by group."""
    looks = problems_of_looks(facts[host])
    if looks:
        return {each["group"]: "; ".join(looks) for each in use["applications"]}
    at_the_api = {each["group"]: problem_of(each, agreed, outcomes, others) for each in use["applications"]}
    worded = {group: in_variables(problem, use["in_list"]) for group, problem in at_the_api.items() if problem}
    return {**worded, **key_problems(host, use, agreed, outcomes, facts)}


def _problems_of_numbers(
    use: Mapping[str, Any], outcomes: Mapping[str, Any], failed: Mapping[str, str]
) -> Dict[str, str]:
    """Why numbers are not linked to applications that are in their state; they keep no key from its place."""
    groups = [each["group"] for each in use["applications"] if each["group"] not in failed]
    found = {group: (outcomes.get(group) or {}).get("numbers_problem") for group in groups}
    return {group: str(problem) for group, problem in found.items() if problem}


def _result(
    application: Mapping[str, Any], outcomes: Mapping[str, Any], work: Mapping[str, Any], failed: Mapping[str, str]
) -> Document:
    group = application["group"]
    outcome = outcomes.get(group) or {}
    result = {
        "application": outcome.get("application"),
        "operation": outcome.get("operation", "none"),
        "key_changed": group in work["new"] and group not in failed,
    }
    return {**result, "msg": failed[group]} if group in failed else result


def _shaped(use: Mapping[str, Any], results: List[Document]) -> Document:
    if use["in_list"]:
        return {"applications": results}
    nothing = {"application": None, "operation": "none", "key_changed": False, "msg": "; ".join(use["mistakes"])}
    return results[0] if results else nothing


def _kept(
    application: Mapping[str, Any],
    use: Mapping[str, Any],
    report: Mapping[str, Any],
    outcome: Mapping[str, Any],
    has_failed: bool,
) -> Document:
    """What the host reports of the application from now on."""
    if has_failed or not outcome or outcome["previewed"]:
        held = {name: report[name] for name in ("fingerprint", "held_keys", "public_key")}
    elif application["state"] == "absent":
        held = {"fingerprint": None, "held_keys": [], "public_key": None}
    else:
        own = outcome["fingerprint"] or report["fingerprint"]
        held = {"fingerprint": own, "held_keys": [own] if own else [], "public_key": None}
    return {
        "path": report["path"],
        "play": use["play"],
        "number": use["number"],
        "outcome": {} if has_failed else outcome,
        **held,
    }
