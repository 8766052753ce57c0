# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._http.retry import (
    FIRST_WAIT,
    LONGEST_RETRY_AFTER,
    LONGEST_WAIT,
    may_repeat,
    seconds_to_wait,
)

NEVER_SENT = {"delivered": False}
BROKE_OFF = {"delivered": True}
UNTRUSTED = {"delivered": False, "final": True}
TOO_LATE = {"delivered": True, "final": True}
ALL, SAFE, NONE = "GET PUT DELETE POST", "GET PUT DELETE", ""


def answered(status: int) -> dict:
    return {"status": status}


@pytest.mark.parametrize("method", ALL.split())
@pytest.mark.parametrize(
    ("failure", "repeated"),
    [
        (NEVER_SENT, ALL),
        (BROKE_OFF, SAFE),
        (UNTRUSTED, NONE),
        (TOO_LATE, NONE),
        (answered(200), NONE),
        (answered(301), NONE),
        (answered(400), NONE),
        (answered(401), NONE),
        (answered(403), NONE),
        (answered(404), NONE),
        (answered(408), NONE),
        (answered(409), NONE),
        (answered(410), NONE),
        (answered(429), ALL),
        (answered(500), SAFE),
        (answered(501), NONE),
        (answered(502), SAFE),
        (answered(503), SAFE),
        (answered(504), SAFE),
        (dict(answered(503), final=True), NONE),
        (dict(answered(429), final=True), NONE),
    ],
    ids=str,
)
def test_a_request_is_repeated_only_where_that_is_safe_and_can_help(method, failure, repeated):
    error = ApiError(method, "https://api.example.com/v1/applications", "failed", **failure)

    assert may_repeat(error) is (method in repeated.split())


def wait(header, repeat=0):
    return seconds_to_wait(ApiError("GET", "u", "r", 503, retry_after=header), repeat)


def http_date(seconds_from_now: float) -> str:
    moment = datetime.now(timezone.utc) + timedelta(seconds=seconds_from_now)
    return format_datetime(moment, usegmt=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        (" 7 ", 7),
        ("007", 7),
        ("60", 60),
        ("61", LONGEST_RETRY_AFTER),
        ("9" * 5000, LONGEST_RETRY_AFTER),
    ],
)
def test_seconds_that_a_server_asks_for_are_waited_up_to_a_limit(header, seconds):
    assert wait(header) == seconds


# The dates are made in the test: in its name they would differ between the processes that share the tests.
@pytest.mark.parametrize(
    ("seconds_from_now", "least", "most"),
    [
        (30, 0, 30),
        (-30, 0, 0),
        (86400, LONGEST_RETRY_AFTER, LONGEST_RETRY_AFTER),
    ],
)
def test_a_date_soon_or_past_is_waited_for_up_to_a_limit(seconds_from_now, least, most):
    assert least <= wait(http_date(seconds_from_now)) <= most


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_RETRY_AFTER, LONGEST_RETRY_AFTER),
        ("Fri, 31 Dec 9999 23:59:59 -2359", LONGEST_RETRY_AFTER, LONGEST_RETRY_AFTER),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0, 0),
        ("Fri, 31 Dec 9999 23:59:59", LONGEST_RETRY_AFTER, LONGEST_RETRY_AFTER),
    ],
)
def test_the_date_that_a_server_asks_for_is_waited_for_up_to_a_limit(header, least, most):
    assert least <= wait(header) <= most


NONSENSE = [
    "",
    " ",
    "soon",
    "-5",
    "1.5",
    "1e9",
    "5 seconds",
    "\xb2",
    "Mon, 32 Jan 2026 00:00:00 GMT",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 01 Jan 2026 99999999999999999999:00:00 GMT",
    "Mon, 01 Jan 2026 00:00:00 +99999999999999999999",
]


@pytest.mark.parametrize("repeat", [0, 1, 2, 3, 5, 10, 100, 10**6])
def test_without_a_header_the_wait_doubles_up_to_a_limit(repeat):
    longest = min(FIRST_WAIT * 2.0 ** min(repeat, 100), LONGEST_WAIT)

    for _attempt in range(20):
        assert longest / 2 <= wait(None, repeat) <= longest


@pytest.mark.parametrize("header", NONSENSE)
def test_a_header_that_makes_no_sense_is_as_good_as_none(header):
    assert FIRST_WAIT / 2 <= wait(header) <= FIRST_WAIT


def test_waits_differ_so_that_clients_do_not_come_back_in_step():
    assert len({wait(None) for _attempt in range(20)}) > 1


DATES = st.from_regex(
    r"[A-Z][a-z]{2}, [0-9]{1,3} (Jan|Foo) [0-9]{1,30} [0-9]{1,9}:[0-9]{2}:[0-9]{2} ?[A-Z+-][0-9]{0,9}"
)


@given(st.text() | DATES, st.integers(0, 10**9))
@example("\xb2", 0)
@example("\u0662", 0)
def test_any_header_gives_a_wait_within_the_limits(header, repeat):
    assert 0 <= wait(header, repeat) <= max(LONGEST_WAIT, LONGEST_RETRY_AFTER)
