# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the API's answers: each function returns what the contract promises, or raises ApiError."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from .._http.failures import ApiError


class Answer:
    """A JSON answer, together with the request that it answers, for messages."""

    def __init__(self, method: str, url: str, value: Any) -> None:
        self._method = method
        self._url = url
        self._value = value

    def application(self) -> Dict[str, Any]:
        """One application: an object with an ``id`` and a ``name``."""
        return self._checked_application(self._value)

    def embedded_applications(self) -> List[Dict[str, Any]]:
        """The applications of one page of a listing, in both versions at ``_embedded.applications``."""
        embedded = self._value.get("_embedded") if isinstance(self._value, dict) else None
        items = embedded.get("applications") if isinstance(embedded, dict) else None
        if not isinstance(items, list):
            raise self._unexpected("a listing without _embedded.applications")
        return [self._checked_application(item) for item in items]

    def number(self, member: str) -> int:
        """A whole number of a listing."""
        number = self._value.get(member) if isinstance(self._value, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise self._unexpected("a listing whose %s is not a number" % member)
        return number

    def number_or_zero(self, member: str) -> int:
        """The same, and 0 for what is no number: nothing depends on it."""
        number = self._value.get(member) if isinstance(self._value, dict) else None
        return number if isinstance(number, int) and number > 0 else 0

    def _checked_application(self, value: Any) -> Dict[str, Any]:
        if not isinstance(value, dict):
            raise self._unexpected("something that is not an application")
        if not isinstance(value.get("id"), str) or not value["id"]:
            raise self._unexpected("an application without an id")
        if not isinstance(value.get("name"), str):
            raise self._unexpected("an application without a name")
        return value

    def _unexpected(self, what: str) -> ApiError:
        reason = "answered with %s, which is not what the Applications API answers; check api_url" % what
        return ApiError(self._method, self._url, reason, final=True)


def private_key_of(answer: Mapping[str, Any]) -> Any:
    """The private key in an answer, None where it has none."""
    keys = answer.get("keys")
    key = keys.get("private_key") if isinstance(keys, dict) else None
    return key if isinstance(key, str) and key else None
