# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host reported about its applications: whether its keys could be looked at, and which it holds.

A host reports by facts and by results of tasks, all without secrets: ``use`` (see ``_use``), ``going`` and ``places``
(the looks at keys that are to go and to be there), ``made`` and ``staged`` (new keys that wait beside their files), and
``kept`` (what there was at the end of earlier uses, by group).
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Tuple

from ._use import looked_at, same_use

Document = Dict[str, Any]
_LOOKS = {"absent": "going", "present": "places"}


def reports_of(facts: Mapping[str, Any]) -> Dict[str, Document]:
    """By group: ``path``, ``asked`` (whether the key could be looked at), ``fingerprint`` of the key in the file,
    ``held_keys`` there and beside it, and ``public_key``."""
    use = facts.get("use") or {}
    kept = {group: {**report, "asked": True} for group, report in (facts.get("kept") or {}).items()}
    unasked = {each["group"]: _unasked(each) for each in use.get("applications", ()) if each["keeps_key"]}
    # Once the use is over, what was kept is newer than what was seen.
    over = {group: report for group, report in kept.items() if same_use(report, use)}
    return {**kept, **unasked, **dict(_looks(use, facts)), **over}


def with_new_keys(report: Mapping[str, Any], facts: Mapping[str, Any]) -> Document:
    """The report, with the keys that were brought beside the file since."""
    held = set(report["held_keys"])
    for task in ("made", "staged"):
        for key in _keys_of(facts, task):
            if key.get("path") == report["path"]:
                held.update(key.get("held_keys") or ())
    return {**report, "held_keys": sorted(held)}


def with_stored(staged: Mapping[str, Any], result: Mapping[str, Any]) -> Document:
    """What is known of keys that wait beside their files, with the result of the task that stored more of them."""
    if not result or result.get("skipped"):
        return dict(staged)
    if "keys" not in result:
        return {name: result[name] for name in ("failed", "unreachable", "msg") if name in result}
    return {"keys": [*(staged.get("keys") or ()), *result["keys"]]}


def holder_of(host: str, report: Mapping[str, Any], fingerprint: str) -> Document:
    """Where a host has a key that it holds: in the file, or beside it."""
    in_file = report["fingerprint"] == fingerprint
    return {
        "host": host,
        "path": report["path"] if in_file else "%s.%s" % (report["path"], fingerprint),
        "in_file": in_file,
    }


def made_public_key(report: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """The public half of the pair that was made on the host; empty where none was."""
    found = [key.get("public_key") for key in _keys_of(facts, "made") if key.get("path") == report["path"]]
    return next((str(public_key) for public_key in found if public_key), "")


def takes_part(facts: Mapping[str, Any], use: Mapping[str, Any]) -> bool:
    """Whether the host is in the same use of the role."""
    return same_use(facts.get("use") or {}, use)


def took_part(facts: Mapping[str, Any], use: Mapping[str, Any]) -> bool:
    """Whether the host said in the same use of the role what it is about, be it in an earlier batch."""
    return takes_part(facts, use) or any(same_use(report, use) for report in (facts.get("kept") or {}).values())


def problems_of_looks(facts: Mapping[str, Any]) -> List[str]:
    """Why keys of the host cannot be stored, or must not go; with their paths where there can be several."""
    in_list = (facts.get("use") or {}).get("in_list")
    problems: List[str] = []
    for result in (facts.get(task) or {} for task in _LOOKS.values()):
        if result and "keys" not in result:
            problems.append(str(result.get("msg", "the private keys could not be looked at")))
        failed = [key for key in result.get("keys") or () if key.get("failed")]
        problems += ["%s (%s)" % (key["path"], key["msg"]) if in_list else str(key["msg"]) for key in failed]
    return problems


def _unasked(application: Mapping[str, Any]) -> Document:
    return {"path": application["path"], "asked": False, "fingerprint": None, "held_keys": [], "public_key": None}


def _looks(use: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Tuple[str, Document]]:
    for state, task in _LOOKS.items():
        for application, key in zip(looked_at(use, state), _keys_of(facts, task)):
            if not key.get("failed"):
                yield (
                    application["group"],
                    {
                        "path": key.get("path", application["path"]),
                        "asked": True,
                        "fingerprint": key.get("fingerprint"),
                        "held_keys": list(key.get("held_keys") or ()),
                        "public_key": key.get("public_key"),
                    },
                )


def _keys_of(facts: Mapping[str, Any], task: str) -> List[Mapping[str, Any]]:
    return list((facts.get(task) or {}).get("keys") or ())
