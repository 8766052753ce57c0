# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listings of an account that can change while it is read, page by page.

The API has no snapshot: when an application is deleted, the ones behind it move forward, and one of them can slip from
a page not yet read to one that was. The count can still fit (one deleted, one added). So an application is taken to be
absent only after a listing of a single page, or after two listings in a row with the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count, islice, takewhile
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Mapping, Optional, Sequence, Set, Tuple

from .._application.model import Application
from .._application.unfinished import meant_name, unfinished_name
from .._errors import Refused
from .._parallel import in_parallel

MOST_LISTINGS = 6

# Says of an application, by its name, whether it is of interest.
Interest = Callable[[str], bool]


def everything(_name: str) -> bool:
    """The interest in all applications."""
    return True


class Names:
    """The interest in applications that have these names, or will have them when they are finished."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(map(meant_name, names))

    def __call__(self, name: str) -> bool:
        return meant_name(name) in self.names


def any_of(interests: Iterable[Interest]) -> Interest:
    """The interest in what any of them is interested in; names are looked up together."""
    interests = list(interests)
    names = Names(*(name for each in interests if isinstance(each, Names) for name in each.names))
    others = [each for each in interests if not isinstance(each, Names)]
    return lambda name: names(name) or any(is_of_interest(name) for is_of_interest in others)


@dataclass(frozen=True)
class Listing:
    """The applications of an account, distinct by id, in the order of the API.

    ``applications`` are those of interest, ``others`` the ids of the rest. ``pages`` is the number of pages that were
    read; ``complete`` whether as many came as the API counted.
    """

    applications: Tuple[Application, ...]
    pages: int
    complete: bool
    others: FrozenSet[str] = frozenset()

    @cached_property
    def ids(self) -> FrozenSet[str]:
        return self.others.union(str(application.id) for application in self.applications)

    def named(self, name: str) -> Tuple[Application, ...]:
        """Those with exactly that name."""
        return tuple(each for each in self._by_name.get(meant_name(name), ()) if each.name == name)

    def unfinished(self, name: str) -> Tuple[Application, ...]:
        """Those that will have that name when they are finished."""
        return tuple(each for each in self._by_name.get(name, ()) if unfinished_name(each.name) is not None)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Application]]:
        """By the name that each has, or will have when it is finished: one listing can serve hundreds of names."""
        by_name: Dict[str, List[Application]] = {}
        for application in self.applications:
            by_name.setdefault(meant_name(application.name), []).append(application)
        return by_name


@dataclass(frozen=True)
class Page:
    """One page of a listing. ``number`` is the one that it was asked for by; ``total`` what the API counts in all."""

    number: int
    items: List[Dict[str, Any]]
    total: int


class Gathering:
    """Puts pages together: applications distinct by id, since those of a moving account can come twice."""

    def __init__(
        self, first: Page, is_of_interest: Interest, understand: Callable[[Mapping[str, Any]], Application]
    ) -> None:
        self.first = first
        self._is_of_interest = is_of_interest
        self._understand = understand
        self._ids: Set[str] = set()
        self._found: Dict[int, List[Application]] = {}
        self._pages = 0
        self._total = 0
        self._ended = False
        self.add(first)

    @property
    def all_found(self) -> bool:
        """Whether as many applications came as the API counted when it was last asked."""
        return len(self._ids) >= self._total

    @property
    def ended(self) -> bool:
        """Whether a page brought nothing new: there is nothing behind it."""
        return self._ended

    def add(self, page: Page) -> None:
        """Takes a page. What is of no interest is not kept."""
        new = [item for item in _distinct(page.items) if item["id"] not in self._ids]
        self._ids.update(item["id"] for item in new)
        kept = [self._understand(item) for item in new if self._is_of_interest(item["name"])]
        self._found.setdefault(page.number, []).extend(kept)
        self._pages += 1
        self._total = page.total
        # Where pages count from another number than the first answer says, the second one can be the first again.
        is_first_again = page.number == self.first.number + 1 and bool(page.items)
        self._ended = self._ended or not (new or is_first_again)

    def listing(self) -> Listing:
        """What was gathered."""
        applications = tuple(application for number in sorted(self._found) for application in self._found[number])
        others = frozenset(self._ids.difference(str(application.id) for application in applications))
        return Listing(applications, self._pages, len(self._ids) == self._total, others)


def gather(
    gathering: Gathering, read: Callable[[int], Page], connections: int, passed_over: Iterable[int] = ()
) -> Listing:
    """Reads what follows the first page: over several connections as far as it tells how many pages there are, and
    then one by one until all applications that the API counts were found, or a page brings nothing new.

    ``passed_over`` are numbers of pages that may lie before the first one; they are read in the end, if need be.
    Raises ApiError.
    """
    first = gathering.first
    numbers = count(first.number + 1)
    known = takewhile(lambda _number: not gathering.ended, islice(numbers, _pages_after(first)))
    for page in in_parallel((partial(read, number) for number in known), connections):
        gathering.add(page)
    while not (gathering.all_found or gathering.ended):
        gathering.add(read(next(numbers)))
    for number in passed_over:
        if not gathering.all_found:
            gathering.add(read(number))
    return gathering.listing()


def listing_for(read: Callable[[Interest], Listing], name: str) -> Listing:
    """A listing that can be relied on for the applications of that name. Raises Refused."""
    return settled_listing(lambda: read(Names(name)), lambda listing: bool(listing.named(name)))


def confirmed_listing(read: Callable[[Interest], Listing], is_of_interest: Interest) -> Listing:
    """A listing that can be relied on for all that it lacks. Raises Refused."""
    return settled_listing(lambda: read(is_of_interest), lambda _listing: False)


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


def _pages_after(first: Page) -> int:
    return max(-(-first.total // len(first.items)) - 1, 0) if first.items else 0


def _distinct(items: Iterable[Dict[str, Any]]) -> List[Dict[str, Any]]:
    return list({item["id"]: item for item in items}.values())
