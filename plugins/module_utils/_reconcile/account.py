# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account as plans read it: one listing serves several plans, and is made when the first of them needs it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Callable, Collection, Generic, Optional, TypeVar, Union

from .._api.api import Api
from .._api.listing import Listing, Names, confirmed_listing, everything, settled_listing
from .._application.model import Application
from .._application.plan import Rules
from .._parallel import attempted

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Makes a call once, when its result is needed first. Everybody gets the same result, or the same error."""

    def __init__(self, call: Callable[[], Value]) -> None:
        self._call = call
        self._lock = Lock()
        self._result: Optional[Union[Value, Exception]] = None

    def result(self) -> Value:
        """The result. Raises what the call raises."""
        with self._lock:
            if self._result is None:
                self._result = attempted(self._call)
        if isinstance(self._result, Exception):
            raise self._result
        return self._result


class Account:
    """Reads an account. ``listing`` is complete for the names that the plans need, ``whole`` for all names."""

    def __init__(self, api: Api, listing: Callable[[], Listing], whole: Callable[[], Listing]) -> None:
        self._api = api
        self.listing = listing
        self.whole = whole

    @property
    def rules(self) -> Rules:
        """What the API's version can be asked."""
        return self._api.rules

    def read(self, application_id: str) -> Optional[Application]:
        """One application, None where there is none with that id. Raises ApiError."""
        return self._api.read(application_id)

    def with_key(self, listed: Application) -> Optional[Application]:
        """An application of a listing with its public key: items of a listing may lack the keys, and then perhaps more.

        None where it is gone meanwhile. Raises ApiError.
        """
        return listed if listed.public_key else self._api.read(str(listed.id))

    def without(self, application_ids: Collection[str]) -> Account:
        """The same account as if its listing did not show these applications."""
        return Account(self._api, lambda: _without(self.listing(), application_ids), self.whole)


def account_of(api: Api, names: Collection[str]) -> Account:
    """An account, listed for plans that need the applications of these names."""
    return Account(api, Once(partial(_listing_of, api, names)).result, _whole(api).result)


def whole_account(api: Api) -> Account:
    """An account that is listed as a whole in any case."""
    whole = _whole(api)
    return Account(api, whole.result, whole.result)


def _whole(api: Api) -> Once[Listing]:
    return Once(partial(confirmed_listing, api.list, everything))


def _listing_of(api: Api, names: Collection[str]) -> Listing:
    return settled_listing(lambda: api.list(Names(*names)), lambda listing: all(listing.named(name) for name in names))


def _without(listing: Listing, application_ids: Collection[str]) -> Listing:
    left = tuple(each for each in listing.applications if each.id not in application_ids)
    return replace(listing, applications=left)
