# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server between a module and the simulator, which can go wrong in every way that networks and servers do.

It plays the steps that a test gives it, one for each request, and passes requests on when it has none left. It is
also a proxy, for plain requests and for tunnels.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_TOLD_BY_US = ("connection", "transfer-encoding", "content-length", "date", "server")


@dataclass(frozen=True)
class Received:
    """A request as it came; ``target`` is what stands in its first line."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """An answer to send; its length is told unless ``headers`` tell one."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Exchange(BaseHTTPRequestHandler):
    """One request, and what a step can do with it."""

    protocol_version = "HTTP/1.1"
    server: _Server
    request_received: Received

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.request_received = Received(self.command, self.path, headers, self.rfile.read(length))
        relay = self.server.relay
        with relay.lock:
            relay.received.append(self.request_received)
            steps = relay.steps.get(self.command)
            step = steps.pop(0) if steps else pass_on
        step(self)

    do_POST = do_PUT = do_DELETE = do_GET

    def do_CONNECT(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.request_received = Received("CONNECT", self.path, headers, b"")
        relay = self.server.relay
        with relay.lock:
            relay.received.append(self.request_received)
            steps = relay.steps.get("CONNECT")
            step = steps.pop(0) if steps else _tunnel
        step(self)

    def tunnel(self) -> None:
        """Connect the client with whom it asked for."""
        host, _colon, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as target:
            self.send_response(200)
            self.end_headers()
            _pump(self.connection, target)
        self.close_connection = True

    def forwarded(self) -> Reply:
        """What the simulator answers."""
        parts = urlsplit(self.path)
        target = parts.path + ("?" + parts.query if parts.query else "")
        upstream = http.client.HTTPConnection(urlsplit(self.server.relay.upstream).netloc, timeout=30)
        with contextlib.closing(upstream):
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            upstream.request(self.command, target, self.request_received.body or None, headers)
            answer = upstream.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())

    def send(self, reply: Reply) -> None:
        """Answer."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            if name.lower() not in _TOLD_BY_US:
                self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def reset(self) -> None:
        """Break the connection off."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


Step = Callable[[Exchange], None]


def pass_on(exchange: Exchange) -> None:
    """The simulator does the work and answers."""
    exchange.send(exchange.forwarded())


def _tunnel(exchange: Exchange) -> None:
    exchange.tunnel()


def reset(exchange: Exchange) -> None:
    """The connection breaks off before the work is done."""
    exchange.reset()


def reset_after_work(exchange: Exchange) -> None:
    """The work is done, and the connection breaks off before the answer."""
    exchange.forwarded()
    exchange.reset()


def answers(status: int, body: object = b"", **headers: str) -> Step:
    """An answer of its own, JSON unless the body is bytes; underscores in names of headers stand for dashes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.send(Reply(status, named, content))


def fails_after_work(status: int) -> Step:
    """The work is done, yet the answer tells of an error."""

    def step(exchange: Exchange) -> None:
        exchange.forwarded()
        exchange.send(Reply(status, {}, b""))

    return step


def drips(exchange: Exchange) -> None:
    """An answer that never ends: a byte now and then, until the client has had enough."""
    exchange.send_response(200)
    exchange.end_headers()
    exchange.close_connection = True
    with contextlib.suppress(OSError):
        while not exchange.server.relay.closing.wait(0.05):
            exchange.wfile.write(b" ")


def passes_on_and(act: Callable[[], object]) -> Step:
    """The simulator does the work, ``act`` is done, and only then the client gets the answer."""

    def step(exchange: Exchange) -> None:
        reply = exchange.forwarded()
        act()
        exchange.send(reply)

    return step


class Relay:
    """A running relay. ``received`` are the requests that came."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.received: list[Received] = []
        self.steps: dict[str, list[Step]] = {}
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._server = self._listening(0)

    @classmethod
    @contextlib.contextmanager
    def start(cls, upstream: str) -> Iterator[Relay]:
        """Run one for the length of a ``with`` block."""
        relay = cls(upstream)
        try:
            yield relay
        finally:
            relay.closing.set()
            relay.stop_listening()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def play(self, method: str, *steps: Step) -> None:
        """What happens to the next requests of that method."""
        self.steps.setdefault(method, []).extend(steps)

    def count(self, method: str) -> int:
        """How many requests of that method came."""
        return sum(received.method == method for received in self.received)

    def stop_listening(self) -> None:
        """Refuse connections."""
        self._server.shutdown()
        self._server.server_close()

    def listen_again(self) -> None:
        """At the same address."""
        self._server = self._listening(self.port)

    def _listening(self, port: int) -> _Server:
        server = _Server(("127.0.0.1", port), Exchange)
        server.relay = self
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    relay: Relay

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are what the tests are about."""


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Carries bytes both ways until either end closes."""
    to = {one: other, other: one}
    while True:
        readable, _writable, _broken = select.select(list(to), [], [])
        for source in readable:
            data = source.recv(65536)
            if not data:
                return
            to[source].sendall(data)
