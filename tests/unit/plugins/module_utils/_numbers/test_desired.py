# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._numbers.desired import (
    check_callback,
    country_code,
    phone_number,
)

DIGITS = st.from_regex("[1-9][0-9]{0,14}", fullmatch=True)


@st.composite
def written(draw):
    """A number, and a way to write it."""
    digits = draw(DIGITS)
    separators = draw(st.lists(st.sampled_from(["", "", " ", "-", "  "]), min_size=len(digits), max_size=len(digits)))
    text = "".join(digit + separator for digit, separator in zip(digits, separators))
    return digits, draw(st.sampled_from(["", "+", " +", "+ "])) + text


@given(written())
def test_a_number_is_its_digits_however_it_is_written(number):
    digits, text = number

    assert phone_number("number", text) == digits


def understood(text):
    """The digits of a text, or the message that refuses it."""
    try:
        return phone_number("number", text), None
    except InvalidOption as error:
        return None, str(error)


@given(st.text(max_size=20))
def test_a_text_is_a_number_or_refused_in_one_line(text):
    digits, message = understood(text)

    if digits is None:
        assert message.startswith("number: ")
        assert len(message.splitlines()) == 1
    else:
        assert len(digits) <= 15
        assert digits == "".join(character for character in text if character in "0123456789")


@pytest.mark.parametrize(("text", "country"), [("GB", "GB"), ("us", "US"), (" De ", "DE")])
def test_a_country_is_two_capital_letters(text, country):
    assert country_code(text) == country


@pytest.mark.parametrize("text", ["", "G", "GBR", "44", "G B", "ÄÖ"])
def test_what_is_no_country_is_refused(text):
    with pytest.raises(InvalidOption, match="country: .* two letters"):
        country_code(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("tel", "+44 7700 900000", "447700900000"),
        ("sip", "sip:shop@example.com;transport=tls", "sip:shop@example.com;transport=tls"),
        ("sip", "shop@example.com", "shop@example.com"),
    ],
)
def test_a_callback_is_what_the_api_takes(kind, text, value):
    assert check_callback(kind, text) == value


@pytest.mark.parametrize(("kind", "text"), [("tel", "sip:a@b"), ("tel", "0123"), ("sip", "a b@c"), ("sip", "a\tb@c")])
def test_another_callback_is_refused(kind, text):
    with pytest.raises(InvalidOption, match="voice_callback_value: "):
        check_callback(kind, text)
