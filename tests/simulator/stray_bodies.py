# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies that nothing in their request announces.

The official client of npm, nexmo 2.9.1, sends ``{}`` after a DELETE without any length. The service takes no notice
of it, whereas a server that follows HTTP to the letter reads it as the beginning of the next request.
"""

from __future__ import annotations

import asyncio
import re

_REQUEST_LINE = re.compile(rb"[A-Z]+ /")
_DELETE = re.compile(rb"DELETE /\S* HTTP/1\.[01]\r\n")
_LENGTH = re.compile(rb"\r\n(?:content-length|transfer-encoding):", re.IGNORECASE)


class WithoutStrayBodies(asyncio.Protocol):
    """Hands what a connection brings on to the server's protocol, but for what follows a DELETE without a length."""

    def __init__(self, server: asyncio.Protocol) -> None:
        self._server = server
        self._was_delete_without_length = False

    def data_received(self, data: bytes) -> None:
        """Part of a request, or all of it: a client sends a DELETE's head in one piece."""
        if self._was_delete_without_length and not _REQUEST_LINE.match(data):
            return
        head, end, rest = data.partition(b"\r\n\r\n")
        self._was_delete_without_length = bool(end and _DELETE.match(head) and not _LENGTH.search(head))
        is_stray = self._was_delete_without_length and not _REQUEST_LINE.match(rest)
        self._server.data_received(head + end if is_stray else data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As the server has it."""
        self._server.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """As the server has it."""
        self._server.connection_lost(exc)

    def eof_received(self) -> bool | None:
        """As the server has it."""
        return self._server.eof_received()

    def pause_writing(self) -> None:
        """As the server has it."""
        self._server.pause_writing()

    def resume_writing(self) -> None:
        """As the server has it."""
        self._server.resume_writing()
