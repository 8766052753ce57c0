# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of many applications as the one result of a task."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from .._application.model import Application
from .._application.plan import plan_absent
from .._errors import NexmoError
from .._redact import Redactor
from .batch import ItemResult
from .one import Item, Result

MOST_PROBLEMS_SHOWN = 3


@dataclass(frozen=True)
class Report:
    """The result of each item, in their order, and of the pruning.

    ``pruned`` are the applications that were deleted because they are not listed, ``problem`` is what went wrong with
    that, and ``left`` has a message for each that stayed because somebody changed it meanwhile.
    """

    items: Sequence[Item]
    results: Sequence[ItemResult]
    pruned: Sequence[Application] = ()
    problem: Optional[Exception] = None
    left: Sequence[Exception] = ()

    @property
    def succeeded(self) -> List[Result]:
        return [each for each in self.results if isinstance(each, Result)]

    @property
    def holds_private_key(self) -> bool:
        """Whether the result will hold a private key, because a task asked for none to be kept elsewhere."""
        return any(each.applied.private_key for each in self.succeeded)

    def result(self, redactor: Redactor) -> Dict[str, Any]:
        """The return values of ``nexmo_applications``, but for the diff."""
        operations = Counter(each.plan.operation for each in self.succeeded)
        return {
            "changed": bool(self.pruned) or any(each.changed for each in self.succeeded),
            "applications": [self._result_of(item, each, redactor) for item, each in zip(self.items, self.results)],
            "pruned": [application.described() for application in self.pruned],
            "counts": dict(operations, failed=len(self.results) - len(self.succeeded), prune=len(self.pruned)),
        }

    def diff(self) -> List[Dict[str, Any]]:
        """Of everything that changed, in the form of Ansible's diff mode."""
        plans = [each.plan for each in self.succeeded if each.changed]
        return [plan.diff() for plan in [*plans, *map(plan_absent, self.pruned)]]

    def warnings(self) -> Iterator[str]:
        """What the user should know of what succeeded."""
        for item, each in zip(self.items, self.results):
            if isinstance(each, Result):
                for warning in each.warnings():
                    yield "%s: %s" % (item.desired.described, warning)
        yield from map(str, self.left)

    def failure(self) -> Optional[str]:
        """What failed, in one line; None where nothing did."""
        failures = [each for each in (self._items_failure(), self._prune_failure()) if each is not None]
        return "; ".join(failures) or None

    def _prune_failure(self) -> Optional[str]:
        return "not everything could be pruned: %s" % _message(self.problem) if self.problem else None

    def _items_failure(self) -> Optional[str]:
        problems = ["%s: %s" % (item.desired.described, _message(each)) for item, each in self._failed()]
        if not problems:
            return None
        shown = problems[:MOST_PROBLEMS_SHOWN]
        more = ["%d more, see applications" % (len(problems) - len(shown))] if len(problems) > len(shown) else []
        return "%d of %d applications failed: %s" % (len(problems), len(self.results), "; ".join(shown + more))

    def _failed(self) -> List[Tuple[Item, Exception]]:
        return [(item, each) for item, each in zip(self.items, self.results) if isinstance(each, Exception)]

    def _result_of(self, item: Item, result: ItemResult, redactor: Redactor) -> Dict[str, Any]:
        if isinstance(result, Result):
            return result.result()
        failed = {
            "failed": True,
            "changed": False,
            "name": item.desired.name,
            "application_id": item.desired.application_id,
            "msg": _message(result),
        }
        if isinstance(result, NexmoError):
            failed.update(result.details())
        else:
            failed["exception"] = "".join(traceback.format_exception(type(result), result, result.__traceback__))
        shown: Dict[str, Any] = redactor.value(failed)
        return shown


def _message(error: Exception) -> str:
    return str(error) if isinstance(error, NexmoError) else "unexpected %s: %s" % (type(error).__name__, error)
