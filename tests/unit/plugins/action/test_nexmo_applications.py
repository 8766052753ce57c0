# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the role's question to the API returns, by answers of the modules that it runs."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.community.nexmo.plugins.action._nexmo_applications import MODULE, NUMBER_INFO, NUMBERS, keep

CHANGED = {"changed": True, "finished": True}
BEGUN = {"changed": True, "finished": False}
SAME = {"changed": False, "finished": True}
FAILED = {"failed": True, "changed": False}
NUMBER = {"number": "447700900000"}


@pytest.mark.parametrize("numbers", [False, True], ids=["without numbers", "with numbers"])
@pytest.mark.parametrize(
    ("results", "check_mode", "shown"),
    [
        ([CHANGED], False, ["0"]),
        ([BEGUN], False, []),
        ([BEGUN], True, ["0"]),
        ([SAME, BEGUN, FAILED, CHANGED], False, ["3"]),
        ([CHANGED, SAME, BEGUN], False, ["0"]),
        ([CHANGED, SAME, BEGUN], True, ["0", "2"]),
        ([SAME, FAILED], False, []),
    ],
)
def test_diff_is_that_of_applications_that_are_finished(
    results: list[dict[str, Any]], check_mode: bool, shown: list[str], numbers: bool
) -> None:
    diff = [str(place) for place, result in enumerate(results) if result["changed"]]
    answers: dict[str, dict[str, Any]] = {
        MODULE: {"applications": results, "diff": diff},
        NUMBER_INFO: {"numbers": [{"msisdn": NUMBER["number"], "application_id": None}]},
        NUMBERS: {"numbers": [SAME]},
    }
    applications = [{"name": str(place)} for place in range(len(results))]

    answer = keep(
        applications, [[NUMBER] if numbers else []] * len(results), lambda name, **_: answers[name], check_mode
    )

    assert answer.get("diff", []) == shown
