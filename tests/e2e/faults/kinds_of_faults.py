# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can befall a request, as the simulator's rules have it, or as a network without rules does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ALL = frozenset({"list", "read", "create", "update", "delete"})
WRITES = ALL - {"list", "read"}
LISTS = frozenset({"list"})
CREATE = frozenset({"create"})
ALONE = ALL - {"list", "delete"}  # whose answer is one application

Span = Literal["once", "for good", "then nothing"]
Limit = Literal["timeout", "deadline"]

ONCE: tuple[Span, ...] = ("once",)
FOR_GOOD: tuple[Span, ...] = ("for good",)
BOTH: tuple[Span, ...] = (*ONCE, *FOR_GOOD)


@dataclass(frozen=True)
class Fault:
    """A fault.

    rule: what the simulator is told; None where a network does it without being told, see ``dead_ends``.
    spans: how long it lasts: for one request, for all of that operation, or for one with no answer to any other then.
    operations: what it can befall.
    ended_by: the module's option that puts an end to it, None where it comes to an end by itself.
    everywhere: operations of which every request of every scenario is to see it, instead of the first of a kind alone.
    """

    name: str
    rule: Mapping[str, Any] | None
    spans: tuple[Span, ...] = ONCE
    operations: frozenset[str] = ALL
    ended_by: Limit | None = None
    everywhere: frozenset[str] = frozenset()


def _status(name: str, status: int, when: str = "before", retry_after: str | None = None, **more: Any) -> Fault:
    headers = {} if retry_after is None else {"headers": {"Retry-After": retry_after}}
    return Fault(name, {"fault": f"status_{when}", "status": status, **headers}, **more)


def _shape(name: str, operations: frozenset[str] = ALL, spans: tuple[Span, ...] = ONCE, **what: Any) -> Fault:
    return Fault(name, {"fault": "wrong_shape", **what}, spans, operations)


def _count(name: str, count: object, spans: tuple[Span, ...] = ONCE) -> Fault:
    return _shape(f"count-{name}", LISTS, spans, patch={"count": count, "total_items": count})


NETWORK = (
    Fault("refused", None, FOR_GOOD),
    Fault("unreachable", None, FOR_GOOD, ended_by="timeout"),
    Fault("reset-before", {"fault": "reset_before"}, FOR_GOOD, everywhere=ALL),
    Fault("reset-after", {"fault": "reset_after"}, (*BOTH, "then nothing"), WRITES, everywhere=WRITES),
    Fault("silence", {"fault": "silence_after"}, ended_by="timeout"),
    Fault("late", {"fault": "late", "seconds": 2}, ONCE, WRITES, ended_by="timeout"),
    Fault("cut-off", {"fault": "cut_off"}, everywhere=CREATE),
    Fault("drip", {"fault": "drip", "seconds": 0.1}, ended_by="deadline"),
)
TROUBLE = (
    _status("429", 429),
    _status("429-seconds", 429, retry_after="7"),
    _status("429-date", 429, retry_after="Tue, 19 Jan 2038 03:14:07 GMT"),
    _status("429-absurd", 429, retry_after="99999999"),
    _status("429-garbage", 429, retry_after="-1 soon; \u00e9"),
    _status("500-before", 500),
    _status("502-before", 502, spans=FOR_GOOD),
    _status("503-before", 503, spans=BOTH),
    _status("504-before", 504),
    _status("500-after", 500, "after", operations=WRITES),
    _status("502-after", 502, "after", operations=WRITES),
    _status("503-after", 503, "after", operations=WRITES),
    _status("504-after", 504, "after", operations=WRITES, spans=FOR_GOOD),
    Fault("mislabelled", {"fault": "mislabelled", "status": 500}, FOR_GOOD, WRITES),
)
REFUSALS = (
    Fault("400-echo", {"fault": "echo", "status": 400}),
    _status("401", 401),
    _status("403", 403, everywhere=WRITES),
    _status("404", 404, operations=ALL - {"create", "delete"}),
    _status("410", 410),
    Fault("gone", {"fault": "moves"}, ONCE, ALL - {"list", "create"}, everywhere=ALL),
)
OTHER_SERVERS = (
    *(Fault(f"redirect-{status}", {"fault": "redirect", "status": status}) for status in (301, 302, 307)),
    Fault("html", {"fault": "html"}, everywhere=CREATE),
    Fault("broken-json", {"fault": "broken_json"}, FOR_GOOD),
    Fault("huge", {"fault": "huge"}),
    _shape("json-list", body=[]),
    _shape("json-null", body=None),
    _shape("json-object", LISTS, body={}),
    _shape("no-id", ALONE, patch={"id": None}),
    _shape("other-id", ALONE, patch={"id": "00000000-0000-4000-8000-000000000000"}),
    _shape("no-name", ALONE, patch={"name": None}),
    _shape("no-keys", ALONE, patch={"keys": None}),
    _shape("items-no-id", LISTS, patch={"_embedded": {"applications": [{"name": "Shop"}]}}),
    _shape("items-null", LISTS, patch={"_embedded": {"applications": None}}),
    _count("high", 999),
    _count("low", 1, BOTH),
    _count("negative", -1),
    _count("text", "many"),
    _count("missing", None),
)
FAULTS = (*NETWORK, *TROUBLE, *REFUSALS, *OTHER_SERVERS)
