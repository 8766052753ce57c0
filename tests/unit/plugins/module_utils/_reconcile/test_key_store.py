# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

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
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.apply import Outcome
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.keepers import KeysToDeliver, ReturnedKeys
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.key_store import KeyCustody
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.maker import this_process, this_run
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys


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


def custody_of(path, set_attributes=lambda path: False):
    return KeyCustody(str(path), set_attributes)


APPLICATION = application(1)


def plan(operation, after=APPLICATION, rotates=False):
    return Plan(operation, APPLICATION, after, rotates=rotates)


def names(path):
    return sorted(entry.name for entry in path.parent.iterdir())


NEW_KEY = pytest.mark.parametrize("planned", [plan(CREATE), plan(RECREATE), plan(UPDATE, rotates=True)])
NO_NEW_KEY = pytest.mark.parametrize("planned", [plan(NONE), plan(UPDATE)])


def handing_out(custody, number, shown=True):
    """Carries out a plan: the key is handed out and kept, and then the application has its name."""

    def carry_out():
        assert custody.keep(pem(number)) is True
        return Outcome(application(number) if shown else Application("aaaa", {"name": "x"}), pem(number))

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
    custody = custody_of(path)

    outcome = custody.apply(planned, handing_out(custody, 2, shown))

    assert outcome.private_key is None
    assert path.read_text() == pem(2)
    assert names(path) == ["my.key"]


@NEW_KEY
def test_the_key_that_was_there_before_is_kept_aside(path, planned):
    path.write_text(pem(1))
    custody = custody_of(path)

    custody.apply(planned, handing_out(custody, 2))

    assert path.read_text() == pem(2)
    assert [(path.parent / name).read_text() for name in names(path) if name != "my.key"] == [pem(1)]


@NEW_KEY
@pytest.mark.parametrize("error", [REFUSED, LOST, KeyError("x"), SystemExit(1)])
def test_what_fails_before_a_key_is_handed_out_leaves_the_directory_as_it_was(path, planned, error):
    path.write_text(pem(1))

    with pytest.raises(type(error)):
        custody_of(path).apply(planned, failing(error))

    assert names(path) == ["my.key"]
    assert path.read_text() == pem(1)


@NEW_KEY
def test_a_key_that_was_handed_out_is_not_lost_with_the_answer_after_it(path, planned):
    path.write_text(pem(1))
    custody = custody_of(path)

    def carry_out():
        custody.keep(pem(2))
        raise LOST

    with pytest.raises(ApiError):
        custody.apply(planned, carry_out)

    assert path.read_text() == pem(1)
    assert set(custody.held_keys()) == {fingerprint(1), fingerprint(2)}


def test_the_key_of_a_rotation_that_was_refused_is_taken_back(path):
    path.write_text(pem(1))
    custody = custody_of(path)

    def carry_out():
        custody.keep(pem(2))
        raise REFUSED

    with pytest.raises(ApiError):
        custody.apply(plan(UPDATE, rotates=True), carry_out)

    assert names(path) == ["my.key"]
    assert path.read_text() == pem(1)


@NEW_KEY
def test_where_no_key_is_handed_out_the_directory_stays_as_it_was(path, planned):
    path.write_text(pem(1))

    custody_of(path).apply(planned, lambda: Outcome(application(1)))

    assert names(path) == ["my.key"]


def exit_as_ansible_does(_path):
    raise SystemExit(1)


@NEW_KEY
def test_nothing_is_asked_of_the_api_where_a_key_could_not_be_written(tmp_path, planned):
    asked = []

    with pytest.raises(InvalidOption):
        custody_of(tmp_path / "none" / "my.key").apply(planned, lambda: asked.append(1))

    assert asked == []


@NEW_KEY
def test_nothing_is_asked_of_the_api_where_attributes_cannot_be_set(path, planned):
    """As with an owner that the host does not know: Ansible ends the module then."""
    asked = []

    with pytest.raises(SystemExit):
        custody_of(path, exit_as_ansible_does).apply(planned, lambda: asked.append(1))

    assert asked == []
    assert names(path) == []


