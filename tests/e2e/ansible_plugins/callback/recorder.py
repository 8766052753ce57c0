# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what happens in a playbook run to a file, as lines of JSON, for ``playbooks.py`` to read."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorder
type: notification
short_description: Record task results and statistics for tests
description:
  - Appends a line of JSON for each task result, and one with the statistics, to the file E(PLAYBOOK_RECORD).
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """One line for each host and task: host, task, status and result, with what no_log hides left out."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record("ignored" if ignore_errors else "failed", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._record("unreachable", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record("skipped", result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        _append({"stats": {host: stats.summarize(host) for host in stats.processed}})

    def _record(self, status: str, result: Any) -> None:
        # ansible-core 2.19 gave these names without the underscore, and will drop the others.
        new = hasattr(result, "result")
        host, task, details = (
            (result.host, result.task, result.result) if new else (result._host, result._task, result._result)
        )
        _append({"host": host.get_name(), "task": task.get_name(), "status": status, "result": details})


def _append(line: dict[str, Any]) -> None:
    with open(os.environ["PLAYBOOK_RECORD"], "a", encoding="utf-8") as record:
        record.write(json.dumps(line, default=str) + "\n")
