# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import (
    AmbiguousName,
    InvalidOption,
    KeyLost,
    NexmoError,
    Refused,
)
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._http.problem import Problem

URL = "https://api.example.com/v1/applications"


def test_an_invalid_option_is_named_first():
    assert str(InvalidOption("timeout", "0 is not above 0")) == "timeout: 0 is not above 0"


def test_an_ambiguous_name_tells_the_ids_in_order():
    error = AmbiguousName("My App", ["bbb", "aaa"])

    assert str(error) == (
        "name: 'My App' is the name of several applications: aaa, bbb; give the application_id of the one that is meant"
    )


@pytest.mark.parametrize("error", [InvalidOption("o", "p"), Refused("r"), AmbiguousName("n", ["i"]), KeyLost("k")])
def test_an_error_that_the_api_did_not_answer_has_no_details(error):
    assert isinstance(error, NexmoError)
    assert error.details() == {}


@pytest.mark.parametrize(
    ("error", "text", "details"),
    [
        (ApiError("GET", URL, "no answer"), "GET %s: no answer" % URL, {}),
        (ApiError("GET", URL, "answered 502", 502), "GET %s: answered 502" % URL, {"status": 502}),
        (
            ApiError("GET", URL, "answered 502", 502, Problem("Bad Gateway")),
            "GET %s: answered 502: Bad Gateway" % URL,
            {"status": 502},
        ),
        (
            ApiError("PUT", URL, "answered 400", 400, Problem("Bad", (("a.b", "is wrong"),), {"title": "Bad"})),
            "PUT %s: answered 400: Bad; a.b: is wrong" % URL,
            {"status": 400, "error": {"title": "Bad"}},
        ),
        (
            ApiError("GET", URL, "answered 401", 401, Problem("", (), {}), "check api_key"),
            "GET %s: answered 401; check api_key" % URL,
            {"status": 401, "error": {}},
        ),
    ],
)
def test_an_error_of_the_api_tells_what_was_asked_and_what_came(error, text, details):
    assert str(error) == text
    assert error.details() == details


@pytest.mark.parametrize(
    ("status", "turned_away"),
    [(None, False), (200, False), (399, False), (400, True), (404, True), (499, True), (500, False), (503, False)],
)
def test_only_an_answer_that_blames_the_request_says_that_nothing_was_done(status, turned_away):
    assert ApiError("PUT", URL, "no success", status).turned_away is turned_away


def test_a_refused_parameter_is_called_what_the_user_called_it():
    error = ApiError("POST", URL, "answered 400", 400, Problem("Bad", (("a.b", "is wrong"),)))
    error.option_names = {"a.b": "my_option"}

    assert str(error) == "POST %s: answered 400: Bad; my_option: is wrong" % URL


def test_advice_can_be_given_later():
    error = ApiError("GET", URL, "answered 404", 404)
    error.advice = "set api_version: v2"

    assert str(error) == "GET %s: answered 404; set api_version: v2" % URL
