# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An account in memory, behind what looks like an HttpClient and records what is asked of it."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from ansible_collections.community.nexmo.plugins.module_utils._http.credentials import Credentials
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._http.problem import problem_from

URL = "https://api.example.com"
CREDENTIALS = Credentials("my-key", "my-secret")


def application(number: int, **more: Any) -> Dict[str, Any]:
    return dict({"id": "id-%d" % number, "name": "name %d" % number}, **more)


class Pages:
    """What a service does with a request for a page; ``largest`` is the most that it puts on one.

    ``base`` is the index of the first page, ``label`` what an answer says of itself, given the right index, and
    ``beyond`` the page, counted from 0, that comes for one behind the last.
    """

    def __init__(
        self,
        base: int = 0,
        largest: int = 100,
        label: Callable[[int], Any] = lambda index: index,
        beyond: Callable[[int], Optional[int]] = lambda pages: None,
    ) -> None:
        self.base = base
        self.largest = largest
        self.label = label
        self.beyond = beyond

    def page(self, items: List[Any], index: Optional[int], size: int) -> Tuple[List[Any], int, int]:
        """The items of the page with that index, its size, and the index that it claims to have."""
        size = min(size, self.largest)
        pages = max(-(-len(items) // size), 1)
        number: Optional[int] = 0 if index is None else index - self.base
        if number is not None and number < 0:
            number = 0
        if number is not None and number >= pages:
            number = self.beyond(pages)
        found = [] if number is None else items[number * size : (number + 1) * size]
        shown = index if number is None else number + self.base
        return found, size, self.label(shown)


class Account:
    """Answers what the versions of the API ask for a listing.

    ``before_request`` is called with the number of the request, from 1, and may change ``items``; ``count`` says how
    many there are, given how many there really are.
    """

    def __init__(
        self,
        items: List[Dict[str, Any]],
        pages: Optional[Pages] = None,
        count: Callable[[int], Any] = lambda really: really,
        before_request: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.items = list(items)
        self.pages = pages or Pages()
        self.count = count
        self.before_request = before_request
        self.requests: List[Tuple[str, str, Mapping[str, Any]]] = []

    connections = 1

    def url(self, path: str) -> str:
        return URL + path

    def request(
        self,
        method: str,
        path: str,
        query: Optional[Mapping[str, Any]] = None,
        body: Optional[Mapping[str, Any]] = None,
        basic: Optional[Tuple[str, str]] = None,
    ) -> Any:
        self.requests.append((method, path, {"query": query, "body": body, "basic": basic}))
        if len(self.requests) > 1000:
            raise AssertionError("more than 1000 requests for one listing")
        self.before_request(len(self.requests))
        query = query or {}
        is_first_version = path.startswith("/v1/")
        index = query.get("page_index") if is_first_version else query["page"]
        found, size, label = self.pages.page(self.items, index, query["page_size"])
        total = self.count(len(self.items))
        answer = {"_embedded": {"applications": found}, "page_size": size}
        answer.update({"count": total, "page_index": label} if is_first_version else {"total_items": total})
        return answer

    @property
    def indices(self) -> List[Any]:
        """The pages that were asked for."""
        return [sent["query"].get("page_index", sent["query"].get("page")) for _m, _p, sent in self.requests]


class Answering:
    """Looks like an HttpClient, and gives these answers one after the other, or raises them."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.requests: List[Tuple[str, str, Mapping[str, Any]]] = []

    connections = 1

    def url(self, path: str) -> str:
        return URL + path

    def request(self, method: str, path: str, **sent: Any) -> Any:
        self.requests.append((method, path, sent))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def refusal(status: int, **body: Any) -> ApiError:
    """An answer of that status, with that JSON body if there is one."""
    problem = problem_from(json.dumps(body) if body else "")
    return ApiError("GET", URL, "answered %d" % status, status, problem)


def no_such(application_id: str) -> ApiError:
    """What the service says where there is no application with that id."""
    return refusal(404, title="Not Found", detail="ID '%s' does not exist, or you do not have access" % application_id)
