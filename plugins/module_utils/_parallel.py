# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls in threads that do not keep the process alive: what is not waited for any more ends with the run."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from itertools import islice
from queue import SimpleQueue
from typing import Callable, Iterable, Iterator, TypeVar

Result = TypeVar("Result")


def started(call: Callable[[], Result]) -> Future[Result]:
    """A call that is under way."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # pylint: disable=broad-exception-caught
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def in_parallel(calls: Iterable[Callable[[], Result]], most: int) -> Iterator[Result]:
    """The results of calls, in the order in which they end; at most that many calls are under way at once.

    Raises what a call raises. Once no more results are asked for, no more calls begin.
    """
    ended: SimpleQueue[Future[Result]] = SimpleQueue()
    waiting = iter(calls)
    under_way, room = 0, most
    while True:
        for call in islice(waiting, room):
            started(call).add_done_callback(ended.put)
            under_way += 1
        if not under_way:
            return
        yield ended.get().result()
        under_way, room = under_way - 1, 1
