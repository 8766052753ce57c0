# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which applications of an account to prune: those that are not listed, among the names that a task may delete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Collection, Mapping, Optional, Tuple

from .._api.api import Api
from .._api.listing import Listing
from .._application.model import Application
from .._application.unfinished import meant_name, unfinished_name
from .._errors import InvalidOption, NexmoError, Refused
from .._patch import differences, member
from .aside import is_intermediate
from .lease import is_abandoned
from .matching import check_pattern, matching

MOST_NAMES_SHOWN = 10
MOST_DIGITS = 100


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
    """What to delete: the applications whose whole name ``pattern`` matches, and that are not listed.

    An unfinished application goes by the name that it was to have, once its run has ended. Nobody uses it, so that it
    does not count for the limit. One that stepped aside is in the middle of a rename, and stays.
    """

    pattern: str
    limit: Limit

    def surplus(self, listing: Listing, names: Collection[str], ids: Collection[str]) -> Tuple[Application, ...]:
        """The applications to delete: those that have none of the listed names and ids.

        Raises Refused where they are more than the limit.
        """
        candidates = [each for each in listing.applications if _is_candidate(each)]
        matched = matching(self.pattern, sorted({meant_name(each.name) for each in candidates}))
        matches = [each for each in candidates if meant_name(each.name) in matched]
        surplus = tuple(each for each in matches if each.name not in names and each.id not in ids)
        finished = [each for each in surplus if not is_abandoned(each)]
        counted = sum(1 for each in matches if not is_abandoned(each))
        if not self.limit.allows(len(finished), counted):
            raise Refused(
                "prune_limit: %d of the %d applications that prune_match matches are not listed, and no more than %s "
                "may be deleted: %s; nothing was changed; list what is to stay, or raise prune_limit"
                % (len(finished), counted, self.limit, _shown(finished))
            )
        return surplus


class ChangedMeanwhile(NexmoError):
    """Somebody changed an application after it was listed; it is not deleted."""

    def __init__(self, listed: Application, current: Application) -> None:
        name = "" if current.name == listed.name else "is called %r now and " % current.name
        super().__init__(
            "application %r (%s) %swas changed by somebody else after it was listed, so that it was not pruned; run "
            "again to prune what matches then" % (listed.name, listed.id, name)
        )


def delete_unchanged(api: Api, listed: Application) -> bool:
    """Deletes an application, unless somebody changed it; False where it was gone already. Raises ApiError, and
    ChangedMeanwhile."""
    current = api.read(str(listed.id))
    if current is None:
        return False
    if _was_changed(listed, current):
        raise ChangedMeanwhile(listed, current)
    api.delete(str(listed.id))
    return True


def pruning_from(options: Mapping[str, Any]) -> Optional[Pruning]:
    """Reads ``prune`` and what goes with it; None where nothing is to be pruned. Raises InvalidOption."""
    match, limit = options["prune_match"], _limit_from(options["prune_limit"])
    if not options["prune"]:
        return None
    if not match:
        raise InvalidOption("prune_match", "is missing; prune needs a regular expression of the names that are yours")
    if not options["applications"]:
        raise InvalidOption("applications", "is empty, and prune would delete everything that prune_match matches")
    check_pattern(match)
    return Pruning(match, limit)


def _limit_from(text: str) -> Limit:
    found = re.fullmatch(r"([0-9]{1,%d})( ?%%)?" % MOST_DIGITS, text.strip())
    if found is None or (found[2] and int(found[1]) > 100):
        raise InvalidOption("prune_limit", "%r is neither a number nor a percentage to 100%%; give 5, or 30%%" % text)
    return Limit(int(found[1]), found[2] is not None)


def _was_changed(listed: Application, current: Application) -> bool:
    """What a listing leaves out does not count."""
    changes = differences(listed.settings, current.settings)
    return any(path[0] != "keys" and member(listed.settings, path) is not None for path in changes)


def _is_candidate(application: Application) -> bool:
    is_unfinished = unfinished_name(application.name) is not None
    return is_abandoned(application) if is_unfinished else not is_intermediate(application.name)


def _shown(applications: Collection[Application]) -> str:
    names = sorted(application.name for application in applications)
    more = ["%d more" % (len(names) - MOST_NAMES_SHOWN)] if len(names) > MOST_NAMES_SHOWN else []
    return ", ".join([repr(name) for name in names[:MOST_NAMES_SHOWN]] + more)
