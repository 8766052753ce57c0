# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many applications at once, by the real protocol, on an account in memory."""

from __future__ import annotations

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._errors import (
    AmbiguousName,
    InvalidOption,
    NexmoError,
    Refused,
)
from ansible_collections.community.nexmo.plugins.module_utils._http.deadline import within
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._keys import obstacles
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import public_half
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import execution
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.aside import is_intermediate
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.batch import apply_one, plan_one
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.execution import apply_items
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.many import (
    items_from,
    plan_items,
    preview_items,
)
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.one import Result
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.prune import Limit, Pruning
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import NoAttributes
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.memory import (
    Account,
    answered,
    application,
    item,
)

URL = "https://example.com/answer"
SECONDS = 30  # that no test takes


def items_of(account, items):
    return items_from(items, account.rules, NoAttributes())


def pruning_of(match, limit=100):
    return Pruning(match, Limit(limit, True))


def run(account, items, pruning=None, connections=4, progress=lambda number, of_all, result: None):
    """What the module does; the report. Works that would wait for each other for ever fail the test."""
    items = items_of(account, items)
    list_plan = within(SECONDS, lambda: plan_items(account, items, pruning, connections))
    return within(SECONDS, lambda: apply_items(account, items, list_plan, connections, progress))


def preview(account, items, pruning=None):
    """What the module says in check mode."""
    items = items_of(account, items)
    return preview_items(items, within(SECONDS, lambda: plan_items(account, items, pruning, 4)))


def operations_of(report):
    """What was done for each item, or the kind of its error."""
    return [each.plan.operation if isinstance(each, Result) else type(each) for each in report.results]


# --- what is refused before any request -----------------------------------------


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([{"name": "a"}, {"name": ""}], "applications[1]: name: is empty"),
        ([{"name": "a"}, {"state": "absent"}], "applications[1]: name: is missing"),
        ([{"name": "a", "answer_url": "example.com"}], "applications[0]: answer_url: "),
        ([{"name": "a"}] * 2, "applications: name 'a' is given more than once"),
        ([{"application_id": "i"}, {"application_id": "i", "name": "b"}], "applications: application_id 'i' is given"),
        ([{"name": "b"}, {"name": "a"}, {"name": "b"}, {"name": "a"}], "applications: name 'a'"),
        ([{"application_id": "i", "name": "a"}] + [{"name": "a", "state": "absent"}] * 2, "applications: name 'a'"),
        ([{"name": "a"}, {"name": "a", "state": "absent"}], "applications: name 'a'"),
        ([{"application_id": "i", "name": "a"}, {"application_id": "j", "name": "a"}], "applications: name 'a'"),
        ([{"name": "x [community.nexmo 5eed renaming]"}], "applications[0]: name: has the form"),
        ([{"name": "x [community.nexmo a 1 b 2 3]"}], "applications[0]: name: has the form"),
        ([{"name": "a", "private_key_path": "/missing/key"}], "applications[0]: private_key_path: the directory"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_request(items, said):
    account = Account()

    with pytest.raises(InvalidOption, match="^" + re.escape(said)):
        items_of(account, [item(**options) for options in items])

    assert account.operations == []


@pytest.mark.parametrize("other", ["keys/a.key", "keys/./a.key", "link/a.key", "keys/../link/a.key"])
def test_two_items_cannot_have_one_file_whatever_its_path_is_called(tmp_path, other):
    (tmp_path / "keys").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "keys")
    paths = [str(tmp_path / "keys" / "a.key"), "%s/%s" % (tmp_path, other)]

    with pytest.raises(InvalidOption, match="^applications: private_key_path '.*/keys/a.key' is given more than once"):
        items_of(Account(), [item(name=name, private_key_path=path) for name, path in zip("ab", paths)])


