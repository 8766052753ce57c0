# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption, Refused
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.prune import Limit, Pruning, pruning_from

ALL = Limit(100, True)
MAKER = Maker("0123456789ab", "4711", "815")


def unfinished(name, expiry=1):
    return str(UnfinishedName(name, "5eed", expiry, MAKER))


def listing_of(*names):
    """Applications with these names, whose ids are their positions."""
    return Listing(tuple(Application(str(number), {"name": name}) for number, name in enumerate(names)), 1, True)


def pruning(match="shop-.*", limit=ALL):
    return Pruning(re.compile(match), limit)


def names_of(applications):
    return [application.name for application in applications]


@pytest.mark.parametrize(
    ("limit", "deleted", "matching", "allowed"),
    [
        pytest.param("30%", 3, 10, True, id="just as much as a percentage allows"),
        pytest.param("30%", 4, 10, False, id="one more"),
        pytest.param("30%", 1, 3, False, id="a third is more than 30%"),
        pytest.param("34%", 1, 3, True, id="and less than 34%"),
        pytest.param("100%", 7, 7, True, id="all"),
        pytest.param("0%", 0, 7, True, id="nothing of what there is"),
        pytest.param("0%", 1, 1000, False, id="none of them"),
        pytest.param("30%", 0, 0, True, id="nothing of nothing"),
        pytest.param("5", 5, 5, True, id="just as many as a number allows"),
        pytest.param("5", 6, 1000, False, id="one more than a number allows"),
        pytest.param("0", 0, 3, True, id="no deletion needed"),
        pytest.param("0", 1, 3, False, id="no deletion allowed"),
    ],
)
def test_a_limit_is_a_number_or_a_percentage_of_those_that_match(limit, deleted, matching, allowed):
    names = ["shop-%d" % number for number in range(matching)]
    wanted = [desired_from({"name": name}) for name in names[deleted:]]
    options = {"prune": True, "prune_match": "shop-.*", "prune_limit": limit, "applications": [{}]}
    listing = listing_of("other", *names)

    if allowed:
        assert names_of(pruning_from(options).surplus(listing, wanted)) == names[:deleted]
    else:
        with pytest.raises(Refused, match="^prune_limit: %d of the %d applications" % (deleted, matching)):
            pruning_from(options).surplus(listing, wanted)


@pytest.mark.parametrize(
    ("text", "shown"), [("30%", "30%"), (" 30 % ", "30%"), ("5", "5"), ("0", "0"), ("100%", "100%"), ("0007", "7")]
)
def test_a_limit_can_be_written_in_several_ways(text, shown):
    options = {"prune": True, "prune_match": "x", "prune_limit": text, "applications": [{}]}

    assert str(pruning_from(options).limit) == shown


@pytest.mark.parametrize("text", ["", "%", "-1", "101%", "0.3", "30.0%", "5 applications", "1e3", "all", "True", "5%%"])
@pytest.mark.parametrize("prune", [False, True])
def test_a_limit_that_is_none_is_refused(text, prune):
    options = {"prune": prune, "prune_match": "x", "prune_limit": text, "applications": [{}]}

    with pytest.raises(InvalidOption, match="^prune_limit: .* is neither a number nor a percentage to 100%; give 5"):
        pruning_from(options)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"prune_match": None}, "prune_match: is missing", id="no match"),
        pytest.param({"prune_match": ""}, "prune_match: is missing", id="an empty match"),
        pytest.param({"prune_match": "("}, "prune_match: '\\(' is not a regular expression: missing", id="no regex"),
        pytest.param({"applications": []}, "applications: is empty", id="an empty list"),
    ],
)
def test_what_could_delete_too_much_is_refused(change, said):
    options = {"prune": True, "prune_match": "shop-.*", "prune_limit": "100%", "applications": [{}], **change}

    with pytest.raises(InvalidOption, match="^" + said):
        pruning_from(options)


def test_nothing_is_pruned_that_was_not_asked_for():
    assert pruning_from({"prune": False, "prune_match": None, "prune_limit": "30%", "applications": []}) is None


@pytest.mark.parametrize("name", ["workshop-1", " shop-1", "Shop-1", "shop", "a shop-1\nshop-2", "shop-1\nx"])
def test_the_whole_name_has_to_match(name):
    assert pruning().surplus(listing_of(name), []) == ()
    assert not pruning().concerns(name)


def test_a_refusal_shows_some_of_the_names():
    names = ["shop-%02d" % number for number in range(12)]

    with pytest.raises(Refused) as refused:
        pruning(limit=Limit(3, False)).surplus(listing_of(*reversed(names)), [])

    assert str(refused.value) == (
        "prune_limit: 12 of the 12 applications that prune_match matches are not listed, and no more than 3 may be "
        "deleted: %s, 2 more; nothing was changed; list what is to stay, or raise prune_limit"
        % ", ".join(map(repr, names[:10]))
    )


NAMES = st.sampled_from(["shop-1", "shop-2", "shop-3", "workshop", "x", "shop-\n", "shop-["])
EXPIRIES = st.sampled_from([1, 10**11])
FOUND = st.lists(st.one_of(NAMES, st.builds(unfinished, NAMES, EXPIRIES)), max_size=12)
# What items name: an application by its name, by its id, or by its id with the name that it is to have.
WANTED = st.lists(
    st.one_of(
        st.builds(lambda name: {"name": name}, NAMES),
        st.builds(lambda number: {"application_id": str(number)}, st.integers(0, 12)),
        st.builds(lambda number, name: {"application_id": str(number), "name": name}, st.integers(0, 12), NAMES),
    ),
    max_size=5,
)
MATCHES = st.sampled_from([".*", "shop-.*", "shop-[12]", "x|shop-3", r"(?s).*\]", ""])


@given(FOUND, WANTED, MATCHES)
def test_just_what_matches_and_is_finished_and_that_nobody_wants_goes(found, wanted, match):
    listing = listing_of(*found)
    ids = {item.get("application_id") for item in wanted}
    names = {item.get("name") for item in wanted}

    surplus = pruning(match).surplus(listing, [desired_from(item) for item in wanted])

    expected = [
        application
        for application in listing.applications
        if re.fullmatch(match, application.name) and "[community.nexmo" not in application.name
        if application.name not in names and application.id not in ids
    ]
    assert list(surplus) == expected


@given(FOUND, WANTED, st.integers(0, 12), st.booleans())
def test_the_limit_holds_whatever_is_there(found, wanted, number, is_percentage):
    limit = Limit(number * 8 if is_percentage else number, is_percentage)
    listing, desired = listing_of(*found), [desired_from(item) for item in wanted]
    matching = sum(1 for name in found if name.startswith("shop-") and "[community.nexmo" not in name)

    try:
        surplus = pruning("(?s)shop-.*", limit).surplus(listing, desired)
    except Refused:
        surplus = pruning("(?s)shop-.*").surplus(listing, desired)
        assert len(surplus) > (matching * limit.number / 100 if is_percentage else limit.number)
    else:
        assert len(surplus) <= (matching * limit.number / 100 if is_percentage else limit.number)
