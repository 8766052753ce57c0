# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work on many applications of one account at the same time, with listings that serve all of it."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from threading import Lock
from typing import Callable, List, Optional, Sequence, TypeVar

from .._api.api import Api
from .._api.listing import Interest, Listing, any_of
from .._application.model import Application, Created
from .._application.plan import Rules
from .._parallel import started

Result = TypeVar("Result")


def together(api: Api, works: Sequence[Callable[[Api], Result]]) -> List[Future[Result]]:
    """Starts all works, each in a thread, on an API whose listings they share; their results.

    How many requests are under way at once is the client's to decide.
    """
    shared = SharedListings(api, len(works))

    def run(work: Callable[[Api], Result]) -> Result:
        try:
            return work(shared)
        finally:
            shared.leave()

    return [started(partial(run, work)) for work in works]


class SharedListings:
    """The API for several parties. Whoever asks for a listing waits until all others have asked for one as well, or
    have left; then one listing, begun after all of them asked, serves them all. Whatever else they ask for goes
    through as it is."""

    def __init__(self, api: Api, parties: int) -> None:
        self._api = api
        self._parties = parties
        self._interests: List[Interest] = []
        self._listing: Future[Listing] = Future()
        self._lock = Lock()

    @property
    def rules(self) -> Rules:
        """What the API's version can be asked."""
        return self._api.rules

    def list(self, is_of_interest: Interest) -> Listing:
        """The listing that all parties get. Raises what the listing raises."""
        with self._lock:
            self._interests.append(is_of_interest)
            listing = self._listing
            all_wait = len(self._interests) == self._parties
        if all_wait:
            self._list()
        return listing.result()

    def leave(self) -> None:
        """One party less."""
        with self._lock:
            self._parties -= 1
            all_wait = 0 < len(self._interests) == self._parties
        if all_wait:
            self._list()

    def read(self, application_id: str) -> Optional[Application]:
        return self._api.read(application_id)

    def create(self, application: Application) -> Created:
        return self._api.create(application)

    def update(self, application: Application) -> Application:
        return self._api.update(application)

    def delete(self, application_id: str) -> None:
        self._api.delete(application_id)

    def _list(self) -> None:
        """All parties wait: nobody else changes anything here before they have their listing."""
        is_of_interest = any_of(self._interests)
        listing, self._listing, self._interests = self._listing, Future(), []
        try:
            listing.set_result(self._api.list(is_of_interest))
        except BaseException as error:  # pylint: disable=broad-exception-caught
            listing.set_exception(error)
