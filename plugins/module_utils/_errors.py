# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors that end a run, each as one line that says what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional

from ._problem import Problem


class NexmoError(Exception):
    """Ends the run; ``str()`` is the message for the user."""

    def details(self) -> Dict[str, Any]:
        """What goes into the result of a failed module besides ``msg``."""
        return {}


class InvalidOption(NexmoError):
    """An option that cannot be right, whatever the account holds."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__("%s: %s" % (option, problem))


class Refused(NexmoError):
    """A wish that the account as it is does not allow; nothing was written."""


class AmbiguousName(Refused):
    """Several applications have the name that should find one."""

    def __init__(self, name: str, ids: Iterable[str]) -> None:
        super().__init__(
            "name: %r is the name of several applications: %s; give the application_id of the one that is meant"
            % (name, ", ".join(sorted(ids)))
        )


class KeyLost(Refused):
    """The application exists and its private key is not where it should be."""


class ApiError(NexmoError):
    """A request that did not succeed.

    ``url`` is without its query, ``status`` the HTTP status or None where no answer came, ``problem`` what the API
    said of it, ``advice`` what to do about it. ``delivered`` tells whether the request may have reached the server,
    ``final`` that repeating it cannot help, ``retry_after`` the answer's Retry-After header as it came.
    """

    def __init__(
        self,
        method: str,
        url: str,
        reason: str,
        status: Optional[int] = None,
        problem: Optional[Problem] = None,
        advice: str = "",
        delivered: bool = True,
        final: bool = False,
        retry_after: Optional[str] = None,
    ) -> None:
        super().__init__(method, url, reason)
        self.method = method
        self.url = url
        self.reason = reason
        self.status = status
        self.problem = problem
        self.advice = advice
        self.delivered = delivered
        self.final = final
        self.retry_after = retry_after
        self.option_names: Mapping[str, str] = {}

    @property
    def turned_away(self) -> bool:
        """Whether the API refused the request, so that nothing was done."""
        return self.status is not None and 400 <= self.status < 500

    def __str__(self) -> str:
        said = self.problem.text(self.option_names) if self.problem else ""
        outcome = ": ".join(part for part in (self.reason, said) if part)
        return "%s %s: %s" % (self.method, self.url, "; ".join(part for part in (outcome, self.advice) if part))

    def details(self) -> Dict[str, Any]:
        details: Dict[str, Any] = {}
        if self.status is not None:
            details["status"] = self.status
        if self.problem is not None and self.problem.body is not None:
            details["error"] = self.problem.body
        return details


@contextmanager
def absence_is_fine() -> Iterator[None]:
    """Ends quietly where the API answers that there is no such application."""
    try:
        yield
    except ApiError as error:
        if error.status != 404:
            raise
