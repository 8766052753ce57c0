# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding, planning and applying, on an account in memory."""

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Listing
from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application, Created
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import (
    CREATE,
    DELETE,
    NONE,
    RECREATE,
    UPDATE,
)
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import Maker, UnfinishedName
from ansible_collections.community.nexmo.plugins.module_utils._errors import AmbiguousName, KeyLost, Refused
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import public_half
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.apply import Applied, preview
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.maker import this_controller, this_process
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.planning import Found
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.planning import find as find_in
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.selection import Selection, select
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.reconciling import account_for, apply, plan_for

WRITES = {"create", "update", "delete"}
ALIVE = this_process()
DEAD = Maker(this_controller(), str(2**22 + 1), "1")  # more than any process has
FUTURE = 10**11


class Api:
    """Version 2 on an account in memory. ``shows_keys`` says whether a listing does; ``answer`` alters answers."""

    rules = RulesV2()

    def __init__(self, *applications, shows_keys=True, answer=lambda application: application):
        self.applications = {each.id: each for each in applications}
        self.shows_keys = shows_keys
        self.answer = answer
        self.calls = []

    def list(self, _is_of_interest):
        self.calls.append("list")
        shown = [each if self.shows_keys else each.without_key() for each in self.applications.values()]
        return Listing(tuple(shown), 1, True)

    def read(self, application_id):
        self.calls.append("read")
        return self.applications.get(application_id)

    def create(self, application):
        self.calls.append("create")
        pair = keys.pair(number=9)
        private_key = None if application.public_key else keys.private_pem(pair)
        created = Application("new", application.settings)
        self.applications["new"] = created.with_public_key(keys.public_pem(pair)) if private_key else created
        return Created(self.applications["new"], private_key)

    def update(self, application):
        self.calls.append("update")
        self.applications[application.id] = application.with_key_of(self.applications[application.id])
        return self.answer(self.applications[application.id])

    def delete(self, application_id):
        self.calls.append("delete")
        self.applications.pop(application_id, None)

    @property
    def wrote(self):
        return [call for call in self.calls if call in WRITES]


def application(number, name="x", **more):
    pem = keys.public_pem(keys.pair(number=number))
    return Application("id-%d" % number, dict({"name": name, "capabilities": {}, "keys": {"public_key": pem}}, **more))


def held(*numbers):
    return [keys.fingerprint(keys.pair(number=number)) for number in numbers]


def unfinished(number, maker=DEAD, expiry=FUTURE, name="x", **more):
    return application(number, str(UnfinishedName(name, "a", expiry, maker)), **more)


class Keeper:
    """Stores keys at once, or leaves that to a later task."""

    maker = ALIVE

    def __init__(self, at_once=True, needs_key=True):
        self.at_once = at_once
        self.needs_key = needs_key
        self.kept = []

    def keep(self, private_key):
        self.kept.append(private_key)
        return self.at_once


def planned(api, state="present", held_keys=None, **options):
    return plan_for(api, desired_from(options), state, held_keys, ALIVE)


def find(api, desired):
    return find_in(account_for(api, desired), desired)


def test_a_name_finds_the_application_with_exactly_that_name():
    api = Api(application(1, "x"), application(2, "X"), application(3, "x "))

    assert find(api, desired_from({"name": "x"})) == Found(application(1, "x"))
    assert find(api, desired_from({"name": "y"})) == Found(None)
    assert api.wrote == []


def test_a_name_of_several_applications_is_an_error_with_their_ids():
    api = Api(application(1), application(2), application(3, "y"))

    with pytest.raises(AmbiguousName, match="id-1, id-2; give the application_id"):
        find(api, desired_from({"name": "x"}))


def test_an_id_needs_no_listing():
    api = Api(application(1), application(2))

    assert find(api, desired_from({"application_id": "id-2", "name": "y"})) == Found(application(2))
    assert api.calls == ["read"]


def test_a_key_that_a_listing_does_not_show_is_read():
    api = Api(application(1), shows_keys=False)

    assert find(api, desired_from({"name": "x"})) == Found(application(1))
    assert api.calls == ["list", "read"]


def test_unfinished_applications_of_the_name_are_found_beside_it():
    api = Api(application(1), unfinished(2), unfinished(3, name="y"))

    assert find(api, desired_from({"name": "x"})) == Found(application(1), (unfinished(2),))
    assert find(api, desired_from({"name": "y"})) == Found(None, (unfinished(3, name="y"),))


