# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of many applications, told as one result."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from .._application.model import Application
from .._application.plan import plan_absent
from .._errors import NexmoError
from .._redact import Redactor
from .batch import Ended
from .one import Fulfilment, Wish

MOST_PROBLEMS_TOLD = 3


@dataclass(frozen=True)
class Report:
    """What became of each wish, in their order.

    ``pruned`` are the applications that were deleted because nobody wanted them, ``problem`` what went wrong then, and
    ``left`` tell of those that stayed because somebody changed them.
    """

    wishes: Sequence[Wish]
    ended: Sequence[Ended]
    pruned: Sequence[Application] = ()
    problem: Optional[Exception] = None
    left: Sequence[Exception] = ()

    @property
    def fulfilments(self) -> List[Fulfilment]:
        return [each for each in self.ended if isinstance(each, Fulfilment)]

    @property
    def holds_private_key(self) -> bool:
        """Whether the result will hold a private key, because a task asked for none to be kept elsewhere."""
        return any(each.outcome.private_key for each in self.fulfilments)

    def result(self, redactor: Redactor) -> Dict[str, Any]:
        """The return values of ``nexmo_applications``, but for the diff."""
        operations = Counter(each.plan.operation for each in self.fulfilments)
        return {
            "changed": bool(self.pruned) or any(each.changed for each in self.fulfilments),
            "applications": [self._result_of(wish, each, redactor) for wish, each in zip(self.wishes, self.ended)],
            "pruned": [application.described() for application in self.pruned],
            "counts": dict(operations, failed=len(self.ended) - len(self.fulfilments), prune=len(self.pruned)),
        }

    def diff(self) -> List[Dict[str, Any]]:
        """Of everything that changed, in the form of Ansible's diff mode."""
        plans = [each.plan for each in self.fulfilments if each.changed]
        return [plan.diff() for plan in [*plans, *map(plan_absent, self.pruned)]]

    def warnings(self) -> Iterator[str]:
        """What the user should know of what succeeded."""
        for wish, each in zip(self.wishes, self.ended):
            if isinstance(each, Fulfilment):
                for warning in each.warnings():
                    yield "%s: %s" % (wish.desired.described, warning)
        yield from map(str, self.left)

    def failure(self) -> Optional[str]:
        """What failed, in one line; None where nothing did."""
        failures = [each for each in (self._items_failure(), self._prune_failure()) if each is not None]
        return "; ".join(failures) or None

    def _prune_failure(self) -> Optional[str]:
        return "not everything could be pruned: %s" % _message(self.problem) if self.problem else None

    def _items_failure(self) -> Optional[str]:
        problems = ["%s: %s" % (wish.desired.described, _message(each)) for wish, each in self._failed()]
        if not problems:
            return None
        told = problems[:MOST_PROBLEMS_TOLD]
        more = ["%d more, see applications" % (len(problems) - len(told))] if len(problems) > len(told) else []
        return "%d of %d applications failed: %s" % (len(problems), len(self.ended), "; ".join(told + more))

    def _failed(self) -> List[Tuple[Wish, Exception]]:
        return [(wish, each) for wish, each in zip(self.wishes, self.ended) if isinstance(each, Exception)]

    def _result_of(self, wish: Wish, ended: Ended, redactor: Redactor) -> Dict[str, Any]:
        if isinstance(ended, Fulfilment):
            return ended.result()
        failed = {
            "failed": True,
            "changed": False,
            "name": wish.desired.name,
            "application_id": wish.desired.application_id,
            "msg": _message(ended),
        }
        if isinstance(ended, NexmoError):
            failed.update(ended.details())
        else:
            failed["exception"] = "".join(traceback.format_exception(type(ended), ended, ended.__traceback__))
        shown: Dict[str, Any] = redactor.value(failed)
        return shown


def _message(error: Exception) -> str:
    return str(error) if isinstance(error, NexmoError) else "unexpected %s: %s" % (type(error).__name__, error)
