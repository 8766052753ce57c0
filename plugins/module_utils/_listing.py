# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listing an account that moves while its pages are read.

The API has no snapshot: when an application is deleted, the ones behind it move forward, and one of them can slip from
a page not yet read to one that was. The count can still fit (one deleted, one added). So an application is taken to be
absent only after a listing of a single page, or after two listings in a row with the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, FrozenSet, Iterable, Optional, Tuple

from ._application import Application
from ._errors import Refused

MOST_LISTINGS = 6


@dataclass(frozen=True)
class Listing:
    """The applications of an account, distinct by id, in the order in which they came.

    ``pages`` is the number of pages that were read; ``complete`` whether as many came as the API counted.
    """

    applications: Tuple[Application, ...]
    pages: int
    complete: bool

    @property
    def ids(self) -> FrozenSet[Optional[str]]:
        return frozenset(application.id for application in self.applications)

    def named(self, name: str) -> Tuple[Application, ...]:
        """Those with exactly that name."""
        return tuple(application for application in self.applications if application.name == name)


class Gathering:
    """Puts pages together: applications distinct by id, since those of a moving account can come twice."""

    def __init__(self) -> None:
        self._found: Dict[Optional[str], Application] = {}
        self._pages = 0
        self._total = 0

    @property
    def all_found(self) -> bool:
        """Whether as many applications came as the API counted when it was last asked."""
        return len(self._found) >= self._total

    def add(self, applications: Iterable[Application], total: int) -> bool:
        """Takes a page and the API's count of the account; whether the page brought anything new."""
        known = len(self._found)
        for application in applications:
            self._found.setdefault(application.id, application)
        self._pages += 1
        self._total = total
        return len(self._found) > known

    def listing(self) -> Listing:
        """What was gathered."""
        return Listing(tuple(self._found.values()), self._pages, len(self._found) == self._total)


def settled_listing(read: Callable[[], Listing], suffices: Callable[[Listing], bool]) -> Listing:
    """A listing that can be relied on: a complete one of one page, or one that suffices, or one that was confirmed.

    ``suffices`` says that a listing holds what was looked for. Raises Refused if the account does not come to rest.
    """
    previous: Optional[Listing] = None
    for _attempt in range(MOST_LISTINGS):
        listing = read()
        if listing.complete and (listing.pages == 1 or suffices(listing)):
            return listing
        if previous is not None and previous.ids == listing.ids:
            return listing
        previous = listing
    raise Refused(
        "the account's applications changed during each of %d listings, so that it is not certain which exist; "
        "run again when fewer are being created and deleted" % MOST_LISTINGS
    )
