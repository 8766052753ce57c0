# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import ssl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._http.proxy import (
    proxy_at,
    proxy_reason,
    refused_for_good,
)

TARGET = "api.nexmo.com:443"


@pytest.mark.parametrize(
    ("address", "url", "place"),
    [
        ("http://proxy.example.com:3128", "http://proxy.example.com:3128", "proxy.example.com:3128"),
        ("http://proxy.example.com/", "http://proxy.example.com/", "proxy.example.com"),
        ("proxy:3128", "http://proxy:3128", "proxy:3128"),
        ("proxy.example.com", "http://proxy.example.com", "proxy.example.com"),
        ("user:hush@proxy:3128", "http://user:hush@proxy:3128", "proxy:3128"),
        ("HTTPS://user:hush@Proxy:3128", "HTTPS://user:hush@Proxy:3128", "proxy:3128"),
        ("http://user:hu%2Fsh@[::1]:3128", "http://user:hu%2Fsh@[::1]:3128", "[::1]:3128"),
        ("http://user:hu@sh@proxy", "http://user:hu@sh@proxy", "proxy"),
        ("socks5h://proxy:1080", "socks5h://proxy:1080", "proxy:1080"),
        ("http://pr\xf6xy:3128", "http://pr\xf6xy:3128", "pr\xf6xy:3128"),
    ],
)
def test_what_can_be_a_proxy_is_taken(address, url, place):
    proxy = proxy_at(address, "https", {})

    assert (proxy.url, proxy.place) == (url, place)


MALFORMED = [
    "http://",
    "://proxy",
    "http:/proxy:3128",
    "http:proxy",
    "http://[::1",
    "http://::1]:3128",
    "http://proxy:port",
    "http://proxy:99999",
    "http://proxy:-1",
    "http://user:hush/more@proxy:3128",
    "http://user:hush#more@proxy:3128",
    "http://user:hush?more@proxy:3128",
    "http://user:hush more@proxy:3128",
    "http://user:7/hush@proxy:3128",
    "http://user:hush@",
    "http://user:hush@:3128",
    " http://user:hush@proxy:3128",
    "http://user:hush@proxy:3128\n",
    '"http://user:hush@proxy:3128"',
    "'http://user:hush@proxy:3128'",
    "http://user:hush@pro xy",
    "http://user:hush@proxy,other",
    "http://user:hush@%70roxy",
    "http://a..b",
    "http://.proxy",
    "http://" + "x" * 64 + ".example.com",
    "ftp://user:hush@proxy",
    "file:///user:hush@proxy",
    "socks6://proxy",
    "\ufeffhttp://proxy",
]


@pytest.mark.parametrize("address", MALFORMED)
def test_what_cannot_be_a_proxy_is_refused_without_showing_it(address):
    with pytest.raises(InvalidOption) as caught:
        proxy_at(address, "https", {"HTTPS_PROXY": address})

    assert str(caught.value).startswith("HTTPS_PROXY: ")
    assert "http://proxy.example.com:3128" in str(caught.value)
    assert "hush" not in str(caught.value)


@given(st.text() | st.text(st.sampled_from("htps:/@#?[].%\\ ab19\n")))
@example("http://[]")
@example("http://[::1]x")
@example("http://a:b@c:d@e:5/")
def test_any_address_is_taken_or_refused_in_one_line(address):
    proxy = taken_or_none(address)

    assert proxy is None or (proxy.place and "@" not in proxy.place)


def taken_or_none(address):
    """The proxy, or None where the address was refused as it should be."""
    try:
        proxy = proxy_at(address, "https", {})
    except InvalidOption as error:
        if "\n" in str(error):
            raise
        return None
    return proxy if list(proxy.secrets) else None


