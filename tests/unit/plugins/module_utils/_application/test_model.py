# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import NAMES, documents, values

# Stands where a secret would.
S3CRET = "s3cret-value"


def with_capabilities(capabilities):
    return Application("aaaa", {"name": "x", "capabilities": capabilities})


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ({"voice": {}}, "voice"),
        ({"messages": {}}, "messages"),
        ({"voice": {}, "rtc": {}}, "voice"),
        ({"voice": {}, "messages": {}}, None),
        ({"rtc": {}}, None),
        ({}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_type_is_the_one_capability_that_has_one(capabilities, expected):
    assert with_capabilities(capabilities).type == expected
    assert with_capabilities(capabilities).described()["type"] == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"keys": {"public_key": "PEM"}}, "PEM"),
        ({"keys": {"public_key": ""}}, None),
        ({"keys": {"public_key": None}}, None),
        ({"keys": {"public_key": {"no": "text"}}}, None),
        ({"keys": {}}, None),
        ({"keys": None}, None),
        ({}, None),
    ],
)
def test_a_public_key_that_is_not_shown_is_none(settings, expected):
    assert Application("aaaa", settings).public_key == expected


def test_the_fingerprint_is_that_of_the_public_key():
    application = Application("aaaa", {"keys": {"public_key": keys.public_pem(keys.pair())}})

    assert application.fingerprint == keys.fingerprint(keys.pair())


@pytest.mark.parametrize("settings", [{}, {"keys": {"public_key": "PUBLIC_KEY"}}])
def test_a_key_that_is_not_shown_or_not_a_key_has_no_fingerprint(settings):
    assert Application("aaaa", settings).fingerprint is None


@given(st.text())
@example("\xe9")
def test_whatever_is_shown_as_a_key_has_a_fingerprint_or_none(text):
    assert Application("aaaa", {"keys": {"public_key": keys.armored("PUBLIC KEY", text)}}).fingerprint is None


def test_an_application_is_described_with_what_users_know():
    application = Application(
        "aaaa",
        {
            "name": "My Application",
            "capabilities": {"voice": {"webhooks": {"answer_url": {"address": "https://example.com"}}}},
            "keys": {"public_key": "PEM"},
            "privacy": {"improve_ai": False, "other": 1},
            "vendor": {"x": 1},
        },
    )

    assert application.described() == {
        "id": "aaaa",
        "name": "My Application",
        "type": "voice",
        "public_key": "PEM",
        "capabilities": {"voice": {"webhooks": {"answer_url": {"address": "https://example.com"}}}},
        "improve_ai": False,
        "settings": {"privacy": {"other": 1}, "vendor": {"x": 1}},
    }


def test_a_foretold_application_is_described_without_an_id():
    assert Application(None, {"name": "x"}).described() == {
        "id": None,
        "name": "x",
        "type": None,
        "public_key": None,
        "capabilities": {},
    }


@pytest.mark.parametrize("privacy", [None, {}, [], {"other": True}])
def test_without_the_setting_nothing_is_said_of_ai(privacy):
    assert "improve_ai" not in Application("aaaa", {"name": "x", "privacy": privacy}).described()


MEMBERS = NAMES | st.sampled_from(
    ["secret", "private_key", "voice", "video", "webhooks", "archive_status", "address", "storage", "active"]
)
SECRETS = st.builds(lambda name: {name: S3CRET}, st.sampled_from(["secret", "private_key"]))


@given(st.dictionaries(MEMBERS, values(MEMBERS) | SECRETS | st.lists(SECRETS)), documents(MEMBERS))
def test_a_description_holds_no_secret_and_can_be_returned(capabilities, settings):
    application = Application("aaaa", dict(settings, capabilities=capabilities, keys={"private_key": S3CRET}))

    described = application.described()

    assert S3CRET not in json.dumps(described)
    assert not set(names_in(described)) & {"secret", "private_key"}


def test_the_secret_of_a_webhook_is_not_described():
    webhooks = {"archive_status": {"address": "https://example.com", "secret": S3CRET, "active": True}}

    described = with_capabilities({"video": {"webhooks": webhooks}}).described()

    assert described["capabilities"]["video"]["webhooks"] == {
        "archive_status": {"address": "https://example.com", "active": True}
    }


def names_in(value):
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from names_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from names_in(item)


def test_an_application_without_its_key_is_otherwise_the_same():
    application = Application("aaaa", {"name": "x", "keys": {"public_key": "PEM"}, "more": 1})

    assert application.without_key() == Application("aaaa", {"name": "x", "more": 1})


def test_an_application_with_another_key_is_otherwise_the_same():
    application = Application("aaaa", {"name": "x", "keys": {"public_key": "PEM"}, "more": 1})

    assert application.with_public_key("NEW") == Application(
        "aaaa", {"name": "x", "keys": {"public_key": "NEW"}, "more": 1}
    )
    assert application.public_key == "PEM"
