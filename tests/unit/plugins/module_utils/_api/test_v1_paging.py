# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import everything
from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import ApiV1
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.accounts import (
    CREDENTIALS,
    Account,
    Answering,
    Pages,
    application,
    refusal,
)


def account_of(number, pages=None, **more):
    return Account([application(each) for each in range(number)], pages, **more)


def listed(account):
    return ApiV1(account, CREDENTIALS).list(everything)


def ids(listing):
    return [each.id for each in listing.applications]


def all_ids(number):
    return ["id-%d" % each for each in range(number)]


FROM_0 = Pages(0, 10)
FROM_1 = Pages(1, 10)
# The documentation's sample: page_index is 1 on the first page, and the next has page_index=2.
SAMPLE = Pages(1, 10, lambda index: index)
LABEL_TOO_HIGH = Pages(0, 10, lambda index: index + 1)
LABEL_TOO_LOW = Pages(1, 10, lambda index: index - 1)
NO_LABEL_0 = Pages(0, 10, lambda index: None)
NO_LABEL_1 = Pages(1, 10, lambda index: None)


def clamped(pages):
    """The same service, where the last page comes for one that is behind it."""
    return Pages(pages.base, pages.largest, pages.label, lambda last: last - 1)


@pytest.mark.parametrize(
    ("pages", "number", "indices"),
    [
        pytest.param(FROM_0, 0, [None], id="empty account"),
        pytest.param(FROM_0, 9, [None], id="one page"),
        pytest.param(FROM_0, 10, [None], id="one full page"),
        pytest.param(FROM_0, 11, [None, 1], id="two pages from 0"),
        pytest.param(FROM_0, 31, [None, 1, 2, 3], id="four pages from 0"),
        pytest.param(SAMPLE, 11, [None, 2], id="two pages from 1"),
        pytest.param(SAMPLE, 31, [None, 2, 3, 4], id="four pages from 1"),
        pytest.param(LABEL_TOO_HIGH, 9, [None], id="from 0, labelled from 1, one page"),
        pytest.param(LABEL_TOO_HIGH, 11, [None, 2, 1], id="from 0, labelled from 1, two pages"),
        pytest.param(LABEL_TOO_HIGH, 31, [None, 2, 3, 4, 1], id="from 0, labelled from 1, four pages"),
        pytest.param(clamped(LABEL_TOO_HIGH), 11, [None, 2], id="from 0, labelled from 1, last page repeated"),
        pytest.param(LABEL_TOO_LOW, 11, [None, 1, 2], id="from 1, labelled from 0, two pages"),
        pytest.param(LABEL_TOO_LOW, 31, [None, 1, 2, 3, 4], id="from 1, labelled from 0, four pages"),
        pytest.param(NO_LABEL_0, 31, [None, 1, 2, 3], id="from 0, not labelled"),
        pytest.param(NO_LABEL_1, 31, [None, 1, 2, 3, 4], id="from 1, not labelled"),
    ],
)
def test_no_more_pages_are_asked_for_than_needed(pages, number, indices):
    account = account_of(number, pages)

    listing = listed(account)

    assert account.indices == indices
    assert sorted(ids(listing)) == sorted(all_ids(number))
    assert listing.complete
    assert listing.pages == len(indices)


def test_every_request_carries_the_credentials_and_asks_for_large_pages():
    account = account_of(11, FROM_0)

    listed(account)

    for method, path, sent in account.requests:
        assert (method, path) == ("GET", "/v1/applications")
        assert sent["query"]["page_size"] == 100
        assert (sent["query"]["api_key"], sent["query"]["api_secret"]) == ("my-key", "my-secret")
        assert sent["body"] is None
        assert sent["basic"] is None


LABELS = {
    "as it is": lambda index: index,
    "one more": lambda index: index + 1,
    "one less": lambda index: index - 1,
    "always 0": lambda index: 0,
    "always 1": lambda index: 1,
    "none": lambda index: None,
    "a text": str,
}
BEYOND = {"nothing": lambda pages: None, "the last page": lambda pages: pages - 1, "the first page": lambda pages: 0}


@pytest.mark.parametrize("beyond", BEYOND)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("base", [0, 1])
@settings(max_examples=15)
@given(number=st.integers(0, 40), largest=st.integers(1, 12))
def test_every_application_is_found_once_however_pages_are_counted(base, label, beyond, number, largest):
    account = account_of(number, Pages(base, largest, LABELS[label], BEYOND[beyond]))

    listing = listed(account)

    assert sorted(ids(listing)) == sorted(all_ids(number))
    assert listing.complete
    assert len(account.requests) <= -(-number // largest) + 3


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("beyond", BEYOND)
@given(number=st.integers(0, 40), largest=st.integers(1, 12), off=st.integers(-5, 5))
def test_a_wrong_count_ends_the_listing_and_makes_it_incomplete(base, beyond, number, largest, off):
    pages = Pages(base, largest, beyond=BEYOND[beyond])
    account = account_of(number, pages, count=lambda really: max(really + off, 0))

    listing = listed(account)

    assert len(set(ids(listing))) == len(ids(listing))
    assert listing.complete == (len(ids(listing)) == max(number + off, 0))
    # A count that is too low, and is reached at the end of a page, cannot be told from a right one.
    if off >= 0 or not listing.complete:
        assert sorted(ids(listing)) == sorted(all_ids(number))
    assert len(account.requests) <= -(-number // largest) + 3


def test_an_application_that_comes_twice_is_listed_once():
    account = Account([application(1), application(1), application(2), application(1)], Pages(0, 2))

    listing = listed(account)

    assert ids(listing) == ["id-1", "id-2"]
    assert not listing.complete


def test_a_page_that_repeats_the_one_before_ends_the_listing():
    account = account_of(30, Pages(0, 10, beyond=lambda pages: pages - 1), count=lambda really: really + 1)

    assert sorted(ids(listed(account))) == sorted(all_ids(30))
    assert account.indices == [None, 1, 2, 3]


@pytest.mark.parametrize("label", [3, 7, 10**4, 10**30])
def test_an_absurd_label_does_not_make_for_endless_requests(label):
    account = account_of(30, Pages(0, 10, lambda index: label), count=lambda really: really + 1)

    listing = listed(account)

    assert sorted(ids(listing)) == sorted(all_ids(30))
    assert len(account.requests) < 50


def test_an_absurd_label_of_an_only_page_is_not_looked_at():
    account = account_of(5, Pages(0, 10, lambda index: 10**30))

    assert sorted(ids(listed(account))) == sorted(all_ids(5))
    assert account.indices == [None]


@pytest.mark.parametrize("status", [404, 410])
def test_a_listing_that_is_not_there_names_the_other_version(status):
    with pytest.raises(ApiError, match="set api_version: v2") as caught:
        listed(Answering(refusal(status)))

    assert caught.value.status == status


@pytest.mark.parametrize("status", [401, 403, 500])
def test_other_refusals_of_a_listing_do_not(status):
    with pytest.raises(ApiError) as caught:
        listed(Answering(refusal(status)))

    assert "api_version" not in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"count": 1}, {"count": -1, "_embedded": {"applications": []}}, {"_embedded": {"applications": []}}],
)
def test_an_answer_that_is_no_listing_is_an_error(answer):
    with pytest.raises(ApiError, match="check api_url"):
        listed(Answering(answer))
