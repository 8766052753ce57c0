# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's variables as data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.plugin_utils._mistakes import mistakes
from ansible_collections.community.nexmo.plugins.plugin_utils._options import (
    OF_ONE,
    OPTIONS,
    applications_of,
    default_path,
    file_name,
    is_given,
    items_of,
)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("my-shop_1.2", "my-shop_1.2"),
        ("My Shop", "My-Shop-b14e7670"),
        ("0", "0"),
        ("no", "no"),
        ("1e3", "1e3"),
    ],
)
def test_file_name_is_the_label_where_it_can_be(label: str, expected: str) -> None:
    assert file_name(label) == expected


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_file_names_are_safe_and_differ(one: str, other: str) -> None:
    names = file_name(one), file_name(other)

    assert (names[0] == names[1]) is (one == other)
    for name in names:
        assert name.isascii()
        assert "/" not in name
        assert not name.startswith(".")
        assert len(name) <= 109


@pytest.mark.parametrize(("name", "word"), [(0, "0"), (False, "no"), (True, "yes"), (1e3, "1000.0"), ("1e3", "1e3")])
def test_name_that_is_no_text_becomes_the_word_that_was_written(name: Any, word: str) -> None:
    variables = {"list": [{"name": name}]}

    assert items_of(variables) == [{"name": word}]
    assert applications_of(variables)[0]["path"] == "/etc/nexmo/%s.key" % word


@pytest.mark.parametrize("name", OPTIONS)
def test_only_an_empty_url_says_anything(name: str) -> None:
    assert not is_given(name, None)
    assert is_given(name, "") is (name.endswith("_url") and name not in ("api_url", "rest_url"))
    assert is_given(name, False)
    assert is_given(name, 0)


def test_null_and_empty_options_of_an_item_are_not_given() -> None:
    item = {"name": "Shop", "state": "", "lost_key": None, "answer_url": "", "public_key": "", "settings": {"a": None}}

    assert items_of({"list": [item]}) == [{"name": "Shop", "answer_url": "", "settings": {"a": None}}]


@pytest.mark.parametrize("nothing", [None, ""])
def test_name_of_an_environment_variable_that_is_null_or_empty_is_not_given(nothing: str | None) -> None:
    (application,) = applications_of({**GOOD, "env_names": {"application_id": nothing, "private_key_path": "SHOP_KEY"}})

    assert application["env_names"] == {"application_id": "NEXMO_APPLICATION_ID", "private_key_path": "SHOP_KEY"}


def test_applications_hold_nothing_of_the_settings() -> None:
    secret = {"capabilities": {"video": {"secret": "S"}}, "settings": {"x": "S"}, "answer_url": "https://u:S@h/"}

    assert "'S'" not in str(applications_of({"name": "n", "api_secret": "S", "private_key_path": "/k", **secret}))


def test_hosts_share_an_application_by_account_and_name() -> None:
    base = {"name": "Shop", "api_key": "k", "api_url": "https://h/"}
    same = [
        base,
        {**base, "api_url": "https://h"},
        {"list": [{"name": "Shop"}], "api_key": "k", "api_url": "https://h"},
    ]
    others = [{**base, "api_key": "l"}, {**base, "name": "shop"}, {**base, "application_id": "x"}]

    groups = [applications_of(variables)[0]["group"] for variables in [*same, *others]]

    assert len(set(groups[:3])) == 1
    assert len(set(groups)) == 4


GOOD = {"name": "Shop", "private_key_path": "/k"}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        (GOOD, None),
        ({"list": [{"name": "A"}, {"application_id": "x"}]}, None),
        ({"list": [{"name": "A"}], "private_key_path": default_path("")}, None),
        ({"list": [{"name": "A", "env_path": "/e"}, {"name": "B", "env_path": "/e"}]}, None),
        ({**GOOD, "private_key_path": "~/k"}, None),
        ({**GOOD, "private_key_path": "$HOME/k"}, None),
        ({}, "nexmo_application_name: is not given"),
        ({"name": " "}, "nexmo_application_name: is not given"),
        ({**GOOD, "private_key_path": "k"}, "nexmo_application_private_key_path: k is not an absolute path"),
        ({**GOOD, "env_path": "e"}, "nexmo_application_env_path: e is not an absolute path"),
        ({**GOOD, "env_path": "/x/../k"}, "nexmo_application_env_path: /x/../k is the path of a private key"),
        ({**GOOD, "state": "gone"}, "nexmo_application_state: gone is not one of present, absent"),
        ({**GOOD, "state": "gone\nnow"}, "nexmo_application_state: gone now is not one of present, absent"),
        ({**GOOD, "lost_key": "find"}, "nexmo_application_lost_key: find is not one of"),
        ({**GOOD, "key_source": "me"}, "nexmo_application_key_source: me is not one of"),
        ({**GOOD, "answer_method": "PUT"}, "nexmo_application_answer_method: PUT is not one of GET, POST"),
        ({**GOOD, "env_names": ["a"]}, "nexmo_application_env_names: is not a dictionary"),
        ({**GOOD, "env_names": {"key": "a"}}, "nexmo_application_env_names: is not a dictionary"),
        ({**GOOD, "env_names": {"application_id": "NEXMO_PRIVATE_KEY_PATH", "private_key_path": None}}, "has one name"),
        ({**GOOD, "env_names": {"application_id": "A B"}}, "A B is not the name of an environment variable"),
        ({**GOOD, "env_names": {"application_id": "NEXMO_PRIVATE_KEY_PATH"}}, "has one name for both"),
        *(
            ({**GOOD, "env_names": {"application_id": name}}, "is not the name of an environment variable")
            for name in ([1], {"a": 1}, True, 5, " ", "A\nB")
        ),
        ({"list": [{"name": "A", "env_names": {"application_id": [1]}}]}, "is not the name of an environment variable"),
        ({**GOOD, "env_path": "//k"}, "nexmo_application_env_path: //k is the path of a private key"),
        ({"list": [{"name": n, "private_key_path": p} for n, p in (("A", "//k/a"), ("B", "/k/a"))]}, "more than once"),
        ({"list": []}, "nexmo_application_list: is empty"),
        ({"list": {"name": "A"}}, "nexmo_application_list: is not a list"),
        ({"list": [{"type": "voice"}]}, "nexmo_application_list: 1 of its items have neither a name nor"),
        ({"list": [{"name": "A"}, {"name": "A", "private_key_path": "/a"}]}, "the name 'A' is given more than once"),
        ({"list": [{"name": "A b"}, {"name": "B", "private_key_path": default_path("A b")}]}, "more than once"),
        ({"list": [{"name": "A", "private_key_path": "/b"}, {"name": "B", "env_path": "/./b"}]}, "private key as well"),
        ({"list": [{"name": "A", "lost_key": "x"}]}, "nexmo_application_list: A: lost_key: x is not one of"),
    ],
)
def test_mistakes_are_told_in_one_line_that_names_the_variable(variables: dict[str, Any], words: str | None) -> None:
    found = mistakes(variables)

    assert [words in mistake and "\n" not in mistake for mistake in found] == ([] if words is None else [True])


@pytest.mark.parametrize("name", OF_ONE)
def test_each_option_of_one_application_is_refused_beside_a_list(name: str) -> None:
    (mistake,) = mistakes({"list": [{"name": "A"}], name: "x"})

    assert "cannot be given with nexmo_application_%s;" % name in mistake
