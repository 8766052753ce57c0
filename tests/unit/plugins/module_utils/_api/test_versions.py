# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._api import versions
from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import ApiV1
from ansible_collections.community.nexmo.plugins.module_utils._api.v2 import ApiV2
from ansible_collections.community.nexmo.plugins.module_utils._api.versions import api_from
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._redact import Redactor


class Failed(Exception):
    """The module ended."""


class Task:
    """What is asked of a module: its options, which of them the task gives, and what it warns of."""

    def __init__(self, **options):
        self.given = frozenset(options) | {"api_key", "api_secret"}
        self.warnings = []
        self.params = {
            "api_key": "key",
            "api_secret": "secret",
            "api_url": "https://api.nexmo.com",
            "api_version": "v1",
            "timeout": 30.0,
            "deadline": 300.0,
            "max_retries": 5,
            "max_connections": 8,
            "validate_certs": True,
            "ca_path": None,
            **options,
        }

    def warn(self, text):
        self.warnings.append(text)

    def fail_json(self, msg, **details):
        raise Failed(msg)


@pytest.fixture(autouse=True)
def fixture_environment(monkeypatch):
    """Without credentials."""
    for name in ("NEXMO_API_KEY", "NEXMO_API_SECRET", "VONAGE_API_KEY", "VONAGE_API_SECRET"):
        monkeypatch.delenv(name, raising=False)


def api_of(task):
    return api_from(task, Redactor(("secret",)))


@pytest.mark.parametrize(("version", "api"), [("v1", ApiV1), ("v2", ApiV2)])
def test_the_version_decides_on_the_api(version, api):
    assert isinstance(api_of(Task(api_version=version)), api)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"api_key": " "}, "api_key: is empty"),
        ({"api_secret": ""}, "api_secret: is empty"),
        ({"timeout": 0.0}, "timeout: 0 is out of range"),
        ({"timeout": float("nan")}, "timeout: nan is out of range"),
        ({"deadline": 86401.0}, "deadline: 86401 is out of range"),
        ({"max_retries": -1}, "max_retries: -1 is below 0"),
        ({"max_connections": 0}, "max_connections: 0 is out of range"),
        ({"max_connections": 65}, "max_connections: 65 is out of range"),
        ({"api_url": "https://user:hush@example.com"}, "api_url: must not hold a user name or password"),
        ({"api_url": "example.com"}, "api_url: 'example.com' is not an absolute http or https URL"),
        ({"api_url": "https://example.com/?x=1"}, "api_url: must end with the host or a path"),
        ({"api_url": "https://example.com/#x"}, "api_url: must end with the host or a path"),
        ({"api_url": "https://example.com?"}, "api_url: must end with the host or a path"),
        ({"ca_path": "/there/is/no/such.pem"}, "ca_path: /there/is/no/such.pem does not exist"),
    ],
)
def test_an_option_that_cannot_be_right_is_refused(options, message):
    with pytest.raises(InvalidOption) as caught:
        api_of(Task(**options))

    assert message in str(caught.value)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(("given", "other"), [("api_key", "api_secret"), ("api_secret", "api_key")])
def test_half_a_pair_with_the_environment_s_other_half_is_refused(given, other, monkeypatch):
    monkeypatch.setenv("NEXMO_API_KEY", "another")
    monkeypatch.setenv("NEXMO_API_SECRET", "another")
    task = Task()
    task.given = frozenset([given])

    with pytest.raises(InvalidOption) as caught:
        api_of(task)

    assert "%s: is left out" % other in str(caught.value)


def test_half_a_pair_that_is_the_environment_s_is_fine(monkeypatch):
    monkeypatch.setenv("NEXMO_API_KEY", "key")
    monkeypatch.setenv("NEXMO_API_SECRET", "secret")
    task = Task()
    task.given = frozenset(["api_key"])

    assert isinstance(api_of(task), ApiV1)


def test_without_requests_the_module_ends_with_its_name(monkeypatch):
    monkeypatch.setattr(versions, "REQUESTS_IMPORT_ERROR", "Traceback ...")

    with pytest.raises(Failed, match="requests"):
        api_of(Task())


