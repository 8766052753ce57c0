# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imported by every Python process of a playbook run that ``stepping`` watches: each step waits until it may be taken.

A step is what others can see: a request, told before it is sent; the arrival of the answer to a write; a file operation
in a folder, told before it is done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

_READS = ("GET",)
_WRITES = ("POST", "PUT", "DELETE")
_FILE_OPERATIONS = ("chmod", "chown", "link", "remove", "rename", "truncate")
_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def watch(folder: str, take: Callable[[str], None]) -> None:
    """Call ``take`` with the name of each step, before it is taken."""

    def see(event: str, args: tuple[Any, ...]) -> None:
        if event == "http.client.send":
            _see_request(args[1], take)
        elif event == "open" and args[2] & _FOR_WRITING and _is_in(folder, args[0]):
            take("open")
        elif event.startswith("os.") and event[3:] in _FILE_OPERATIONS and _is_in(folder, args[0]):
            take(event[3:])

    sys.addaudithook(see)


def _see_request(data: Any, take: Callable[[str], None]) -> None:
    # Headers and body come one after the other.
    method = bytes(data[:7]).split(b" ")[0].decode("latin-1")
    if method in _READS + _WRITES:
        _see_answers(take)
        take(method)


def _see_answers(take: Callable[[str], None]) -> None:
    from http.client import HTTPResponse

    begin: Callable[[Any], None] = HTTPResponse.begin
    if begin.__module__ == __name__:
        return

    def begin_and_tell(response: Any) -> None:
        begin(response)
        if response._method in _WRITES:
            take(f"{response._method} answered")

    HTTPResponse.begin = begin_and_tell  # type: ignore[assignment, method-assign]


def _is_in(folder: str, path: Any) -> bool:
    if isinstance(path, int):
        path = os.readlink(f"/proc/self/fd/{path}")
    return isinstance(path, (str, bytes)) and os.fsdecode(path).startswith(folder)


def _take(port: int, step: str) -> None:
    """Tell of the step, and wait for the word that it may be taken."""
    import socket

    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"{os.getpid()} {step}\n".encode())
        connection.recv(1)


if "STEPPING_PORT" in os.environ:
    watch(os.environ["STEPPING_FOLDER"], lambda step: _take(int(os.environ["STEPPING_PORT"]), step))