@pytest.mark.parametrize(
    ("applications", "state", "options", "operation"),
    [
        ([], "present", {"name": "x"}, CREATE),
        ([application(1)], "present", {"name": "x"}, NONE),
        ([application(1)], "present", {"name": "x", "improve_ai": False}, UPDATE),
        ([application(1)], "present", {"application_id": "id-1", "name": "y"}, UPDATE),
        ([application(1)], "absent", {"name": "x"}, DELETE),
        ([application(1)], "absent", {"application_id": "id-1"}, DELETE),
        ([], "absent", {"name": "x"}, NONE),
        ([], "absent", {"application_id": "id-1"}, NONE),
    ],
)
def test_planning_writes_nothing_and_applying_does_what_was_planned(applications, state, options, operation):
    api = Api(*applications)

    plan = planned(api, state, **options)
    assert plan.operation == operation
    assert api.wrote == []
    foretold = preview(plan, delivers_later=False)
    assert api.wrote == []
    applied = apply(api, plan, Keeper())

    assert api.wrote == {NONE: [], CREATE: ["create", "update"], UPDATE: ["update"], DELETE: ["delete"]}[operation]
    assert (applied.application is None) == (foretold.application is None) == (state == "absent")
    if applied.application:
        assert applied.application.without_key().settings == foretold.application.without_key().settings


@pytest.mark.parametrize(
    ("applications", "state", "options"),
    [
        ([], "present", {"name": "x"}),
        ([application(1)], "present", {"name": "x", "improve_ai": False}),
        ([application(1)], "present", {"application_id": "id-1", "name": "y"}),
        ([application(1)], "absent", {"name": "x"}),
    ],
)
def test_a_second_run_writes_nothing(applications, state, options):
    api = Api(*applications)
    apply(api, planned(api, state, **options), Keeper())
    api.calls.clear()

    applied = apply(api, planned(api, state, **options), Keeper())

    assert api.wrote == []
    assert applied.private_key is None


def test_an_id_that_is_not_there_cannot_be_made_present():
    with pytest.raises(Refused, match="^application_id: there is no application with id id-9"):
        planned(Api(application(1)), application_id="id-9")


def test_a_rename_to_a_name_that_is_taken_is_refused():
    api = Api(application(1, "x"), application(2, "y"))

    with pytest.raises(Refused, match="^name: 'y' is already the name of application id-2"):
        planned(api, application_id="id-1", name="y")


NEW_KEY = keys.private_pem(keys.pair(number=9))


def test_recreating_deletes_the_old_one_once_the_key_of_the_new_one_is_in_safe_hands():
    api, keeper = Api(application(1)), Keeper()

    plan = planned(api, held_keys=[], name="x", lost_key="recreate")
    applied = apply(api, plan, keeper)

    assert plan.operation == RECREATE
    assert api.wrote == ["create", "delete", "update"]
    assert keeper.kept == [NEW_KEY]
    assert (applied.application.id, applied.application.name, applied.private_key) == ("new", "x", NEW_KEY)
    assert list(api.applications) == ["new"]


def test_the_old_one_stays_where_the_key_of_the_new_one_could_not_be_kept():
    api, keeper = Api(application(1)), Keeper()

    def fail(_private_key):
        raise OSError("disk full")

    keeper.keep = fail
    with pytest.raises(OSError, match="disk full"):
        apply(api, planned(api, held_keys=[], name="x", lost_key="recreate"), keeper)

    assert "id-1" in api.applications
    assert api.wrote == ["create"]


def test_an_application_whose_key_is_delivered_later_does_not_get_its_name_yet():
    api = Api()

    applied = apply(api, planned(api, held_keys=[], name="x"), Keeper(at_once=False))

    assert (applied.finished, applied.private_key) == (False, NEW_KEY)
    assert applied.application.name == "x"
    assert [each.name for each in api.applications.values()] != ["x"]


def test_it_gets_its_name_once_its_key_is_held():
    api = Api()
    apply(api, planned(api, held_keys=[], name="x"), Keeper(at_once=False))
    api.calls.clear()

    plan = planned(api, held_keys=held(9), name="x")
    applied = apply(api, plan, Keeper(at_once=False))

    assert plan.operation == CREATE
    assert api.wrote == ["update"]
    assert (applied.finished, applied.private_key, applied.application.name) == (True, None, "x")


