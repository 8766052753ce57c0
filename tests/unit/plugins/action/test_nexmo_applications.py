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


@pytest.mark.parametrize("check_mode", [False, True])
def test_what_is_refused_is_asked_for_in_check_mode_alone(check_mode: bool) -> None:
    asked: list[Any] = []

    def ask(_module: str, applications: list[dict[str, Any]]) -> dict[str, Any]:
        asked.extend(applications)
        return {"applications": [CHANGED for _each in applications]}

    answer = keep([{"name": "0", "refused": "no pair"}, {"name": "1"}], [[], []], ask, check_mode)

    assert asked == ([{"name": "0"}, {"name": "1"}] if check_mode else [{"name": "1"}])
    first, second = answer["applications"]
    assert first == (CHANGED if check_mode else {"failed": True, "changed": False, "msg": "no pair"})
    assert second["changed"] is True
