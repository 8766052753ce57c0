# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import (
    Gathering,
    Listing,
    Names,
    confirmed_listing,
    everything,
    settled_listing,
)
from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import ApiV1
from ansible_collections.community.nexmo.plugins.module_utils._api.v2 import ApiV2
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._errors import Refused
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._paging import MOST_LISTINGS, Page
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.accounts import (
    CREDENTIALS,
    Account,
    Pages,
    application,
)


def listing(ids, pages=1, complete=True):
    return Listing(tuple(Application(each, {"name": each.upper()}) for each in ids), pages, complete)


def settled(listings, suffices=lambda listing: False):
    """What is settled on, and how many listings it took."""
    waiting = list(listings)
    result = settled_listing(lambda: waiting.pop(0), suffices)
    return "".join(sorted(str(each) for each in result.ids)), len(listings) - len(waiting)


@pytest.mark.parametrize(
    ("listings", "ids", "taken"),
    [
        pytest.param([listing("abc")], "abc", 1, id="one complete page is a snapshot"),
        pytest.param([listing("")], "", 1, id="so is an empty one"),
        pytest.param([listing("abc", 2), listing("abc", 2)], "abc", 2, id="several pages are confirmed"),
        pytest.param([listing("abc", 2), listing("abcd", 2), listing("abcd", 2)], "abcd", 3, id="until two agree"),
        pytest.param([listing("abc", 2), listing("ab", 1)], "ab", 2, id="or one page is enough"),
        pytest.param(
            [listing("ab", 1, False), listing("ab", 1, False)], "ab", 2, id="a count that stays wrong is believed less"
        ),
        pytest.param(
            [listing("ab", 2, False), listing("abc", 2), listing("abc", 2)], "abc", 3, id="missing one, then found"
        ),
        pytest.param([listing("ab", 2), listing("ba", 2)], "ab", 2, id="order means nothing"),
    ],
)
def test_a_listing_is_repeated_until_it_can_be_relied_on(listings, ids, taken):
    assert settled(listings) == (ids, taken)


def test_a_complete_listing_that_holds_what_was_looked_for_is_enough():
    assert settled([listing("abc", 5)], lambda found: bool(found.named("B"))) == ("abc", 1)


def test_an_incomplete_listing_is_not_enough_though_it_holds_what_was_looked_for():
    listings = [listing("ab", 2, False), listing("ab", 2, False)]

    assert settled(listings, lambda found: True) == ("ab", 2)


def test_an_account_that_never_rests_is_an_error_in_the_end():
    listings = [listing("ab%d" % number, 2) for number in range(MOST_LISTINGS)]

    with pytest.raises(Refused, match="changed during each of %d listings" % MOST_LISTINGS):
        settled(listings)


def test_what_a_listing_raises_is_raised():
    def fail():
        raise ApiError("GET", "u", "failed")

    with pytest.raises(ApiError):
        settled_listing(fail, lambda found: True)


def test_a_name_is_matched_exactly():
    found = Listing(tuple(Application(name, {"name": name}) for name in ("a", "A", "a ", "ab", "")), 1, True)

    assert [each.id for each in found.named("a")] == ["a"]


def page(number, ids, total):
    return Page(number, [{"id": each, "name": each.upper()} for each in ids], total)


def understood(item):
    return Application(item["id"], {"name": item["name"]})


def test_pages_are_put_together_without_repetitions_in_the_order_of_the_api():
    gathering = Gathering(page(1, "ab", 4), everything, understood)

    gathering.add(page(3, "da", 4))
    gathering.add(page(2, "bc", 4))

    assert gathering.complete
    assert not gathering.ended
    assert gathering.listing() == Listing(tuple(map(understood, page(0, "abcd", 0).items)), 3, True)


def test_what_is_of_no_interest_is_counted_and_not_kept():
    gathering = Gathering(page(1, "abc", 3), Names("B"), understood)

    listing = gathering.listing()

    assert [each.id for each in listing.applications] == ["b"]
    assert (listing.ids, listing.others, listing.complete) == (frozenset("abc"), frozenset("ac"), True)


def test_unfinished_applications_of_a_name_are_of_interest_with_it():
    unfinished = str(UnfinishedName("Shop", "run", 10, Maker("here", "1", "2")))
    is_of_interest = Names("Shop")

    assert [is_of_interest(name) for name in ("Shop", unfinished, "shop", "Shop ]", "Other")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("second", "ended"),
    [
        pytest.param(page(2, "c", 9), False, id="something new"),
        pytest.param(page(2, "ab", 9), False, id="the first one again, where pages are counted from another number"),
        pytest.param(page(2, "", 9), True, id="nothing"),
        pytest.param(page(3, "ab", 9), True, id="nothing new, further on"),
    ],
)
def test_a_page_that_brings_nothing_new_is_the_end(second, ended):
    gathering = Gathering(page(1, "ab", 9), everything, understood)

    gathering.add(second)

    assert gathering.ended is ended


@pytest.mark.parametrize(("total", "complete"), [(1, False), (2, True), (3, False)])
def test_a_listing_is_complete_where_as_many_came_as_were_counted(total, complete):
    gathering = Gathering(page(1, "ab", total), everything, understood)

    assert gathering.listing().complete is complete


@pytest.mark.parametrize("version", [ApiV1, ApiV2])
@given(data=st.data())
def test_whoever_was_there_all_the_time_is_found_though_one_comes_or_goes(version, data):
    size = data.draw(st.integers(1, 4), "page size")
    number = data.draw(st.integers(0, 12), "applications")
    moment = data.draw(st.integers(1, 8), "request before which the account changes")
    leaving = data.draw(st.none() | st.integers(0, 11), "who goes")
    coming = data.draw(st.none() | st.integers(0, 12), "the place where one comes")
    items = [application(each) for each in range(number)]

    def change(request):
        if request == moment:
            if leaving is not None:
                del account.items[leaving : leaving + 1]
            if coming is not None:
                account.items.insert(coming, application(99))

    base = 0 if version is ApiV1 else 1
    account = Account(items, Pages(base, size), before_request=change)

    result = confirmed_listing(version(account, CREDENTIALS).list, everything)

    stayed = {each["id"] for each in items} & {each["id"] for each in account.items}
    assert stayed <= result.ids
    assert result.ids <= {each["id"] for each in items} | {"id-99"}
    assert len(result.applications) == len(result.ids)
