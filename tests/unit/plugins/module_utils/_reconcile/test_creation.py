# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""That an application is made once: a model in which runs take turns at the API, and end at any moment.

Each run is a thread that stops before each of its requests and before each of its pauses, until it is told to go on;
hypothesis decides which one goes on, which ends for good, and whose answer is lost. The clock is the model's.
"""

from __future__ import annotations

import threading
from itertools import chain
from itertools import count as count_from

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application, Created
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import CREATE, NONE, RECREATE
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import (
    LEASE,
    Maker,
    unfinished_name,
)
from ansible_collections.community.nexmo.plugins.module_utils._errors import KeyLost
from ansible_collections.community.nexmo.plugins.module_utils._http.connection import CONNECTION_OPTIONS
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import public_half
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import creation, lease
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import maker as makers
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.creation import (
    MARGIN,
    Making,
    Overtaken,
    begin,
    finish,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.reconciling import (
    apply,
    contend,
    others_end,
    plan_for,
)

HERE = "aaaaaaaaaaaa"
NAME = "x"
PAIRS = 12


class Ended(BaseException):
    """The process is killed."""


class Clock:
    """Stands in for the module time; ``stop`` is called where a run would sleep."""

    def __init__(self):
        self.now = 1000000.0
        self.stop = lambda: None

    def time(self):
        return self.now

    monotonic = time

    def sleep(self, seconds):
        self.stop()
        self.now += seconds


class Account:
    """Version 2 on an account in memory. ``before`` and ``after`` are called around each request, with its method."""

    rules = RulesV2()

    def __init__(self, *applications):
        self.applications = {each.id: each for each in applications}
        self.before = self.after = lambda method: None
        self.made = 0
        self.ids = ("id-%02d" % number for number in range(1, 100))

    def _asked(self, method, work):
        self.before(method)
        result = work()
        assert len(self.named()) <= 1, "two applications of one name"
        self.after(method)
        return result

    def named(self, name=NAME):
        return [each for each in self.applications.values() if each.name == name]

    def list(self, _is_of_interest):
        return self._asked("list", lambda: Listing(tuple(self.applications.values()), 1, True))

    def read(self, application_id):
        return self._asked("read", lambda: self.applications.get(application_id))

    def create(self, application):
        return self._asked("create", lambda: self._create(application))

    def update(self, application):
        return self._asked("update", lambda: self._update(application))

    def delete(self, application_id):
        self._asked("delete", lambda: self.applications.pop(application_id, None))

    def _create(self, application):
        pair = keys.pair(1024, number=self.made % PAIRS)
        self.made += 1
        created = Application(next(self.ids), application.settings).with_public_key(keys.public_pem(pair))
        self.applications[created.id] = created
        return Created(created, keys.private_pem(pair))

    def _update(self, application):
        if application.id not in self.applications:
            raise ApiError("PUT", "u", "answered 404", 404)
        self.applications[application.id] = application.with_key_of(self.applications[application.id])
        return self.applications[application.id]


class Keeper:
    """Brings keys to a place that all runs share, as one file is."""

    needs_key = True

    def __init__(self, maker, place):
        self.maker = maker
        self.place = place

    def keep(self, private_key):
        self.place.add(public_half(private_key).fingerprint)
        return True


def run(account, maker, place, **options):
    """What the module does once. Raises Overtaken."""
    desired = desired_from(dict({"name": NAME}, **options))
    plan = plan_for(account, desired, "present", sorted(place), maker)
    apply(account, plan, Keeper(maker, place))
    return plan.operation


def pid_of(number):
    return str(number + 1)


class Turns:
    """Runs in threads of their own, of which one at a time goes a step."""

    def __init__(self, account, clock, alive, count, place, options):
        self._place = place
        self.account = account
        self.results = {}
        self._fates = {}
        self._go = [threading.Semaphore(0) for _run in range(count)]
        self._stopped = threading.Semaphore(0)
        self._current = threading.local()
        self.alive = alive
        self.alive.update({pid_of(number): "7" for number in range(count)})
        account.before = account.after = self._stop
        clock.stop = self._stop
        for number in range(count):
            threading.Thread(target=self._run, args=(number, options), daemon=True).start()

    def _run(self, number, options):
        self._current.number = number
        self._go[number].acquire()
        try:
            result = run(self.account, Maker(HERE, pid_of(number), "7"), self._place, **options)
        except (Ended, Overtaken, ApiError, KeyLost) as error:
            result = error
        except BaseException as error:  # pylint: disable=broad-exception-caught
            result = error
        self.results[number] = result
        del self.alive[pid_of(number)]
        self._stopped.release()

    def _stop(self, method=None):
        number = getattr(self._current, "number", None)
        if number is None:
            return
        self._stopped.release()
        self._go[number].acquire()
        fate = self._fates.pop(number, None)
        if fate is not None:
            raise fate

    def step(self, number, fate=None):
        """Lets one run go on to its next request or pause, or meet its fate there."""
        if fate is not None:
            self._fates[number] = fate
        self._go[number].release()
        self._stopped.acquire()

    @property
    def running(self):
        return [number for number in range(len(self._go)) if pid_of(number) in self.alive]


FATES = {"goes on": None, "ends": Ended, "loses its answer": lambda: ApiError("?", "u", "no answer", delivered=True)}
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["goes on"] * 12 + ["ends", "loses its answer"])), max_size=60
)


@pytest.fixture(name="clock")
def fixture_clock(monkeypatch):
    return patched(monkeypatch, {})


def patched(monkeypatch, alive):
    """A clock, and processes of which those are alive."""
    clock = Clock()
    monkeypatch.setattr(creation, "time", clock)
    monkeypatch.setattr(lease, "time", clock)
    monkeypatch.setattr(lease, "this_controller", lambda: HERE)
    monkeypatch.setattr(makers, "_start_of", alive.get)
    return clock


def assert_one_run_more_converges(account, place, options):
    """Whatever happened: then there is one application of that name, its key is there, and nothing else is."""
    maker = Maker(HERE, "9", "7")

    run(account, maker, place, **options)

    (named,) = account.named()
    assert named.fingerprint in place
    assert list(account.applications) == [named.id]
    assert run(account, maker, place, **options) == NONE


LOST = Application("id-50", {"name": NAME, "capabilities": {}})


@pytest.mark.parametrize("before", [[], [LOST]], ids=["new", "lost key"])
@settings(max_examples=150)
@given(steps=STEPS, count=st.integers(1, 3), ids=st.permutations(range(10)))
@example(steps=[(0, "goes on")] * 4 + [(0, "ends")], count=2, ids=range(10))
def test_however_runs_take_turns_and_end_there_is_one_application_with_its_key(before, steps, count, ids):
    with pytest.MonkeyPatch.context() as monkeypatch:
        alive = {"9": "7"}
        clock = patched(monkeypatch, alive)
        account, place, options = Account(*before), set(), {"lost_key": "recreate"}
        account.ids = ("id-%02d" % number for number in chain(ids, count_from(10)))
        turns = Turns(account, clock, alive, count, place, options)

        for number, fate in steps:
            if number in turns.running:
                turns.step(number, FATES[fate]() if FATES[fate] else None)
        while turns.running:
            for number in turns.running:
                turns.step(number)

        unexpected = [
            result
            for result in turns.results.values()
            if isinstance(result, BaseException) and not isinstance(result, (Ended, Overtaken, ApiError))
        ]
        assert unexpected == []
        assert_one_run_more_converges(account, place, options)


def making(**more):
    return Making(Application(None, {"name": NAME, "capabilities": {}}), **more)


EARLIER = Maker(HERE, "0", "7")
ME, OTHER, DEAD = Maker(HERE, "1", "7"), Maker(HERE, "2", "7"), Maker(HERE, "3", "7")


@pytest.fixture(name="account")
def fixture_account(monkeypatch):
    account = Account()
    account.clock = patched(monkeypatch, {"0": "7", "1": "7", "2": "7"})
    return account


def begun(account, maker=ME):
    return begin(account, making(), maker).application


def test_what_is_begun_does_not_have_its_name_yet(account):
    mine = begun(account)

    unfinished = unfinished_name(mine.name)
    assert (unfinished.name, unfinished.maker) == (NAME, ME)
    assert unfinished.expiry == account.clock.now + LEASE
    assert account.named() == []


def test_what_is_finished_has_its_name_and_all_that_the_service_added(account):
    mine = begun(account)
    account.applications[mine.id].settings["added"] = {"by": "the service"}

    finished = finish(account, making(), account.applications[mine.id])

    assert finished.name == NAME
    assert finished.settings["added"] == {"by": "the service"}
    assert finished.fingerprint == mine.fingerprint


def losing(account, method, times=1):
    """So many answers to that method are lost, after the work was done."""
    left = [times]

    def after(asked):
        if asked == method and left[0]:
            left[0] -= 1
            raise ApiError("?", "u", "no answer", delivered=True)

    account.after = after


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_made_without_an_answer_is_deleted_and_made_anew(account, times):
    losing(account, "create", times)

    mine = begun(account)

    assert list(account.applications) == [mine.id]
    assert account.made == times + 1


def test_answers_that_are_lost_again_and_again_are_an_error_that_leaves_nothing(account):
    losing(account, "create", 100)

    with pytest.raises(ApiError):
        begun(account)

    assert account.applications == {}
    assert account.made == 3


@pytest.mark.parametrize(
    "error",
    [ApiError("POST", "u", "answered 400", 400), ApiError("POST", "u", "no connection", delivered=False)],
    ids=["refused", "never sent"],
)
def test_what_was_not_made_is_not_looked_for(account, error):
    asked = []

    def before(method):
        asked.append(method)
        raise error

    account.before = before
    with pytest.raises(ApiError):
        begun(account)

    assert asked == ["create"]


def test_the_only_one_gets_the_name(account):
    mine = begun(account)

    contend(account, making(), mine)

    assert mine.id in account.applications


def test_the_later_in_the_order_gives_way_to_the_earlier(account):
    first, second = begun(account, EARLIER), begun(account)

    with pytest.raises(Overtaken, match="another run makes 'x' at the same time"):
        contend(account, making(), second)

    assert list(account.applications) == [first.id]


def test_the_earlier_in_the_order_waits_until_the_later_has_given_way(account):
    first, second = begun(account), begun(account, OTHER)
    pauses = []

    def other_gives_way():
        pauses.append(1)
        if len(pauses) == 3:
            del account.applications[second.id]

    account.clock.stop = other_gives_way

    contend(account, making(), first)

    assert len(pauses) == 3
    assert list(account.applications) == [first.id]


def test_a_rival_that_never_ends_is_an_error_in_the_end(account):
    first, second = begun(account), begun(account, OTHER)

    with pytest.raises(Overtaken, match="another run is still making 'x'"):
        contend(account, making(), first)

    assert list(account.applications) == [second.id]


@pytest.mark.parametrize("order", [(DEAD, ME), (ME, DEAD)])
def test_what_a_run_left_that_ended_is_deleted(account, order):
    made = {maker: begun(account, maker) for maker in order}

    contend(account, making(), made[ME])

    assert list(account.applications) == [made[ME].id]


def test_what_is_left_past_its_lease_is_deleted(account):
    begun(account, Maker("bbbbbbbbbbbb", "1", "1"))
    account.clock.now += LEASE
    mine = begun(account)

    contend(account, making(), mine)

    assert list(account.applications) == [mine.id]


def test_a_name_that_is_taken_meanwhile_is_not_given_again(account):
    mine = begun(account)
    account.applications["other"] = Application("other", {"name": NAME})

    with pytest.raises(Overtaken):
        contend(account, making(), mine)

    assert list(account.applications) == ["other"]


def test_the_name_of_the_one_that_is_replaced_is_free_and_it_is_deleted(account):
    replaced = account.applications["old"] = Application("old", {"name": NAME})
    mine = begun(account)

    contend(account, making(replaces=replaced), mine)
    finish(account, making(replaces=replaced), mine)

    assert [each.id for each in account.named()] == [mine.id]
    assert list(account.applications) == [mine.id]


def test_applications_of_other_names_are_left_alone(account):
    begin(account, Making(Application(None, {"name": "y"})), DEAD)
    mine = begun(account)

    contend(account, making(), mine)

    assert len(account.applications) == 2


def test_a_name_is_given_while_one_request_can_still_end_before_the_lease(account):
    mine = begun(account)
    account.clock.now += LEASE - MARGIN

    assert CONNECTION_OPTIONS["deadline"]["default"] < MARGIN
    assert finish(account, making(), mine).name == NAME


@pytest.mark.parametrize("left", [MARGIN - 1, 0])
def test_what_took_too_long_does_not_get_its_name(account, left):
    mine = begun(account)
    account.clock.now += LEASE - left

    with pytest.raises(Overtaken, match="took too long"):
        finish(account, making(), mine)

    assert account.applications == {}


def test_a_name_that_was_given_without_an_answer_is_given(account):
    mine = begun(account)
    losing(account, "update")

    assert finish(account, making(), mine).name == NAME


def test_a_name_that_was_not_given_is_an_error_and_what_was_begun_stays_to_be_adopted(account):
    mine = begun(account)

    def before(method):
        if method == "update":
            raise ApiError("PUT", "u", "no connection", delivered=False)

    account.before = before
    with pytest.raises(ApiError):
        finish(account, making(), mine)

    assert [each.id for each in account.applications.values()] == [mine.id]
    account.before = lambda method: None
    assert run(account, ME, {mine.fingerprint}) == CREATE
    assert [each.id for each in account.named()] == [mine.id]


def test_what_is_adopted_gets_a_new_lease_before_it_gets_its_name(account):
    abandoned = begun(account, DEAD)
    account.clock.now += LEASE - 1
    names = []
    account.after = lambda method: names.append(account.applications[abandoned.id].name) if method == "update" else None

    assert run(account, ME, {abandoned.fingerprint}) == CREATE

    assert unfinished_name(names[0]).maker == ME
    assert unfinished_name(names[0]).expiry == account.clock.now + LEASE
    assert names[1] == NAME


def test_what_an_earlier_task_of_the_same_run_began_keeps_its_lease(account):
    mine = begun(account)
    asked = []
    account.after = asked.append

    assert run(account, ME, {mine.fingerprint}) == CREATE

    assert asked.count("update") == 1


def test_what_was_made_and_cannot_be_found_is_not_made_again(account):
    def after(method):
        if method in ("create", "list"):
            raise ApiError("?", "u", "no answer", delivered=True)

    account.after = after
    with pytest.raises(ApiError):
        begun(account)

    assert account.made == 1


def test_others_that_end_are_waited_for(account):
    others = begun(account, OTHER)
    pauses = []

    def other_ends():
        pauses.append(1)
        if len(pauses) == 2:
            account.applications[others.id] = others.renamed(NAME)

    account.clock.stop = other_ends

    assert others_end(account, NAME) is True
    assert len(pauses) == 2


def test_others_that_do_not_end_are_not_waited_for_without_end(account):
    begun(account, OTHER)
    started = account.clock.now

    assert others_end(account, NAME) is False
    assert account.clock.now - started < 60


@pytest.mark.parametrize("maker", [DEAD, None])
def test_nobody_waits_where_nobody_else_makes_it(account, maker):
    if maker:
        begun(account, maker)
    account.clock.stop = lambda: pytest.fail("waited")

    assert others_end(account, NAME) is True


def test_what_a_living_run_makes_is_not_adopted(account):
    others = begun(account, OTHER)

    with pytest.raises(Overtaken):
        run(account, ME, {others.fingerprint})

    assert list(account.applications) == [others.id]


def test_a_lost_key_is_replaced_without_a_moment_in_which_nothing_has_the_name(account):
    account.applications["old"] = Application("old", {"name": NAME, "capabilities": {}, "kept": {"a": 1}})
    moments = []
    account.after = lambda method: moments.append((method, len(account.named())))

    assert run(account, ME, set(), lost_key="recreate") == RECREATE

    assert [number for method, number in moments if method != "delete"].count(0) == 0
    (named,) = account.named()
    assert named.settings["kept"] == {"a": 1}
