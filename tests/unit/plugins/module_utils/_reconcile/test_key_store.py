# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import sys
from dataclasses import replace

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import (
    CREATE,
    DELETE,
    NONE,
    RECREATE,
    UPDATE,
    Plan,
)
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._keys import obstacles
from ansible_collections.community.nexmo.plugins.module_utils._keys.pair import NoKeyMaker
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.apply import Applied
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.keepers import KeysToDeliver, ReturnedKeys
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.key_store import KeyStore
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.maker import this_process, this_run
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.key_files import NoAttributes
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.reconciling import apply_with


def pem(number):
    return keys.private_pem(keys.pair(number=number))


def fingerprint(number):
    return keys.fingerprint(keys.pair(number=number))


def application(number):
    """With that key."""
    return Application("aaaa", {"name": "x", "keys": {"public_key": keys.public_pem(keys.pair(number=number))}})


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return tmp_path / "my.key"


def store_of(path, attributes=None):
    return KeyStore(str(path), attributes or NoAttributes())


APPLICATION = application(1)


def plan(operation, after=APPLICATION, rotates=False):
    return Plan(operation, APPLICATION, after, rotates=rotates)


def names(path):
    return sorted(entry.name for entry in path.parent.iterdir())


NEW_KEY = pytest.mark.parametrize("planned", [plan(CREATE), plan(RECREATE), plan(UPDATE, rotates=True)])
NO_NEW_KEY = pytest.mark.parametrize("planned", [plan(NONE), plan(UPDATE)])


def handing_out(store, number, shown=True):
    """Carries out a plan: the key is handed out and kept, and then the application has its name."""

    def carry_out():
        assert store.keep(pem(number)) is True
        return Applied(application(number) if shown else Application("aaaa", {"name": "x"}), pem(number))

    return carry_out


def failing(error):
    def carry_out():
        raise error

    return carry_out


REFUSED = ApiError("PUT", "u", "refused", 400)
LOST = ApiError("PUT", "u", "no answer")


@NEW_KEY
@pytest.mark.parametrize("shown", [True, False])
def test_a_key_that_is_handed_out_becomes_the_file_and_is_taken_out_of_the_outcome(path, planned, shown):
    store = store_of(path)

    applied = apply_with(store, planned, handing_out(store, 2, shown))

    assert applied.private_key is None
    assert path.read_text() == pem(2)
    assert names(path) == ["my.key"]


@NEW_KEY
def test_the_key_that_was_there_before_is_kept_aside(path, planned):
    path.write_text(pem(1))
    store = store_of(path)

    apply_with(store, planned, handing_out(store, 2))

    assert path.read_text() == pem(2)
    assert [(path.parent / name).read_text() for name in names(path) if name != "my.key"] == [pem(1)]


@NEW_KEY
@pytest.mark.parametrize("error", [REFUSED, LOST, KeyError("x"), SystemExit(1)])
def test_what_fails_before_a_key_is_handed_out_leaves_the_directory_as_it_was(path, planned, error):
    path.write_text(pem(1))

    with pytest.raises(type(error)):
        apply_with(store_of(path), planned, failing(error))

    assert names(path) == ["my.key"]
    assert path.read_text() == pem(1)


@NEW_KEY
def test_a_key_that_was_handed_out_is_not_lost_with_the_answer_after_it(path, planned):
    path.write_text(pem(1))
    store = store_of(path)

    def carry_out():
        store.keep(pem(2))
        raise LOST

    with pytest.raises(ApiError):
        apply_with(store, planned, carry_out)

    assert path.read_text() == pem(1)
    assert set(store.held_keys()) == {fingerprint(1), fingerprint(2)}


def test_the_key_of_a_rotation_that_was_refused_is_taken_back(path):
    path.write_text(pem(1))
    store = store_of(path)

    def carry_out():
        store.keep(pem(2))
        raise REFUSED

    with pytest.raises(ApiError):
        apply_with(store, plan(UPDATE, rotates=True), carry_out)

    assert names(path) == ["my.key"]
    assert path.read_text() == pem(1)


@NEW_KEY
def test_where_no_key_is_handed_out_the_directory_stays_as_it_was(path, planned):
    path.write_text(pem(1))

    apply_with(store_of(path), planned, lambda: Applied(application(1)))

    assert names(path) == ["my.key"]


class Refused(NoAttributes):
    """Attributes that cannot be given."""

    def give(self, path):
        raise InvalidOption("owner", "no")


@NEW_KEY
def test_nothing_is_asked_of_the_api_where_a_key_could_not_be_written(tmp_path, planned):
    asked = []

    with pytest.raises(InvalidOption):
        apply_with(store_of(tmp_path / "none" / "my.key"), planned, lambda: asked.append(1))

    assert asked == []


