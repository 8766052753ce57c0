# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an API says when it refuses, in any of the forms that the service is known to use.

The contract describes no error body. Seen in the service's documentation and clients:
``{type, title, detail, instance, invalid_parameters: [{name, reason}]}``,
``{type, error_title, invalid_parameters: {name: reason}}``, ``{error-code, error-code-label}``, and HTML from proxies.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Tuple

from .._redact import Redactor

LONGEST_TEXT = 200
MOST_PARAMETERS = 10

# How a member that the service does not know is refused, in ``detail`` and without ``invalid_parameters``.
UNKNOWN_MEMBER = re.compile(r"(?P<name>\S+) (?P<reason>is not a known json property\b.*)", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """``summary`` is one line, empty where nothing was said; ``body`` is the JSON object, where it was one.

    ``invalid_parameters`` are pairs of the API's name of a parameter and the reason why it was refused.
    """

    summary: str
    invalid_parameters: Tuple[Tuple[str, str], ...] = ()
    body: Optional[Dict[str, Any]] = None

    @property
    def unknown_members(self) -> Tuple[str, ...]:
        """The members of the request that the API does not know, by their names alone or with dots."""
        found = (UNKNOWN_MEMBER.match("%s %s" % parameter) for parameter in self.invalid_parameters)
        return tuple(each["name"] for each in found if each)

    @property
    def is_about_credentials(self) -> bool:
        """Whether the API says that the API key is wrong, which it can do with a 404."""
        said = "%s %s" % (self.summary, (self.body or {}).get("type", ""))
        return re.search(r"\bapi[ _-]?key\b|\bcredentials\b", said, re.IGNORECASE) is not None

    def masked(self, redactor: Redactor) -> Problem:
        """The same problem without secrets; servers repeat what they were sent."""
        return Problem(
            redactor.text(self.summary),
            tuple((redactor.text(name), redactor.text(reason)) for name, reason in self.invalid_parameters),
            redactor.value(self.body),
        )

    def text(self, options: Optional[Mapping[str, str]] = None) -> str:
        """One line; a parameter that stands in ``options`` is called by the name that it has there."""
        names = options or {}
        shown = self.invalid_parameters[:MOST_PARAMETERS]
        parameters = [_shortened("%s: %s" % (_called(name, names), reason)) for name, reason in shown]
        if len(shown) < len(self.invalid_parameters):
            parameters.append("and %d more" % (len(self.invalid_parameters) - len(shown)))
        return "; ".join(part for part in [self.summary, *parameters] if part)


def problem_from(text: str) -> Problem:
    """The problem that the body of an answer tells of; secrets are to be masked in it already, for it is cut short."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return Problem(_readable(text))
    if not isinstance(body, dict):
        return Problem(_shortened(text))
    unknown = UNKNOWN_MEMBER.search(str(body.get("detail")))
    if unknown is not None and not body.get("invalid_parameters"):
        parameter = (unknown["name"].strip("\"'"), unknown["reason"])
        return Problem(_summary(dict(body, detail=None)), (parameter,), body)
    return Problem(_summary(body), _invalid_parameters(body.get("invalid_parameters")), body)


def _summary(body: Mapping[str, Any]) -> str:
    title = body.get("title") or body.get("error_title") or body.get("error-code-label")
    parts = [title, body.get("detail")]
    if not any(parts):
        parts = [body.get("message") or body.get("error") or body.get("error-code") or body.get("type")]
    return _shortened(": ".join(str(part) for part in parts if part))


def _called(name: str, options: Mapping[str, str]) -> str:
    """What the user calls a parameter that the API names, alone or with dots; as the API does where that is unclear."""
    meant = {option for parameter, option in options.items() if ("." + parameter).endswith("." + name)}
    return options.get(name) or (meant.pop() if len(meant) == 1 else name)


def _invalid_parameters(listed: Any) -> Tuple[Tuple[str, str], ...]:
    if isinstance(listed, dict):
        return tuple((str(name), str(reason)) for name, reason in listed.items())
    if isinstance(listed, list):
        return tuple(
            (str(item.get("name", "?")), str(item.get("reason", "is invalid")))
            for item in listed
            if isinstance(item, dict)
        )
    return ()


def _readable(text: str) -> str:
    """The title of an HTML page, or the beginning of any other text."""
    title = re.search(r"<title[^<>]*>([^<]*)", text, re.IGNORECASE)
    return _shortened(title.group(1) if title else re.sub(r"<[^<>]*>", " ", text))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 3] + "..."
