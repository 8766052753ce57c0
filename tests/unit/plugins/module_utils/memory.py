# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An account in memory that many threads can use at once, and items as nexmo_applications gets them."""

from __future__ import annotations

from threading import Lock

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application, Created
from ansible_collections.community.nexmo.plugins.module_utils._application.options import APPLICATION_OPTIONS
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

PAIRS = 8


def item(**options):
    """The options of one application, those not given as the argument spec has them."""
    return {**{name: option.get("default") for name, option in APPLICATION_OPTIONS.items()}, **options}


def application(name, application_id, **more):
    """One that exists; its key pair is the first one."""
    public_key = keys.public_pem(keys.pair(1024))
    return Application(application_id, {"name": name, "capabilities": {}, "keys": {"public_key": public_key}, **more})


def answered(status):
    return ApiError("PUT", "u", "answered %d" % status, status)


class Account:
    """Version 2 on an account. ``pages`` is how many pages a listing has, ``before`` is called before each request
    with its operation and the name or id that it is about."""

    rules = RulesV2()

    def __init__(self, *applications, pages=1):
        self.applications = {each.id: each for each in applications}
        self.pages = pages
        self.before = lambda operation, about: None
        self.operations = []
        self._lock = Lock()

    @property
    def names(self):
        return [each.name for each in self.applications.values()]

    @property
    def writes(self):
        return [operation for operation in self.operations if operation in ("create", "update", "delete")]

    def _arrives(self, operation, about):
        self.before(operation, about)
        self.operations.append(operation)

    def list(self, is_of_interest):
        self._arrives("list", "")
        with self._lock:
            shown = tuple(each for each in self.applications.values() if is_of_interest(each.name))
            others = frozenset(each.id for each in self.applications.values() if not is_of_interest(each.name))
        return Listing(shown, self.pages, True, others)

    def read(self, application_id):
        self._arrives("read", application_id)
        return self.applications.get(application_id)

    def create(self, application):
        self._arrives("create", application.name)
        with self._lock:
            made = "made-%03d" % self.operations.count("create")
            while made in self.applications:
                made += "'"
            pair = keys.pair(1024, number=1 + len(self.applications) % PAIRS)
            created = Application(made, application.settings).with_public_key(keys.public_pem(pair))
            self.applications[made] = created
        return Created(created, keys.private_pem(pair))

    def update(self, application):
        self._arrives("update", application.id)
        with self._lock:
            if application.id not in self.applications:
                raise answered(404)
            self.applications[application.id] = application.with_key_of(self.applications[application.id])
            return self.applications[application.id]

    def delete(self, application_id):
        self._arrives("delete", application_id)
        with self._lock:
            self.applications.pop(application_id, None)