@NEW_KEY
def test_nothing_is_asked_of_the_api_where_attributes_cannot_be_given(path, planned):
    asked = []

    with pytest.raises(InvalidOption, match="^owner: "):
        apply_with(store_of(path, Refused()), planned, lambda: asked.append(1))

    assert asked == []
    assert names(path) == []


@NEW_KEY
def test_no_key_is_lost_where_there_are_no_hard_links(path, planned, monkeypatch):
    path.write_text(pem(1))
    store = store_of(path)

    def fail(*_arguments, **_named):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    apply_with(store, planned, handing_out(store, 2))

    assert sorted((path.parent / name).read_text() for name in names(path)) == sorted([pem(1), pem(2)])


def stage(path, number):
    path.with_name("my.key." + fingerprint(number)).write_text(pem(number))


@NO_NEW_KEY
@pytest.mark.parametrize("before", [2, None])
def test_a_key_that_waited_for_the_application_becomes_the_file(path, planned, before):
    if before:
        path.write_text(pem(before))
    stage(path, 1)
    stage(path, 3)

    assert store_of(path).changes(planned) is True
    apply_with(store_of(path), planned, lambda: Applied(application(1)))

    assert path.read_text() == pem(1)
    assert len(names(path)) == (2 if before else 1)


@NO_NEW_KEY
def test_without_a_new_key_the_file_stays(path, planned):
    path.write_text(pem(1))

    assert apply_with(store_of(path), planned, lambda: Applied(application(1))) == Applied(application(1))
    assert names(path) == ["my.key"]


@NO_NEW_KEY
def test_waiting_keys_stay_where_the_application_shows_no_key(path, planned):
    """Nobody can tell then which of them it needs."""
    path.write_text(pem(1))
    stage(path, 2)

    apply_with(store_of(path), planned, lambda: Applied(Application("aaaa", {"name": "x"})))

    assert len(names(path)) == 2


@pytest.mark.parametrize("operation", [DELETE, NONE])
def test_with_the_application_its_key_goes_and_those_that_wait(path, operation):
    path.write_text(pem(1))
    stage(path, 2)

    apply_with(store_of(path), plan(operation, after=None), lambda: Applied(None))

    assert names(path) == []


@pytest.mark.parametrize("planned", [plan(DELETE, after=None), Plan(NONE, None, None)])
def test_a_key_that_cannot_be_matched_to_an_application_is_kept(path, planned):
    path.write_text(pem(2))

    apply_with(store_of(path), planned, lambda: Applied(None))

    assert names(path) == ["my.key.%s.old" % fingerprint(2)[:16]]


@pytest.mark.parametrize("operation", [DELETE, NONE])
@pytest.mark.parametrize("directory", [".", "none"])
def test_a_key_that_is_gone_need_not_go(path, operation, directory):
    store = store_of(path.parent / directory / "my.key")

    assert store.changes(plan(operation, after=None)) is False
    assert apply_with(store, plan(operation, after=None), lambda: Applied(None)) == Applied(None)


def test_the_key_stays_where_the_application_could_not_be_deleted(path):
    path.write_text(pem(1))

    with pytest.raises(ApiError):
        apply_with(store_of(path), plan(DELETE, after=None), failing(LOST))

    assert names(path) == ["my.key"]


class Recorded(NoAttributes):
    """Attributes that differ, until they are given."""

    def __init__(self, differ=True):
        self._differ = differ
        self.given = []

    def differ(self, path):
        return self._differ and path not in self.given

    def give(self, path):
        self.given.append(path)


@pytest.mark.parametrize("differ", [True, False])
@NO_NEW_KEY
def test_attributes_that_differ_are_a_change_and_are_given_when_the_plan_is_carried_out(path, planned, differ):
    path.write_text(pem(1))
    attributes = Recorded(differ)

    assert store_of(path, attributes).changes(planned) is differ
    assert attributes.given == []
    apply_with(store_of(path, attributes), planned, lambda: Applied(application(1)))

    assert attributes.given == ([str(path)] if differ else [])


@NEW_KEY
def test_the_attributes_of_a_file_that_is_to_be_replaced_are_left_alone(path, planned):
    path.write_text(pem(1))
    attributes = Recorded()

    assert store_of(path, attributes).changes(planned) is False
    assert str(path) not in attributes.given


