# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that cannot be connected to, from one request on, and one that must not be."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence

from tests.e2e.modules.relay import Exchange, Relay, pass_on

_METHODS = {"list": "GET", "read": "GET", "create": "POST", "update": "PUT", "delete": "DELETE"}
_FILLERS = 4


@contextlib.contextmanager
def dead_end(kind: str, upstream: str, before: Sequence[str]) -> Iterator[Relay]:
    """A relay that passes on the requests of these operations, and then refuses connections or leaves them waiting.

    kind: "refused" or "unreachable".
    """
    with contextlib.ExitStack() as until_the_end, Relay.start(upstream) as relay:

        def close() -> None:
            relay.stop_listening()
            until_the_end.enter_context(_DEAD_ENDS[kind](relay.port))

        def answer_and_close(exchange: Exchange) -> None:
            reply = exchange.forwarded()
            close()
            exchange.send_response(reply.status)
            exchange.send_header("Content-Length", str(len(reply.body)))
            exchange.send_header("Connection", "close")
            exchange.end_headers()
            exchange.wfile.write(reply.body)

        if before:
            *earlier, last = [_METHODS[operation] for operation in before]
            relay.play(last, *[pass_on] * earlier.count(last), answer_and_close)
        else:
            close()
        yield relay


@contextlib.contextmanager
def _refusing(port: int) -> Iterator[socket.socket]:
    """Does not listen there, and keeps others from doing so."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
        yield bound


@contextlib.contextmanager
def _never_accepting(port: int) -> Iterator[None]:
    """Listens there with a queue that is full, so that whoever connects gets no answer at all."""
    with _refusing(port) as listener, contextlib.ExitStack() as sockets:
        listener.listen(0)
        for _filler in range(_FILLERS):
            filler = sockets.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        yield


_DEAD_ENDS = {"refused": _refusing, "unreachable": _never_accepting}


class OtherHost:
    """A server that counts who connects to it."""

    def __init__(self) -> None:
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}/v1/applications"

    @classmethod
    @contextlib.contextmanager
    def start(cls) -> Iterator[OtherHost]:
        """Run one for the length of a ``with`` block."""
        host = cls()
        threading.Thread(target=host._accept, daemon=True).start()
        with contextlib.closing(host._listener):
            yield host

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                self.connections += 1
                connection.close()
