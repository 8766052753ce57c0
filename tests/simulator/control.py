# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control interface under ``/_simulator/``: JSON, no credentials, not part of the service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from . import numbers_store, preloading, settings
from .account import Account
from .service import SERVICE

PREFIX = "/_simulator/"


def routes() -> list[web.RouteDef]:
    """Requests, applications, numbers, private keys, settings and faults."""
    return [
        web.get(PREFIX + "requests", read_requests),
        web.delete(PREFIX + "requests", forget_requests),
        web.get(PREFIX + "applications", read_applications),
        web.post(PREFIX + "applications", preload_applications),
        web.delete(PREFIX + "applications", delete_applications),
        web.get(PREFIX + "numbers", read_numbers),
        web.post(PREFIX + "numbers", preload_numbers),
        web.get(PREFIX + "private_keys", read_private_keys),
        web.delete(PREFIX + "private_keys", forget_private_keys),
        web.get(PREFIX + "settings", read_settings),
        web.put(PREFIX + "settings", change_settings),
        web.put(PREFIX + "faults", replace_faults),
        web.post(PREFIX + "faults", add_fault),
        web.delete(PREFIX + "faults", remove_faults),
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
    """Empty an account, of its numbers as well."""
    _account(request, request.query).clear()
    return web.Response(status=204)


async def read_numbers(request: web.Request) -> web.Response:
    """The stored numbers of an account."""
    return web.json_response(_account(request, request.query).numbers.documents())


async def preload_numbers(request: web.Request) -> web.Response:
    """Store the numbers given, or ``count`` made up ones; answers with what was stored."""
    body = await _object(request)
    account = _account(request, body)
    try:
        stored = numbers_store.preload(numbers_store.documents(body), account.numbers)
    except ValueError as error:
        raise _bad_request(str(error)) from None
    return web.json_response(stored)


async def read_private_keys(request: web.Request) -> web.Response:
    """Every private key that was handed out, in PEM, whatever became of its application."""
    return web.json_response(request.app[SERVICE].keys.handed_out)


async def forget_private_keys(request: web.Request) -> web.Response:
    """Forget those that were handed out so far."""
    request.app[SERVICE].keys.handed_out.clear()
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


async def replace_faults(request: web.Request) -> web.Response:
    """Put these rules in force instead of others, see ``fault_rules``; every count starts anew."""
    try:
        request.app[SERVICE].faults.replace(await _json(request))
    except ValueError as error:
        raise _bad_request(str(error)) from None
    return web.Response(status=204)


async def add_fault(request: web.Request) -> web.Response:
    """Put one more rule in force, after the others."""
    try:
        request.app[SERVICE].faults.add(await _object(request))
    except ValueError as error:
        raise _bad_request(str(error)) from None
    return web.Response(status=204)


async def remove_faults(request: web.Request) -> web.Response:
    """Nothing goes wrong any more, but for what has begun to."""
    request.app[SERVICE].faults.replace([])
    return web.Response(status=204)


async def _object(request: web.Request) -> dict[str, Any]:
    body = await _json(request)
    if not isinstance(body, dict):
        raise _bad_request("the body must be a JSON object")
    return body


async def _json(request: web.Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None


def _account(request: web.Request, parameters: Mapping[str, Any]) -> Account:
    accounts = request.app[SERVICE].accounts
    key = parameters.get("api_key", accounts.first.key)
    account = accounts.get(key)
    if account is None:
        raise _bad_request(f"there is no account {key!r}")
    return account


def _bad_request(message: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": message}), content_type="application/json")