@NEW_KEY
def test_a_place_that_cannot_take_the_key_is_found_before_the_plan_is_carried_out(path, planned, monkeypatch):
    path.write_text(pem(1))

    def fail(*_arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(InvalidOption, match="^private_key_path: .*Input/output error"):
        store_of(path).changes(planned)


def test_a_pair_that_nothing_here_can_make_is_found_before_the_plan_is_carried_out(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoKeyMaker):
        store_of(path).changes(plan(UPDATE, rotates=True))
    assert store_of(path).changes(plan(CREATE)) is False


@NO_NEW_KEY
def test_waiting_keys_of_an_application_that_shows_no_key_are_no_change(path, planned):
    path.write_text(pem(1))
    stage(path, 2)
    hidden = Application("aaaa", {"name": "x"})

    assert store_of(path).changes(replace(planned, after=hidden)) is False


@NEW_KEY
def test_a_key_is_not_lost_where_the_api_shows_another_one_than_it_handed_out(path, planned):
    """It waits, and nothing that is there goes."""
    path.write_text(pem(1))
    store = store_of(path)

    def carry_out():
        store.keep(pem(2))
        return Applied(application(3), pem(2))

    with pytest.raises(InvalidOption, match="has no key with the fingerprint"):
        apply_with(store, planned, carry_out)

    assert set(store.held_keys()) == {fingerprint(1), fingerprint(2)}


@pytest.mark.parametrize("before", [None, 2])
def test_only_the_key_of_a_rotation_that_was_refused_is_taken_back(path, before):
    """Where the key is lost, which is when it is rotated, none is there to settle."""
    if before:
        path.write_text(pem(before))
    stage(path, 3)
    store = store_of(path)

    def carry_out():
        store.keep(pem(4))
        raise REFUSED

    with pytest.raises(ApiError):
        apply_with(store, plan(UPDATE, rotates=True), carry_out)

    assert store.held_keys() == sorted(fingerprint(number) for number in (before, 3) if number)


def test_a_key_that_goes_is_a_change(path):
    path.write_text(pem(1))

    assert store_of(path).changes(plan(NONE, after=None)) is True


@pytest.mark.parametrize("name", ["none/my.key", "my.key/", ".", "/proc/x", "/dev/null"])
def test_a_place_that_cannot_take_a_key_is_found_before_any_request(tmp_path, name):
    store_of(tmp_path / "my.key").check("present")

    with pytest.raises(InvalidOption, match="^private_key_path: "):
        KeyStore(os.path.join(str(tmp_path), name), NoAttributes()).check("present")


def test_what_is_absent_needs_no_place(tmp_path):
    store_of(tmp_path / "none" / "my.key").check("absent")


def test_a_key_that_cannot_be_removed_is_found_before_any_request(path, monkeypatch):
    path.write_text(pem(1))
    store_of(path).check("absent")
    monkeypatch.setattr(obstacles, "to_replacing", lambda path: "it is a mount point")

    with pytest.raises(InvalidOption, match="^private_key_path: .*mount point"):
        store_of(path).check("absent")


@pytest.mark.parametrize("content", ["", pem(1).replace("\n", " ")], ids=["empty", "unreadable"])
def test_a_file_that_is_of_no_use_and_cannot_be_replaced_is_found_before_any_request(path, monkeypatch, content):
    path.write_text(pem(1))
    monkeypatch.setattr(obstacles, "to_replacing", lambda path: "it is a mount point")
    store_of(path).check("present")
    path.write_text(content)

    with pytest.raises(InvalidOption, match="^private_key_path: .*mount point"):
        store_of(path).check("present")


@NEW_KEY
def test_a_key_that_cannot_be_replaced_is_found_before_the_plan_is_carried_out(path, planned, monkeypatch):
    path.write_text(pem(1))
    monkeypatch.setattr(obstacles, "to_replacing", lambda path: "it is a mount point")

    with pytest.raises(InvalidOption, match="^private_key_path: .*mount point"):
        store_of(path).changes(planned)


def test_the_keys_in_the_file_and_beside_it_are_held(path):
    assert store_of(path).held_keys() == []

    path.write_text(pem(1))
    stage(path, 2)

    assert store_of(path).held_keys() == sorted([fingerprint(1), fingerprint(2)])


def test_a_key_that_is_returned_is_in_safe_hands():
    keeper = ReturnedKeys()

    assert keeper.keep(pem(1)) is True
    assert keeper.held_keys() is None
    assert keeper.changes(plan(CREATE)) is False
    assert apply_with(keeper, plan(CREATE), lambda: Applied(application(1), pem(1))).private_key == pem(1)
    assert keeper.maker == this_process()


def test_a_key_that_is_to_be_delivered_is_in_safe_hands_once_it_is_held():
    keeper = KeysToDeliver([fingerprint(1)])

    assert keeper.keep(pem(2)) is False
    assert keeper.held_keys() == [fingerprint(1)]
    assert apply_with(keeper, plan(CREATE), lambda: Applied(application(2), pem(2))).private_key == pem(2)
    assert keeper.maker == this_run()
