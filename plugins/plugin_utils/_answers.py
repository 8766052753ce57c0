# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module on the API host answered, if it came to an answer."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

Document = Dict[str, Any]


def results_of(answer: Mapping[str, Any], name: str, count: int) -> List[Document]:
    """The results that have that name in the answer, one for each of ``count`` items; where there are none, why."""
    results = answer.get(name)
    if results is None:
        return [{"failed": True, "changed": False, "msg": message_of(answer)} for _item in range(count)]
    return list(results)


def message_of(answer: Mapping[str, Any]) -> str:
    """Why the answer is not as it should be."""
    return str(answer.get("msg", "the API host gave no answer"))
