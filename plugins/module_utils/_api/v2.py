# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 2 of the Applications API on the wire: its paths, credentials, bodies and paging.

Source, unless a line says otherwise: the service's public reference of version 2. In short: credentials are HTTP
Basic, pages count from 1, a ``PUT`` replaces, and an application looks the same in answers and in requests.
"""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional
from urllib.parse import quote

from .._application.capabilities import settings_by_path
from .._application.model import Application, Created
from .._application.rules_v2 import RulesV2
from .._application.webhooks import without_empty_webhooks
from .._http.client import HttpClient
from .._http.credentials import Credentials
from .._http.failures import ApiError
from .._paging import Page
from .._patch import Path, nested, paths
from .absence import confirm_absence
from .answers import Answer, private_key_of
from .listing import Gathering, Interest, Listing, gather
from .shown_keys import pem_of

PATH = "/v2/applications"
PAGE_SIZE = 100  # the largest that the service takes

# What an answer shows beside an application's settings.
NOT_CARRIED = frozenset(("id", "_links"))


class ApiV2:
    """The five operations of version 2 on one account."""

    rules = RulesV2()

    def __init__(self, http: HttpClient, credentials: Credentials) -> None:
        self._http = http
        self._basic = (credentials.api_key, credentials.api_secret)

    def list(self, is_of_interest: Interest) -> Listing:
        """All applications of the account, of which only those of interest are kept. Raises ApiError."""
        gathering = Gathering(self._page(1), is_of_interest, application_from)
        return gather(gathering, self._page, self._http.connections)

    def read(self, application_id: str) -> Optional[Application]:
        """One application, None where there is none with that id. Raises ApiError."""
        try:
            return application_from(self._request("GET", _path(application_id)).application())
        except ApiError as error:
            confirm_absence(error, application_id, self.list)
            return None

    def create(self, application: Application) -> Created:
        """Makes an application; the service makes its key pair, unless the settings name a public key.

        Raises ApiError.
        """
        answer = self._request("POST", PATH, application.settings).application()
        return Created(application_from(answer), private_key_of(answer))

    def update(self, application: Application) -> Application:
        """Replaces the settings of an application. Raises ApiError."""
        try:
            answer = self._request("PUT", _path(str(application.id)), application.settings)
        except ApiError as error:
            _explain_unknown_members(error, application)
            raise
        return application_from(answer.application())

    def delete(self, application_id: str) -> None:
        """Deletes an application; it is no error if there is none. Raises ApiError."""
        try:
            self._request("DELETE", _path(application_id))
        except ApiError as error:
            confirm_absence(error, application_id, self.list)

    def _page(self, number: int) -> Page:
        answer = self._request("GET", PATH, query={"page_size": PAGE_SIZE, "page": number})
        return Page(number, answer.embedded_applications(), answer.number("total_items"))

    def _request(
        self,
        method: str,
        path: str,
        body: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
    ) -> Answer:
        return Answer(
            method, self._http.url(path), self._http.request(method, path, query=query, body=body, basic=self._basic)
        )


def application_from(answer: Mapping[str, Any]) -> Application:
    """Reads an application as version 2 shows it. What is not known here is carried through unread."""
    settings = {name: value for name, value in answer.items() if name not in NOT_CARRIED}
    if isinstance(settings.get("keys"), dict):
        keys = {name: value for name, value in settings["keys"].items() if name != "private_key"}
        if "public_key" in keys:
            keys["public_key"] = pem_of(keys["public_key"])
        settings["keys"] = keys
    return Application(str(answer["id"]), without_empty_webhooks(settings))


def _explain_unknown_members(error: ApiError, application: Application) -> None:
    """Says where a member is that the service does not take any more, though it shows it, and how a task removes it."""
    for name in error.problem.unknown_members if error.problem is not None else ():
        path = _place_of(name, application)
        if path and error.problem is not None:
            removal = json.dumps(nested(path, None)).replace('"', "")
            error.problem = error.problem.with_parameter(name, ".".join(path))
            error.advice = error.advice or (
                "if the application has it from earlier, remove it with settings: %s" % removal
            )


def _place_of(name: str, application: Application) -> Path:
    """Where an application holds a member of that name, alone or with dots; empty where that is not clear.

    What has an option is known to the service, so that it means another member of the same name.
    """
    held = [path for path in paths(application.settings) if ("." + ".".join(path)).endswith("." + name)]
    known = {
        ("capabilities",) + path[:length] for path, _setting in settings_by_path() for length in range(len(path) + 1)
    }
    unknown = [path for path in held if path not in known]
    return next((found[0] for found in (held, unknown) if len(found) == 1), ())


def _path(application_id: str) -> str:
    return "%s/%s" % (PATH, quote(application_id, safe=""))
