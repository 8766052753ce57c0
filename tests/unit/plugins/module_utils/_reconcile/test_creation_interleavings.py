# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs make the same application, in every order of their requests, and one of them may die before any of them.

The runs are the real code. Each stands still before every request until it is its turn; the orders are gone through
one by one, by repeating what led to a decision and then deciding otherwise.
"""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application, Created
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker
from ansible_collections.community.nexmo.plugins.module_utils._errors import KeyLost
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import public_half
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import creation, lease
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.creation import Overtaken
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.keepers import ChangesNoFile
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.effort import unless_coverage_is_measured
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.reconciling import apply, others_end, plan_for

NAME = "My Application"
DESIRED = desired_from({"name": NAME, "answer_url": "https://example.com/answer"})
PEMS = [keys.private_pem(keys.pair(number=number)) for number in range(8)]
PUBLIC = {pem: public_half(pem) for pem in PEMS}


class Died(BaseException):
    """The process is gone: nothing of it is run any more."""


class Account:
    """What the service holds. Its version counts changes, and deaths, which others can see."""

    def __init__(self):
        self.applications = {}
        self.version = 0
        self._ids = iter("abcdefgh")
        self._pems = iter(PEMS)

    def named(self):
        return [each for each in self.applications.values() if each.name == NAME]

    def create(self, application):
        private_key = next(self._pems)
        made = Application(next(self._ids), application.with_public_key(PUBLIC[private_key].pem).settings)
        self.applications[made.id] = made
        return Created(made, private_key)


class Host:
    """The key in the file, and those that wait beside it, by their fingerprints."""

    def __init__(self):
        self.file = None
        self.waiting = set()


class MemoryKeeper(ChangesNoFile):
    """Looks after the key of a host, as ``KeyStore`` does with files."""

    sees_new_keys = True
    needs_key = True

    def __init__(self, host, maker):
        super().__init__()
        self.maker = maker
        self._host = host

    def held_keys(self):
        return sorted(self._host.waiting | ({self._host.file} - {None}))

    def keep(self, private_key):
        self._host.waiting.add(PUBLIC[private_key].fingerprint)
        return True

    def apply(self, plan, carry_out):
        outcome = carry_out()
        if outcome.application.fingerprint in self._host.waiting:
            self._host.file = outcome.application.fingerprint
        self._host.waiting.clear()
        return replace(outcome, private_key=None)


class Run:
    """One run, in a thread that stands still before each request. ``result`` is its outcome or what it raised."""

    rules = RulesV2()

    def __init__(self, account, host, pid):
        self.account, self.host = account, host
        self.maker = Maker("here", pid, "1")
        self.result = None
        self.waits_for = None
        self._turn, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._dies = False
        self._thread = threading.Thread(target=self._main, daemon=True)
        self._thread.start()
        self._stopped.acquire()

    def step(self, dies=False):
        """Does one request, or dies before it."""
        self._dies = dies
        self.waits_for = None
        self._turn.release()
        self._stopped.acquire()

    def _main(self):
        try:
            self._request()
            self.result = self._made()
        except (Died, KeyLost, Overtaken) as error:
            self.result = error
        self._stopped.release()

    def _made(self):
        keeper = MemoryKeeper(self.host, self.maker)
        for _attempt in range(4):
            try:
                return self._attempt(keeper)
            except Overtaken as error:
                if not others_end(self, error.name):
                    raise
        return self._attempt(keeper)

    def _attempt(self, keeper):
        plan = plan_for(self, DESIRED, "present", keeper.held_keys(), keeper.maker)
        return keeper.apply(plan, lambda: apply(self, plan, keeper))

    def _request(self):
        self._stopped.release()
        self._turn.acquire()
        if self._dies:
            raise Died

    def pause(self, _seconds):
        """Others have to do something first."""
        self.waits_for = self.account.version

    def list(self, _is_of_interest):
        self._request()
        return Listing(tuple(self.account.applications.values()), 1, True)

    def read(self, application_id):
        self._request()
        return self.account.applications.get(application_id)

    def create(self, application):
        self._request()
        self.account.version += 1
        return self.account.create(application)

    def update(self, application):
        self._request()
        self.account.version += 1
        self.account.applications[application.id] = application
        return application

    def delete(self, application_id):
        self._request()
        self.account.version += 1
        self.account.applications.pop(application_id, None)


class World:
    """An account, its hosts and two runs, taken through one order of events."""

    def __init__(self, monkeypatch, pids, hosts, deaths):
        self.account = Account()
        self.hosts = [Host() for _host in range(hosts)]
        self._dead, self._deaths = set(), deaths
        self._pids = iter(pids)
        monkeypatch.setattr(lease, "this_controller", lambda: "here")
        monkeypatch.setattr(creation.time, "sleep", self._sleep)
        monkeypatch.setattr(lease, "is_dead", lambda maker, _here: maker in self._dead)
        self._now = None
        self.runs = [self.start(self.hosts[number % hosts]) for number in range(2)]

    def _sleep(self, seconds):
        self._now.pause(seconds)

    def start(self, host):
        return Run(self.account, host, next(self._pids))

    def events(self):
        """What can happen next: a run goes on, or dies."""
        alive = [run for run in self.runs if run.result is None]
        moving = [run for run in alive if run.waits_for is None or run.waits_for != self.account.version]
        assert moving or not alive, "the runs wait for each other"
        return [(run, False) for run in moving] + [(run, True) for run in alive if self._deaths]

    def happen(self, event):
        self._now, dies = event
        if dies:
            self._deaths -= 1
            self._dead.add(self._now.maker)
            self.account.version += 1
        self._now.step(dies)
        assert len(self.account.named()) <= 1, "two applications have the name"

    def finish(self, run):
        while run.result is None:
            self.happen((run, False))
        self._dead.add(run.maker)  # processes end
        return run.result


def orders(make_world):
    """Every world at the end of an order of events, one after the other."""
    path = []
    while True:
        world, decisions = make_world(), []
        events = world.events()
        while events:
            choice = path[len(decisions)] if len(decisions) < len(path) else 0
            decisions.append((choice, len(events)))
            world.happen(events[choice])
            events = world.events()
        yield world
        while decisions and decisions[-1][0] + 1 == decisions[-1][1]:
            decisions.pop()
        if not decisions:
            return
        path = [choice for choice, _count in decisions[:-1]] + [decisions[-1][0] + 1]


def succeeded(run):
    return not isinstance(run.result, BaseException)


# Which of two runs comes first is decided by their process numbers. A death makes many more orders.
@pytest.mark.parametrize("deaths", [0, pytest.param(1, marks=unless_coverage_is_measured)])
@pytest.mark.parametrize("hosts", [1, 2])
@pytest.mark.parametrize("pids", ["12345678", "87654321"])
def test_every_order_ends_with_one_application_and_its_key(monkeypatch, pids, hosts, deaths):
    seen = 0
    for world in orders(lambda: World(monkeypatch, pids, hosts, deaths)):
        seen += 1
        for run in world.runs:
            if succeeded(run):
                (application,) = world.account.named()
                assert run.host.file == application.fingerprint
        for run in world.runs:
            world._dead.add(run.maker)

        reruns = [world.finish(world.start(host)) for host in world.hosts]

        assert not all(isinstance(result, BaseException) for result in reruns)
        (application,) = world.account.applications.values()
        assert application.name == NAME
        assert application.fingerprint in {host.file for host in world.hosts}
        assert not any(host.waiting for host in world.hosts if host.file == application.fingerprint)
    assert seen > 20
