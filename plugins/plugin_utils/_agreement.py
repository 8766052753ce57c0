# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the hosts of a play agree on before the API is asked: who leads, who holds which key, who did not report.

One host of the batch, the first that takes part, works it out for all, so that only that host looks at all others.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence

from ._reports import holder_of, problems_of_looks, reports_of, takes_part, took_part

Document = Dict[str, Any]
MOST_HOLDERS = 3


def agreement(
    use: Mapping[str, Any],
    facts: Mapping[str, Mapping[str, Any]],
    play_hosts: Sequence[str],
    batch: Sequence[str],
) -> Document:
    """What the hosts of the batch agree on in this use of the role.

    ``facts``: what each host reported, those of the play in its order, then others that reported in earlier plays.
    ``applications``: for each group its ``leader``, its ``members`` with the state that each asks for, ``held_keys``,
    ``holders`` (for each key some hosts that have it), ``public_keys``, ``free`` (a member without a key in its file),
    ``unasked`` hosts, and ``earlier``, the outcome of the application in an earlier batch.
    ``silent``: hosts of the play that reported nothing, and so may have any key. ``late``: those of the batch, which
    may still report: none with the strategy ``linear``.
    """
    reports = {host: reports_of(reported) for host, reported in facts.items()}
    applications = _members(use, facts, batch)
    for host, of_host in reports.items():
        for group in set(of_host) & set(applications):
            _add(applications[group], host, of_host[group], host in play_hosts)
    for host in play_hosts:
        for group, report in (facts[host].get("kept") or {}).items():
            if group in applications and host not in batch:
                applications[group]["earlier"] = {**report.get("outcome", {}), "play": report.get("play")}
    return {
        "play": use.get("play"),
        "number": use.get("number"),
        "applications": applications,
        "silent": [host for host in play_hosts if not took_part(facts[host], use)],
        "late": [host for host in batch if not takes_part(facts[host], use)],
    }


def _members(
    use: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]], batch: Sequence[str]
) -> Dict[str, Document]:
    """The groups of the hosts that take part and can take their keys; the first host of each leads it."""
    applications: Dict[str, Document] = {}
    for host in batch:
        if not takes_part(facts[host], use) or problems_of_looks(facts[host]):
            continue
        for application in facts[host]["use"]["applications"]:
            group = applications.setdefault(application["group"], _new_group(host))
            group["members"].setdefault(host, application["state"])
    return applications


def _new_group(leader: str) -> Document:
    return {
        "leader": leader,
        "members": {},
        "held_keys": [],
        "holders": {},
        "public_keys": {},
        "asked": [],
        "unasked": [],
        "free": "",
        "earlier": {},
    }


def _add(group: Document, host: str, report: Mapping[str, Any], of_the_play: bool) -> None:
    """Adds what a host says of the application."""
    if of_the_play:
        group["asked" if report["asked"] else "unasked"].append(host)
    fingerprint = report["fingerprint"]
    if host in group["members"] and not (fingerprint or group["free"]):
        group["free"] = host
    if fingerprint and report.get("public_key"):
        group["public_keys"].setdefault(fingerprint, report["public_key"])
    for held in report["held_keys"]:
        if held not in group["held_keys"]:
            group["held_keys"].append(held)
        holders = group["holders"].setdefault(held, [])
        if len(holders) < MOST_HOLDERS:
            holders.append(holder_of(host, report, held))


def is_for(agreed: Mapping[str, Any], host: str, use: Mapping[str, Any]) -> bool:
    """Whether an agreement is one of this use that counts the host in."""
    groups = agreed.get("applications") or {}
    return (
        agreed.get("play") == use.get("play")
        and agreed.get("number") == use.get("number")
        and all(host in groups.get(each["group"], {}).get("members", ()) for each in use["applications"])
    )


def may_have_key(agreed: Mapping[str, Any], group: Mapping[str, Any]) -> List[str]:
    """The hosts of the play that may have the application's key, and could not be asked."""
    silent = [host for host in agreed["silent"] if host not in group["asked"]]
    return sorted({*silent, *group["unasked"]})


def late_reports(agreed: Mapping[str, Any], group: str, facts: Mapping[str, Mapping[str, Any]]) -> Dict[str, Document]:
    """What hosts that could not be asked have reported of the application since, by host."""
    hosts = [*agreed["late"], *agreed["applications"][group]["unasked"]]
    reports = {host: reports_of(facts.get(host, {})).get(group) for host in hosts}
    return {host: report for host, report in reports.items() if report}


def known_keys(agreed: Mapping[str, Any], group: str, facts: Mapping[str, Mapping[str, Any]]) -> List[str]:
    """The fingerprints of the keys that hosts held when they agreed, and of those that late hosts reported since."""
    late = late_reports(agreed, group, facts).values()
    return sorted({*agreed["applications"][group]["held_keys"], *(held for each in late for held in each["held_keys"])})


def contradiction(group: Mapping[str, Any]) -> bool:
    """Whether some hosts want the application and others want it gone."""
    return len(set(group["members"].values())) > 1
