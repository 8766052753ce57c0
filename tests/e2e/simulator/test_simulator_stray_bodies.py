# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients send against the letter of HTTP, and the service takes."""

from __future__ import annotations

import base64
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.simulator.client import Simulator

BASIC = base64.b64encode(b"demo-key:demo-secret").decode()


def request(method: str, path: str, *headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Basic {BASIC}", *headers, "", ""]
    return "\r\n".join(lines).encode()


def answers(simulator: Simulator, *pieces: bytes) -> list[str]:
    """The status lines of the answers on one connection to which the pieces were sent, a moment apart."""
    address = urlsplit(simulator.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.05)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return [line.decode() for line in received.splitlines() if line.startswith(b"HTTP/")]


DELETE = request("DELETE", "/v2/applications/one", "Content-Type: application/json")
LIST = request("GET", "/v2/applications")
DELETED, LISTED = "HTTP/1.1 204 No Content", "HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([DELETE], [DELETED]),
        ([DELETE + b"{}"], [DELETED]),
        ([DELETE, b"{}"], [DELETED]),
        ([DELETE + b"{}", LIST], [DELETED, LISTED]),
        ([DELETE + LIST], [DELETED, LISTED]),
        ([request("DELETE", "/v2/applications/one", "Content-Length: 2"), b"{}" + LIST], [DELETED, LISTED]),
    ],
)
def test_what_follows_a_delete_without_a_length_is_taken_no_notice_of(
    simulator: Simulator, pieces: list[bytes], expected: list[str]
) -> None:
    simulator.preload([{"name": "shop", "id": "one"}])

    assert answers(simulator, *pieces) == expected
    assert simulator.applications() == []
    assert [entry["operation"] for entry in simulator.requests()] == ["delete", "list"][: len(expected)]


def test_what_follows_another_request_without_a_length_is_an_error(simulator: Simulator) -> None:
    assert answers(simulator, LIST + b"{}") != [LISTED]
