# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which applications of an account nobody wants: those that are not listed, among the names that a task may touch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Collection, Mapping, Optional, Pattern, Tuple

from .._api.listing import Listing
from .._application.desired import Desired
from .._application.model import Application
from .._application.unfinished import unfinished_name
from .._errors import InvalidOption, Refused

MOST_NAMES_SHOWN = 10


@dataclass(frozen=True)
class Limit:
    """How many applications may be deleted at most: a number, or a percentage of those whose names match."""

    number: int
    is_percentage: bool

    def allows(self, deleted: int, matching: int) -> bool:
        """Whether that many of those that match may go."""
        return deleted * 100 <= self.number * matching if self.is_percentage else deleted <= self.number

    def __str__(self) -> str:
        return "%d%%" % self.number if self.is_percentage else str(self.number)


@dataclass(frozen=True)
class Pruning:
    """What is to be deleted: the applications whose whole name matches, and that nobody wants."""

    match: Pattern[str]
    limit: Limit

    def concerns(self, name: str) -> bool:
        """Whether an application of that name could be deleted. One that is unfinished is its maker's."""
        return self.match.fullmatch(name) is not None and unfinished_name(name) is None

    def surplus(self, listing: Listing, wanted: Collection[Desired]) -> Tuple[Application, ...]:
        """The applications to delete. Raises Refused where they are more than the limit."""
        names = {desired.name for desired in wanted}
        ids = {desired.application_id for desired in wanted}
        matching = [application for application in listing.applications if self.concerns(application.name)]
        surplus = tuple(each for each in matching if each.name not in names and each.id not in ids)
        if not self.limit.allows(len(surplus), len(matching)):
            raise Refused(
                "prune_limit: %d of the %d applications that prune_match matches are not listed, and no more than %s "
                "may be deleted: %s; nothing was changed; list what is to stay, or raise prune_limit"
                % (len(surplus), len(matching), self.limit, _shown(surplus))
            )
        return surplus


def pruning_from(options: Mapping[str, Any]) -> Optional[Pruning]:
    """Reads ``prune`` and what goes with it; None where nothing is to be pruned. Raises InvalidOption."""
    match, limit = options["prune_match"], _limit_from(options["prune_limit"])
    if not options["prune"]:
        return None
    if not match:
        raise InvalidOption("prune_match", "is missing; prune needs a regular expression of the names that are yours")
    if not options["applications"]:
        raise InvalidOption("applications", "is empty, and prune would delete everything that prune_match matches")
    try:
        return Pruning(re.compile(match), limit)
    except re.error as error:
        raise InvalidOption("prune_match", "%r is not a regular expression: %s" % (match, error)) from None


def _limit_from(text: str) -> Limit:
    found = re.fullmatch(r"(\d{1,9})( ?%)?", text.strip())
    if found is None or (found[2] and int(found[1]) > 100):
        raise InvalidOption("prune_limit", "%r is neither a number nor a percentage to 100%%; give 5, or 30%%" % text)
    return Limit(int(found[1]), found[2] is not None)


def _shown(applications: Collection[Application]) -> str:
    names = sorted(application.name for application in applications)
    more = ["%d more" % (len(names) - MOST_NAMES_SHOWN)] if len(names) > MOST_NAMES_SHOWN else []
    return ", ".join([repr(name) for name in names[:MOST_NAMES_SHOWN]] + more)
