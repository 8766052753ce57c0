# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request that did not succeed, as one line that says what to do."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .._errors import NexmoError
from .problem import Problem


class ApiError(NexmoError):
    """A request that did not succeed.

    ``url`` is without its query, ``status`` the HTTP status or None where no answer came, ``problem`` what the API
    said of it, ``advice`` what to do about it. ``delivered`` says whether the request may have reached the server,
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
