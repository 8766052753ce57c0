# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans that are carried out together: in phases, with one listing for all that contend."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._keys.attributes import OwnerOnly
from ansible_collections.community.nexmo.plugins.module_utils._keys.file import KeyFile
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import creation
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.batch import (
    apply_one,
    apply_together,
    plan_one,
    run_steps,
)
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.creation import Contender, Making, Overtaken
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.many import items_from
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.memory import (
    Account,
    answered,
    application,
    item,
)

FUTURE = 10**11


class Failed(Exception):
    pass


class Work:
    """Contends for a name, if it is to, between two steps; either may fail. ``log`` are all steps in their order."""

    def __init__(self, log, name, begins=True, contends=True, ends=True):
        self.log, self.name = log, name
        self.begins, self.contends, self.ends = begins, contends, ends

    def steps(self):
        self.log.append("begin")
        if not self.begins:
            raise Failed(self.name)
        if self.contends:
            mine = Application("id-" + self.name, {"name": unfinished(self.name, "00")})
            yield Contender(Making(Application(None, {"name": self.name})), mine)
        self.log.append("end")
        if not self.ends:
            raise Failed(self.name)
        return self.name


def unfinished(name, controller):
    return str(UnfinishedName(name, "5eed", FUTURE, Maker(controller, "1", "1")))


def carried_out(works, account, connections, log):
    account.before = lambda operation, about: log.append(operation)
    return run_steps(account, [work.steps() for work in works], connections, lambda _ended: None)


WORKS = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=8)


@given(WORKS, st.sampled_from([1, 3]))
def test_all_begin_then_one_listing_decides_and_then_all_are_finished(shapes, connections):
    log, account = [], Account()
    works = [Work(log, "n%d" % number, *shape) for number, shape in enumerate(shapes)]

    ended = carried_out(works, account, connections, log)

    for work, result in zip(works, ended):
        succeeds = work.begins and work.ends
        assert result == work.name if succeeds else isinstance(result, Failed)
    contending = [work for work in works if work.begins and work.contends]
    assert log.count("list") == (1 if contending else 0)
    if contending:
        at = log.index("list")
        assert log[:at].count("begin") == len(works)
        assert log[at:].count("end") == len(contending)


def test_a_work_that_waits_for_a_rival_keeps_no_other_from_being_finished(monkeypatch):
    log = []
    account = Account(application(unfinished("waits", "zz"), "rival"))
    pauses = []

    def rival_gives_way(_seconds):
        pauses.append(list(log))
        account.applications.clear()

    monkeypatch.setattr(creation.time, "sleep", rival_gives_way)

    ended = carried_out([Work(log, "waits"), Work(log, "wins")], account, 1, log)

    assert ended == ["waits", "wins"]
    assert pauses == [["begin", "begin", "list", "end"]]


def test_who_has_to_give_way_is_deleted_and_told():
    log = []
    account = Account(application("taken", "other"), application(unfinished("taken", "00"), "id-taken"))

    taken, free = carried_out([Work(log, "taken"), Work(log, "free")], account, 1, log)

    assert (type(taken), free) == (Overtaken, "free")
    assert list(account.applications) == ["other"]


def test_a_listing_that_fails_is_the_error_of_all_that_contend():
    account, log = Account(), []

    def fails(operation, _about):
        raise answered(500)

    account.before = fails
    works = [Work(log, "a"), Work(log, "b"), Work(log, "c", contends=False)]
    first, second, third = run_steps(account, [work.steps() for work in works], 1, lambda _ended: None)

    assert (first is second, str(first).endswith("answered 500"), third) == (True, True, "c")


def test_each_is_notified_of_as_it_ends():
    log, account = [], Account()
    works = [Work(log, "a"), Work(log, "b", contends=False)]

    run_steps(account, [work.steps() for work in works], 1, log.append)

    assert log == ["begin", "begin", "end", "b", "end", "a"]


def items_of(account, items):
    return items_from(items, account.rules, OwnerOnly())


@pytest.mark.parametrize("connections", [1, 4])
def test_those_that_were_overtaken_are_planned_anew_together(connections, tmp_path, monkeypatch):
    """Another run makes two of three just after ours were planned, and brings its keys to the same files."""
    monkeypatch.setattr(creation.time, "sleep", lambda _seconds: None)
    account, lock = Account(), threading.Lock()
    items = [item(name=name, private_key_path=str(tmp_path / (name + ".key"))) for name in "abc"]
    items = items_of(account, items)
    plans = [plan_one(account, item) for item in items]

    def other_run():
        for number, name in enumerate("ab"):
            pair = keys.pair(number=number)
            (tmp_path / (name + ".key")).write_text(keys.private_pem(pair))
            made = Application("theirs-" + name, {"name": name}).with_public_key(keys.public_pem(pair))
            account.applications[made.id] = made

    def before(operation, _about):
        with lock:
            if operation == "list" and "theirs-a" not in account.applications:
                other_run()

    account.before = before
    account.operations.clear()
    ended = apply_together(account, items, plans, connections, lambda _ended: None)

    assert [each.plan.operation for each in ended] == ["none", "none", "create"]
    assert sorted(account.names) == ["a", "b", "c"]
    assert account.operations.count("create") == 3
    # One to contend, one to see that the other run has ended, and one to plan.
    assert account.operations.count("list") == 3


def test_those_that_cannot_see_what_another_run_made_are_told(monkeypatch):
    account = Account()
    items = items_of(account, [item(name="a", held_keys=[]), item(name="b")])
    plans = [plan_one(account, item) for item in items]
    account.applications["theirs"] = application("a", "theirs")

    first, second = apply_together(account, items, plans, 1, lambda _ended: None)

    assert isinstance(first, Overtaken)
    assert second.plan.operation == "create"
    assert sorted(account.names) == ["a", "b"]


def test_a_new_key_is_the_run_s_own_until_it_is_in_its_file(tmp_path, monkeypatch):
    path = tmp_path / "a.key"
    account = Account()
    (only,) = items_from([item(name="a", private_key_path=str(path))], account.rules, OwnerOnly())
    settle, seen = KeyFile.settle, []

    def look_and_settle(file, fingerprint):
        seen.append(KeyFile("path", str(path), OwnerOnly()).removable())
        settle(file, fingerprint)

    monkeypatch.setattr(KeyFile, "settle", look_and_settle)
    made = apply_one(account, only, plan_one(account, only))

    assert seen == [[]]  # by others
    assert only.keeper.held_keys() == [made.applied.application.fingerprint]