def test_an_application_without_a_private_key_is_of_no_use_to_who_needs_one():
    api = Api()
    public_key = keys.public_pem(keys.pair(number=5))

    with pytest.raises(KeyLost, match="handed out no private key"):
        apply(api, planned(api, name="x", public_key=public_key), Keeper(needs_key=True))
    assert api.applications == {}

    applied = apply(api, planned(api, name="x", public_key=public_key), Keeper(needs_key=False))
    assert applied.application.public_key == public_key


def test_what_was_begun_with_a_key_that_is_held_is_finished_with_the_settings_of_now():
    api = Api(unfinished(1, kept={"a": 1}))

    plan = planned(api, held_keys=held(1), name="x", improve_ai=False)
    applied = apply(api, plan, Keeper())

    assert (plan.operation, plan.adopts) == (CREATE, unfinished(1, kept={"a": 1}))
    assert "create" not in api.wrote
    assert applied.application.settings["privacy"] == {"improve_ai": False}
    assert applied.application.settings["kept"] == {"a": 1}
    assert (applied.application.id, applied.application.name) == ("id-1", "x")
    assert applied.application.fingerprint == held(1)[0]


@pytest.mark.parametrize("held_keys", [None, [], held(3)], ids=["not looked after", "none", "another"])
def test_what_was_begun_with_a_key_that_nobody_has_is_deleted(held_keys):
    api = Api(unfinished(1))

    plan = planned(api, held_keys=held_keys, name="x")
    apply(api, plan, Keeper())

    assert (plan.adopts, plan.leftovers) == (None, (unfinished(1),))
    assert api.wrote == ["delete", "create", "update"]
    assert list(api.applications) == ["new"]


@pytest.mark.parametrize("state", ["present", "absent"])
def test_leftovers_are_a_change_and_go(state):
    leftovers = (unfinished(2), unfinished(3, maker=Maker("elsewhere", "1", "1"), expiry=1))
    api = Api(application(1), *leftovers)

    plan = planned(api, state, name="x")
    apply(api, plan, Keeper())

    assert plan.leftovers == leftovers
    assert plan.changed
    assert list(api.applications) == (["id-1"] if state == "present" else [])


def test_what_others_are_making_is_left_alone():
    others = (unfinished(2, maker=ALIVE), unfinished(3, maker=Maker("elsewhere", "1", "1")), unfinished(4, name="y"))
    api = Api(application(1), *others)

    plan = planned(api, name="x")

    assert (plan.operation, plan.leftovers, plan.changed) == (NONE, (), False)


def test_a_key_that_waits_for_what_was_begun_is_not_in_the_way():
    api = Api(unfinished(1), application(2, "y"))

    assert planned(api, held_keys=held(1), name="x").adopts == unfinished(1)
    assert planned(api, "absent", held_keys=held(1), name="x").leftovers == (unfinished(1),)


def test_rotating_sends_the_public_half_of_the_key_that_it_hands_out():
    api = Api(application(1, more={"a": 1}))

    keeper = Keeper()
    applied = apply(api, planned(api, held_keys=[], name="x", lost_key="rotate"), keeper)

    assert api.wrote == ["update"]
    assert applied.application.id == "id-1"
    assert applied.application.settings["more"] == {"a": 1}
    assert public_half(applied.private_key).fingerprint == api.applications["id-1"].fingerprint
    assert keeper.kept == [applied.private_key]
    assert applied.ignored == []


def test_the_new_key_of_a_rotation_is_in_safe_hands_before_it_is_sent():
    api, keeper = Api(application(1)), Keeper()

    def fail(_private_key):
        raise OSError("disk full")

    keeper.keep = fail
    with pytest.raises(OSError, match="disk full"):
        apply(api, planned(api, held_keys=[], name="x", lost_key="rotate"), keeper)

    assert api.wrote == []


def test_foretelling_a_rotation_makes_no_key():
    applied = preview(planned(Api(application(1)), held_keys=[], name="x", lost_key="rotate"), delivers_later=True)

    assert applied == Applied(application(1).without_key())


@pytest.mark.parametrize(
    ("state", "options"),
    [
        ("present", {"name": "new"}),
        ("present", {"name": "x", "lost_key": "recreate"}),
        ("present", {"name": "x", "lost_key": "rotate"}),
        ("absent", {"name": "x"}),
    ],
)
@pytest.mark.parametrize("shows_keys", [True, False])
def test_the_key_of_another_application_is_never_in_the_way(state, options, shows_keys):
    api = Api(application(1, "x"), application(2, "y"), shows_keys=shows_keys)

    with pytest.raises(Refused, match=r"private_key_path: .* 'y' \(id-2\)"):
        planned(api, state, held(2), **options)

    assert api.wrote == []


