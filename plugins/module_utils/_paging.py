# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listings that come page by page, over several connections, of an account that can change while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import count, islice, takewhile
from typing import (
    Any,
    Callable,
    Dict,
    FrozenSet,
    Generic,
    Iterable,
    List,
    Mapping,
    Optional,
    Protocol,
    Set,
    Tuple,
    TypeVar,
)

from ._errors import Refused
from ._parallel import in_parallel

MOST_LISTINGS = 6

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Page:
    """One page of a listing. ``number`` is the one that it was asked for by; ``total`` what the API counts in all."""

    number: int
    items: List[Dict[str, Any]]
    total: int


class Pages(Generic[Kept]):
    """Puts pages together: items distinct by their identity, since those of a moving account can come twice."""

    def __init__(
        self,
        first: Page,
        identity: Callable[[Mapping[str, Any]], str],
        keep: Callable[[Mapping[str, Any]], Optional[Kept]],
    ) -> None:
        """``keep`` makes of an item what is kept of it, None where it is of no interest."""
        self.first = first
        self.read = 0
        self._identity = identity
        self._keep = keep
        self._ids: Set[str] = set()
        self._kept: Dict[int, List[Kept]] = {}
        self._total = 0
        self._ended = False
        self.add(first)

    @property
    def kept(self) -> Tuple[Kept, ...]:
        """In the order of the API."""
        return tuple(each for number in sorted(self._kept) for each in self._kept[number])

    @property
    def ids(self) -> FrozenSet[str]:
        """Of all items, also of those that are of no interest."""
        return frozenset(self._ids)

    @property
    def complete(self) -> bool:
        """Whether just as many items came as the API counted when it was last asked: more show that it counts wrong."""
        return len(self._ids) == self._total

    @property
    def ended(self) -> bool:
        """Whether a page brought nothing new: there is nothing behind it."""
        return self._ended

    def add(self, page: Page) -> None:
        """Takes a page. What is of no interest is not kept."""
        distinct = {self._identity(item): item for item in page.items}
        new = {identity: item for identity, item in distinct.items() if identity not in self._ids}
        self._ids.update(new)
        kept = [each for each in map(self._keep, new.values()) if each is not None]
        self._kept.setdefault(page.number, []).extend(kept)
        self.read += 1
        self._total = page.total
        # Where pages count from another number than the first answer says, the second one can be the first again.
        is_first_again = page.number == self.first.number + 1 and bool(page.items)
        self._ended = self._ended or not (new or is_first_again)


def read_all(
    pages: Pages[Kept], read: Callable[[int], Page], connections: int, passed_over: Iterable[int] = ()
) -> None:
    """Reads what follows the first page: over several connections as far as it tells how many pages there are, and
    then one by one until just as many items came as the API counts, or a page brings nothing new.

    ``passed_over`` are numbers of pages that may lie before the first one; they are read in the end, if need be.
    Raises ApiError.
    """
    numbers = count(pages.first.number + 1)
    known = takewhile(lambda _number: not pages.ended, islice(numbers, _pages_after(pages.first)))
    for page in in_parallel((partial(read, number) for number in known), connections):
        pages.add(page)
    while not (pages.complete or pages.ended):
        pages.add(read(next(numbers)))
    for number in passed_over:
        if not pages.complete:
            pages.add(read(number))


class Listed(Protocol):
    """A listing: how many pages were read, whether as many items came as the API counted, and their identities."""

    @property
    def pages(self) -> int: ...

    @property
    def complete(self) -> bool: ...

    @property
    def ids(self) -> FrozenSet[str]: ...


AnyListing = TypeVar("AnyListing", bound=Listed)


def settled(read: Callable[[], AnyListing], suffices: Callable[[AnyListing], bool], items: str) -> AnyListing:
    """A listing that is complete: one of a single page, or one that suffices, or one that a second listing confirmed.

    ``suffices`` says that no second listing is needed; ``items`` is what messages call the items. Raises
    Refused if the account does not come to rest.
    """
    previous: Optional[AnyListing] = None
    for _attempt in range(MOST_LISTINGS):
        listing = read()
        if listing.complete and (listing.pages == 1 or suffices(listing)):
            return listing
        if previous is not None and previous.ids == listing.ids:
            return listing
        previous = listing
    raise Refused(
        "the account's %s changed during each of %d listings, so that it is not certain which exist; "
        "run again when fewer are being created and deleted" % (items, MOST_LISTINGS)
    )


def _pages_after(first: Page) -> int:
    return max(-(-first.total // len(first.items)) - 1, 0) if first.items else 0
