# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.shown import is_masked, shown
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import NAMES, values

MEMBERS = NAMES | st.sampled_from(["secret", "private_key", "address"])


def names_in(value):
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from names_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from names_in(item)


@given(values(MEMBERS))
def test_nothing_but_secrets_is_left_out(value):
    kept = shown({"value": value, "secret": value, "nested": [{"private_key": value}]})

    assert "secret" not in kept
    assert kept["nested"] == [{}]
    if not set(names_in(value)) & {"secret", "private_key"}:
        assert kept["value"] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://user:pass@example.com/a", "https://user:********@example.com/a"),
        ("https://user:pa@ss:word@example.com/a", "https://user:********@example.com/a"),
        ("https://:pass@[::1]:8443/?a=b@c", "https://:********@[::1]:8443/?a=b@c"),
        ("see https://a:b@c and http://d:e@f", "see https://a:********@c and http://d:********@f"),
        ("https://user@example.com/a:b@c", "https://user@example.com/a:b@c"),
        ("https://example.com:8080/a@b", "https://example.com:8080/a@b"),
        ("https://example.com/?u=a:b@c", "https://example.com/?u=a:b@c"),
        ("user:pass@example.com", "user:pass@example.com"),
    ],
)
def test_the_password_of_a_url_is_masked(text, expected):
    assert shown({"a": [text]}) == {"a": [expected]}
    assert is_masked(shown(text)) == (text != expected)
    assert not is_masked(text)
    assert shown(shown(text)) == shown(text)


@pytest.mark.parametrize("value", [None, 1, True, [], {}, "", "********"])
def test_anything_else_is_no_mask(value):
    assert not is_masked(value)
    assert shown(value) == value
