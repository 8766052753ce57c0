# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control interface under ``/_simulator/``: JSON, no credentials, not part of the service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from . import preloading, settings
from .account import Account
from .service import SERVICE

PREFIX = "/_simulator/"


def routes() -> list[web.RouteDef]:
    """Requests, applications and settings."""
    return [
        web.get(PREFIX + "requests", read_requests),
        web.delete(PREFIX + "requests", forget_requests),
        web.get(PREFIX + "applications", read_applications),
        web.post(PREFIX + "applications", preload_applications),
        web.delete(PREFIX + "applications", delete_applications),
        web.get(PREFIX + "settings", read_settings),
        web.put(PREFIX + "settings", change_settings),
    ]


async def read_requests(request: web.Request) -> web.Response:
    """Every request logged so far, see ``log.RequestLog.arrived``."""
    return web.json_response(request.app[SERVICE].log.entries())


async def forget_requests(request: web.Request) -> web.Response:
    """Empty the log."""
    request.app[SERVICE].log.clear()
    return web.Response(status=204)


async def read_applications(request: web.Request) -> web.Response:
    """The stored documents of an account."""
    return web.json_response(_account(request, request.query).documents())


async def preload_applications(request: web.Request) -> web.Response:
    """Store the documents given, or ``count`` made up ones; answers with what was stored."""
    body = await _object(request)
    account = _account(request, body)
    try:
        documents = preloading.documents(body)
        stored = preloading.store(documents, account, request.app[SERVICE].keys)
    except ValueError as error:
        raise _bad_request(str(error)) from None
    return web.json_response(stored)


async def delete_applications(request: web.Request) -> web.Response:
    """Empty an account."""
    _account(request, request.query).clear()
    return web.Response(status=204)


async def read_settings(request: web.Request) -> web.Response:
    """Every setting, see ``settings.Settings``."""
    return web.json_response(vars(request.app[SERVICE].settings))


async def change_settings(request: web.Request) -> web.Response:
    """Change the settings named; answers with all of them."""
    service = request.app[SERVICE]
    changes = await _object(request)
    try:
        service.settings = settings.changed(service.settings, changes)
    except ValueError as error:
        raise _bad_request(str(error)) from None
    return web.json_response(vars(service.settings))


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _bad_request("the body must be a JSON object")
    return body


def _account(request: web.Request, parameters: Mapping[str, Any]) -> Account:
    accounts = request.app[SERVICE].accounts
    key = parameters.get("api_key", accounts.first.key)
    account = accounts.get(key)
    if account is None:
        raise _bad_request(f"there is no account {key!r}")
    return account


def _bad_request(message: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": message}), content_type="application/json")