@NEW_KEY
def test_no_key_is_lost_where_there_are_no_hard_links(path, planned, monkeypatch):
    path.write_text(pem(1))
    custody = custody_of(path)

    def fail(*_arguments, **_named):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    custody.apply(planned, handing_out(custody, 2))

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

    assert custody_of(path).changes(planned) is True
    custody_of(path).apply(planned, lambda: Outcome(application(1)))

    assert path.read_text() == pem(1)
    assert len(names(path)) == (2 if before else 1)


@NO_NEW_KEY
def test_without_a_new_key_the_file_stays(path, planned):
    path.write_text(pem(1))

    assert custody_of(path).apply(planned, lambda: Outcome(application(1))) == Outcome(application(1))
    assert names(path) == ["my.key"]


@NO_NEW_KEY
def test_waiting_keys_stay_where_the_application_shows_no_key(path, planned):
    """Nobody can tell then which of them it needs."""
    path.write_text(pem(1))
    stage(path, 2)

    custody_of(path).apply(planned, lambda: Outcome(Application("aaaa", {"name": "x"})))

    assert len(names(path)) == 2


@pytest.mark.parametrize("operation", [DELETE, NONE])
def test_with_the_application_its_key_goes_and_those_that_wait(path, operation):
    path.write_text(pem(1))
    stage(path, 2)

    custody_of(path).apply(plan(operation, after=None), lambda: Outcome(None))

    assert names(path) == []


@pytest.mark.parametrize("planned", [plan(DELETE, after=None), Plan(NONE, None, None)])
def test_a_key_of_which_it_is_not_known_whose_it_is_is_kept_aside(path, planned):
    path.write_text(pem(2))

    custody_of(path).apply(planned, lambda: Outcome(None))

    assert names(path) == ["my.key.%s.old" % fingerprint(2)[:16]]


@pytest.mark.parametrize("operation", [DELETE, NONE])
@pytest.mark.parametrize("directory", [".", "none"])
def test_a_key_that_is_gone_need_not_go(path, operation, directory):
    custody = custody_of(path.parent / directory / "my.key")

    assert custody.changes(plan(operation, after=None)) is False
    assert custody.apply(plan(operation, after=None), lambda: Outcome(None)) == Outcome(None)


def test_the_key_stays_where_the_application_could_not_be_deleted(path):
    path.write_text(pem(1))

    with pytest.raises(ApiError):
        custody_of(path).apply(plan(DELETE, after=None), failing(LOST))

    assert names(path) == ["my.key"]


@pytest.mark.parametrize("attributes_change", [True, False])
@NO_NEW_KEY
def test_attributes_that_change_are_a_change(path, planned, attributes_change):
    path.write_text(pem(1))

    assert custody_of(path, lambda _path: attributes_change).changes(planned) is attributes_change


@NEW_KEY
def test_the_attributes_of_a_file_that_is_to_be_replaced_are_left_alone(path, planned):
    path.write_text(pem(1))
    touched = []

    assert custody_of(path, touched.append).changes(planned) is False
    assert touched == []


def test_a_key_that_goes_is_a_change(path):
    path.write_text(pem(1))

    assert custody_of(path).changes(plan(NONE, after=None)) is True


def test_a_place_that_cannot_take_a_key_is_found_before_any_request(tmp_path):
    custody_of(tmp_path / "my.key").check()

    with pytest.raises(InvalidOption, match="^private_key_path: "):
        custody_of(tmp_path / "none" / "my.key").check()


def test_the_keys_in_the_file_and_beside_it_are_held(path):
    assert custody_of(path).held_keys() == []

    path.write_text(pem(1))
    stage(path, 2)

    assert custody_of(path).held_keys() == sorted([fingerprint(1), fingerprint(2)])


def test_a_key_that_is_returned_is_in_safe_hands():
    keeper = ReturnedKeys()

    assert keeper.keep(pem(1)) is True
    assert keeper.held_keys() is None
    assert keeper.changes(plan(CREATE)) is False
    assert keeper.apply(plan(CREATE), lambda: Outcome(application(1), pem(1))).private_key == pem(1)
    assert keeper.maker == this_process()


def test_a_key_that_is_to_be_delivered_is_in_safe_hands_once_it_is_held():
    keeper = KeysToDeliver([fingerprint(1)])

    assert keeper.keep(pem(2)) is False
    assert keeper.held_keys() == [fingerprint(1)]
    assert keeper.apply(plan(CREATE), lambda: Outcome(application(2), pem(2))).private_key == pem(2)
    assert keeper.maker == this_run()
