# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of requests that tests read: what was asked, how it was answered, and never a credential."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from aiohttp import web

from .bodies import CREDENTIAL_NAMES, parsed, without_credentials

Entry = dict[str, Any]

_VERSION = re.compile(r"/(v1|v2)/")
_APPLICATIONS = re.compile(r"/v[12]/applications(?:/(?P<id>[^/]*))?")
_OPERATIONS = {
    ("GET", False): "list",
    ("POST", False): "create",
    ("GET", True): "read",
    ("PUT", True): "update",
    ("DELETE", True): "delete",
}


OPERATIONS = tuple(_OPERATIONS.values())

# Of the Numbers API, which has no version.
NUMBERS = "numbers"
_NUMBER_OPERATIONS = {("GET", "/account/numbers"): "list", ("POST", "/number/update"): "update"}
_NUMBER_PATHS = [path for _method, path in _NUMBER_OPERATIONS]


class RequestLog:
    """Requests in the order of their arrival, numbered from 1."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        # Weak, so that a closed connection's number is never given to another one at the same address.
        self._connections: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self._connections_seen = 0

    def entries(self) -> list[Entry]:
        """What has been logged."""
        return self._entries

    def clear(self) -> None:
        """Forget what has been logged."""
        self._entries = []

    async def arrived(self, request: web.Request) -> Entry:
        """Log the request.

        The caller sets the entry's ``status``, None until it is answered, the ``fault`` that befell it, if any, and
        that it ``ended``: nothing more is done for it, whether it was answered or not.
        """
        body = await _body(request)
        entry: Entry = {
            "number": len(self._entries) + 1,
            "time": time.time(),
            "version": _version(request.path),
            "operation": _operation(request.method, request.path),
            "method": request.method,
            "path": request.rel_url.raw_path,
            "query": without_credentials(dict(request.query)),
            "body": without_credentials(body),
            "credentials": _credential_places(request, body),
            "status": None,
            "fault": None,
            "ended": False,
            "headers": _harmless_headers(request),
            "connection": self._connection(request),
        }
        self._entries.append(entry)
        return entry

    def _connection(self, request: web.Request) -> int:
        if request.transport not in self._connections:
            self._connections_seen += 1
            self._connections[request.transport] = self._connections_seen
        return self._connections[request.transport]


def _version(path: str) -> str | None:
    match = _VERSION.match(path)
    if match:
        return match[1]
    return NUMBERS if path in _NUMBER_PATHS else None


def _operation(method: str, path: str) -> str | None:
    match = _APPLICATIONS.fullmatch(path)
    if (method, path) in _NUMBER_OPERATIONS:
        return _NUMBER_OPERATIONS[method, path]
    return _OPERATIONS.get((method, bool(match["id"]))) if match else None


def _harmless_headers(request: web.Request) -> dict[str, str]:
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers.pop("authorization", None)
    return headers


async def _body(request: web.Request) -> Any:
    try:
        return await parsed(request)
    except ValueError:
        return (await request.read()).decode(errors="replace")


def _credential_places(request: web.Request, body: Any) -> list[str]:
    basic = request.headers.get("Authorization", "").lower().startswith("basic ")
    sent = {"basic": basic, "body": _holds(body), "query": _holds(request.query)}
    return sorted(place for place, is_there in sent.items() if is_there)


def _holds(values: Any) -> bool:
    return isinstance(values, Mapping) and any(name in values for name in CREDENTIAL_NAMES)
