# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The faults that ``fault_rules`` tells of."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from . import preloading
from .account import Account
from .fault_rules import Rule
from .keys import KeyMaker
from .service import SERVICE

Fault = Callable[[web.Request, Handler, Rule], Awaitable[web.StreamResponse]]

_HUGE = 50_000_000  # bytes
_CHUNK = 1_000_000  # bytes
_LOOK_SECONDS = 0.02

_PAGE = "<!DOCTYPE html>\n<html>\n<head><title>Welcome</title></head>\n<body><p>Please log in.</p></body>\n</html>\n"


class NoAnswer(web.Response):
    """Stands for an answer on a connection that is gone."""


async def befall(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    """Let the rule's fault happen to the request; the handler does the request's work."""
    return await _FAULTS[rule["fault"]](request, handler, rule)


# --- the faults -------------------------------------------------------------------------------------------------------


async def _reset_before(request: web.Request, _handler: Handler, _rule: Rule) -> web.StreamResponse:
    return _reset(request)


async def _reset_after(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    await handler(request)
    return _reset(request)


async def _silence_before(request: web.Request, _handler: Handler, _rule: Rule) -> web.StreamResponse:
    return await _silence(request)


async def _silence_after(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    await handler(request)
    return await _silence(request)


async def _late(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    await asyncio.sleep(rule["seconds"])
    await handler(request)
    return await _silence(request)


async def _cut_off(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    response, content = await _begun(request, await handler(request))
    await response.write(content[: len(content) // 2])
    # What is still on its way when a connection is reset never arrives.
    await asyncio.sleep(_LOOK_SECONDS)
    _reset(request)
    return response


async def _drip(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    response, content = await _begun(request, await handler(request))
    for byte in content:
        if request.transport is None:
            break
        await response.write(bytes([byte]))
        await asyncio.sleep(rule["seconds"])
    return response


async def _status_before(_request: web.Request, _handler: Handler, rule: Rule) -> web.StreamResponse:
    return _error(rule)


async def _status_after(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    await handler(request)
    return _error(rule)


async def _errors_list(_request: web.Request, _handler: Handler, rule: Rule) -> web.StreamResponse:
    phrase = HTTPStatus(rule["status"]).phrase
    body = {"errors": rule.get("errors", [{"title": phrase, "detail": f"The request ended in: {phrase}"}])}
    return web.json_response(body, status=rule["status"])


async def _error_object(_request: web.Request, _handler: Handler, rule: Rule) -> web.StreamResponse:
    error = {
        "code": rule.get("code", rule["status"]),
        "message": rule.get("message", HTTPStatus(rule["status"]).phrase),
    }
    return web.json_response({"error": error}, status=rule["status"])


async def _mislabelled(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    return web.Response(body=_content(await handler(request)), status=rule["status"], content_type="application/json")


async def _echo(request: web.Request, _handler: Handler, rule: Rule) -> web.StreamResponse:
    body = {
        "title": f"{request.method} {request.rel_url.raw_path_qs} is not possible",
        "detail": (await request.read()).decode(errors="replace"),
        "headers": dict(request.headers),
    }
    return web.json_response(body, status=rule["status"])


async def _redirect(_request: web.Request, _handler: Handler, rule: Rule) -> web.StreamResponse:
    return web.Response(status=rule["status"], headers={"Location": rule["location"]})


async def _html(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    await handler(request)
    return web.Response(text=_PAGE, content_type="text/html")


async def _broken_json(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    content = _content(await handler(request)) or b"{}"
    return web.Response(body=content[: (len(content) + 1) // 2], content_type="application/json")


async def _wrong_shape(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    content = _content(await handler(request))
    if "patch" in rule:
        return web.json_response(_patched(json.loads(content or b"{}"), rule["patch"]))
    return web.json_response(rule["body"])


async def _huge(request: web.Request, handler: Handler, _rule: Rule) -> web.StreamResponse:
    await handler(request)
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(_HUGE)})
    await response.prepare(request)
    for _chunk in range(_HUGE // _CHUNK):
        await response.write(b" " * _CHUNK)
    return response


async def _moves(request: web.Request, handler: Handler, rule: Rule) -> web.StreamResponse:
    response = await handler(request)
    service = request.app[SERVICE]
    for change in rule["changes"]:
        _move(service.accounts.first, change, service.keys)
    return response


# --- what they are made of --------------------------------------------------------------------------------------------


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        # With this, closing sends a reset instead of the orderly end of the connection.
        linger = struct.pack("ii", 1, 0)
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
    return NoAnswer()


async def _silence(request: web.Request) -> web.StreamResponse:
    while request.transport is not None:
        await asyncio.sleep(_LOOK_SECONDS)
    return NoAnswer()


async def _begun(request: web.Request, answer: web.StreamResponse) -> tuple[web.StreamResponse, bytes]:
    """The answer with nothing but its headers sent, and the body that these promise. 204 has none, 200 stands in."""
    content = _content(answer) or b"{}"
    status = HTTPStatus.OK if answer.status == HTTPStatus.NO_CONTENT else answer.status
    response = web.StreamResponse(status=status, headers={"Content-Length": str(len(content))})
    response.content_type = answer.content_type
    await response.prepare(request)
    return response, content


def _content(answer: web.StreamResponse) -> bytes:
    assert isinstance(answer, web.Response)
    content = answer.body or b""
    assert isinstance(content, bytes)
    return content


def _error(rule: Rule) -> web.Response:
    body = rule.get("body", {"title": HTTPStatus(rule["status"]).phrase})
    return web.json_response(body, status=rule["status"], headers=rule.get("headers"))


def _patched(value: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    patched = dict(value) if isinstance(value, dict) else {}
    for name, change in patch.items():
        if change is None:
            patched.pop(name, None)
        else:
            patched[name] = _patched(patched.get(name), change)
    return patched


def _move(account: Account, change: Mapping[str, Any], keys: KeyMaker) -> None:
    if "create" in change:
        preloading.store([change["create"]], account, keys)
        return
    for document in account.documents():
        if change["delete"] in (document["id"], document["name"]):
            account.remove(document["id"])


_FAULTS: dict[str, Fault] = {
    "reset_before": _reset_before,
    "reset_after": _reset_after,
    "silence_before": _silence_before,
    "silence_after": _silence_after,
    "late": _late,
    "cut_off": _cut_off,
    "drip": _drip,
    "status_before": _status_before,
    "status_after": _status_after,
    "errors_list": _errors_list,
    "error_object": _error_object,
    "mislabelled": _mislabelled,
    "echo": _echo,
    "redirect": _redirect,
    "html": _html,
    "broken_json": _broken_json,
    "wrong_shape": _wrong_shape,
    "huge": _huge,
    "moves": _moves,
}
