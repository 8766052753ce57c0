# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host does with its key files once the outcome of the applications is known."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence

from ._agreement import late_reports
from ._options import PREFIX
from ._outcomes import new_keys
from ._reports import holder_of, reports_of, with_new_keys

Document = Dict[str, Any]
Facts = Mapping[str, Mapping[str, Any]]
NO_KEY = "unknown"  # no key has this fingerprint


def keys_to_stage(
    host: str, use: Mapping[str, Any], agreed: Mapping[str, Any], outcomes: Mapping[str, Any], facts: Facts
) -> List[Document]:
    """The new keys that the API handed out to the hosts that asked, to wait beside the host's files. Secret."""
    staged = []
    for application in use["applications"]:
        group, shared = application["group"], agreed["applications"].get(application["group"])
        if shared is None or outcomes.get(group, {}).get("problem"):
            continue
        key = new_keys(facts[host]).get(group) or new_keys(facts.get(shared["leader"], {})).get(group)
        if key:
            report = with_new_keys(reports_of(facts[host])[group], facts[host])
            if outcomes[group]["fingerprint"] not in report["held_keys"]:
                staged.append({"path": report["path"], "private_key": key, "staged": True, **use["attributes"]})
    return staged


def key_work(
    host: str, use: Mapping[str, Any], agreed: Mapping[str, Any], outcomes: Mapping[str, Any], facts: Facts
) -> Document:
    """What is to be done, without any secret.

    ``keys``: as ``nexmo_private_key`` takes them; those with ``fetch``, a host and a path there, still lack the key.
    ``groups``: whose they are, in the same order. ``previewed``: groups whose key would be written, in check mode.
    ``new``: groups whose key changes on the host, in ``brings_new`` one that is to be there. ``problems``: by group,
    why its key stays as it is. ``changes``: whether there is anything to do. ``sources``: where keys are fetched from.
    """
    work: Document = {"keys": [], "groups": [], "previewed": [], "new": [], "problems": {}}
    reports = reports_of(facts[host])
    for application in use["applications"]:
        group = application["group"]
        outcome = outcomes.get(group)
        if not application["keeps_key"] or not outcome or outcome["problem"]:
            continue
        report, shared = with_new_keys(reports[group], facts[host]), agreed["applications"][group]
        not_staged = _problem_of_key(report, facts[host], "staged")
        if not_staged:
            work["problems"][group] = not_staged
        elif outcome["finished"] and application["state"] == "absent":
            _remove(work, group, report, _fingerprint_of_the_gone(outcome, shared))
        elif outcome["finished"]:
            _bring(work, application, report, outcome, agreed, facts)
    work["keys"] = [{**key, **use["attributes"]} for key in work["keys"]]
    work["sources"] = [key["fetch"] for key in work["keys"] if "fetch" in key]
    work["changes"] = bool(work["keys"] or work["previewed"])
    states = {application["group"]: application["state"] for application in use["applications"]}
    work["brings_new"] = any(states[group] == "present" for group in work["new"])
    return work


def keys_to_write(work: Mapping[str, Any], fetched: Sequence[Mapping[str, Any]]) -> List[Document]:
    """The same keys, with those that were fetched from other hosts; ``fetched`` are the results of ``slurp``, and what
    they hold is still to be decoded. A key that could not be fetched is left out."""
    contents = {(each["item"]["host"], each["item"]["path"]): each.get("content") for each in fetched if "item" in each}
    ready = []
    for key in work["keys"]:
        source = key.get("fetch")
        others = {name: value for name, value in key.items() if name != "fetch"}
        if source is None:
            ready.append(others)
        elif contents.get((source["host"], source["path"])):
            ready.append({**others, "private_key": contents[source["host"], source["path"]]})
    return ready


def _remove(work: Document, group: str, report: Mapping[str, Any], fingerprint: str) -> None:
    """The key of the application that is gone goes; another one is kept aside."""
    if report["held_keys"]:
        work["keys"].append({"path": report["path"], "state": "absent", "fingerprint": fingerprint})
        work["groups"].append(group)
        work["new"].append(group)