@pytest.mark.parametrize("url", ["http://api.example.com", "http://192.0.2.1:8080", "http://localhost.example.com"])
def test_a_url_in_clear_is_warned_of(url):
    task = Task(api_url=url)

    api_of(task)

    assert [warning.partition(" is not https")[0] for warning in task.warnings] == ["api_url: " + url]


@pytest.mark.parametrize(
    "url",
    ["https://api.example.com", "http://127.0.0.1:8080", "http://[::1]", "http://localhost", "http://a.localhost"],
)
def test_a_url_that_nobody_can_overhear_is_not(url):
    task = Task(api_url=url)

    api_of(task)

    assert task.warnings == []


def test_certificates_can_be_left_unverified_and_authorities_given(tmp_path, monkeypatch):
    verified = []
    monkeypatch.setattr(versions, "HttpClient", lambda connection, *others: verified.append(connection.verify))
    bundle = tmp_path / "ca.pem"
    bundle.touch()

    api_of(Task())
    api_of(Task(ca_path=str(bundle)))
    api_of(Task(ca_path=str(bundle), validate_certs=False))

    assert verified == [True, str(bundle), False]


def test_the_api_is_asked_without_a_doubled_slash(monkeypatch):
    urls = []
    monkeypatch.setattr(versions, "HttpClient", lambda connection, *others: urls.append(connection.api_url))

    api_of(Task(api_url="https://example.com/proxy/"))

    assert urls == ["https://example.com/proxy"]


@pytest.mark.parametrize(
    ("api_url", "end", "right"),
    [
        ("https://example.com/v2/applications", "/v2/applications", "https://example.com"),
        ("https://example.com/v1", "/v1", "https://example.com"),
        ("https://example.com/v2/", "/v2", "https://example.com"),
        ("https://example.com/V2", "/V2", "https://example.com"),
        ("https://example.com//v1//applications//", "//v1//applications", "https://example.com"),
        ("https://example.com/applications", "/applications", "https://example.com"),
        ("https://example.com/applications/v2", "/applications/v2", "https://example.com"),
        ("https://example.com/v0.1", "/v0.1", "https://example.com"),
        ("https://example.com/v2/applications/some-id", "/v2/applications/some-id", "https://example.com"),
        ("https://example.com:8443/proxy/v2/applications", "/v2/applications", "https://example.com:8443/proxy"),
    ],
)
def test_a_url_that_holds_what_the_modules_append_is_refused_with_the_right_one(api_url, end, right):
    with pytest.raises(InvalidOption) as caught:
        api_of(Task(api_url=api_url))

    assert str(caught.value) == "api_url: ends with %s, which the modules append; give %s" % (end, right)


@pytest.mark.parametrize(
    "api_url",
    [
        "https://v2",
        "https://applications/",
        "https://applications:8443",
        "https://example.com/v2/nexmo",
        "https://example.com/api-v2",
        "https://example.com/my-applications",
        "https://v2.example.com/prefix",
    ],
)
def test_a_host_or_a_prefix_may_have_such_a_name(api_url):
    assert isinstance(api_of(Task(api_url=api_url)), ApiV1)


ENDS = ["\n", "\r\n", " ", "\t", "\x85", "\u2028", "\ufeff", "\u200b", " \ufeff\n"]


@pytest.mark.parametrize("option", ["api_key", "api_secret"])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("place", ["%s" + "hush", "hush" + "%s"])
def test_white_space_at_an_end_of_a_credential_is_refused_without_showing_it(option, end, place):
    with pytest.raises(InvalidOption) as caught:
        api_of(Task(**{option: place % end}))

    assert str(caught.value).startswith("%s: begins or ends with white space, " % option)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("option", ["api_key", "api_secret"])
@pytest.mark.parametrize("value", ["hush\nmore", "hush\0more", "hush\u200bmore"])
def test_a_credential_of_several_lines_is_refused_without_showing_it(option, value):
    with pytest.raises(InvalidOption) as caught:
        api_of(Task(**{option: value}))

    assert str(caught.value).startswith("%s: holds a line break or another character that cannot be seen" % option)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("secret", ["a/b+c %&=\xe9", "\U0001f511", "a b", "\xa0 secret"])
def test_a_credential_may_hold_anything_that_can_be_seen(secret):
    assert isinstance(api_of(Task(api_secret=secret)), ApiV1)
