# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Moments of the role's run, and a way to have something happen then."""

from __future__ import annotations

import json
from collections.abc import Sequence

# The tasks that these moments come before, in their order: the application is begun, one host at least has its key
# beside the file, the application has its name.
STAGE = "Store the new private keys beside those in use"
FINISH = "Finish the applications"
SETTLE = "Fetch private keys from hosts that have them"


def just_before(task: str, command: Sequence[str]) -> dict[str, str]:
    """The environment of a run in which a command is run, to its end, just before that task."""
    return {
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,moment",
        "MOMENT_TASK": task,
        "MOMENT_COMMAND": json.dumps(command),
    }
