# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An end to calls that could go on for ever.

The timeouts of requests bound the silence between two reads, so that a server that sends a byte now and then holds
its client for as long as it likes. Only a second thread can put a bound on the whole.
"""

from __future__ import annotations

import threading
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Callable, TypeVar

from .._parallel import started

Result = TypeVar("Result")


class DeadlineExceeded(Exception):
    """The call did not end in time. It is left behind in a thread that does not keep the process alive."""


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """The result of ``call``, or what it raised; DeadlineExceeded after that many seconds."""
    outcome = started(call)
    try:
        return outcome.result(timeout=min(seconds, threading.TIMEOUT_MAX))
    except FutureTimeout as error:
        if outcome.done():  # it ended at the very last moment, or raised a TimeoutError of its own
            return outcome.result()
        raise DeadlineExceeded() from error
