# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption, Refused
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import prune
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.aside import is_intermediate
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.prune import (
    ChangedMeanwhile,
    Limit,
    Pruning,
    delete_unchanged,
    pruning_from,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.memory import Account, application

ALL = Limit(100, True)
FUTURE = 10**11
MAKER = Maker("0123456789ab", "4711", "815")


def unfinished(name, expiry=1):
    return str(UnfinishedName(name, "5eed", expiry, MAKER))


def listing_of(*names):
    """Applications with these names, whose ids are their positions."""
    return Listing(tuple(Application(str(number), {"name": name}) for number, name in enumerate(names)), 1, True)


@pytest.fixture(autouse=True, scope="module")
def fixture_matching():
    """A process for each of the many examples would take long; ``matching`` has tests of its own."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(prune, "matching", lambda pattern, names: {n for n in names if re.fullmatch(pattern, n)})
        yield


def pruning(match="shop-.*", limit=ALL):
    return Pruning(match, limit)


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
    wanted = names[deleted:]
    options = {"prune": True, "prune_match": "shop-.*", "prune_limit": limit, "applications": [{}]}
    listing = listing_of("other", *names)

    if allowed:
        assert names_of(pruning_from(options).surplus(listing, wanted, ())) == names[:deleted]
    else:
        with pytest.raises(Refused, match="^prune_limit: %d of the %d applications" % (deleted, matching)):
            pruning_from(options).surplus(listing, wanted, ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [("30%", "30%"), (" 30 % ", "30%"), ("5", "5"), ("0", "0"), ("100%", "100%"), ("0007", "7"), ("9" * 30, "9" * 30)],
)
def test_a_limit_can_be_written_in_several_ways(text, shown):
    options = {"prune": True, "prune_match": "x", "prune_limit": text, "applications": [{}]}

    assert str(pruning_from(options).limit) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "-1",
        "101%",
        "0.3",
        "30.0%",
        "5 applications",
        "1e3",
        "all",
        "True",
        "5%%",
        "9" * 5000,
        "9999999999%",
        "٣",
    ],
)
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
    assert pruning().surplus(listing_of(name), (), ()) == ()


def test_a_refusal_shows_some_of_the_names():
    names = ["shop-%02d" % number for number in range(12)]

    with pytest.raises(Refused) as refused:
        pruning(limit=Limit(3, False)).surplus(listing_of(*reversed(names)), (), ())

    assert str(refused.value) == (
        "prune_limit: 12 of the 12 applications that prune_match matches are not listed, and no more than 3 may be "
        "deleted: %s, 2 more; nothing was changed; list what is to stay, or raise prune_limit"
        % ", ".join(map(repr, names[:10]))
    )


NAMES = st.sampled_from(["shop-1", "shop-2", "shop-3", "workshop", "x", "shop-\n", "shop-["])
EXPIRIES = st.sampled_from([1, FUTURE])
INTERMEDIATE = NAMES.map(lambda name: name + " [community.nexmo 5eed renaming]")
FOUND = st.lists(st.one_of(NAMES, st.builds(unfinished, NAMES, EXPIRIES), INTERMEDIATE), max_size=12)
IDS = st.frozensets(st.integers(0, 12).map(str), max_size=5)
MATCHES = st.sampled_from([".*", "shop-.*", "shop-[12]", "x|shop-3", r"(?s).*\]", ""])


def goes_by(name):
    """The name that an application has, or was to have when its run ended; None for one that is left alone."""
    if is_intermediate(name) or str(FUTURE) in name:
        return None
    return name.partition(" [community.nexmo")[0]


@given(FOUND, st.frozensets(NAMES, max_size=5), IDS, MATCHES)
def test_just_what_matches_and_nobody_makes_or_wants_goes(found, names, ids, match):
    listing = listing_of(*found)

    surplus = pruning(match).surplus(listing, names, ids)

    expected = [
        each
        for each in listing.applications
        if goes_by(each.name) is not None and re.fullmatch(match, goes_by(each.name))
        if each.name not in names and each.id not in ids
    ]
    assert list(surplus) == expected


@given(FOUND, st.frozensets(NAMES, max_size=5), IDS, st.integers(0, 12), st.booleans())
def test_the_limit_holds_whatever_is_there(found, names, ids, number, is_percentage):
    limit = Limit(number * 8 if is_percentage else number, is_percentage)
    listing = listing_of(*found)
    matching = sum(1 for name in found if name.startswith("shop-") and "[community.nexmo" not in name)

    try:
        surplus, is_allowed = pruning("(?s)shop-.*", limit).surplus(listing, names, ids), True
    except Refused:
        surplus, is_allowed = pruning("(?s)shop-.*").surplus(listing, names, ids), False

    finished = [each for each in surplus if "[community.nexmo" not in each.name]
    assert is_allowed == (len(finished) <= (matching * limit.number / 100 if is_percentage else limit.number))


# --- looking again, right before the deletion -----------------------------------

LISTED = application("shop-1", "id", capabilities={"voice": {"region": "eu"}}, x_note={"a": 1})


def test_what_is_as_it_was_listed_is_deleted():
    account = Account(LISTED)

    assert delete_unchanged(account, LISTED) is True
    assert account.operations == ["read", "delete"]


def test_what_is_gone_already_is_not_deleted():
    account = Account()

    assert delete_unchanged(account, LISTED) is False
    assert account.operations == ["read"]


@pytest.mark.parametrize("left_out", [("keys",), ("capabilities",), ("keys", "capabilities", "x_note")])
def test_what_a_listing_leaves_out_is_no_change(left_out):
    account = Account(LISTED)
    listed = Application("id", {name: value for name, value in LISTED.settings.items() if name not in left_out})

    assert delete_unchanged(account, listed) is True


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "other"}, "application 'shop-1' (id) is called 'other' now and was changed by somebody else"),
        ({"name": "shop-2"}, "application 'shop-1' (id) is called 'shop-2' now and was changed"),
        ({"capabilities": {"voice": {"region": "us"}}}, "application 'shop-1' (id) was changed by somebody else"),
        ({"capabilities": {}}, "application 'shop-1' (id) was changed"),
        ({"x_note": None}, "application 'shop-1' (id) was changed"),
    ],
)
def test_what_somebody_changed_stays(change, said):
    account = Account(Application("id", {**LISTED.settings, **change}))

    with pytest.raises(ChangedMeanwhile, match="^" + re.escape(said)):
        delete_unchanged(account, LISTED)

    assert account.writes == []
