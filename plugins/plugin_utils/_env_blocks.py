# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The blocks that the role keeps in environment files, one for each application, in dotenv form."""

from __future__ import annotations

import re
import shlex
from typing import Any, Dict, List, Mapping

from ._options import hashed
from ._reports import reports_of

Document = Dict[str, Any]
MARKER = "# {mark} ANSIBLE MANAGED BLOCK community.nexmo.nexmo_application"
UNKNOWN_ID = "(not known before it is created)"


def env_blocks(
    use: Mapping[str, Any], facts: Mapping[str, Any], outcomes: Mapping[str, Any], failed: Mapping[str, str]
) -> List[Document]:
    """The blocks of the host's applications: ``path``, ``state``, ``marker`` and ``block``.

    ``failed`` are groups whose key is not where it belongs. The block of version 1.0.0 had no name; it goes.
    """
    blocks: List[Document] = []
    reports = reports_of(facts)
    for application in use["applications"]:
        outcome = outcomes.get(application["group"])
        if not application["env_path"] or not outcome or outcome["problem"] or application["group"] in failed:
            continue
        path = reports.get(application["group"], application)["path"]
        blocks.append(_absent(application, MARKER))
        if application["state"] == "absent":
            blocks.append(_absent(application, _marker(application)))
        else:
            blocks.append({**_absent(application, _marker(application)), **_present(application, outcome, path)})
    return blocks


def _absent(application: Mapping[str, Any], marker: str) -> Document:
    return {"path": application["env_path"], "state": "absent", "marker": marker, "block": ""}


def _present(application: Mapping[str, Any], outcome: Mapping[str, Any], path: str) -> Document:
    names = application["env_names"]
    application_id = (outcome["application"] or {}).get("id") or UNKNOWN_ID
    return {
        "state": "present",
        "block": '%s="%s"\n%s=%s\n'
        % (names["application_id"], application_id, names["private_key_path"], quoted(path)),
    }


def quoted(path: str) -> str:
    """The path as a dotenv file, a shell and systemd read it."""
    return shlex.quote(path) if re.search(r'["$`\\]', path) else '"%s"' % path


def _marker(application: Mapping[str, Any]) -> str:
    """On one line, whatever the name, and different for each: a hash tells apart names that differ in blanks alone."""
    label = str(application["label"])
    line = " ".join(label.split())
    return "%s %s" % (MARKER, line if line == label else "%s (%s)" % (line, hashed(label)[:8]))


def edits(blocks: List[Document], files: List[Mapping[str, Any]], attributes: Mapping[str, Any]) -> List[Document]:
    """What is to be done with the files, given the results of ``stat``: a new file gets the attributes of the key, one
    that exists keeps its own, and one that is not there is not made in order to lose a block."""
    existing = {each["item"] for each in files if each["stat"]["exists"]}
    kept = [block for block in blocks if block["state"] == "present" or block["path"] in existing]
    return [{**({} if block["path"] in existing else attributes), **block} for block in kept]


def paths_of(blocks: List[Document]) -> List[str]:
    """Each path once."""
    return list(dict.fromkeys(block["path"] for block in blocks))


def targets(edited: List[Mapping[str, Any]], links: List[Mapping[str, Any]]) -> List[str]:
    """The files out of which something was just taken, given the results of the edit and of ``stat`` that follows no
    link: of a symbolic link it is the file behind it."""
    changed = {each["item"]["path"] for each in edited if each.get("changed") and each["item"]["state"] == "absent"}
    found = {each["item"]: each["stat"].get("lnk_source") or each["item"] for each in links if each["stat"]["exists"]}
    return list(dict.fromkeys(target for path, target in found.items() if path in changed))


def emptied(files: List[Mapping[str, Any]]) -> List[str]:
    """The files in which nothing is left, given the results of ``stat``."""
    return [each["item"] for each in files if each["stat"]["exists"] and each["stat"]["size"] == 0]