@pytest.mark.parametrize(
    ("environment", "scheme", "variable"),
    [
        ({"HTTPS_PROXY": "x:"}, "https", "HTTPS_PROXY"),
        ({"https_proxy": "x:", "HTTPS_PROXY": "y"}, "https", "https_proxy"),
        ({"HTTP_PROXY": "x:"}, "http", "HTTP_PROXY"),
        ({"all_proxy": "x:"}, "http", "all_proxy"),
        ({"ALL_PROXY": "x:", "HTTPS_PROXY": "y"}, "https", "ALL_PROXY"),
        ({}, "https", "HTTPS_PROXY"),
    ],
)
def test_the_variable_that_is_wrong_is_named(environment, scheme, variable):
    with pytest.raises(InvalidOption, match="^%s: is not the URL of a proxy" % variable):
        proxy_at("x:", scheme, {**environment, variable: "x:"} if environment else {})


@pytest.mark.parametrize(
    ("address", "secrets"),
    [
        ("http://user:hu%2Fsh@proxy", {"hu%2Fsh", "hu/sh", "user:hu/sh"}),
        ("http://token@proxy", {"token"}),
        ("http://proxy", {""}),
    ],
)
def test_what_a_proxy_s_url_holds_in_secret(address, secrets):
    assert set(proxy_at(address, "https", {}).secrets) == secrets
    assert "hu" not in repr(proxy_at(address, "https", {}))


def refusal(status):
    """As requests hands it on: an OSError whose text holds that of the first one, with signs around it."""
    first = OSError("Tunnel connection failed: %s" % status)
    return [OSError("pool (Caused by ProxyError('Unable to connect to proxy', %r))" % first), ValueError("pool"), first]


@pytest.mark.parametrize(
    ("status", "address", "said"),
    [
        ("407 Proxy Authentication Required", "proxy", "give it a user name and a password in HTTPS_PROXY"),
        ("407 Proxy Authentication Required", "user:x@proxy", "it does not take the user name and password in HTTPS_"),
        ("403 Forbidden", "proxy", "have it allow api.nexmo.com:443, or reach the host without it, by NO_PROXY"),
        ("502 Bad Gateway", "proxy", "it cannot reach api.nexmo.com:443 now"),
        ("503", "proxy", "it cannot reach api.nexmo.com:443 now"),
        ("501 Unsupported method ('CONNECT')", "proxy", "what is there may be no proxy; check HTTPS_PROXY and NO_"),
        ("301 Moved", "proxy", "what is there may be no proxy"),
    ],
)
def test_what_a_proxy_answers_is_told_with_what_to_do(status, address, said):
    reason = proxy_reason(refusal(status), proxy_at(address, "https", {}), TARGET)

    assert reason.startswith("the proxy could not be used: it answered %s; " % status)
    assert said in reason


def test_a_long_phrase_of_a_proxy_is_one_line():
    reason = proxy_reason(refusal("403 a\r\nb " + "x" * 1000), None, TARGET)

    assert "it answered 403 a b xxx" in reason
    assert len(reason) < 300


@pytest.mark.parametrize(("status", "for_good"), [("407 x", True), ("403 x", True), ("302 x", True), ("502 x", False)])
def test_only_what_may_pass_is_asked_again(status, for_good):
    assert refused_for_good(refusal(status)) is for_good


def test_a_failure_that_is_no_answer_may_pass():
    assert not refused_for_good([OSError(111, "Connection refused")])


def tls_error(reason):
    error = ssl.SSLError(1, reason)
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (tls_error("WRONG_VERSION_NUMBER"), "it does not speak TLS; begin its URL in HTTPS_PROXY with http:// instead"),
        (tls_error("UNKNOWN_CA"), "TLS failed: UNKNOWN_CA; check ca_path"),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known; check HTTPS_PROXY and NO_PROXY"),
        (OSError(111, "Connection refused"), "Connection refused; check HTTPS_PROXY and NO_PROXY"),
    ],
)
def test_any_other_failure_names_its_cause(cause, said):
    assert proxy_reason([cause], None, TARGET).startswith("the proxy could not be used: " + said)
