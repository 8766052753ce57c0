# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's forms of an error answer.

A refusal is raised where it is known; the server turns it into an answer in one place. Types,
titles and details are those of the public reference. Which of its forms version 1 uses for what is
not documented: this simulator uses all of them, so that clients meet each.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from aiohttp import web

_TYPES = "https://developer.nexmo.com/api-errors"
_JSON_ALONE = "Must be one of the following: 'application/json'"


class Refusal(Exception):
    """An error answer of the service: HTTP status, JSON body, content type, further headers."""

    def __init__(
        self,
        status: int,
        body: Mapping[str, Any],
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {body}")
        self._status = status
        self._body = body
        self._content_type = content_type
        self._headers = headers

    def response(self) -> web.Response:
        """The answer to send."""
        return web.json_response(
            self._body,
            status=self._status,
            content_type=self._content_type,
            headers=self._headers,
        )


def problem(
    status: int,
    detail: str,
    *,
    error: str | None = None,
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Refusal:
    """The form of RFC 7807, the only one of version 2: type, title, detail, instance and others.

    error: the last part of the type, made of the status unless given.
    """
    phrase = HTTPStatus(status).phrase
    body = {
        "type": f"{_TYPES}{error or '#' + phrase.lower().replace(' ', '-')}",
        "title": title or phrase,
        "detail": detail,
        "instance": uuid.uuid4().hex,
        **members,
    }
    return Refusal(status, body, "application/problem+json", headers)


def invalid_parameters(part: Literal["list", "payload"], reasons: Mapping[str, str]) -> Refusal:
    """Version 2's 400: a reason for each wrong parameter of the query or the body, by dotted name."""
    return problem(
        400,
        "The request failed due to validation errors",
        error=f"/application#{part}-validation",
        invalid_parameters=[{"name": name, "reason": reason} for name, reason in reasons.items()],
    )


def unknown_member(name: str, known: Sequence[str]) -> Refusal:
    """Version 2's 400 for a member of the body that it doesn't know; it names what it knows in that place."""
    names = ", ".join(f'"{each}"' for each in known)
    detail = f"{name} is not a known json property ({len(known)} known properties: {names})"
    return problem(400, detail, error="/application#payload-validation")


def bad_request(reasons: Mapping[str, str]) -> Refusal:
    """Version 1's 400: a reason for each wrong parameter."""
    body = {
        "type": "BAD_REQUEST",
        "error_title": "Bad Request",
        "invalid_parameters": dict(reasons),
    }
    return Refusal(400, body)


def error_code(status: int, label: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """The oldest of version 1's forms."""
    body = {"error-code": str(status), "error-code-label": label}
    return Refusal(status, body, headers=headers)


def unauthorized() -> Refusal:
    """401 of both versions."""
    return problem(
        401,
        "You did not provide correct credentials.",
        title="Invalid credentials supplied",
        headers={"WWW-Authenticate": 'Basic realm="API key and secret"'},
    )


def invalid_api_key(key: object) -> Refusal:
    """404 where others answer 401, as the service's house standard has it."""
    detail = f"API key '{key}' does not exist, or you do not have access"
    return problem(404, detail, error="#invalid-api-key", title="Invalid API Key")


def no_such_application(application_id: str) -> Refusal:
    """404 of both versions."""
    return problem(404, f"ID '{application_id}' does not exist, or you do not have access")


def not_acceptable() -> Refusal:
    """406: the client wouldn't take JSON."""
    return problem(
        406,
        f"Invalid Accept header provided. {_JSON_ALONE}",
        error="#accept-header",
        title="Invalid Accept header",
    )


def unsupported_content() -> Refusal:
    """415: the body isn't said to be JSON."""
    return problem(
        415,
        f"Unsupported Content-Type header provided. {_JSON_ALONE}",
        error="#content-type-header",
        title="Unsupported Content-Type header",
    )


def of_routing(request: web.Request, error: web.HTTPException) -> Refusal:
    """What the service says where the web framework found no such path or method there."""
    if error.status != HTTPStatus.METHOD_NOT_ALLOWED:
        return problem(error.status, f"{error.reason}: {request.path}")
    headers = {"Allow": error.headers["Allow"]}
    if request.path.startswith("/v1/"):
        return error_code(error.status, "method not allowed", headers)
    return problem(
        error.status,
        f"Request method '{request.method}' not supported",
        error="#wrong-verb",
        title="Request method not allowed",
        headers=headers,
    )
