# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 2: HTTP Basic, capabilities, pages counted from 1."""

from __future__ import annotations

from typing import Any

from aiohttp import BasicAuth, web

from . import v2_pages
from .account import Account, Document, new_id
from .bodies import parsed
from .documents import with_defaults
from .problems import (
    invalid_parameters,
    not_acceptable,
    problem,
    unauthorized,
    unknown_member,
    unsupported_content,
)
from .service import SERVICE, Service
from .v2_pages import shown_application
from .v2_rules import invalid_settings, unknown_members

_COLLECTION = "/v2/applications"
_ITEM = _COLLECTION + "/{id}"
_TAKES_JSON = ("*/*", "application/*", "application/json")
_NOT_SETTINGS = ("id", "_links")


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


async def list_applications(request: web.Request) -> web.Response:
    """One page of the account's applications, whole."""
    service = request.app[SERVICE]
    account = _authenticated(request)
    page = v2_pages.asked(request.query, service.settings)
    return web.json_response(v2_pages.shown(account, page, service.settings))


async def create_application(request: web.Request) -> web.Response:
    """A new application, shown with its private key when the service made the pair."""
    account = _authenticated(request)
    service = request.app[SERVICE]
    wanted = await _wanted(request, account, {})
    own_key = _public_key(wanted)
    if own_key is not None:
        return web.json_response(_stored(service, account, new_id(), own_key, wanted), status=201)
    pair = await service.keys.fresh_pair()
    shown = _stored(service, account, new_id(), pair.public_key, wanted)
    return web.json_response({**shown, "keys": pair._asdict()}, status=201)


async def read_application(request: web.Request) -> web.Response:
    """One application."""
    account = _authenticated(request)
    service = request.app[SERVICE]
    return web.json_response(shown_application(_existing(request, account), service.settings))


async def update_application(request: web.Request) -> web.Response:
    """One application replaced by the body; the key too, when there is one in it."""
    account = _authenticated(request)
    existing = _existing(request, account)
    wanted = await _wanted(request, account, existing)
    public_key = _public_key(wanted) or existing["keys"]["public_key"]
    return web.json_response(_stored(request.app[SERVICE], account, existing["id"], public_key, wanted))


async def delete_application(request: web.Request) -> web.Response:
    """One application fewer."""
    account = _authenticated(request)
    account.remove(_existing(request, account)["id"])
    return web.Response(status=204)


def _authenticated(request: web.Request) -> Account:
    try:
        sent = BasicAuth.decode(request.headers.get("Authorization", ""), encoding="utf-8")
    except ValueError:
        raise unauthorized() from None
    account = request.app[SERVICE].account(sent.login, sent.password)
    if not _accepts_json(request.headers.get("Accept", "*/*")):
        raise not_acceptable()
    return account


def _accepts_json(accept: str) -> bool:
    ranges = [media_range.split(";") for media_range in accept.lower().split(",")]
    return any(
        kind.strip() in _TAKES_JSON and not any(_is_zero_weight(item) for item in parameters)
        for kind, *parameters in ranges
    )


def _is_zero_weight(parameter: str) -> bool:
    name, _separator, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in ("", ".", "0.")


def _existing(request: web.Request, account: Account) -> Document:
    return request.app[SERVICE].application(account, request.match_info["id"])


async def _wanted(request: web.Request, account: Account, existing: Document) -> dict[str, Any]:
    body = await _body(request)
    settings = request.app[SERVICE].settings
    for unknown in unknown_members(body, account.members, settings):
        raise unknown_member(unknown.name, unknown.known)
    invalid = invalid_settings(body, existing, settings)
    if invalid:
        raise invalid_parameters("payload", invalid)
    return {name: value for name, value in body.items() if name not in _NOT_SETTINGS}


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise unsupported_content()
    try:
        body = await parsed(request)
    except ValueError:
        raise problem(400, "The request body is not valid JSON") from None
    if not isinstance(body, dict):
        raise problem(400, "The request body must be an object")
    return body


def _public_key(wanted: dict[str, Any]) -> str | None:
    key: str | None = wanted.get("keys", {}).get("public_key")
    return key


def _stored(
    service: Service, account: Account, application_id: str, public_key: str, wanted: dict[str, Any]
) -> Document:
    document = with_defaults({**wanted, "id": application_id, "keys": {"public_key": public_key}})
    return shown_application(account.store(document), service.settings)
