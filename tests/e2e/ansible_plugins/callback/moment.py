# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command between two tasks, for tests of what happens when the world changes there."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: moment
type: notification
short_description: Run a command before a task, for tests
description:
  - Runs the command E(MOMENT_COMMAND), a list in JSON, and waits for its end, before the task whose name is, or ends
    with, E(MOMENT_TASK) starts.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """No host starts the task before the command has ended."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "moment"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        if task.get_name().endswith(os.environ["MOMENT_TASK"]):
            # ansible-core 2.19 keeps its own input and output from children.
            nothing = subprocess.DEVNULL
            subprocess.run(
                json.loads(os.environ["MOMENT_COMMAND"]), stdin=nothing, stdout=nothing, stderr=nothing, check=True
            )
