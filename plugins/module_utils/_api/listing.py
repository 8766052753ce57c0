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
from functools import cached_property
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Mapping, Sequence, Tuple

from .._application.model import Application
from .._application.unfinished import meant_name, unfinished_name
from .._paging import Page, Pages, read_all, settled

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


class Gathering(Pages[Application]):
    """Puts the pages of a listing of applications together."""

    def __init__(
        self, first: Page, is_of_interest: Interest, understand: Callable[[Mapping[str, Any]], Application]
    ) -> None:
        super().__init__(
            first, lambda item: str(item["id"]), lambda item: understand(item) if is_of_interest(item["name"]) else None
        )

    def listing(self) -> Listing:
        """What was gathered."""
        others = self.ids.difference(str(application.id) for application in self.kept)
        return Listing(self.kept, self.read, self.complete, others)


def gather(
    gathering: Gathering, read: Callable[[int], Page], connections: int, passed_over: Iterable[int] = ()
) -> Listing:
    """Reads what follows the first page, see ``read_all``. Raises ApiError."""
    read_all(gathering, read, connections, passed_over)
    return gathering.listing()


def listing_for(read: Callable[[Interest], Listing], name: str) -> Listing:
    """A listing that is complete for the applications of that name. Raises Refused."""
    return settled_listing(lambda: read(Names(name)), lambda listing: bool(listing.named(name)))


def confirmed_listing(read: Callable[[Interest], Listing], is_of_interest: Interest) -> Listing:
    """A listing that is complete for every name: what it lacks does not exist. Raises Refused."""
    return settled_listing(lambda: read(is_of_interest), lambda _listing: False)


def settled_listing(read: Callable[[], Listing], suffices: Callable[[Listing], bool]) -> Listing:
    """A complete listing, see ``settled``; ``suffices`` says that it holds what was looked for.

    Raises Refused if the account does not come to rest.
    """
    return settled(read, suffices, "applications")
