# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Numbers API: the numbers of an account, and an update that replaces. Nothing is sold here, and nothing cancelled.

Credentials come in HTTP Basic, as today's clients send them, or as parameters, as the contract says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import BasicAuth, web

from . import numbers_pages
from .account import Account
from .bodies import CREDENTIAL_NAMES, parsed
from .numbers_problems import Failed, unauthorized
from .numbers_store import NATURE, Document
from .service import SERVICE
from .settings import Settings
from .urls import is_absolute_url

LIST_PATH = "/account/numbers"
UPDATE_PATH = "/number/update"

_CALLBACKS = ("voice", "messages")
_URLS = ("moHttpUrl", "voiceStatusCallback")
_SETTINGS = (
    "app_id",
    "moHttpUrl",
    "moSmppSysType",
    "voiceCallbackType",
    "voiceCallbackValue",
    "voiceStatusCallback",
    "messagesCallbackType",
    "messagesCallbackValue",
)


def routes() -> list[web.RouteDef]:
    """The two operations."""
    return [
        web.get(LIST_PATH, list_numbers, allow_head=False),
        web.post(UPDATE_PATH, update_number),
    ]


async def list_numbers(request: web.Request) -> web.Response:
    """One page of the numbers that the query selects."""
    settings = request.app[SERVICE].settings
    account = _authenticated(request, request.query)
    try:
        found = numbers_pages.selected(account.numbers.documents(), request.query)
        page = numbers_pages.asked(request.query, settings)
    except Failed as failure:
        raise failure.refusal() from None
    return web.json_response(numbers_pages.shown(found, page, settings))


async def update_number(request: web.Request) -> web.Response:
    """One number with the settings of the form, and without all others."""
    settings = request.app[SERVICE].settings
    try:
        form = await parsed(request)
    except ValueError:
        form = None
    values = {**request.query, **form} if isinstance(form, dict) else dict(request.query)
    account = _authenticated(request, values)
    try:
        account.numbers.store(_updated(account, values, settings))
    except Failed as failure:
        raise failure.refusal(420 if settings.number_refusals == "status" else 200) from None
    return web.json_response({"error-code": "200", "error-code-label": "success"})


def _authenticated(request: web.Request, parameters: Mapping[str, Any]) -> Account:
    key, secret = (parameters.get(name) for name in CREDENTIAL_NAMES)
    if "Authorization" in request.headers:
        try:
            sent = BasicAuth.decode(request.headers["Authorization"], encoding="utf-8")
        except ValueError:
            raise unauthorized() from None
        key, secret = sent.login, sent.password
    account = request.app[SERVICE].accounts.authenticated(key, secret)
    if account is None:
        raise unauthorized()
    return account


def _updated(account: Account, values: Mapping[str, Any], settings: Settings) -> Document:
    """The number as the values have it. Raises Failed."""
    number = account.numbers.get(str(values.get("msisdn")))
    if number is None or number["country"] != values.get("country"):
        raise Failed("msisdn")
    wanted = {name: value for name, value in values.items() if name in (*_SETTINGS, *_unknown(number)) and value}
    _check(wanted, settings)
    for callback in _CALLBACKS:
        if wanted.get(f"{callback}CallbackType") == "app":
            del wanted[f"{callback}CallbackType"]
            wanted.setdefault("app_id", wanted.pop(f"{callback}CallbackValue"))
    if wanted.get("app_id") not in {None, *(document["id"] for document in account.documents())}:
        raise Failed("app_id")
    return {**{name: number[name] for name in NATURE}, **wanted}


def _unknown(number: Document) -> list[str]:
    """Settings that the contract does not have and the number has: the service has more than it tells."""
    return [name for name in number if name not in NATURE]


def _check(wanted: Mapping[str, str], settings: Settings) -> None:
    for callback, kinds in (("voice", ("sip", "tel", "app")), ("messages", ("app",))):
        kind, value = wanted.get(f"{callback}CallbackType"), wanted.get(f"{callback}CallbackValue")
        if (kind is None) != (value is None) or kind not in (None, *kinds):
            raise Failed(f"{callback}CallbackType")
    for name in _URLS:
        if name in wanted and not is_absolute_url(wanted[name]):
            raise Failed(name)
    dead = settings.dead_webhooks
    if dead and wanted.get("moHttpUrl", "").startswith(dead):
        raise Failed("moHttpUrl did not answer with 200")
