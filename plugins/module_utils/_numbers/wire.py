# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Numbers API on the wire: its paths, credentials, forms and paging.

Source: the service's contract (OpenAPI, version 1.0.20 of the API) and its official clients. In short: credentials go
in HTTP Basic, so that no secret is in a URL; pages count from 1; an update replaces, and is a form; an error may come
with HTTP status 200 and an ``error-code``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Tuple

from .._http.client import HttpClient
from .._http.credentials import Credentials
from .._http.failures import ApiError
from .._paging import Page, Pages, read_all, settled
from .model import LINK, SMS_URL, Number, number_from

LIST_PATH = "/account/numbers"
UPDATE_PATH = "/number/update"
PAGE_SIZE = 100  # the largest that the service takes
STARTS_WITH = 0
SUCCESS = "200"

LINK_ADVICE = "the account has no application %s; give one that it has, or remove the link with state: unlinked"
WEBHOOK_ADVICE = "the service calls sms_url before it takes an update, and refuses unless that answers with status 200"


@dataclass(frozen=True)
class Listing:
    """Numbers of an account, distinct, in the order of the API; see ``_paging.Listed``."""

    numbers: Tuple[Number, ...]
    pages: int
    complete: bool
    ids: FrozenSet[str]


class NumbersApi:
    """The operations on one account. There is none to buy or to cancel a number. Each raises ApiError."""

    def __init__(self, http: HttpClient, credentials: Credentials) -> None:
        self._http = http
        self._basic = (credentials.api_key, credentials.api_secret)

    def find(self, msisdn: str) -> Optional[Number]:
        """The number with exactly these digits, None where the account does not have it. Raises Refused."""
        # Numbers that only begin with these digits match, too.
        found = self.list({"pattern": msisdn, "search_pattern": STARTS_WITH}).numbers
        return next((number for number in found if number.msisdn == msisdn), None)

    def list(self, query: Mapping[str, Any]) -> Listing:
        """The numbers that a query selects; an empty one selects all. Raises Refused.

        Numbers come and go only when somebody pays: a listing with as many as the API counts is taken to be right.
        """
        return settled(lambda: self._listing(query), lambda _listing: True, "numbers")

    def update(self, before: Number, after: Number) -> None:
        """Replaces the settings of a number."""
        form = form_for(before, after)
        try:
            answer = self._answer("POST", UPDATE_PATH, form=form)
        except ApiError as error:
            if error.problem and not error.advice:
                error.advice = _advice(form, error.problem.summary)
            raise
        if "error-code" not in answer:
            raise self._unexpected("POST", UPDATE_PATH, "something that is not a status")

    def _listing(self, query: Mapping[str, Any]) -> Listing:
        def read(index: int) -> Page:
            return self._page(query, index)

        pages = Pages(read(1), lambda item: str(item["msisdn"]), number_from)
        read_all(pages, read, self._http.connections)
        return Listing(pages.kept, pages.read, pages.complete, pages.ids)

    def _page(self, query: Mapping[str, Any], index: int) -> Page:
        asked = dict(query, size=PAGE_SIZE, index=index)
        answer = self._answer("GET", LIST_PATH, query=asked)
        # An account without numbers, and a query that matches none, are answered with an empty object.
        items, total = answer.get("numbers", []), answer.get("count", 0)
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            raise self._unexpected("GET", LIST_PATH, "a listing whose count is not a number")
        return Page(index, self._numbers(items), total)

    def _numbers(self, items: Any) -> List[Dict[str, Any]]:
        if not isinstance(items, list):
            raise self._unexpected("GET", LIST_PATH, "a listing whose numbers are no list")
        for item in items:
            if not isinstance(item, dict) or not isinstance(item.get("msisdn"), str) or not item["msisdn"]:
                raise self._unexpected("GET", LIST_PATH, "a number without an msisdn")
        return items

    def _answer(self, method: str, path: str, **sent: Mapping[str, Any]) -> Dict[str, Any]:
        """The object that the API answers with, unless it is a refusal."""
        answer = self._http.request(method, path, basic=self._basic, **sent)
        if not isinstance(answer, dict):
            raise self._unexpected(method, path, "something that is not an object")
        if str(answer.get("error-code", SUCCESS)) != SUCCESS:
            raise self._http.refused(method, path, answer["error-code"], answer)
        return answer

    def _unexpected(self, method: str, path: str, what: str) -> ApiError:
        reason = "answered with %s, which is not what the Numbers API answers; check rest_url" % what
        return ApiError(method, self._http.url(path), reason, final=True)


def form_for(before: Number, after: Number) -> Dict[str, str]:
    """The body of an update that makes a number as it is to be: all of its settings, since an update replaces.

    The contract removes the SMS webhook by an empty text; everything else is removed by being left out.
    """
    form = {name: str(after.nature[name]) for name in ("country", "msisdn") if after.nature.get(name)}
    form.update(after.settings)
    if SMS_URL[1] in before.settings:
        form.setdefault(SMS_URL[1], "")
    return form


def _advice(form: Mapping[str, str], refusal: str) -> str:
    """What to do about a refusal of an update, as far as that is known."""
    if LINK in form and LINK in refusal:
        return LINK_ADVICE % form[LINK]
    return WEBHOOK_ADVICE if form.get(SMS_URL[1]) else ""
