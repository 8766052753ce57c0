# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the API for the role, as a task with ``nexmo_applications`` would, for the applications of several groups."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ..plugin_utils._options import CONNECTION

MODULE = "community.nexmo.nexmo_applications"
# In order of increasing weight. The role stands for tasks with either module.
DEFAULTS = ("group/community.nexmo.nexmo", "community.nexmo.nexmo_application", MODULE)


class ActionModule(ActionBase):  # type: ignore[misc]
    """Takes ``connection`` (options that are given), ``groups`` and ``applications``.

    Returns what the module returns, with the ``groups``, and with ``check_mode``, the mode in which the task ran: what
    --check says may have been overruled. The module's arguments, which hold secrets, are not returned.
    """

    def run(self, tmp: Optional[str] = None, task_vars: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        super().run(tmp, task_vars)
        given = self._task.args
        arguments = {
            **self._default_connection(),
            **given["connection"],
            "applications": given["applications"],
        }
        try:
            result: Dict[str, Any] = self._execute_module(
                module_name=MODULE, module_args=arguments, task_vars=task_vars
            )
        except AnsibleError as error:
            # The API host is out of reach, or cannot run modules: all that share an application are told.
            result = {"failed": True, "changed": False, "msg": str(error)}
        result.pop("invocation", None)
        return {**result, "groups": given["groups"], "check_mode": bool(self._task.check_mode)}

    def _default_connection(self) -> Dict[str, Any]:
        """The connection options that ``module_defaults`` give."""
        merged: Dict[str, Any] = {}
        for defaults in self._task.module_defaults:
            merged.update(defaults)
        options: Dict[str, Any] = {}
        for name in DEFAULTS:
            options.update(self._templar.template(merged.get(name) or {}))
        return {name: value for name, value in options.items() if name in CONNECTION}