@pytest.mark.parametrize(
    ("state", "held_keys", "options", "operation"),
    [
        ("present", held(3), {"name": "new"}, CREATE),
        ("present", held(3), {"name": "x", "lost_key": "recreate"}, RECREATE),
        ("absent", held(1), {"name": "x"}, DELETE),
        ("absent", held(3), {"name": "x"}, DELETE),
        ("present", held(1), {"name": "x"}, NONE),
    ],
)
def test_a_key_that_no_other_application_has_is_not_in_the_way(state, held_keys, options, operation):
    api = Api(application(1, "x"), application(2, "y"))

    assert planned(api, state, held_keys, **options).operation == operation


def with_unreadable_key(number, name):
    return application(number, name).with_public_key("no key")


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_key_of_nobody_known_may_be_that_of_an_application_whose_key_cannot_be_read(state):
    api = Api(application(1, "x"), with_unreadable_key(2, "y"))

    with pytest.raises(Refused, match=r"^private_key_path: .* 'y' \(id-2\).* cannot be read"):
        planned(api, state, held(3), name="x", lost_key="recreate")

    assert api.wrote == []


def test_the_unreadable_key_of_an_application_itself_is_in_nobodys_way():
    api = Api(with_unreadable_key(1, "x"), application(2, "y"))

    assert planned(api, "present", held(3), name="x", lost_key="recreate").operation == RECREATE
    assert planned(api, "absent", held(3), name="x").operation == DELETE


def answering(**changes):
    return lambda sent: Application(sent.id, dict(sent.settings, **changes))


@pytest.mark.parametrize(
    ("answer", "ignored"),
    [
        (lambda sent: sent, []),
        (answering(added={"a": 1}), []),
        (answering(privacy={"improve_ai": False, "added": 1}), []),
        (answering(keys={"public_key": "another"}), []),
        (answering(privacy={"improve_ai": True}), ["privacy.improve_ai"]),
        (answering(name="shortened"), ["name"]),
        (answering(privacy={}), ["privacy.improve_ai"]),
        (answering(gone=None), ["gone"]),
    ],
)
def test_settings_that_the_service_did_not_take_are_told(answer, ignored):
    api = Api(application(1, gone={"a": 1}), answer=answer)

    applied = apply(api, planned(api, name="x", improve_ai=False), Keeper())

    assert applied.ignored == ignored


def test_what_should_go_and_stays_is_told():
    kept = {"voice": {"region": "eu-west"}}
    api = Api(application(1, capabilities=kept), answer=answering(capabilities=kept))

    applied = apply(api, planned(api, name="x", capabilities={"voice": {"unset": ["region"]}}), Keeper())

    assert applied.ignored == ["capabilities.voice.region"]


def test_a_default_in_the_place_of_what_should_go_is_not_told():
    api = Api(
        application(1, capabilities={"voice": {"conversations_ttl": 12}}),
        answer=answering(capabilities={"voice": {"conversations_ttl": 48}}),
    )

    applied = apply(api, planned(api, name="x", capabilities={"voice": {"unset": ["conversations_ttl"]}}), Keeper())

    assert applied.ignored == []


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(), ["id-1", "id-2", "id-3"]),
        (Selection(name="x"), ["id-1", "id-2"]),
        (Selection(name="X"), []),
        (Selection(capabilities=["voice"]), ["id-2", "id-3"]),
        (Selection(capabilities=["voice", "rtc"]), ["id-3"]),
        (Selection(name="x", capabilities=["voice"]), ["id-2"]),
        (Selection(application_id="id-3"), ["id-3"]),
        (Selection(application_id="id-3", capabilities=["verify"]), []),
        (Selection(application_id="id-9"), []),
    ],
)
def test_a_selection_takes_all_that_fit_and_nothing_is_no_error(selection, ids):
    api = Api(
        application(1),
        application(2, capabilities={"voice": {}}),
        application(3, "y", capabilities={"voice": {}, "rtc": {}}),
    )

    assert [each.id for each in select(api, selection).applications] == ids
    assert api.wrote == []


def test_the_key_of_the_one_that_was_looked_for_is_read():
    api = Api(application(1, "x"), application(2, "y"), shows_keys=False)

    assert select(api, Selection(name="x")).applications == [application(1, "x")]
    assert [each.public_key for each in select(api, Selection()).applications] == [None, None]
