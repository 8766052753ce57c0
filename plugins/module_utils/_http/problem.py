# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an API says when it refuses, in any of the forms that the service is known to use.

The contract describes no error body. Seen in the service's documentation and clients:
``{type, title, detail, instance, invalid_parameters: [{name, reason}]}``,
``{type, error_title, invalid_parameters: {name: reason}}``, ``{error-code, error-code-label}``, ``{errors: [...]}``,
``{error: {code, message}}``, and HTML from proxies. Whatever the form, messages quote its words alone: no brackets,
quotes or braces of a data structure.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple

from .._redact import Redactor

LONGEST_TEXT = 200
MOST_PARAMETERS = 10
DEEPEST = 5  # levels of a JSON value that are put into words

# Members of an error, the most telling first.
TITLES = ("title", "error_title", "error-code-label")
LAST_RESORTS = (
    "message",
    "error_description",
    "error",
    "error-code",
    "error_text",
    "error-text",
    "description",
    "reason",
    "code",
    "messages",
    "type",
)
# The same of the objects in one, in the order in which they are said.
SAID_FIRST = (
    "code",
    "error-code",
    "status",
    "title",
    "error_title",
    "message",
    "msg",
    "detail",
    "reason",
    "description",
    "error_text",
    "error-text",
    "error",
    "errors",
)
PARAMETER_NAMES = ("name", "field", "parameter", "param", "property", "path")

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

    def with_parameter(self, name: str, other: str) -> Problem:
        """The same problem, in which a parameter has another name."""
        parameters = tuple((other if each == name else each, reason) for each, reason in self.invalid_parameters)
        return Problem(self.summary, parameters, self.body)

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
    """The problem in the body of an answer. Secrets have to be masked before, because the text is cut short."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return Problem(_readable(text))
    if not isinstance(body, dict):
        return Problem(_shortened(_words(body) if _holds_objects(body) else text))
    unknown = UNKNOWN_MEMBER.search(_words(body.get("detail")))
    if unknown is not None and not body.get("invalid_parameters"):
        parameter = (unknown["name"].strip("\"'"), unknown["reason"])
        return Problem(_summary(dict(body, detail=None)), (parameter,), body)
    of_parameters, others = _by_parameter(body.get("errors"))
    parameters = _invalid_parameters(body.get("invalid_parameters")) + _invalid_parameters(of_parameters)
    summary = _summary(dict(body, errors=others))
    return Problem(summary or ("" if parameters else _shortened(_words(body))), parameters, body)


def _summary(body: Mapping[str, Any]) -> str:
    said = [_first(body, TITLES), _words(body.get("detail")), _words(body.get("errors"))]
    if not any(said):
        said = [_first(body, LAST_RESORTS)]
    return _shortened(": ".join(dict.fromkeys(part for part in said if part)))


def _first(body: Mapping[str, Any], names: Sequence[str]) -> str:
    """The text of the first of these members that has some."""
    return next((words for words in (_words(body.get(name)) for name in names) if words), "")


def _words(value: Any, depth: int = DEEPEST) -> str:
    """A JSON value as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and depth:
        return ", ".join(filter(None, (_words(item, depth - 1) for item in value)))
    if isinstance(value, dict) and depth:
        return _words_of_object(value, depth - 1)
    return ""


def _words_of_object(value: Mapping[str, Any], depth: int) -> str:
    """The members that objects in errors are known to have, or else all of them with their names."""
    known = [_words(value[name], depth) for name in SAID_FIRST if name in value]
    if any(known):
        return ": ".join(dict.fromkeys(filter(None, known)))
    named = ((name, _words(item, depth)) for name, item in value.items())
    return ", ".join("%s: %s" % (name, words) for name, words in named if words)


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _called(name: str, options: Mapping[str, str]) -> str:
    """The option's name for a parameter that the API names, alone or with dots; the API's own where that is unclear."""
    meant = {option for parameter, option in options.items() if ("." + parameter).endswith("." + name)}
    return options.get(name) or (meant.pop() if len(meant) == 1 else name)


def _invalid_parameters(listed: Any) -> Tuple[Tuple[str, str], ...]:
    if isinstance(listed, dict):
        return tuple((str(name), _words(reason) or "is invalid") for name, reason in listed.items())
    if isinstance(listed, list):
        return tuple(_parameter(item) for item in listed if isinstance(item, dict))
    return ()


def _parameter(item: Mapping[str, Any]) -> Tuple[str, str]:
    reason = _words({name: value for name, value in item.items() if name not in PARAMETER_NAMES})
    return _first(item, PARAMETER_NAMES) or "?", reason or "is invalid"


def _by_parameter(errors: Any) -> Tuple[Any, Any]:
    """The errors that name a parameter, and the others."""
    if isinstance(errors, list):
        named = [item for item in errors if isinstance(item, dict) and any(name in item for name in PARAMETER_NAMES)]
        return named, [item for item in errors if item not in named]
    if isinstance(errors, dict) and not any(name in errors for name in SAID_FIRST):
        return errors, None
    return None, errors


def _readable(text: str) -> str:
    """The title of an HTML page, or the beginning of any other text."""
    title = re.search(r"<title[^<>]*>([^<]*)", text, re.IGNORECASE)
    return _shortened(title.group(1) if title else re.sub(r"<[^<>]*>", " ", text))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 3] + "..."
