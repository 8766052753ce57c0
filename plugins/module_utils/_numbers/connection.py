# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way from a module's options to the Numbers API, which has a host of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional
from urllib.parse import urlsplit

from .._api.versions import warn_of_clear_text
from .._http.client import Connection, HttpClient
from .._http.connection import ADVICE, DEFAULT_URL, checked_base_url, connection_from
from .._http.credentials import Credentials
from .._module import Module
from .._redact import Redactor
from .wire import NumbersApi

DEFAULT_REST_URL = "https://rest.nexmo.com"


def numbers_from(module: Module, redactor: Redactor) -> NumbersApi:
    """The Numbers API of an account, whose credentials ``api_from`` has checked. Raises InvalidOption."""
    params = module.params
    connection = rest_connection(connection_from(params), params["rest_url"])
    if params["rest_url"]:
        warn_of_clear_text(module, "rest_url", connection.api_url)
    return NumbersApi(HttpClient(connection, redactor, ADVICE), Credentials(params["api_key"], params["api_secret"]))


def rest_connection(connection: Connection, rest_url: Optional[str]) -> Connection:
    """The same connection to the host of the Numbers API. Raises InvalidOption.

    Without a ``rest_url``, credentials that are meant for a server of the user's own go there, and to no other.
    """
    if rest_url:
        url = checked_base_url("rest_url", rest_url, DEFAULT_REST_URL)
    else:
        url = DEFAULT_REST_URL if _is_default(connection.api_url) else connection.api_url
    return replace(connection, api_url=url, url_option="rest_url")


def _is_default(api_url: str) -> bool:
    """Whether that is the service's own URL, however it is written."""
    parts = urlsplit(api_url)
    authority = (parts.scheme, parts.hostname, parts.port or 443, parts.path)
    return authority == ("https", urlsplit(DEFAULT_URL).hostname, 443, "")
