# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One use of the role on one host, which the other hosts see as a fact that holds no secret."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence

from ._mistakes import mistakes
from ._options import applications_of, attributes_of, hashed

Document = Dict[str, Any]


def use_of(variables: Mapping[str, Any], earlier: Mapping[str, Any], play: str, hosts: Sequence[str]) -> Document:
    """What the host is about in this use of the role.

    ``earlier`` is the host's use before this one, if there was one. ``play`` and ``number`` identify the use:
    hosts of one play that take part in a use count it with the same number. Where anything is wrong there are no
    ``applications``, so that nothing is done even if the failure is ignored.
    """
    wrong = mistakes(variables)
    play = hashed("\n".join([play, *hosts]))
    return {
        "play": play,
        "number": earlier.get("number", 0) + 1 if earlier.get("play") == play else 1,
        "mistakes": wrong,
        "in_list": "list" in variables,
        "applications": [] if wrong else applications_of(variables),
        "attributes": attributes_of(variables),
    }


def keys_to_look_at(use: Mapping[str, Any], state: str) -> List[Document]:
    """The host's keys that are to be in a state, as ``nexmo_private_key`` takes them."""
    return [{"path": application["path"], "state": state, **use["attributes"]} for application in looked_at(use, state)]


def looked_at(use: Mapping[str, Any], state: str) -> List[Mapping[str, Any]]:
    """The applications whose keys are looked at, in that order."""
    return [each for each in use.get("applications", ()) if each["keeps_key"] and each["state"] == state]


def same_use(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two hosts, or a host now and then, speak of the same use of the role."""
    return one.get("play") == other.get("play") and one.get("number") == other.get("number")
