# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._http.problem import (
    LONGEST_TEXT,
    MOST_PARAMETERS,
    Problem,
    problem_from,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import documents, values
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.loading import in_new_interpreter

# What the service's documentation and its clients show.
PROBLEM_JSON = {
    "type": "https://developer.example.com/api-errors/application#payload-validation",
    "title": "Bad Request",
    "detail": "The request failed due to validation errors",
    "invalid_parameters": [
        {"name": "capabilities.voice.webhooks.answer_url.http_method", "reason": "must be one of: GET, POST"},
        {"name": "name", "reason": "must not be empty"},
    ],
    "instance": "797a8f199c45014ab7b08bfe9cc1c12c",
}
OLD_FORM = {
    "type": "BAD_REQUEST",
    "error_title": "Bad Request",
    "invalid_parameters": {"event_url": "Is required."},
}
CODE_AND_LABEL = {"error-code": "401", "error-code-label": "authentication failed"}
PROXY = "<html>\r\n<head><TITLE>502 Bad\r\n Gateway</TITLE></head><body><h1>502</h1></body></html>"

DOTTED_NAME = "capabilities.voice.webhooks.answer_url.http_method"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(
            PROBLEM_JSON,
            "Bad Request: The request failed due to validation errors; "
            "capabilities.voice.webhooks.answer_url.http_method: must be one of: GET, POST; name: must not be empty",
            id="problem+json",
        ),
        pytest.param(OLD_FORM, "Bad Request; event_url: Is required.", id="parameters by name"),
        pytest.param(CODE_AND_LABEL, "authentication failed", id="error code with a label"),
        pytest.param(PROXY, "502 Bad Gateway", id="a proxy's page"),
        pytest.param("<p>No <b>title</b></p>\n", "No title", id="a page without a title"),
        pytest.param("upstream connect error", "upstream connect error", id="text"),
        pytest.param("", "", id="nothing"),
        pytest.param(" \n\t ", "", id="blanks"),
        pytest.param('["not", "an object"]', '["not", "an object"]', id="a list"),
        pytest.param('"text"', '"text"', id="a string"),
        pytest.param("null", "null", id="null"),
        pytest.param({}, "", id="an empty object"),
        pytest.param({"title": "Only a title"}, "Only a title", id="title"),
        pytest.param({"detail": "Only a detail"}, "Only a detail", id="detail"),
        pytest.param({"message": "Forbidden"}, "Forbidden", id="message"),
        pytest.param({"error": "invalid_request"}, "invalid_request", id="error"),
        pytest.param({"error-code": "420"}, "420", id="error code alone"),
        pytest.param({"type": "UNAUTHORIZED"}, "UNAUTHORIZED", id="type alone"),
        pytest.param({"title": "", "detail": None, "type": "t"}, "t", id="empty members"),
        pytest.param({"title": 404, "detail": ["a"]}, "404: a", id="members of other types"),
        pytest.param({"errors": ["No", "Never"]}, "No, Never", id="errors as texts"),
        pytest.param({"errors": [{"code": "X1", "message": "No"}]}, "X1: No", id="errors as objects"),
        pytest.param({"title": "Bad", "errors": [{"code": "X1"}, "No"]}, "Bad: X1, No", id="errors beside a title"),
        pytest.param({"errors": {"code": "X1", "message": "No"}}, "X1: No", id="errors that are one"),
        pytest.param({"errors": "No"}, "No", id="errors as a text"),
        pytest.param({"errors": []}, "", id="no errors"),
        pytest.param({"errors": [{"field": "name", "message": "is bad"}]}, "name: is bad", id="errors of a field"),
        pytest.param(
            {"errors": [{"code": 7, "message": "No"}, {"parameter": "name", "detail": "is bad"}]},
            "7: No; name: is bad",
            id="errors of both kinds",
        ),
        pytest.param({"errors": {"name": ["is bad", "is long"]}}, "name: is bad, is long", id="errors by name"),
        pytest.param({"error": {"code": 400, "message": "No"}}, "400: No", id="an error with a code"),
        pytest.param({"error": {"code": "x", "message": "No", "details": [{"a": 1}]}}, "x: No", id="and details"),
        pytest.param({"error": {"message": "No", "errors": [{"reason": "r"}]}}, "No: r", id="errors in an error"),
        pytest.param({"error": {"info": {"why": "No"}}}, "info: why: No", id="an error of other members"),
        pytest.param({"error": True, "message": "No"}, "No", id="an error that is only true"),
        pytest.param({"error": "x", "error_description": "No"}, "No", id="OAuth"),
        pytest.param({"messages": [{"status": "4", "error-text": "Bad"}]}, "4: Bad", id="messages of the SMS API"),
        pytest.param({"title": {"en": "No"}, "detail": [["a"], {"b": 1}]}, "en: No: a, b: 1", id="members as objects"),
        pytest.param({"why": {"deep": ["No"]}}, "why: deep: No", id="members that nobody knows"),
        pytest.param([{"message": "No"}, {"message": "Never"}], "No, Never", id="a list of errors"),
        pytest.param(
            {"title": "t", "invalid_parameters": [{"name": ["a", "b"], "reason": {"x": ["y"]}}]},
            "t; a, b: x: y",
            id="parameters that are objects",
        ),
        pytest.param({"title": "t", "invalid_parameters": {"title": None}}, "t; title: is invalid", id="no reason"),
        pytest.param({"title": "t", "invalid_parameters": [{}]}, "t; ?: is invalid", id="a parameter without a name"),
        pytest.param({"title": "t", "invalid_parameters": ["x", 1, None]}, "t", id="parameters of other types"),
        pytest.param({"title": "t", "invalid_parameters": "x"}, "t", id="parameters that are none"),
        pytest.param("\ufffd\x00\ud800", "\ufffd\x00\ud800", id="odd characters"),
        pytest.param('{"title": "cut o', '{"title": "cut o', id="cut off"),
        pytest.param('{"title": ' + "9" * 5000 + "}", None, id="a number of 5000 digits"),
        pytest.param("[" * 100000, None, id="brackets without end"),
        pytest.param('{"title":' * 100000, None, id="objects without end"),
        pytest.param('{"title": ' + "[" * 900 + "]" * 900 + "}", None, id="nested deep in a title"),
    ],
)
def test_each_form_of_an_error_is_one_line(content, text):
    said = problem_from(content if isinstance(content, str) else json.dumps(content)).text()

    assert text is None or said == text
    assert_is_one_line(said)


