# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records all facts of all hosts before each task, and at the end."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: facts
type: notification
short_description: Record the facts of hosts for tests
description:
  - Appends a line of JSON for each moment to the file E(FACTS_RECORD), with the name of the task that is about to start
    and, for each host, its facts and registered results.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """One line for each moment: ``before``, ``facts`` by host."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "facts"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._variables = play.get_variable_manager()

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._record(task.get_name())

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        self._record(task.get_name())

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._record("the end")

    def _record(self, moment: str) -> None:
        # What set_fact and register keep, and what fact caching would keep for other runs.
        stores = {name: getattr(self._variables, name) for name in ("_nonpersistent_fact_cache", "_fact_cache")}
        facts = {name: {host: store.get(host) for host in list(store.keys())} for name, store in stores.items()}
        with open(os.environ["FACTS_RECORD"], "a", encoding="utf-8") as record:
            record.write(json.dumps({"before": moment, "facts": facts}, default=str) + "\n")
