# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an application that was begun is still being made by somebody."""

from __future__ import annotations

import time

from .._application.model import Application
from .._application.unfinished import UnfinishedName, unfinished_name
from .maker import is_dead, this_controller


def is_abandoned(application: Application) -> bool:
    """Whether it is an unfinished application that nobody will finish."""
    unfinished = unfinished_name(application.name)
    return unfinished is not None and has_ended(unfinished, time.time(), this_controller())


def has_ended(unfinished: UnfinishedName, now: float, here: str) -> bool:
    """Whether its lease is over, or its maker was a process of the controller ``here`` and ended."""
    return now >= unfinished.expiry or is_dead(unfinished.maker, here)