def assert_is_one_line(text: str) -> None:
    assert text == " ".join(text.split())
    assert len(text) <= 10 * LONGEST_TEXT


def test_parameters_are_called_what_the_user_called_them():
    problem = problem_from(json.dumps(PROBLEM_JSON))

    assert problem.text({DOTTED_NAME: "answer_method"}) == (
        "Bad Request: The request failed due to validation errors; "
        "answer_method: must be one of: GET, POST; name: must not be empty"
    )


@pytest.mark.parametrize(("more", "ending"), [(0, "; p9: is wrong"), (1, "; p9: is wrong; and 1 more")])
def test_of_many_parameters_the_first_are_named(more, ending):
    parameters = {"p%d" % number: "is wrong" for number in range(MOST_PARAMETERS + more)}

    said = problem_from(json.dumps({"title": "Bad", "invalid_parameters": parameters})).text()

    assert said.startswith("Bad; p0: is wrong; p1: is wrong; ")
    assert said.endswith(ending)


@pytest.mark.parametrize("form", [PROBLEM_JSON, OLD_FORM, CODE_AND_LABEL])
def test_the_object_is_kept_whole(form):
    assert problem_from(json.dumps(form)).body == form


@pytest.mark.parametrize("content", ["", PROXY, "[1]", "null", "{"])
def test_what_is_no_object_is_not_kept(content):
    assert problem_from(content).body is None


def test_a_long_text_is_shortened():
    said = problem_from("x" * 100000).text()

    assert said == "x" * (LONGEST_TEXT - 3) + "..."


def test_a_text_that_fits_is_not_shortened():
    assert problem_from("x" * LONGEST_TEXT).text() == "x" * LONGEST_TEXT


def test_a_problem_of_which_nothing_is_known_says_nothing():
    assert Problem("").text() == ""


