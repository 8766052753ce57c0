# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from copy import deepcopy
from typing import Any, Mapping

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._patch import (
    combined,
    differences,
    member,
    merged,
    nested,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import (
    NAMES,
    as_json,
    documents,
    paths,
    values,
)

PATHS = st.lists(NAMES, min_size=1, max_size=4).map(tuple)


def names_path(patch: Any, path: tuple) -> bool:
    """Whether the patch says something of that path, or of something above or below it."""
    for name in path:
        if not isinstance(patch, Mapping):
            return True
        if name not in patch:
            return False
        patch = patch[name]
    return True


def undoes(first: Any, second: Any) -> bool:
    """Whether the second patch reaches into what the first one sets or removes: no single patch says that."""
    if not (isinstance(first, Mapping) and isinstance(second, Mapping)):
        return isinstance(second, Mapping) or second is None
    if bool(first) != bool(second):
        return True
    return any(undoes(first[name], second[name]) for name in first if name in second)


@pytest.mark.parametrize(
    ("document", "patch", "expected"),
    [
        pytest.param({"a": 1}, {}, {"a": 1}, id="nothing named, nothing changed"),
        pytest.param({"a": 1}, {"a": 2}, {"a": 2}, id="replaces"),
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="adds"),
        pytest.param({"a": 1, "b": 2}, {"a": None}, {"b": 2}, id="removes"),
        pytest.param({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}, id="changes inside"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": None}}, {"a": {}}, id="what was emptied stays"),
        pytest.param({}, {"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 1}}}, id="makes what leads to a member"),
        pytest.param({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}, id="an object replaces a value"),
        pytest.param({"a": {"b": 1}}, {"a": [2]}, {"a": [2]}, id="a list replaces an object"),
        pytest.param({"a": [1, 2]}, {"a": [3]}, {"a": [3]}, id="lists are not merged"),
        pytest.param({}, {"a": {}}, {"a": {}}, id="an empty object is made"),
        pytest.param({"a": {"b": 1}}, {"a": {}}, {"a": {"b": 1}}, id="an empty object changes nothing inside"),
        pytest.param({}, {"a": None}, {}, id="removing what is not there"),
        pytest.param({}, {"a": {"b": {"c": None}}}, {}, id="nothing is made to remove from"),
        pytest.param({"a": 1}, {"a": {"b": None}}, {"a": 1}, id="a value has no members to remove"),
        pytest.param({}, {"a": {"b": None, "c": 1}}, {"a": {"c": 1}}, id="null is never stored"),
        pytest.param({"a": None}, {"b": 1}, {"a": None, "b": 1}, id="a null of the document stays"),
    ],
)
def test_a_patch_changes_what_it_names(document, patch, expected):
    assert merged(document, patch) == expected


@given(documents(), documents())
def test_what_a_patch_does_not_name_stays(document, patch):
    result = merged(document, patch)

    for path in paths(document):
        if not names_path(patch, path):
            assert as_json(member(result, path)) == as_json(member(document, path))
    assert all(names_path(patch, path) for path in differences(document, result))


@given(documents(), documents())
def test_applying_twice_is_applying_once(document, patch):
    once = merged(document, patch)

    assert as_json(merged(once, patch)) == as_json(once)


@given(documents(), PATHS)
def test_a_removed_member_is_gone_and_nothing_else_is(document, path):
    result = merged(document, nested(path, None))

    assert path not in set(paths(result))
    assert all(changed == path for changed in differences(document, result))


@given(documents(), PATHS)
def test_removing_what_is_not_there_changes_nothing(document, path):
    assume(path not in set(paths(document)))

    assert as_json(merged(document, nested(path, None))) == as_json(document)


@given(documents(), PATHS, values().filter(lambda value: not isinstance(value, dict) and value is not None))
def test_a_member_that_was_set_is_found(document, path, value):
    result = merged(document, nested(path, value))

    assert as_json(member(result, path)) == as_json(value)


@given(documents(), documents(), documents())
def test_arguments_stay_as_they_are(document, first, second):
    copies = deepcopy((document, first, second))

    merged(merged(document, first), second)
    combined(first, second)
    list(differences(document, first))

    assert as_json((document, first, second)) == as_json(copies)


@given(documents(), documents(), documents())
@example({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"c": 3, "d": None}})
def test_a_combined_patch_does_what_both_do(document, first, second):
    assume(not undoes(first, second))

    assert as_json(merged(document, combined(first, second))) == as_json(merged(merged(document, first), second))


@given(documents())
def test_combining_with_nothing_changes_nothing(patch):
    assert as_json(combined(patch, {})) == as_json(patch)
    assert as_json(combined({}, patch)) == as_json(patch)
    assert as_json(combined(patch, patch)) == as_json(patch)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b": 1}}, {"a": None}, {"a": None}),
        ({"a": None}, {"a": {"b": 1}}, {"a": {"b": 1}}),
    ],
)
def test_of_two_patches_the_second_wins(first, second, expected):
    assert combined(first, second) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, []),
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a",)]),
        ({"a": 1}, {}, [("a",)]),
        ({}, {"a": None}, [("a",)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a", "c")]),
        ({"a": {"b": 1}}, {"a": 1}, [("a",)]),
        ({"a": {"b": 1}}, {}, [("a",)]),
        ({"a": [1, 2]}, {"a": [2, 1]}, [("a",)]),
        ({"b": 1, "a": 1}, {}, [("a",), ("b",)]),
    ],
)
def test_differences_are_the_paths_that_are_not_the_same(one, other, expected):
    assert list(differences(one, other)) == expected


@given(documents(), documents())
def test_documents_are_equal_exactly_where_nothing_differs(one, other):
    assert (not list(differences(one, other))) == (one == other)
    assert list(differences(one, other)) == list(differences(other, one))
    assert not list(differences(one, one))


@pytest.mark.parametrize(
    ("document", "path", "expected"),
    [
        ({"a": {"b": 1}}, ("a", "b"), 1),
        ({"a": {"b": 1}}, ("a",), {"b": 1}),
        ({"a": {"b": 1}}, ("a", "c"), None),
        ({"a": 1}, ("a", "b"), None),
        ({"a": [1]}, ("a", "0"), None),
        (None, ("a",), None),
        ("text", (), "text"),
    ],
)
def test_a_member_that_is_not_there_is_none(document, path, expected):
    assert member(document, path) == expected
