# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 1: credentials as parameters, flat settings, pages counted from 0 (or from 1, see the settings)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from . import v1_pages, v1_wire
from .account import Account, Document, new_id
from .bodies import FORM, parsed
from .documents import with_defaults
from .problems import bad_request, error_code, problem
from .service import SERVICE

_COLLECTION = "/v1/applications"
_ITEM = _COLLECTION + "/{id}"


def routes() -> list[web.RouteDef]:
    """The five operations; the collection answers with and without a trailing slash."""
    return [
        web.get(_COLLECTION, list_applications, allow_head=False),
        web.get(_COLLECTION + "/", list_applications, allow_head=False),
        web.post(_COLLECTION, create_application),
        web.post(_COLLECTION + "/", create_application),
        web.get(_ITEM, read_application, allow_head=False),
        web.put(_ITEM, update_application),
        web.delete(_ITEM, delete_application),
    ]


@web.middleware
async def refuse_when_retired(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every version 1 path with 410 once the service has stopped serving the version."""
    if request.path.startswith("/v1/") and not request.app[SERVICE].settings.serves_v1:
        raise problem(410, "Version 1 of this API is no longer served, use version 2")
    return await handler(request)


async def list_applications(request: web.Request) -> web.Response:
    """One page of the account's applications."""
    service = request.app[SERVICE]
    account = _authenticated(request, request.query)
    page = v1_pages.asked(request.query, service.settings)
    return web.json_response(v1_pages.shown(account, page, service.settings))


async def create_application(request: web.Request) -> web.Response:
    """A new application, shown with its private key: the only time that it is."""
    service = request.app[SERVICE]
    body = await _body(request)
    account = _authenticated(request, body)
    wanted = v1_wire.created(body, service.settings)
    pair = await service.keys.fresh_pair()
    stored = account.store(with_defaults({**wanted, "id": new_id(), "keys": {"public_key": pair.public_key}}))
    return web.json_response({**v1_wire.shown(stored, service.settings), "keys": pair._asdict()}, status=201)


async def read_application(request: web.Request) -> web.Response:
    """One application."""
    account = _authenticated(request, request.query)
    return web.json_response(v1_wire.shown(_existing(request, account), request.app[SERVICE].settings))


async def update_application(request: web.Request) -> web.Response:
    """One application replaced by what the body says of it; id and keys stay."""
    settings = request.app[SERVICE].settings
    body = await _body(request)
    account = _authenticated(request, body)
    stored = _existing(request, account)
    wanted = v1_wire.replaced(body, stored, settings)
    stored = account.store(with_defaults({**wanted, "id": stored["id"], "keys": stored["keys"]}))
    return web.json_response(v1_wire.shown(stored, settings))


async def delete_application(request: web.Request) -> web.Response:
    """One application fewer."""
    account = _authenticated(request, request.query)
    account.remove(_existing(request, account)["id"])
    return web.Response(status=204)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type not in ("application/json", FORM):
        raise problem(415, "Send application/json or application/x-www-form-urlencoded")
    try:
        body = await parsed(request)
    except ValueError:
        raise bad_request({"body": "Is not valid."}) from None
    if body is None and request.query:
        # So does the official client of npm, nexmo 1.2.0, send everything.
        return dict(request.query)
    if not isinstance(body, dict):
        raise bad_request({"body": "Must be an object."})
    return body


def _authenticated(request: web.Request, parameters: Mapping[str, Any]) -> Account:
    if not (parameters.get("api_key") and parameters.get("api_secret")):
        raise error_code(401, "authentication failed")
    return request.app[SERVICE].account(parameters["api_key"], parameters["api_secret"])


def _existing(request: web.Request, account: Account) -> Document:
    return request.app[SERVICE].application(account, request.match_info["id"])