def test_different_files_of_one_name_are_fine(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    items = [item(name=each, private_key_path=str(tmp_path / each / "a.key")) for each in ("one", "two")]

    assert len(items_of(Account(), items)) == 2


def test_a_key_file_that_cannot_take_its_key_is_the_failure_of_its_item_in_check_mode_too(tmp_path, monkeypatch):
    (tmp_path / "a.key").write_text(keys.private_pem(keys.pair()))
    account = Account()
    given = [item(name="a", private_key_path=str(tmp_path / "a.key")), item(name="b")]
    items = items_of(account, given)
    monkeypatch.setattr(obstacles, "to_replacing", lambda path: "it is a mount point")

    previewed = preview_items(items, plan_items(account, items, None, 1))
    done = run(account, given)

    for report in (previewed, done):
        assert [isinstance(each, InvalidOption) for each in report.results] == [True, False]
    assert [each.name for each in account.applications.values()] == ["b"]


# --- how many requests it takes -------------------------------------------------


@pytest.mark.parametrize(("pages", "listings"), [(1, 1), (3, 2)])
@pytest.mark.parametrize("count", [1, 30])
def test_what_is_made_takes_two_requests_each_and_shares_the_listings(count, pages, listings):
    account = Account(application("other", "other"), pages=pages)
    names = ["new-%d" % number for number in range(count)]

    report = run(account, [item(name=name) for name in names])

    assert operations_of(report) == ["create"] * count
    assert account.operations == ["list"] * listings + ["create"] * count + ["list"] * listings + ["update"] * count
    assert sorted(account.names) == sorted(["other"] + names)


def test_a_long_list_is_made_in_parts_that_share_their_listings(monkeypatch):
    monkeypatch.setattr(execution, "MOST_AT_ONCE", 2)
    account = Account()
    numbers = []

    report = run(
        account,
        [item(name="new-%d" % number) for number in range(5)],
        progress=lambda number, of_all, result: numbers.append((number, of_all)),
    )

    assert operations_of(report) == ["create"] * 5
    assert [each.applied.application.name for each in report.results] == ["new-%d" % number for number in range(5)]
    pair = ["create"] * 2 + ["list"] + ["update"] * 2
    assert account.operations == ["list"] + pair + pair + ["create", "list", "update"]
    assert numbers == [(number, 5) for number in range(1, 6)]


@pytest.mark.parametrize("pages", [1, 3])
def test_what_exists_takes_one_listing(pages):
    existing = [application("a%d" % number, "id-%d" % number) for number in range(30)]
    account = Account(*existing, pages=pages)

    report = run(account, [item(name=each.name) for each in existing])

    assert operations_of(report) == ["none"] * 30
    assert account.operations == ["list"]


def test_items_that_are_found_by_their_ids_need_no_listing():
    account = Account(application("a", "id-a"), application("b", "id-b"))

    run(account, [item(application_id="id-a"), item(application_id="id-b")])

    assert account.operations == ["read", "read"]


def test_every_new_key_is_returned_with_its_own_application():
    account = Account()

    report = run(account, [item(name="new-%d" % number) for number in range(6)])

    for number, result in enumerate(report.results):
        applied = result.applied
        assert applied.application.name == "new-%d" % number
        assert public_half(applied.private_key).pem == account.applications[applied.application.id].public_key


def test_progress_counts_all_and_tells_what_changed():
    account = Account(application("same", "same"), application("old", "old"))
    steps = []

    run(
        account,
        [item(name="same"), item(name="new"), item(name="old", state="absent"), item(name="none", state="absent")],
        progress=lambda number, of_all, result: steps.append((number, of_all, result.plan.operation)),
    )

    assert sorted(operation for _number, _of_all, operation in steps) == ["create", "delete"]
    numbers = [number for number, _of_all, _operation in steps]
    assert numbers == sorted(set(numbers))
    assert {of_all for _number, of_all, _operation in steps} == {4}
    assert set(numbers) <= {1, 2, 3, 4}


# --- what fails -----------------------------------------------------------------


def test_an_item_that_cannot_be_planned_does_not_keep_others_from_being_done():
    account = Account(application("twin", "twin-1"), application("twin", "twin-2"), application("old", "old"))
    items = [
        item(name="twin", answer_url=URL),
        item(name="new"),
        item(application_id="missing"),
        item(name="old", state="absent"),
    ]

    report = run(account, items)

    assert operations_of(report) == [AmbiguousName, "create", Refused, "delete"]
    assert sorted(account.names) == ["new", "twin", "twin"]


def test_an_item_that_cannot_be_carried_out_does_not_keep_others_from_being_done():
    account = Account()

    def refuses(operation, about):
        if operation == "create" and about.startswith("bad"):
            raise answered(400)

    account.before = refuses
    report = run(account, [item(name="good-1"), item(name="bad"), item(name="good-2")])

    assert operations_of(report) == ["create", ApiError, "create"]
    assert sorted(account.names) == ["good-1", "good-2"]
    assert all(report.results[number].applied.private_key for number in (0, 2))


def test_two_items_that_mean_one_application_fail_and_change_nothing():
    shop = application("shop", "id-shop")
    account = Account(shop)
    items = [item(application_id="id-shop", name="store"), item(name="new"), item(name="shop", answer_url=URL)]

    assert operations_of(preview(account, items)) == [Refused, "create", Refused]
    report = run(account, items)

    assert operations_of(report) == [Refused, "create", Refused]
    assert "application id-shop is meant by several of the applications" in str(report.results[0])
    assert account.applications["id-shop"] == shop


def test_a_listing_that_fails_is_one_failure_where_nothing_could_be_planned():
    account = Account()

    def fails(operation, about):
        raise answered(401)

    account.before = fails

    with pytest.raises(ApiError, match="answered 401"):
        run(account, [item(name="a"), item(name="b")])


def test_a_listing_that_fails_keeps_nobody_from_being_done_who_does_not_need_it():
    account = Account(application("shop", "id-shop"))

    def fails(operation, about):
        if operation == "list":
            raise answered(500)

    account.before = fails
    report = run(account, [item(name="a"), item(application_id="id-shop", answer_url=URL), item(name="b")])

    assert operations_of(report) == [ApiError, "update", ApiError]


# --- pruning --------------------------------------------------------------------


def shops(count):
    return [application("shop-%d" % number, "id-%d" % number) for number in range(count)]


def test_what_is_pruned_is_told_in_the_order_of_the_account_like_in_check_mode():
    account = Account(*shops(9), application("other", "other"))
    items = [item(name="shop-4"), item(application_id="id-2", name="store")]

    expected = preview(account, items, pruning_of("shop-.*")).pruned
    report = run(account, items, pruning_of("shop-.*"))

    assert [each.id for each in report.pruned] == ["id-%d" % number for number in (0, 1, 3, 5, 6, 7, 8)]
    assert list(report.pruned) == list(expected)
    assert report.problem is None
    assert sorted(account.names) == ["other", "shop-4", "store"]


def test_nothing_is_pruned_where_an_item_fails():
    account = Account(*shops(3), application("twin", "twin-1"), application("twin", "twin-2"))
    items = [item(name="shop-1"), item(name="twin")]

    assert preview(account, items, pruning_of("shop-.*")).pruned == ()
    report = run(account, items, pruning_of("shop-.*"))

    assert (list(report.pruned), account.writes) == ([], [])


def test_nothing_is_pruned_where_an_item_fails_that_was_planned():
    account = Account(*shops(4))

    def refuses(operation, about):
        if (operation, about) == ("update", "id-0"):
            raise answered(403)

    account.before = refuses
    items = [item(name="shop-0", answer_url=URL), item(name="shop-1", answer_url=URL)]
    report = run(account, items, pruning_of("shop-.*"))

    assert [isinstance(each, Exception) for each in report.results] == [True, False]
    assert list(report.pruned) == []
    assert len(account.names) == 4


def test_too_much_to_prune_ends_everything_before_anything_is_written():
    account = Account(*shops(3))

    with pytest.raises(Refused, match="^prune_limit: 2 of the 3"):
        run(account, [item(name="shop-1", answer_url=URL), item(name="new")], pruning_of("shop-.*", 30))

    assert account.writes == []


@pytest.mark.parametrize("error", [answered(500), ValueError("a bug")])
def test_no_more_is_pruned_after_a_failure_and_what_was_done_is_told(error):
    account = Account(*shops(9))

    def fails(operation, about):
        if (operation, about) == ("delete", "id-2"):
            raise error

    account.before = fails
    report = run(account, [item(name="new")], pruning_of("shop-.*"), connections=1)

    assert report.problem is error
    assert [each.name for each in report.pruned] == ["shop-0", "shop-1"]
    assert report.results[0].applied.private_key
    assert sorted(account.names) == ["new"] + ["shop-%d" % number for number in range(2, 9)]


def test_a_deletion_that_is_under_way_when_another_fails_is_waited_for():
    account = Account(*shops(9))
    failed = threading.Event()

    def before(operation, about):
        if (operation, about) == ("delete", "id-0"):
            failed.set()
            raise answered(500)
        if operation == "delete":
            assert failed.wait(SECONDS)

    account.before = before
    report = run(account, [item(name="new")], pruning_of("shop-.*"), connections=3)

    gone = [each.name for each in shops(9) if each.name not in account.names]
    assert [each.name for each in report.pruned] == gone
    assert {"shop-1", "shop-2"} <= set(gone)


# --- names that go from one application to another ------------------------------


def by_id(now, **options):
    """An item that finds the application that has a name now by its id."""
    return item(application_id="id-" + now, **options)


def lettered(*names):
    return Account(*(application(name, "id-" + name) for name in names))


def ids_by_name(account):
    return {each.name: each.id for each in account.applications.values()}


@pytest.mark.parametrize(
    ("names", "items", "ended", "writes"),
    [
        pytest.param("ab", [by_id("a", name="b"), by_id("b", name="a")], {"b": "id-a", "a": "id-b"}, 3, id="swap"),
        pytest.param("ab", [by_id("a", name="b"), by_id("b", name="c")], {"b": "id-a", "c": "id-b"}, 2, id="chain"),
        pytest.param(
            "abc",
            [by_id("a", name="b"), by_id("b", name="c"), by_id("c", name="a")],
            {"b": "id-a", "c": "id-b", "a": "id-c"},
            4,
            id="circle of three",
        ),
        pytest.param("ab", [by_id("a", name="b"), item(name="b", state="absent")], {"b": "id-a"}, 2, id="absent"),
        pytest.param("ab", [item(name="b", state="absent"), by_id("a", name="b")], {"b": "id-a"}, 2, id="absent first"),
        pytest.param("ab", [by_id("a", name="b"), by_id("b", state="absent")], {"b": "id-a"}, 2, id="absent by id"),
        pytest.param(
            "ab", [by_id("a", name="b"), by_id("b", name="b", state="absent")], {"b": "id-a"}, 2, id="absent by both"
        ),
        pytest.param(
            "a", [by_id("a", name="b"), item(name="b", state="absent")], {"b": "id-a"}, 1, id="absent already"
        ),
        pytest.param(
            "abc",
            [by_id("a", name="b"), by_id("b", name="c"), item(name="c", state="absent")],
            {"b": "id-a", "c": "id-b"},
            3,
            id="chain onto a name that becomes absent",
        ),
    ],
)
@pytest.mark.parametrize("connections", [1, 4])
def test_names_go_from_one_application_to_another_in_one_run(names, items, ended, writes, connections):
    account, again = lettered(*names), None

    expected = preview(account, items)
    assert account.writes == []
    report = run(account, items, connections=connections)

    assert operations_of(report) == operations_of(expected)
    assert report.failure() is None
    assert ids_by_name(account) == ended
    assert len(account.writes) == writes
    again = run(account, items)
    assert (len(account.writes), [each.changed for each in again.results]) == (writes, [False] * len(items))


@pytest.mark.parametrize("dies_before", range(4))
@pytest.mark.parametrize(
    "items",
    [
        [by_id("a", name="b"), by_id("b", name="c"), by_id("c", name="a")],
        [by_id("a", name="b"), by_id("b", name="a"), item(name="c", state="absent"), by_id("d", name="c")],
    ],
)
def test_a_run_that_ended_in_the_middle_is_made_good_by_the_next(items, dies_before):
    account = lettered("a", "b", "c", "d")
    left = [dies_before]

    def dies(operation, _about):
        if operation in ("update", "delete"):
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1

    account.before = dies
    with pytest.raises(KeyboardInterrupt):
        run(account, items, connections=1)
    account.before = lambda operation, about: None

    report = run(account, items)

    assert report.failure() is None
    wanted = {each["name"]: each["application_id"] for each in items if each["state"] == "present"}
    assert {name: ids_by_name(account)[name] for name in wanted} == wanted
    assert not any("community.nexmo" in name for name in account.names)


@pytest.mark.parametrize("fails", [True, False])
def test_where_a_swap_cannot_be_done_the_one_that_stepped_aside_steps_back(fails):
    account = lettered("a", "b")

    def refuses(operation, about):
        if (operation, about) == ("update", "id-b") or (operation == "update" and "aside" in ids and fails):
            raise answered(400)
        if operation == "update":
            ids.append("aside")

    ids = []
    account.before = refuses
    report = run(account, [by_id("a", name="b"), by_id("b", name="a")])

    assert operations_of(report) == [Refused, ApiError]
    if fails:
        assert is_intermediate(account.applications["id-a"].name)
    else:
        assert ids_by_name(account) == {"a": "id-a", "b": "id-b"}
    account.before = lambda operation, about: None
    assert run(account, [by_id("a", name="b"), by_id("b", name="a")]).failure() is None
    assert ids_by_name(account) == {"b": "id-a", "a": "id-b"}


def test_where_one_rename_fails_those_that_need_its_name_send_nothing():
    account = lettered("a", "b", "c", "x")

    def refuses(operation, about):
        if (operation, about) == ("update", "id-c"):
            raise answered(400)

    account.before = refuses
    items = [by_id("a", name="b"), by_id("b", name="c"), by_id("c", name="d"), by_id("x", name="y")]
    report = run(account, items)

    assert operations_of(report) == [Refused, Refused, ApiError, "update"]
    assert "name: 'b' did not become free" in str(report.results[0])
    assert ids_by_name(account) == {"a": "id-a", "b": "id-b", "c": "id-c", "y": "id-x"}


def test_a_chain_that_ends_at_a_name_that_stays_is_refused_in_check_mode_as_well():
    account = lettered("a", "b", "c", "x")
    items = [by_id("a", name="b"), by_id("b", name="c"), by_id("x", name="y")]

    assert operations_of(preview(account, items)) == operations_of(run(account, items)) == [Refused, Refused, "update"]
    assert account.writes == ["update"]


def test_what_another_item_could_not_find_is_not_made_absent_by_its_new_name():
    account = lettered("b")

    report = run(account, [item(application_id="missing", name="b"), item(name="b", state="absent")])

    assert operations_of(report) == [Refused, Refused]
    assert account.writes == []


def test_what_another_item_could_not_read_is_not_made_absent_by_its_old_name():
    account = lettered("a")

    def fails(operation, about):
        if (operation, about) == ("read", "id-a"):
            raise answered(500)

    account.before = fails
    report = run(account, [by_id("a", name="b"), item(name="a", state="absent")])

    assert operations_of(report) == [ApiError, Refused]
    assert account.writes == []


@pytest.mark.parametrize("prune_fails", [False, True])
def test_a_name_that_pruning_frees_is_given_after_it(prune_fails):
    account = Account(*shops(3))

    def fails(operation, about):
        if prune_fails and (operation, about) == ("delete", "id-1"):
            raise answered(500)

    account.before = fails
    items = [item(application_id="id-0", name="shop-1"), item(name="shop-2")]
    report = run(account, items, pruning_of("shop-.*"))

    if prune_fails:
        assert operations_of(report) == [Refused, "none"]
        assert "name: 'shop-1' did not become free" in report.failure()
        assert "not everything could be pruned" in report.failure()
        assert account.writes == []
    else:
        assert operations_of(report) == ["update", "none"]
        assert ids_by_name(account) == {"shop-1": "id-0", "shop-2": "id-2"}
        assert account.writes == ["delete", "update"]


def test_a_name_that_another_run_is_making_is_not_given():
    living = UnfinishedName("b", "5eed", 10**11, Maker("elsewhere", "1", "1"))
    account = Account(application("a", "id-a"), application(str(living), "id-living"))

    report = run(account, [by_id("a", name="b")])

    assert operations_of(report) == [Refused]
    assert "another run makes 'b' at the same time" in str(report.results[0])
    assert account.writes == []


@pytest.mark.parametrize("expiry", [1, 10**11])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_unfinished_application_is_not_meant_by_its_id(expiry, state):
    unfinished = UnfinishedName("b", "5eed", expiry, Maker("elsewhere", "1", "1"))
    account = Account(application(str(unfinished), "id-a"))

    report = run(account, [by_id("a", state=state)])

    assert operations_of(report) == [Refused]
    assert "application_id: id-a is an unfinished application" in str(report.results[0])
    assert account.writes == []


class CarelessAccount(Account):
    """Finds applications by their ids whatever their case."""

    def read(self, application_id):
        return super().read(application_id.lower())


def test_what_a_plan_found_is_not_pruned_however_its_id_is_written():
    account = CarelessAccount(*shops(3))

    report = run(account, [item(application_id="ID-0"), item(name="shop-1")], pruning_of("shop-.*"))

    assert [each.id for each in report.pruned] == ["id-2"]


def test_two_items_with_one_id_in_different_spelling_change_nothing():
    account = CarelessAccount(*shops(1))

    report = run(account, [item(application_id="ID-0", answer_url=URL), item(application_id="id-0", name="x")])

    assert operations_of(report) == [Refused, Refused]
    assert account.writes == []


def test_what_somebody_changes_between_the_listing_and_its_deletion_stays():
    account = Account(*shops(3))

    def renames(operation, about):
        if (operation, about) == ("read", "id-1"):
            account.applications["id-1"] = application("theirs", "id-1")

    account.before = renames
    report = run(account, [item(name="shop-0")], pruning_of("shop-.*"))

    assert [each.id for each in report.pruned] == ["id-2"]
    assert report.failure() is None
    assert [text for text in report.warnings() if "application 'shop-1' (id-1) is called 'theirs' now" in text]
    assert sorted(account.names) == ["shop-0", "theirs"]


# --- against runs of one item each ----------------------------------------------

NAMES = ["a", "b", "c", "d", "e", "f"]
HELD = [keys.fingerprint(keys.pair(1024))]
KINDS = {
    "present": {},
    "changed": {"answer_url": URL},
    "changed otherwise": {"answer_url": URL + "2", "answer_method": "POST"},
    "absent": {"state": "absent"},
    "absent by id": {"state": "absent", "by_id": True},
    "renamed": {"by_id": True, "renamed": True},
    "with its key": {"held_keys": HELD},
    "with a lost key": {"held_keys": []},
    "recreated": {"held_keys": [], "lost_key": "recreate"},
    "rotated": {"lost_key": "rotate"},
    "wrong": {"answer_method": "GET"},
}
# What the account holds of a name: how many applications, and whether each has a webhook.
ACCOUNTS = st.fixed_dictionaries(
    {name: st.sampled_from([(), (False,), (True,), (True,), (False, True)]) for name in NAMES}
)


def account_of(held, pages):
    answers = {"voice": {"webhooks": {"answer_url": {"address": URL, "http_method": "GET"}}}}
    return Account(
        *(
            application(name, "id-%s-%d" % (name, number), capabilities=answers if has_webhook else {})
            for name, each in held.items()
            for number, has_webhook in enumerate(each)
        ),
        pages=pages,
    )


def item_of(name, kind):
    options = dict(KINDS[kind])
    if options.pop("by_id", False):
        options.update(application_id="id-%s-0" % name, name="new-" + name if options.pop("renamed", False) else None)
    return item(**{"name": name, **options})


def one_by_one(account, items):
    """What runs of one item each make of the account; what was done for each, or the kind of its error."""
    ended = []
    for each in items:
        (item,) = items_of(account, [each])
        try:
            ended.append(apply_one(account, item, plan_one(account, item)).plan.operation)
        except NexmoError as error:
            ended.append(type(error))
    return ended


def content(account):
    """What the account holds, less the ids and keys of what was made and the words of unfinished names."""
    return sorted(map(repr, map(_comparable, account.applications.values())))


def _comparable(each: Application):
    made = each.id.startswith("made-")
    name = re.sub(r"community.nexmo .*", "unfinished", each.name)
    return (None if made else each.id, dict(each.without_key().settings, name=name), made or each.public_key)


@given(ACCOUNTS, st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(KINDS))), st.sampled_from([1, 2]))
def test_many_at_once_come_to_what_runs_of_one_come_to(held, chosen, pages):
    items = [item_of(name, kind) for name, kind in chosen.items()]
    together, apart = account_of(held, pages), account_of(held, pages)

    expected = operations_of(preview(together, items))
    assert together.writes == []
    report = run(together, items)

    assert operations_of(report) == one_by_one(apart, items)
    assert content(together) == content(apart)
    assert [each for each in expected if isinstance(each, str)] == [
        each for each in operations_of(report) if isinstance(each, str)
    ]
    rerun = run(together, [each for each in items if each["held_keys"] is None])
    assert not any(each.changed for each in rerun.succeeded)