@given(st.text())
@example("<title>" + "<" * 1000)
def test_any_text_is_one_line(content):
    assert_is_one_line(problem_from(content).text())


MEMBERS = st.sampled_from(
    ["type", "title", "detail", "error_title", "error-code", "error-code-label", "message", "error", "name", "reason"]
)
PARAMETERS = values(MEMBERS) | st.lists(st.fixed_dictionaries({"name": st.text(), "reason": st.text()}))


@given(documents(MEMBERS), PARAMETERS)
@example({}, [{"name": "a\nb", "reason": "c\r\nd"}])
@example({"title": "x"}, [{"name": "n" * 1000, "reason": "r" * 100000}])
@example({}, {"n%d" % number: "is wrong" for number in range(10000)})
def test_any_object_is_one_line(document, parameters):
    content = json.dumps(dict(document, invalid_parameters=parameters))

    assert_is_one_line(problem_from(content).text())
    assert problem_from(content).body == json.loads(content)


@pytest.mark.parametrize("page", ["'<title>' * 150000", "'<' * 1000000", "'<title>' + ' ' * 1000000"])
def test_no_page_takes_long_to_read(page):
    program = "from utils._http.problem import *\nprint(len(problem_from(%s).text()))" % page

    assert int(in_new_interpreter(program, timeout=60)) <= LONGEST_TEXT


WORDS = st.text(st.sampled_from("abc xyz"), min_size=1)
SIMPLE = WORDS | st.integers() | st.booleans() | st.none()
NESTED = st.recursive(
    SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | WORDS, inner, max_size=3)
)


@given(st.dictionaries(MEMBERS | st.sampled_from(["errors", "invalid_parameters", "error_text", "code"]), NESTED))
@example({"error": {"code": "X1", "message": {"deep": ["No"]}}})
@example({"errors": [[["No"]]]})
@example({"title": [None, True, {"a": {}}]})
def test_whatever_its_form_an_error_is_told_in_words(body):
    said = problem_from(json.dumps(body)).text()

    assert not set(said) & set("{}[]'\"")
    assert not {"None", "True", "False"} & set(said.replace(":", " ").split())


@given(WORDS.filter(str.strip))
def test_what_an_error_says_is_told_wherever_it_stands(word):
    forms = [{"errors": [word]}, {"error": {"code": word}}, {"errors": {"name": [word]}}, [{"message": word}]]

    for form in [*forms, {"title": "Bad", "errors": [{"message": word}]}, {"other": [{"deep": word}]}]:
        assert " ".join(word.split()) in problem_from(json.dumps(form)).text()


UNKNOWN = 'is not a known json property (2 known properties: "event_url", "x")'
RTC = "capabilities.rtc.webhooks.answer_url"


@pytest.mark.parametrize("name", ["answer_url", '"answer_url"', RTC, "Field answer_url"])
def test_a_member_that_is_not_known_is_told_like_an_invalid_parameter(name):
    problem = problem_from(json.dumps({"title": "Bad Request", "detail": "%s %s" % (name, UNKNOWN)}))

    assert problem.text({RTC: "settings." + RTC}) == "Bad Request; settings.%s: %s" % (RTC, UNKNOWN)
    assert problem.unknown_members == (name.replace('"', "").split()[-1],)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, "answer_url"),
        ({"a.answer_url": "one", "b.answer_url": "other"}, "answer_url"),
        ({"a.answer_url": "one", "b.answer_url": "one"}, "one"),
        ({"a.other_answer_url": "one"}, "answer_url"),
        ({"answer_url": "that", "b.answer_url": "other"}, "that"),
    ],
)
def test_a_name_without_its_path_is_called_by_the_one_option_that_it_can_be(options, shown):
    assert problem_from(json.dumps({"detail": "answer_url " + UNKNOWN})).text(options).startswith(shown + ": is not")


@pytest.mark.parametrize("detail", [None, 1, "x is not known", "is not a known json property"])
def test_another_detail_is_told_as_it_is(detail):
    problem = problem_from(json.dumps({"title": "Bad Request", "detail": detail}))

    assert problem.unknown_members == ()
    assert str(detail or "Bad Request") in problem.text()
