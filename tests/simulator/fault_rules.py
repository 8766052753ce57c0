# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong between a client and the service, and the rules that say which request it happens to.

A rule is ``{"operation": "list", "fault": "reset_after", ...}``, where the operation is one of list, read, create,
update and delete, and further members are optional or the fault's own:

version: "v1", "v2", or "numbers" for the Numbers API, whose operations are list and update; each unless given.
nth: the first request of that operation that it happens to, counted from 1 since the rule was set; 1 unless given.
times: to how many requests in a row; 1 unless given.

Of several rules that want one request, the first has it. The faults, with the members that they need:

reset_before, reset_after: the connection is reset before, or after, the work of the request is done.
silence_before, silence_after: nothing is answered until the client goes away.
late: like silence_before, but the work is done ``seconds`` later, whether the client is still there or not.
cut_off: the answer is reset after half of its body.
drip: the answer's body comes byte by byte, ``seconds`` apart.
status_before, status_after: an error of that HTTP ``status`` is answered, with ``headers`` and the JSON ``body`` if
    given.
errors_list: an error of that ``status`` is answered in the form ``{"errors": [...]}``, with those ``errors`` if given,
    strings or objects; the work isn't done.
error_object: an error of that ``status`` is answered in the form ``{"error": {"code": ..., "message": ...}}``, with
    that ``code`` and that ``message`` if given; the work isn't done.
mislabelled: the true answer comes with that error ``status``.
echo: an error of that ``status`` is answered that repeats the request, credentials and all; the work isn't done.
redirect: that ``status`` is answered with that ``location``; the work isn't done.
html, broken_json: 200 with a page, or with half of the true answer; the work is done.
wrong_shape: 200 with that JSON ``body``, or with the true answer changed by ``patch`` (a JSON merge patch, RFC 7396);
    the work is done.
huge: 200 with a body of 50 MB; the work is done.
moves: the true answer, and right after it ``changes`` to the first account by somebody else, in order:
    ``{"delete": NAME_OR_ID}``, which takes all of that name, and ``{"create": DOCUMENT}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import preloading
from .checks import Check, an_object, anything, between, each_member, filled_text, members, one_of, text, that
from .log import NUMBERS, OPERATIONS

Rule = Mapping[str, Any]

_SECONDS = that(
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0, "must be 0 or more"
)
_ERROR_STATUS = between(400, 599)
_ONE_OR_MORE = between(1, 1_000_000)
_CHANGES = that(
    lambda value: (
        isinstance(value, list)
        and all(isinstance(change, dict) and list(change) in (["delete"], ["create"]) for change in value)
    ),
    'must be a list of {"delete": NAME_OR_ID} and {"create": DOCUMENT}',
)

_NEEDED: dict[str, dict[str, Check]] = {
    "reset_before": {},
    "reset_after": {},
    "silence_before": {},
    "silence_after": {},
    "late": {"seconds": _SECONDS},
    "cut_off": {},
    "drip": {"seconds": _SECONDS},
    "status_before": {"status": _ERROR_STATUS},
    "status_after": {"status": _ERROR_STATUS},
    "errors_list": {"status": _ERROR_STATUS},
    "error_object": {"status": _ERROR_STATUS},
    "mislabelled": {"status": _ERROR_STATUS},
    "echo": {"status": _ERROR_STATUS},
    "redirect": {"status": between(300, 399), "location": filled_text},
    "html": {},
    "broken_json": {},
    "wrong_shape": {},
    "huge": {},
    "moves": {"changes": _CHANGES},
}
_OPTIONAL: dict[str, Mapping[str, Check]] = {
    "status_before": {"headers": each_member(text), "body": anything},
    "status_after": {"headers": each_member(text), "body": anything},
    "errors_list": {"errors": that(lambda value: isinstance(value, list), "must be a list")},
    "error_object": {"code": anything, "message": text},
    "wrong_shape": {"body": anything, "patch": an_object},
}
_RULE = {
    "operation": one_of(*OPERATIONS),
    "fault": one_of(*_NEEDED),
    "version": one_of("v1", "v2", NUMBERS),
    "nth": _ONE_OR_MORE,
    "times": _ONE_OR_MORE,
}


class FaultRules:
    """The rules in force, and how many requests each of them has seen."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._seen: list[int] = []

    def replace(self, rules: Any) -> None:
        """Put other rules in force. Raises ValueError, and changes nothing, when one of them is wrong."""
        if not isinstance(rules, list):
            raise ValueError("the rules must be a list")
        for number, rule in enumerate(rules):
            _check(f"rules[{number}]", rule)
        self._rules, self._seen = list(rules), [0] * len(rules)

    def add(self, rule: Any) -> None:
        """Put one more in force, after the others. Raises ValueError when it is wrong."""
        _check("rule", rule)
        self._rules.append(rule)
        self._seen.append(0)

    def next_for(self, version: str | None, operation: str | None) -> Rule | None:
        """The rule that this request falls to, if one does; every rule that is about such requests counts it."""
        wanting = [number for number, rule in enumerate(self._rules) if self._wants(number, rule, version, operation)]
        return self._rules[wanting[0]] if wanting else None

    def _wants(self, number: int, rule: Rule, version: str | None, operation: str | None) -> bool:
        if rule["operation"] != operation or rule.get("version", version) != version:
            return False
        self._seen[number] += 1
        return self._seen[number] - rule.get("nth", 1) in range(rule.get("times", 1))


def _check(name: str, rule: Any) -> None:
    _raise_first(members(_RULE, required=("operation", "fault")), name, rule)
    needed = _NEEDED[rule["fault"]]
    known = {**_RULE, **needed, **_OPTIONAL.get(rule["fault"], {})}
    _raise_first(each_member(that(lambda _value: False, "is not known here"), known), name, rule)
    _raise_first(members({}, required=tuple(needed)), name, rule)
    if rule["fault"] == "wrong_shape" and ("body" in rule) == ("patch" in rule):
        raise ValueError(f"{name} needs either body or patch")
    created = [change["create"] for change in rule.get("changes", ()) if "create" in change]
    preloading.documents({"applications": created})


def _raise_first(check: Check, name: str, rule: Any) -> None:
    for invalid, reason in check(name, rule):
        raise ValueError(f"{invalid} {reason}")