def _fingerprint_of_the_gone(outcome: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    earlier = shared["earlier"]
    of_earlier = earlier.get("fingerprint") if earlier.get("operation") == "delete" else None
    return outcome["fingerprint"] or of_earlier or _believed(outcome, shared) or NO_KEY


def _bring(
    work: Document,
    application: Mapping[str, Any],
    report: Mapping[str, Any],
    outcome: Mapping[str, Any],
    agreed: Mapping[str, Any],
    facts: Facts,
) -> None:
    group = application["group"]
    wanted = outcome["fingerprint"] or _believed(outcome, agreed["applications"][group])
    if wanted and report["fingerprint"] == wanted and report["held_keys"] == [wanted]:
        return
    if wanted is None or report["fingerprint"] != wanted:
        work["new"].append(group)
    may_replace = (
        outcome["operation"] in ("create", "recreate") or application["lost_key"] != "fail" or application["makes_pair"]
    )
    holder = _holder(wanted, agreed, group, facts)
    if wanted in report["held_keys"]:
        work["keys"].append({"path": report["path"], "fingerprint": wanted})
        work["groups"].append(group)
    elif report["fingerprint"] and not may_replace:
        work["problems"][group] = _different_key(application, report, outcome)
    elif outcome["previewed"]:
        work["previewed"].append(group)
    elif holder is None:
        work["problems"][group] = _not_to_be_had(application["label"], "no host that is left in it has the key")
    else:
        work["keys"].append({"path": report["path"], "force": may_replace, "fetch": holder})
        work["groups"].append(group)


def _believed(outcome: Mapping[str, Any], shared: Mapping[str, Any]) -> Optional[str]:
    """Where the API shows no public key, or no application any more, the only key there has to be believed."""
    held = shared["held_keys"]
    return held[0] if outcome["operation"] in ("none", "update") and len(held) == 1 else None


def _holder(wanted: Optional[str], agreed: Mapping[str, Any], group: str, facts: Facts) -> Optional[Document]:
    """A host that has the key, and where: one that has it in its file, if there is one."""
    shared = agreed["applications"][group]
    # Those that may have got it since they agreed, and if need be those that have reported it since.
    holders = [*shared["holders"].get(wanted, ()), *_with_key(wanted, (shared["leader"], shared["free"]), group, facts)]
    holders = holders or _with_key(wanted, late_reports(agreed, group, facts), group, facts)
    best = next(iter(sorted(holders, key=lambda each: not each["in_file"])), None)
    return best and {"host": best["host"], "path": best["path"]}


def _with_key(wanted: Optional[str], hosts: Iterable[str], group: str, facts: Facts) -> List[Document]:
    """Those of the hosts that have the key, and where."""
    found = []
    for host in filter(None, hosts):
        report = reports_of(facts.get(host, {})).get(group)
        if report and wanted in with_new_keys(report, facts[host])["held_keys"]:
            found.append(holder_of(host, report, str(wanted)))
    return found


def _different_key(application: Mapping[str, Any], report: Mapping[str, Any], outcome: Mapping[str, Any]) -> str:
    return (
        "%s holds a private key that is not the one of application %s (%s); move it away, or set %slost_key to "
        "something else than fail, which replaces it and keeps it beside the new one"
        % (report["path"], application["label"], (outcome["application"] or {}).get("id"), PREFIX)
    )


def key_problems(
    host: str, use: Mapping[str, Any], agreed: Mapping[str, Any], outcomes: Mapping[str, Any], facts: Facts
) -> Dict[str, str]:
    """Why keys of the host are not in their state once all was tried, by group."""
    work = key_work(host, use, agreed, outcomes, facts)
    labels = {application["group"]: application["label"] for application in use["applications"]}
    problems = dict(work["problems"])
    for group, key in zip(work["groups"], work["keys"]):
        if "fetch" in key and not _was_written(key, facts[host]):
            problems[group] = _not_to_be_had(labels[group], _why_not_fetched(key, facts[host]))
        else:
            not_written = _problem_of_key(key, facts[host], "written")
            problems.update({group: not_written} if not_written else {})
    return problems


def _was_written(key: Mapping[str, Any], reported: Mapping[str, Any]) -> bool:
    """Whether the task that writes keys took it, or failed as a whole; a key that did not come is left out of it."""
    written = reported.get("written") or {}
    if "keys" not in written:
        return bool(written.get("failed") or written.get("unreachable"))
    return any(each.get("path") == key["path"] for each in written["keys"])


def _why_not_fetched(key: Mapping[str, Any], reported: Mapping[str, Any]) -> str:
    """Why a key did not come from a host that has it; by now another host, or another file, may be the one to ask."""
    for result in (reported.get("fetched") or {}).get("results") or ():
        if result.get("msg"):
            return "%s: %s" % (result["item"]["host"], result["msg"])
    return "%s: it could not be read there; run again" % key["fetch"]["host"]


def _problem_of_key(key: Mapping[str, Any], reported: Mapping[str, Any], task: str) -> str:
    """Why a task could not bring a key into its state; empty where it did."""
    result = reported.get(task) or {}
    unclear = "%s could not be written" % key["path"]
    if "keys" not in result:
        return str(result.get("msg", unclear)) if result.get("failed") or result.get("unreachable") else ""
    of_key = [each for each in result["keys"] if each.get("path") == key["path"]]
    return next((str(each.get("msg", unclear)) for each in of_key if each.get("failed")), "")


def _not_to_be_had(label: str, why: str) -> str:
    return "the private key of application %s cannot be had from a host of this play (%s)" % (label, why)
