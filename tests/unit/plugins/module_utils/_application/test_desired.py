# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.desired import check_finder, desired_from
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._urls import check_url

URL = "https://example.com/webhooks"


def patch_of(**options):
    return desired_from(dict(options, name="x")).patch


def test_options_that_are_not_given_are_not_in_the_patch():
    desired = desired_from({"name": "x", "type": None, "answer_url": None, "capabilities": None, "improve_ai": None})

    assert desired.patch == {"name": "x"}
    assert desired.options == {"name": "x"}
    assert (desired.application_id, desired.type, desired.recreate, desired.lost_key) == (None, None, False, "fail")


@pytest.mark.parametrize(
    ("options", "patch"),
    [
        ({"answer_url": URL}, {"voice": {"webhooks": {"answer_url": {"address": URL}}}}),
        ({"answer_url": ""}, {"voice": {"webhooks": {"answer_url": None}}}),
        ({"event_method": "GET"}, {"voice": {"webhooks": {"event_url": {"http_method": "GET"}}}}),
        (
            {"inbound_url": URL, "inbound_method": "POST"},
            {"messages": {"webhooks": {"inbound_url": {"address": URL, "http_method": "POST"}}}},
        ),
        (
            {"answer_url": URL, "event_url": "", "status_url": URL},
            {
                "voice": {"webhooks": {"answer_url": {"address": URL}, "event_url": None}},
                "messages": {"webhooks": {"status_url": {"address": URL}}},
            },
        ),
        ({"capabilities": {"vbc": {"state": "present"}, "rtc": None}}, {"vbc": {}}),
    ],
)
def test_webhooks_and_capabilities_become_one_patch(options, patch):
    assert patch_of(**options) == {"name": "x", "capabilities": patch}


def test_key_and_ai_stand_where_the_api_has_them():
    assert patch_of(public_key="PEM", improve_ai=False) == {
        "name": "x",
        "keys": {"public_key": "PEM"},
        "privacy": {"improve_ai": False},
    }


def test_an_id_alone_names_no_setting():
    assert desired_from({"application_id": "aaaa"}).patch == {}


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({}, "name"),
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"name": " \t"}, "name"),
        ({"application_id": ""}, "application_id"),
        ({"name": "x", "application_id": " "}, "application_id"),
        ({"name": "x", "answer_url": "", "answer_method": "GET"}, "answer_method"),
        ({"name": "x", "answer_url": "example.com"}, "answer_url"),
        ({"name": "x", "status_url": "ftp://example.com"}, "status_url"),
        ({"name": "x", "capabilities": {"rtc": {"leg_persistence_time": 0}}}, "capabilities.rtc.leg_persistence_time"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_option(options, option):
    with pytest.raises(InvalidOption, match="^%s: " % option):
        desired_from(options)


@pytest.mark.parametrize(
    "application_id",
    [".", "..", "...", "a/b", "/", "../a", "a\\b", "a b", " a", "a\n", "a?b", "a#b", "%2e%2e", "a;b", "\u00e9", "a\0"],
)
@pytest.mark.parametrize("check", [check_finder, desired_from])
def test_an_id_that_is_no_part_of_a_path_is_refused(application_id, check):
    with pytest.raises(InvalidOption, match="^application_id: .* is not an id; give one as the API shows it"):
        check({"application_id": application_id})


@pytest.mark.parametrize("application_id", ["78d335fa323d01149c3dd6f0d48968cf", "AAAA-bbbb", "a.b", "..a", "_~-"])
def test_an_id_can_be_whatever_a_path_can_hold(application_id):
    check_finder({"application_id": application_id})


@pytest.mark.parametrize("options", [{}, {"name": "x"}, {"application_id": "aaaa"}, {"name": None}])
def test_a_finder_may_be_left_out(options):
    check_finder(options)


@pytest.mark.parametrize(
    ("options", "types"),
    [
        ({}, set()),
        ({"answer_url": URL}, {"voice"}),
        ({"status_method": "POST"}, {"messages"}),
        ({"event_url": "", "inbound_url": URL}, {"voice", "messages"}),
    ],
)
def test_options_tell_the_types_that_they_belong_to(options, types):
    assert desired_from(dict(options, name="x")).types_named == types


def test_parameters_of_the_api_are_called_by_the_options_that_were_given():
    desired = desired_from({"name": "x", "answer_url": URL, "answer_method": "GET", "event_url": URL})

    names = desired.option_names

    assert names["capabilities.voice.webhooks.answer_url.address"] == "answer_url"
    assert names["capabilities.voice.webhooks.answer_url.http_method"] == "answer_method"
    assert names["capabilities.voice.webhooks.answer_url"] == "answer_url"
    assert names["capabilities.voice.webhooks.event_url.address"] == "event_url"
    assert names["keys.public_key"] == "public_key"
    assert names["privacy.improve_ai"] == "improve_ai"
    assert not any("messages" in name for name in names)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.com:8080/a/b?c=d&e=%20#f",
        "HTTPS://EXAMPLE.COM/",
        "https://[::1]:8443/x",
        "https://user:password@example.com/",
        "https://b\xfccher.example/\xe9",
        "http://localhost",
        "https://example.com:/",
    ],
)
def test_absolute_urls_are_taken(url):
    check_url("answer_url", url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "example.com",
        "//example.com/a",
        "/a",
        "ftp://example.com",
        "https://",
        "https:///a",
        "https://:80/",
        "https:example.com",
        "https://example.com:99999/",
        "https://example.com:http/",
        "https://[::1",
        "https://[zz]/",
        "https://exa mple.com/",
        " https://example.com",
        "https://example.com/\n",
        "https://example.com/a b",
        "https://example.com/\t",
        "https://example.com/\x00",
        "https://example.com/\u2028",
        "https://example.com/\u200b",
        "https://\u2100.example",
    ],
)
def test_other_urls_are_refused(url):
    with pytest.raises(InvalidOption, match="^answer_url: .*is not an absolute http or https URL"):
        check_url("answer_url", url)


@given(st.text() | st.text().map("https://".__add__) | st.from_regex(r"https?://[\[\]:@.a-z0-9/%\x00-\x20]*"))
@example("https://[")
@example("https://\ud800")
def test_any_text_is_taken_or_refused_in_one_line(url):
    refusal = refusal_of(url)

    if refusal is None:
        assert url.lower().startswith(("http://", "https://"))
        assert url == "".join(url.split())
    else:
        assert len(refusal.splitlines()) == 1


def refusal_of(url):
    """Why the URL is refused, none where it is not."""
    try:
        check_url("answer_url", url)
    except InvalidOption as error:
        return str(error)
    return None
