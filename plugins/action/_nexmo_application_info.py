# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows for the role what a task with ``no_log`` changed, as Ansible shows the diff of any task."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):  # type: ignore[misc]
    """Takes ``diff``, as a module returns it, without secrets. Ansible shows it because the task reports a change; the
    task that did the work then reports none, so that each change counts once.

    ansible-test wants the name of an action plugin to be that of a module; this one shares nothing with it.
    """

    def run(self, tmp: Optional[str] = None, task_vars: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        result: Dict[str, Any] = super().run(tmp, task_vars)
        return {**result, "changed": True, "diff": self._task.args["diff"]}
