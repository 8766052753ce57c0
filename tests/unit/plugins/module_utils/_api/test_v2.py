# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import everything
from ansible_collections.community.nexmo.plugins.module_utils._api.v2 import ApiV2, application_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import service_v2
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.accounts import (
    CREDENTIALS,
    Account,
    Answering,
    Pages,
    application,
    no_such,
    refusal,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json

SETTINGS = {
    "name": "My Application",
    "capabilities": {"video": {"environment_id": "env-1", "hoolock_configs": {"a": [None]}}, "quantum": {"x": 1}},
    "privacy": {"improve_ai": True},
    "keys": {"public_key": "PEM"},
}
SHOWN = dict(SETTINGS, id="aaaa", _links={"self": {"href": "/v2/applications/aaaa"}})


def test_an_answer_is_read_as_settings():
    assert application_from(SHOWN) == Application("aaaa", SETTINGS)


def test_a_private_key_is_never_part_of_the_settings():
    read = application_from(dict(SHOWN, keys={"public_key": "PEM", "private_key": "s3cret", "more": 1}))

    assert read.settings["keys"] == {"public_key": "PEM", "more": 1}


@given(service_v2.applications())
def test_everything_that_is_shown_is_sent_back(settings):
    http = Answering(SHOWN)

    ApiV2(http, CREDENTIALS).update(application_from(dict(settings, id="aaaa", _links={})))

    body = http.requests[0][2]["body"]
    unread = ("id", "_links")
    assert as_json(body) == as_json({name: value for name, value in settings.items() if name not in unread})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda api: api.read("aaaa"), "GET", "/v2/applications/aaaa", None),
        (lambda api: api.read("a/b?c"), "GET", "/v2/applications/a%2Fb%3Fc", None),
        (lambda api: api.delete("a/b"), "DELETE", "/v2/applications/a%2Fb", None),
        (lambda api: api.create(Application(None, SETTINGS)), "POST", "/v2/applications", SETTINGS),
        (lambda api: api.update(Application("a/b", SETTINGS)), "PUT", "/v2/applications/a%2Fb", SETTINGS),
    ],
    ids=["read", "read an odd id", "delete", "create", "update"],
)
def test_credentials_go_into_the_header_alone(call, method, path, body):
    http = Answering(SHOWN)

    call(ApiV2(http, CREDENTIALS))

    sent_method, sent_path, sent = http.requests[0]
    assert (sent_method, sent_path, sent.get("body")) == (method, path, body)
    assert sent["basic"] == ("my-key", "my-secret")
    assert "my-secret" not in json.dumps([sent.get("query"), sent.get("body")])


def test_the_private_key_of_a_new_application_is_handed_out_beside_it():
    http = Answering(dict(SHOWN, keys={"public_key": "PEM", "private_key": "s3cret"}))

    created = ApiV2(http, CREDENTIALS).create(Application(None, SETTINGS))

    assert created.private_key == "s3cret"
    assert created.application == Application("aaaa", SETTINGS)


def test_an_application_that_is_not_there_reads_as_none():
    assert ApiV2(Answering(no_such("aaaa")), CREDENTIALS).read("aaaa") is None


def test_deleting_what_is_not_there_is_fine():
    ApiV2(Answering(no_such("aaaa")), CREDENTIALS).delete("aaaa")


@pytest.mark.parametrize("operation", ["read", "delete"])
@pytest.mark.parametrize("status", [400, 401, 406, 500])
def test_other_refusals_are_errors(operation, status):
    with pytest.raises(ApiError):
        getattr(ApiV2(Answering(refusal(status)), CREDENTIALS), operation)("aaaa")


@pytest.mark.parametrize("status", [401, 404, 410])
def test_a_listing_that_is_refused_is_an_error(status):
    with pytest.raises(ApiError):
        ApiV2(Answering(refusal(status)), CREDENTIALS).list(everything)


def account_of(number, largest=100, **more):
    return Account([application(each) for each in range(number)], Pages(1, largest), **more)


@pytest.mark.parametrize(
    ("number", "pages"), [(0, [1]), (1, [1]), (10, [1]), (11, [1, 2]), (20, [1, 2]), (31, [1, 2, 3, 4])]
)
def test_no_more_pages_are_asked_for_than_needed(number, pages):
    account = account_of(number, largest=10)

    listing = ApiV2(account, CREDENTIALS).list(everything)

    assert account.indices == pages
    assert [each.id for each in listing.applications] == ["id-%d" % each for each in range(number)]
    assert (listing.complete, listing.pages) == (True, len(pages))
    assert all(sent["query"]["page_size"] == 100 for _method, _path, sent in account.requests)


@given(
    number=st.integers(0, 40),
    largest=st.integers(1, 12),
    off=st.integers(-5, 5),
    beyond=st.sampled_from([lambda pages: None, lambda pages: pages - 1, lambda pages: 0]),
)
def test_a_wrong_count_ends_the_listing_and_makes_it_incomplete(number, largest, off, beyond):
    account = Account(
        [application(each) for each in range(number)],
        Pages(1, largest, beyond=beyond),
        count=lambda really: max(really + off, 0),
    )

    listing = ApiV2(account, CREDENTIALS).list(everything)

    assert len(listing.ids) == len(listing.applications)
    assert listing.complete == (len(listing.ids) == max(number + off, 0))
    assert off < 0 or len(listing.ids) == number
    # One page behind the last, and one more where it is the first again.
    assert len(account.requests) <= -(-number // largest) + 2


@pytest.mark.parametrize("answer", [None, [], {}, {"total_items": 1}, {"count": 0, "_embedded": {"applications": []}}])
def test_an_answer_that_is_no_listing_is_an_error(answer):
    with pytest.raises(ApiError, match="check api_url"):
        ApiV2(Answering(answer), CREDENTIALS).list(everything)


@pytest.mark.parametrize("answer", [None, [], {}, {"id": "aaaa"}, "text"])
@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.read("aaaa"),
        lambda api: api.create(Application(None, SETTINGS)),
        lambda api: api.update(Application("aaaa", SETTINGS)),
    ],
    ids=["read", "create", "update"],
)
def test_an_answer_that_is_no_application_is_an_error(call, answer):
    with pytest.raises(ApiError, match="check api_url"):
        call(ApiV2(Answering(answer), CREDENTIALS))
