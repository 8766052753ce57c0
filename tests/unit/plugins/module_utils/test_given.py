# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.options import APPLICATION_OPTIONS
from ansible_collections.community.nexmo.plugins.module_utils._given import prepare
from ansible_collections.community.nexmo.plugins.module_utils._http.connection import CONNECTION_OPTIONS
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

ITEMS = {"type": "list", "elements": "dict", "required": True, "options": APPLICATION_OPTIONS}
ONE = dict(CONNECTION_OPTIONS, **APPLICATION_OPTIONS)
MANY = dict(CONNECTION_OPTIONS, applications=ITEMS)

PRIVATE_PEM = keys.private_pem(keys.pair(1024))


def prepared(values, spec=None):
    """What is left of the values, and the problems."""
    left = copy.deepcopy(values)
    problems = prepare(left, spec or ONE)
    return left, problems


def every_option(spec):
    """The paths of all options of a spec, with what defines each."""
    for name, definition in spec.items():
        yield (name,), definition
        if "options" in definition and definition["type"] == "dict":
            yield from (((name,) + path, inner) for path, inner in every_option(definition["options"]))


def at(path, value):
    """A dictionary in dictionaries that holds one value."""
    for name in reversed(path):
        value = {name: value}
    return value


OPTIONS = {".".join(path): (path, definition) for path, definition in every_option(ONE)}


@pytest.mark.parametrize(("path", "definition"), OPTIONS.values(), ids=OPTIONS)
def test_null_is_not_given_at_any_depth(path, definition):
    assert prepared(at(path, None)) == (at(path[:-1], {}), [])


@pytest.mark.parametrize("path", [path for path, _definition in every_option(APPLICATION_OPTIONS)], ids=".".join)
def test_null_is_not_given_in_an_item_of_a_list(path):
    assert prepared({"applications": [at(path, None)]}, MANY) == ({"applications": [at(path[:-1], {})]}, [])


def test_null_is_not_given_by_another_name_either():
    assert prepared({"app_id": None, "name": "A"}) == ({"name": "A"}, [])


NOTHING = ["api_url", "api_version", "ca_path", "timeout", "deadline", "max_retries", "max_connections"]
NOTHING += ["validate_certs", "state", "type", "answer_method", "lost_key", "improve_ai", "recreate", "capabilities"]


@pytest.mark.parametrize("option", NOTHING)
@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_what_is_empty_is_not_given_where_that_says_nothing(option, empty):
    assert prepared({option: empty, "name": "A"}) == ({"name": "A"}, [])


@pytest.mark.parametrize(
    "values",
    [
        {"answer_url": ""},
        {"application_id": "", "name": "A"},
        {"name": ""},
        {"name": " ", "application_id": " "},
        {"private_key_path": ""},
        {"public_key": ""},
        {"api_key": "", "api_secret": ""},
        {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": ""}}}}},
        {"settings": {"a": None, "b": "", "c": {"d": None}}},
        {"held_keys": []},
        {"capabilities": {"vbc": {}}},
        {"unknown": None},
    ],
)
def test_what_is_empty_and_says_something_stays(values):
    assert prepared(values) == (values, [])


@pytest.mark.parametrize("name", ["application_id", "app_id"])
def test_an_empty_name_is_not_given_where_an_id_finds_the_application(name):
    assert prepared({name: "a", "name": " "}) == ({name: "a"}, [])


@pytest.mark.parametrize(
    ("values", "left", "problem"),
    [
        ({"name": {"a": 1}}, {}, "name: holds a dictionary; give text"),
        ({"api_secret": ["hush"]}, {}, "api_secret: holds a list; give text"),
        ({"timeout": [1]}, {}, "timeout: holds a list; give a number"),
        ({"recreate": {}}, {}, "recreate: holds a dictionary; give true or false"),
        ({"private_key_path": ["/x"]}, {}, "private_key_path: holds a list; give a path"),
        ({"held_keys": {"a": 1}}, {"held_keys": []}, "held_keys: does not hold a list"),
        ({"held_keys": [{"a": 1}]}, {"held_keys": []}, "held_keys[0]: holds a dictionary; give text"),
        ({"capabilities": 5}, {}, "capabilities: does not hold options; give each by its name"),
        (
            {"capabilities": {"voice": [{"secret": "hush"}]}},
            {"capabilities": {}},
            "capabilities.voice: does not hold options; give each by its name",
        ),
        (
            {"capabilities": {"voice": {"region": {"a": "hush"}}}},
            {"capabilities": {"voice": {}}},
            "capabilities.voice.region: holds a dictionary; give text",
        ),
    ],
)
def test_what_has_another_shape_is_taken_out_and_told(values, left, problem):
    assert prepared(values) == (left, [problem])


@pytest.mark.parametrize("items", [{"name": "A"}, "A", 7])
def test_applications_have_to_be_a_list(items):
    assert prepared({"applications": items}, MANY) == (
        {"applications": []},
        ["applications: does not hold options; give a list of them"],
    )


def test_an_option_in_an_item_is_told_with_its_place():
    left, problems = prepared({"applications": [{"name": "A"}, {"name": ["B"]}, "C"]}, MANY)

    assert left == {"applications": [{"name": "A"}, {}]}
    assert problems == [
        "applications[1].name: holds a list; give text",
        "applications[2]: does not hold options; give each by its name",
    ]


TEXT_OPTIONS = {
    name: path
    for name, (path, definition) in OPTIONS.items()
    if definition.get("type", "str") in ("str", "path") and name != "public_key" and not definition.get("no_log")
}


@pytest.mark.parametrize("path", TEXT_OPTIONS.values(), ids=TEXT_OPTIONS)
def test_a_private_key_is_refused_in_every_option_that_is_not_for_one(path):
    for given_key in (PRIVATE_PEM, base64.b64encode(PRIVATE_PEM.encode()).decode()):
        left, problems = prepared(at(path, given_key))

        assert left == at(path[:-1], {})
        assert problems == [".".join(path) + ": holds a private key, which does not belong there"]


@pytest.mark.parametrize(
    "values", [{"public_key": PRIVATE_PEM}, {"settings": {"x": PRIVATE_PEM}}, {"api_secret": PRIVATE_PEM}]
)
def test_where_a_private_key_can_be_meant_or_has_a_message_of_its_own_it_stays(values):
    assert prepared(values) == (values, [])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["voice", "webhooks", "answer_url", "address", "state", "name"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(ONE)), ANYTHING), st.lists(ANYTHING, max_size=2))
def test_whatever_is_given_preparing_it_again_changes_nothing(values, items):
    for given_values, spec in ((values, ONE), ({"applications": items}, MANY)):
        left, problems = prepared(given_values, spec)

        assert prepared(left, spec) == (left, [])
        assert all("\n" not in problem for problem in problems)
