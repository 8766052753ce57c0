# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits how many requests a run has under way at once. When the service turns one away, all of them wait."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from typing import Callable, Iterator


class Pace:
    """Shared by everything that sends requests. At most ``connections`` are under way at once, fewer once the service
    turned one away for coming too fast: half as many then, for the rest of the run."""

    def __init__(self, connections: int) -> None:
        self._most = connections
        self._under_way = 0
        self._holding_back = 0
        self._changed = Condition()

    @contextmanager
    def turn(self) -> Iterator[int]:
        """Waits until one more request can be sent. Yields how many could be under way at that time."""
        with self._changed:
            self._changed.wait_for(self._has_room)
            self._under_way += 1
            most = self._most
        try:
            yield most
        finally:
            with self._changed:
                self._under_way -= 1
                # There is room for one: to wake the hundreds that may wait would keep the processor busy.
                self._changed.notify()

    def hold_back(self, pause: Callable[[], None], most: int) -> None:
        """Sends nothing for ``pause`` seconds, then fewer at once than the ``most`` of the turn that was too fast."""
        with self._changed:
            # Several that were turned away together count once.
            self._most = max(1, min(self._most, most // 2))
            self._holding_back += 1
        try:
            pause()
        finally:
            with self._changed:
                self._holding_back -= 1
                self._changed.notify_all()

    def _has_room(self) -> bool:
        return not self._holding_back and self._under_way < self._most
