# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._http.client import Connection
from ansible_collections.community.nexmo.plugins.module_utils._numbers.connection import rest_connection

OWN = "https://rest.nexmo.com"


@pytest.mark.parametrize(
    ("api_url", "rest_url", "expected"),
    [
        ("https://api.nexmo.com", None, OWN),
        ("https://API.nexmo.com", None, OWN),
        ("https://api.nexmo.com", "", OWN),
        ("http://127.0.0.1:8080", "", "http://127.0.0.1:8080"),
        ("https://api.nexmo.com:443", None, OWN),
        ("http://api.nexmo.com", None, "http://api.nexmo.com"),
        ("https://api.nexmo.com:8443", None, "https://api.nexmo.com:8443"),
        ("https://api.nexmo.com/prefix", None, "https://api.nexmo.com/prefix"),
        ("https://api.nexmo.com.example.com", None, "https://api.nexmo.com.example.com"),
        ("http://127.0.0.1:8080", None, "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080", OWN + "/", OWN),
        ("https://api.nexmo.com", "https://rest.example.com/a/", "https://rest.example.com/a"),
    ],
)
def test_where_the_numbers_are(api_url, rest_url, expected):
    connection = Connection(api_url, 1.0, 2.0, 3, True, 4)

    found = rest_connection(connection, rest_url)

    assert found == Connection(expected, 1.0, 2.0, 3, True, 4, "rest_url")


@pytest.mark.parametrize("rest_url", ["rest.nexmo.com", "ftp://rest.nexmo.com", "https://a:b@rest", "https://r?a"])
def test_a_bad_rest_url_is_refused(rest_url):
    with pytest.raises(InvalidOption, match="^rest_url: "):
        rest_connection(Connection("https://api.nexmo.com", 1.0, 2.0, 3, True), rest_url)
