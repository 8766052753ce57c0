# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 1 of the Applications API on the wire: its paths, credentials, bodies and paging.

Source, unless a line says otherwise: the service's contract (OpenAPI, version 1.0.2 of the API). In short: credentials
are in the query of a ``GET`` or ``DELETE`` and in the body of a ``POST`` or ``PUT``; a ``PUT`` replaces, and takes
webhooks as flat members (``answer_url``, ``answer_method``) that answers show as lists; ``type`` cannot change.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional
from urllib.parse import quote

from .._application.model import TYPES, Application, Created
from .._application.rules_v1 import RTC, RulesV1
from .._application.webhooks import webhooks_of, without_empty_webhooks
from .._http.client import HttpClient
from .._http.credentials import Credentials
from .._http.failures import ApiError
from .._paging import Page
from .absence import confirm_absence
from .answers import Answer, private_key_of
from .listing import Gathering, Interest, Listing, gather
from .shown_keys import pem_of

PATH = "/v1/applications"
PAGE_SIZE = 100  # what the official clients ask for; the service may give less

# What an answer shows of an application in a form of its own, or beside its settings.
NOT_CARRIED = frozenset(TYPES + (RTC, "id", "keys", "_links"))


class ApiV1:
    """The five operations of version 1 on one account."""

    rules = RulesV1()

    def __init__(self, http: HttpClient, credentials: Credentials) -> None:
        self._http = http
        self._credentials = {"api_key": credentials.api_key, "api_secret": credentials.api_secret}

    def list(self, is_of_interest: Interest) -> Listing:
        """All applications of the account, of which only those of interest are kept. Raises ApiError.

        ``page_index`` counts from 0 by the contract and from 1 in the documentation's sample, and an answer's own
        ``page_index`` can be off in the same way. So the first page is asked for without it, and an index that was
        passed over is asked for in the end.
        """
        first = self._page(None)
        gathering = Gathering(first, is_of_interest, application_from)
        passed_over = range(1, first.number + 1)
        return gather(gathering, self._page, self._http.connections, passed_over)

    def read(self, application_id: str) -> Optional[Application]:
        """One application, None where there is none with that id. Raises ApiError."""
        try:
            answer = self._http.request("GET", _path(application_id), query=self._credentials)
            return application_from(Answer("GET", self._http.url(PATH), answer).application())
        except ApiError as error:
            confirm_absence(error, application_id, self.list)
            return None

    def create(self, application: Application) -> Created:
        """Makes an application, with a key pair that the service generates. Raises ApiError."""
        body = body_from(application)
        body.update(self._credentials)
        answer = Answer("POST", self._http.url(PATH), self._http.request("POST", PATH, body=body)).application()
        return Created(application_from(answer), private_key_of(answer))

    def update(self, application: Application) -> Application:
        """Replaces the settings of an application. Raises ApiError."""
        path = _path(str(application.id))
        body = body_from(application)
        body.update(self._credentials)
        return application_from(
            Answer("PUT", self._http.url(path), self._http.request("PUT", path, body=body)).application()
        )

    def delete(self, application_id: str) -> None:
        """Deletes an application; it is no error if there is none. Raises ApiError."""
        try:
            # The contract lists no credentials here; the official clients send them in the query.
            self._http.request("DELETE", _path(application_id), query=self._credentials)
        except ApiError as error:
            confirm_absence(error, application_id, self.list)

    def _page(self, index: Optional[int]) -> Page:
        query = dict(self._credentials, page_size=PAGE_SIZE)
        if index is not None:
            query["page_index"] = index
        try:
            answer = Answer("GET", self._http.url(PATH), self._http.request("GET", PATH, query=query))
        except ApiError as error:
            if error.status in (404, 410) and not (error.problem and error.problem.is_about_credentials):
                error.advice = "the service may no longer serve version 1; set api_version: v2"
            raise
        number = min(answer.number_or_zero("page_index"), 1) if index is None else index
        return Page(number, answer.embedded_applications(), answer.number("count"))


def application_from(answer: Mapping[str, Any]) -> Application:
    """Reads an application as version 1 shows it.

    A webhook is an object with ``endpoint_type``, ``endpoint`` and ``http_method``, in a list whose order means
    nothing. A capability whose list is empty is one that the application does not have.
    """
    listed = {name: _webhooks_from(answer[name]) for name in sorted(answer, key=_types_first)}
    capabilities = {name: {"webhooks": webhooks} for name, webhooks in listed.items() if webhooks}
    settings = {name: value for name, value in answer.items() if name not in NOT_CARRIED and name not in capabilities}
    settings["capabilities"] = capabilities
    keys = answer.get("keys")
    public_key = keys.get("public_key") if isinstance(keys, dict) else None
    if public_key:
        settings["keys"] = {"public_key": pem_of(public_key)}
    wire_type = next(iter(capabilities)) if len(capabilities) == 1 else None
    return Application(str(answer["id"]), without_empty_webhooks(settings), wire_type)


def body_from(application: Application) -> Dict[str, Any]:
    """The body of a request that makes an application as it is: with all settings, since a PUT replaces.

    The contract's PUT leaves out ``inbound_url`` and ``status_url``, yet they are sent: applications of type messages
    have them. A webhook of a kind that is not known is sent in the same flat form.
    """
    settings = application.settings
    body: Dict[str, Any] = {name: value for name, value in settings.items() if name not in ("capabilities", "keys")}
    body["type"] = application.wire_type
    for capability in settings.get("capabilities", {}).values():
        for name, webhook in webhooks_of(capability).items():
            body[name] = webhook.get("address")
            if "http_method" in webhook:
                body[_method_member(name)] = webhook["http_method"]
    return body


def _types_first(name: str) -> int:
    return TYPES.index(name) if name in TYPES else len(TYPES)


def _webhooks_from(shown: Any) -> Dict[str, Any]:
    """The webhooks of a capability by their names; none where that is no capability."""
    listed = shown.get("webhooks") if isinstance(shown, dict) else None
    return {
        webhook["endpoint_type"]: _webhook_from(webhook)
        for webhook in (listed if isinstance(listed, list) else [])
        if isinstance(webhook, dict) and isinstance(webhook.get("endpoint_type"), str)
    }


def _webhook_from(shown: Mapping[str, Any]) -> Dict[str, Any]:
    webhook = {"address": shown.get("endpoint")}
    if shown.get("http_method") is not None:
        webhook["http_method"] = shown["http_method"]
    return webhook


def _method_member(webhook: str) -> str:
    return (webhook[: -len("_url")] if webhook.endswith("_url") else webhook) + "_method"


def _path(application_id: str) -> str:
    return "%s/%s" % (PATH, quote(application_id, safe=""))
