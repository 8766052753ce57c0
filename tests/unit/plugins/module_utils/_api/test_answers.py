# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import example, given

from ansible_collections.community.nexmo.plugins.module_utils._api.answers import Answer, private_key_of
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import documents, values

APPLICATION = {"id": "aaaa", "name": "My Application"}


def answer(value):
    return Answer("GET", "/v1/applications", value)


def test_an_application_is_given_as_it_came():
    shown = dict(APPLICATION, something={"else": [1]})

    assert answer(shown).application() == shown


@pytest.mark.parametrize("name", ["", " ", "\xe9"])
def test_any_name_will_do(name):
    assert answer({"id": "aaaa", "name": name}).application()["name"] == name


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "text",
        1,
        True,
        {},
        {"id": "aaaa"},
        {"name": "x"},
        {"id": "", "name": "x"},
        {"id": None, "name": "x"},
        {"id": 1, "name": "x"},
        {"id": "aaaa", "name": None},
        {"id": "aaaa", "name": ["x"]},
        [APPLICATION],
    ],
)
def test_what_is_no_application_is_an_error(value):
    with pytest.raises(ApiError, match="check api_url") as caught:
        answer(value).application()

    assert caught.value.final
    assert str(caught.value).startswith("GET /v1/applications: answered with ")


def test_a_listing_gives_its_applications_in_order():
    applications = [dict(APPLICATION, id="a%d" % number) for number in range(3)]

    assert answer({"_embedded": {"applications": applications}}).embedded_applications() == applications


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        [APPLICATION],
        {},
        {"_embedded": None},
        {"_embedded": []},
        {"_embedded": {}},
        {"_embedded": {"applications": None}},
        {"_embedded": {"applications": {}}},
        {"_embedded": {"applications": [APPLICATION, None]}},
        {"_embedded": {"applications": [{"id": "aaaa"}]}},
    ],
)
def test_what_is_no_listing_is_an_error(value):
    with pytest.raises(ApiError, match="check api_url"):
        answer(value).embedded_applications()


@pytest.mark.parametrize("number", [0, 1, 10**20])
def test_a_number_of_a_listing_is_given(number):
    assert answer({"count": number}).number("count") == number


@pytest.mark.parametrize("value", [None, [], {}] + [{"count": n} for n in (None, "1", 1.0, True, -1, [1], {})])
def test_a_listing_without_its_number_is_an_error(value):
    with pytest.raises(ApiError, match="whose count is not a number"):
        answer(value).number("count")


@pytest.mark.parametrize(
    ("value", "number"),
    [({"page_index": 3}, 3), ({"page_index": 0}, 0)]
    + [({"page_index": n}, 0) for n in (None, "1", 1.5, -1, [1], {})]
    + [(None, 0), ([], 0), ({}, 0)],
)
def test_a_number_that_matters_less_is_zero_where_it_is_none(value, number):
    assert answer(value).number_or_zero("page_index") == number


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"keys": {"private_key": "PEM"}}, "PEM"),
        ({"keys": {"private_key": ""}}, None),
        ({"keys": {"private_key": None}}, None),
        ({"keys": {"private_key": {}}}, None),
        ({"keys": {"public_key": "PEM"}}, None),
        ({"keys": None}, None),
        ({"keys": "PEM"}, None),
        ({}, None),
    ],
)
def test_a_private_key_is_found_where_it_is_handed_out(value, key):
    assert private_key_of(value) == key


@given(values() | documents())
@example({"_embedded": {"applications": [1]}})
def test_any_answer_is_taken_apart_or_an_error(value):
    for read in (Answer.application, Answer.embedded_applications, lambda given: given.number("a")):
        with suppress(ApiError):
            json.dumps(read(answer(value)))
    assert answer(value).number_or_zero("a") >= 0
