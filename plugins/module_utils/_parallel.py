# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls in threads that do not keep the process alive: a call that nobody waits for ends with the run."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import Callable, Iterable, Iterator, Tuple, TypeVar, Union

Value = TypeVar("Value")


def started(call: Callable[[], Value]) -> Future[Value]:
    """A call that is under way."""
    future: Future[Value] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # pylint: disable=broad-exception-caught
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def in_parallel(calls: Iterable[Callable[[], Value]], most: int) -> Iterator[Value]:
    """The results of calls, in the order in which they end; at most that many calls are under way at once.

    Raises what a call raises. Once no more results are asked for, no more calls begin.
    """
    ended: SimpleQueue[Future[Value]] = SimpleQueue()
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


def attempted_all(calls: Iterable[Callable[[], Value]], most: int) -> Iterator[Tuple[int, Union[Value, Exception]]]:
    """The position of each call, and its result or the error that it raised, in the order in which they end.

    Where one call at a time may be under way, it is made in the calling thread.
    """
    numbered = (partial(_numbered, number, call) for number, call in enumerate(calls))
    return (call() for call in numbered) if most == 1 else in_parallel(numbered, most)


def attempted(call: Callable[[], Value]) -> Union[Value, Exception]:
    """The result of a call, or the error that it raised."""
    try:
        return call()
    except Exception as error:  # pylint: disable=broad-exception-caught
        return error


def _numbered(number: int, call: Callable[[], Value]) -> Tuple[int, Union[Value, Exception]]:
    return number, attempted(call)
