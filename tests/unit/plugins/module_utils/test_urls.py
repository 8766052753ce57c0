# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._redact import shown
from ansible_collections.community.nexmo.plugins.module_utils._urls import (
    PASSWORD_MASK,
    check_url,
    is_absolute_url,
    passwords_in,
    without_password,
    without_passwords,
)

# What a URL looks like when it is shown.
SHOWN = {
    "https://user:hush@example.com/x?y=z#f": "https://user:********@example.com/x?y=z#f",
    "http://user:hush@example.com": "http://user:********@example.com",
    "HTTPS://user:hush@example.com:8443/": "HTTPS://user:********@example.com:8443/",
    "https://:hush@example.com": "https://:********@example.com",
    "https://user:hu%2Fsh@example.com": "https://user:********@example.com",
    "https://user:hu:sh@example.com": "https://user:********@example.com",
    "https://user:hu@sh@example.com": "https://user:********@example.com",
    "https://me@corp.example:hush@example.com": "https://me@corp.example:********@example.com",
    "https://user:hu\"s'h@[::1]:80/x": "https://user:********@[::1]:80/x",
    "redis://:hush@example.com": "redis://:********@example.com",
    "https://user:********@example.com": "https://user:********@example.com",
}
# What has no password.
AS_IT_IS = [
    "https://example.com/x",
    "https://example.com:8443/user:hush@x",
    "https://example.com/?secret=hush&mail=a:b@c",
    "https://example.com#a:b@c",
    "https://user@example.com/a:b",
    "https://user:@example.com",
    "mail me@example.com: now",
    "sip:user@example.com:5060",
    "",
]


@pytest.mark.parametrize(("url", "as_shown"), SHOWN.items())
def test_a_password_is_masked_and_nothing_else(url, as_shown):
    assert without_password(url) == as_shown
    assert without_passwords("see %s and %s" % (url, url)) == "see %s and %s" % (as_shown, as_shown)
    assert shown({"a": [{"address": url}], "b": (url,)}) == {"a": [{"address": as_shown}], "b": [as_shown]}


@pytest.mark.parametrize("scheme", ["sip", "sips", "SIP"])
def test_a_password_in_a_sip_uri_is_masked(scheme):
    text = "to %s:user:hush@example.com:5060;transport=tls" % scheme

    assert without_passwords(text) == text.replace("hush", "********")
    assert list(passwords_in(text)) == ["hush", "hush"]


@pytest.mark.parametrize("text", AS_IT_IS)
def test_what_has_no_password_is_shown_as_it_is(text):
    assert without_passwords(text) == text
    assert list(passwords_in(text)) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hush@example.com:port/",
        "https://user:hu sh@example.com",
        "https://user:hush/more@example.com",
        "https://user:hush#more@example.com",
        "https://user:hush?more@example.com/?x=a@b",
        "https://user:hush\n@example.com",
        "https://user:hush@",
        "https:/user:hush@example.com",
        "https:user:hush@example.com",
        "user:hush@example.com",
        "ftp://user:hush@example.com",
        " https://user:hush@example.com",
        "https://user:hush@exam ple.com",
        "https://[user:hush@example.com",
    ],
)
def test_what_is_no_url_is_refused_without_its_password(url):
    with pytest.raises(InvalidOption) as caught:
        check_url("answer_url", url)

    assert str(caught.value).startswith("answer_url: ")
    assert "hush" not in str(caught.value)
    assert "more" not in str(caught.value)
    assert "is not an absolute http or https URL, like https://example.com/webhooks" in str(caught.value)


USERINFO = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="/?#*:\x85\xa0"), min_size=3)


@given(user=USERINFO, password=USERINFO.filter(lambda text: "@" not in text))
@example(user="user", password="\\\"'")
def test_no_password_is_left_wherever_its_url_stands(user, password):
    url = "https://%s:%s@example.com/x" % (user, password)

    assert without_passwords("see %s" % url) == "see https://%s:%s@example.com/x" % (user, PASSWORD_MASK)
    assert password in set(passwords_in(json.dumps({"a": url}, ensure_ascii=False))) | set(passwords_in(url))


@given(st.text() | st.text(st.sampled_from("htps:/@ab#? \n")))
def test_masking_again_changes_nothing(text):
    once = without_password(text)

    assert without_password(once) == once
    assert without_passwords(once) == once
    assert is_absolute_url(once) == is_absolute_url(text) or "@" in text
