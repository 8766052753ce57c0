# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Planning under version 1, and what both versions share."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import application_from, body_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import (
    CREATE,
    DELETE,
    NONE,
    RECREATE,
    UPDATE,
    plan_absent,
)
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v1 import RulesV1
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption, KeyLost, Refused
from ansible_collections.community.nexmo.plugins.module_utils._patch import member
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import arbitrary, keys, service_v1
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json

ANSWER, EVENT = "https://example.com/answer", "https://example.com/event"
INBOUND, STATUS = "https://example.com/inbound", "https://example.com/status"


def webhook(address, method):
    return {"address": address, "http_method": method}


def application(voice=None, messages=None, **more):
    capabilities = {
        name: {"webhooks": webhooks} for name, webhooks in (("voice", voice), ("messages", messages)) if webhooks
    }
    return Application("aaaa", dict({"name": "My Application", "capabilities": capabilities}, **more))


VOICE = application({"answer_url": webhook(ANSWER, "GET"), "event_url": webhook(EVENT, "POST")}, vendor={"x": [1]})
MESSAGES = application(None, {"inbound_url": webhook(INBOUND, "POST"), "status_url": webhook(STATUS, "POST")})
BOTH = application({"event_url": webhook(EVENT, "POST")}, {"status_url": webhook(STATUS, "POST")})
NEITHER = application()

NEW_VOICE = {"name": "My Application", "type": "voice", "event_url": EVENT}
NEW_MESSAGES = {"name": "My Application", "type": "messages", "inbound_url": INBOUND, "status_url": STATUS}


def plan(options, existing=None, held_keys=None):
    return arbitrary.plan(options, existing, RulesV1(), held_keys)


def webhooks_of(planned, capability="voice"):
    return planned.after.capabilities[capability]["webhooks"]


@pytest.mark.parametrize(
    ("options", "capabilities"),
    [
        (NEW_VOICE, {"voice": {"webhooks": {"event_url": webhook(EVENT, "POST")}}}),
        (
            dict(NEW_VOICE, answer_url=ANSWER, event_method="GET"),
            {"voice": {"webhooks": {"answer_url": webhook(ANSWER, "GET"), "event_url": webhook(EVENT, "GET")}}},
        ),
        (
            dict(NEW_VOICE, answer_url=ANSWER, answer_method="POST"),
            {"voice": {"webhooks": {"answer_url": webhook(ANSWER, "POST"), "event_url": webhook(EVENT, "POST")}}},
        ),
        (dict(NEW_VOICE, answer_url=""), {"voice": {"webhooks": {"event_url": webhook(EVENT, "POST")}}}),
        (
            NEW_MESSAGES,
            MESSAGES.capabilities,
        ),
    ],
)
def test_what_is_not_there_is_created_with_default_methods(options, capabilities):
    planned = plan(options)

    assert planned.operation == CREATE
    assert planned.changed
    assert planned.brings_key
    assert planned.after.wire_type == options["type"]
    assert planned.before is None
    assert planned.after == Application(None, {"name": "My Application", "capabilities": capabilities})


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"name": "x"}, "type"),
        ({"name": "x", "event_url": EVENT}, "type"),
        ({"name": "x", "type": "voice"}, "event_url"),
        ({"name": "x", "type": "voice", "answer_url": ANSWER}, "event_url"),
        ({"name": "x", "type": "messages", "inbound_url": INBOUND}, "status_url"),
        ({"name": "x", "type": "messages", "status_url": STATUS}, "inbound_url"),
        (dict(NEW_VOICE, answer_method="GET"), "answer_method"),
        ({"name": "x", "type": "voice", "event_method": "GET"}, "event_method"),
    ],
)
def test_what_cannot_be_created_is_refused_by_its_option(options, option):
    with pytest.raises(InvalidOption, match="^%s: " % option):
        plan(options)


@pytest.mark.parametrize(
    ("options", "existing"),
    [
        ({"name": "My Application"}, VOICE),
        ({"name": "My Application"}, NEITHER),
        (NEW_VOICE, VOICE),
        (dict(NEW_VOICE, answer_url=ANSWER, answer_method="GET", event_method="POST"), VOICE),
        ({"name": "My Application", "event_url": EVENT}, BOTH),
        ({"name": "My Application", "type": "voice"}, BOTH),
        ({"name": "My Application", "type": "voice"}, NEITHER),
        (NEW_MESSAGES, MESSAGES),
        ({"name": "My Application", "answer_url": ""}, BOTH),
        ({"name": "My Application", "answer_url": "", "type": "voice"}, NEITHER),
        ({"application_id": "aaaa"}, VOICE),
        ({"application_id": "aaaa", "recreate": True}, VOICE),
    ],
)
def test_what_is_as_desired_is_left_alone(options, existing):
    planned = plan(options, existing)

    assert planned.operation == NONE
    assert not planned.changed
    assert not planned.brings_key
    assert planned.before == planned.after == existing
    assert planned.diff()["before"] == planned.diff()["after"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"event_url": ANSWER}, {"answer_url": webhook(ANSWER, "GET"), "event_url": webhook(ANSWER, "POST")}),
        ({"event_method": "GET"}, {"answer_url": webhook(ANSWER, "GET"), "event_url": webhook(EVENT, "GET")}),
        ({"answer_url": ""}, {"event_url": webhook(EVENT, "POST")}),
        (
            {"answer_url": EVENT, "answer_method": "POST"},
            {"answer_url": webhook(EVENT, "POST"), "event_url": webhook(EVENT, "POST")},
        ),
    ],
)
def test_one_setting_is_changed_and_the_others_are_kept(options, expected):
    planned = plan(dict(options, name="My Application"), VOICE)

    assert planned.operation == UPDATE
    assert planned.after.wire_type == "voice"
    assert (planned.before, planned.after.id) == (VOICE, "aaaa")
    assert webhooks_of(planned) == expected
    assert planned.after.settings["vendor"] == {"x": [1]}


def test_a_webhook_that_is_new_gets_its_default_method():
    existing = application({"event_url": webhook(EVENT, "GET")})

    planned = plan({"name": "My Application", "answer_url": ANSWER}, existing)

    assert webhooks_of(planned) == {"answer_url": webhook(ANSWER, "GET"), "event_url": webhook(EVENT, "GET")}


def test_a_webhook_that_has_a_method_keeps_it_with_another_address():
    existing = application({"answer_url": webhook(ANSWER, "POST"), "event_url": webhook(EVENT, "POST")})

    planned = plan({"name": "My Application", "answer_url": EVENT}, existing)

    assert webhooks_of(planned)["answer_url"] == webhook(EVENT, "POST")


def test_with_an_id_the_name_is_changed():
    planned = plan({"application_id": "aaaa", "name": "Better"}, VOICE)

    assert planned.operation == UPDATE
    assert planned.after == Application("aaaa", dict(VOICE.settings, name="Better"))
    assert planned.diff()["after"]["name"] == "Better"


def test_the_method_of_a_webhook_that_is_not_there_is_refused():
    existing = application({"event_url": webhook(EVENT, "POST")})

    with pytest.raises(InvalidOption, match="^answer_method: .*URL"):
        plan({"name": "My Application", "answer_method": "GET"}, existing)


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"type": "voice", "inbound_url": INBOUND}, "inbound_url"),
        ({"type": "messages", "answer_method": "GET"}, "answer_method"),
        ({"event_url": ""}, "event_url"),
        ({"inbound_url": ""}, "inbound_url"),
        ({"status_url": ""}, "status_url"),
        ({"capabilities": {}}, "capabilities"),
        ({"public_key": "PEM"}, "public_key"),
        ({"improve_ai": False}, "improve_ai"),
        ({"lost_key": "rotate"}, "lost_key"),
    ],
)
@pytest.mark.parametrize("existing", [None, VOICE, MESSAGES])
def test_what_version_1_can_never_do_is_refused_whatever_there_is(options, option, existing):
    with pytest.raises(InvalidOption, match="^%s: " % option):
        plan(dict(options, name="My Application"), existing)


@pytest.mark.parametrize(
    ("existing", "options", "sent"),
    [
        (VOICE, {}, "voice"),
        (MESSAGES, {}, "messages"),
        (BOTH, {}, "voice"),
        (BOTH, {"event_url": ANSWER}, "voice"),
        (BOTH, {"status_url": INBOUND}, "messages"),
        (BOTH, {"type": "messages"}, "messages"),
        (NEITHER, {"event_url": EVENT}, "voice"),
        (NEITHER, {"status_url": STATUS}, "messages"),
        (NEITHER, {"type": "messages"}, "messages"),
    ],
)
def test_the_type_that_is_sent_is_that_of_the_application_or_of_the_options(existing, options, sent):
    assert plan(dict(options, name="My Application"), existing).after.wire_type == sent


def test_a_type_that_nothing_tells_has_to_be_given_for_a_change():
    with pytest.raises(InvalidOption, match="^type: cannot be told .*api_version: v2.*voice or messages"):
        plan({"application_id": "aaaa", "name": "Better"}, NEITHER)


def test_a_setting_of_another_type_is_refused():
    with pytest.raises(InvalidOption, match="^inbound_url: is a setting of type messages, .* of type voice"):
        plan({"name": "My Application", "inbound_url": INBOUND}, VOICE)


def test_a_setting_of_another_type_that_is_only_removed_changes_nothing():
    assert plan({"name": "My Application", "answer_url": ""}, MESSAGES).operation == NONE


@pytest.mark.parametrize(("existing", "options"), [(VOICE, NEW_MESSAGES), (MESSAGES, NEW_VOICE)])
def test_another_type_is_refused_with_the_way_out(existing, options):
    with pytest.raises(Refused, match="type: .*aaaa.*can't change.*recreate: true"):
        plan(options, existing)


def test_another_type_is_recreated_where_that_is_allowed():
    planned = plan(dict(NEW_MESSAGES, recreate=True), VOICE)

    assert planned.operation == RECREATE
    assert planned.brings_key
    assert planned.after.wire_type == "messages"
    assert planned.before == VOICE
    assert planned.after == Application(
        None,
        {
            "name": "My Application",
            "vendor": {"x": [1]},
            "capabilities": {
                "messages": {
                    "webhooks": {"inbound_url": webhook(INBOUND, "POST"), "status_url": webhook(STATUS, "POST")}
                }
            },
        },
    )


def test_what_recreating_could_not_create_is_refused_before_anything_is_deleted():
    with pytest.raises(InvalidOption, match="^status_url: "):
        plan({"name": "My Application", "type": "messages", "inbound_url": INBOUND, "recreate": True}, VOICE)


def with_key(number):
    pem = keys.public_pem(keys.pair(number=number))
    return Application("aaaa", dict(VOICE.settings, keys={"public_key": pem}))


def held(*numbers):
    return [keys.fingerprint(keys.pair(number=number)) for number in numbers]


@pytest.mark.parametrize(
    ("existing", "held_keys"),
    [
        pytest.param(with_key(1), held(1), id="its key"),
        pytest.param(with_key(1), held(2, 1), id="its key among others"),
        pytest.param(VOICE, held(2), id="any key, where its own is not shown"),
        pytest.param(with_key(1), None, id="nobody looks after a key"),
        pytest.param(VOICE, None, id="nobody looks after a key that is not shown"),
    ],
)
@pytest.mark.parametrize("lost_key", ["fail", "recreate"])
def test_a_key_that_is_held_needs_nothing(existing, held_keys, lost_key):
    assert plan({"name": "My Application", "lost_key": lost_key}, existing, held_keys).operation == NONE


@pytest.mark.parametrize(
    ("existing", "held_keys"), [(with_key(1), []), (with_key(1), held(2)), (VOICE, []), (with_key(1), frozenset())]
)
def test_a_lost_key_is_an_error_that_names_the_ways_out(existing, held_keys):
    with pytest.raises(KeyLost, match=r"'My Application' \(aaaa\).*lost_key: recreate"):
        plan({"name": "My Application"}, existing, held_keys)


@pytest.mark.parametrize(
    ("options", "place"),
    [({"private_key_path": "/etc/shop.key"}, "/etc/shop.key holds another key"), ({}, "the hosts hold another key")],
)
@pytest.mark.parametrize("numbers", [(2,), (2, 3)])
def test_a_key_in_the_way_of_the_applications_is_told_with_both_fingerprints(options, place, numbers):
    with pytest.raises(KeyLost, match="its private key is not where it belongs") as caught:
        plan({"name": "My Application", **options}, with_key(1), held(*numbers))

    message = str(caught.value)
    assert place in message
    for fingerprint in (*held(*numbers), *held(1)):
        assert fingerprint in message
    assert "lost_key" in message


@pytest.mark.parametrize(("existing", "held_keys"), [(with_key(1), []), (VOICE, [])])
def test_where_no_key_is_none_is_said_to_be_in_the_way(existing, held_keys):
    with pytest.raises(KeyLost) as caught:
        plan({"name": "My Application", "private_key_path": "/etc/shop.key"}, existing, held_keys)

    assert "another key" not in str(caught.value)


@pytest.mark.parametrize(("existing", "held_keys"), [(with_key(1), []), (with_key(1), held(2)), (VOICE, [])])
def test_a_lost_key_is_replaced_with_the_application_where_that_is_wanted(existing, held_keys):
    planned = plan({"name": "My Application", "lost_key": "recreate"}, existing, held_keys)

    assert planned.operation == RECREATE
    assert planned.before == existing
    assert planned.after == Application(None, VOICE.settings)


UNREADABLE = Application("aaaa", dict(VOICE.settings, keys={"public_key": "no key"}))


@pytest.mark.parametrize("held_keys", [[], held(1)])
def test_a_key_that_cannot_be_read_is_not_taken_for_one_that_is_held(held_keys):
    with pytest.raises(KeyLost, match=r"'My Application' \(aaaa\).*cannot be read.*lost_key: recreate"):
        plan({"name": "My Application"}, UNREADABLE, held_keys)

    assert plan({"name": "My Application", "lost_key": "recreate"}, UNREADABLE, held_keys).operation == RECREATE
    assert plan({"name": "My Application"}, UNREADABLE).operation == NONE


def test_a_key_that_is_lost_does_not_stand_in_the_way_of_another_type():
    planned = plan(dict(NEW_MESSAGES, recreate=True), with_key(1), [])

    assert planned.operation == RECREATE


@pytest.mark.parametrize("held_keys", [None, [], held(1)])
def test_what_is_not_there_is_created_whatever_keys_are_held(held_keys):
    assert plan(NEW_VOICE, None, held_keys).operation == CREATE


def test_what_is_there_is_deleted():
    planned = plan_absent(VOICE)

    assert (planned.operation, planned.before, planned.after) == (DELETE, VOICE, None)
    assert planned.changed
    assert planned.diff()["after"] == {}
    assert planned.diff()["after_header"] == "no application"


def test_what_is_not_there_need_not_be_deleted():
    planned = plan_absent(None)

    assert (planned.operation, planned.changed, planned.after) == (NONE, False, None)


def test_a_diff_shows_what_changes_under_the_name_and_the_id():
    diff = plan({"name": "My Application", "event_url": ANSWER}, VOICE).diff()

    assert diff["before_header"] == diff["after_header"] == "application My Application (aaaa)"
    assert member(diff["before"], ("capabilities", "voice", "webhooks", "event_url", "address")) == EVENT
    assert member(diff["after"], ("capabilities", "voice", "webhooks", "event_url", "address")) == ANSWER


def test_a_diff_of_a_new_application_has_nothing_before_it():
    diff = plan(NEW_VOICE).diff()

    assert (diff["before"], diff["before_header"]) == ({}, "no application")
    assert diff["after_header"] == "application My Application (id not known yet)"


def test_a_diff_shows_the_public_key_only_where_it_changes():
    pem = with_key(1).public_key

    same = plan({"name": "My Application", "event_url": ANSWER}, with_key(1)).diff()
    recreated = plan({"name": "My Application", "lost_key": "recreate"}, with_key(1), []).diff()

    assert pem not in json.dumps(same)
    assert (recreated["before"]["public_key"], recreated["after"]["public_key"]) == (pem, None)


SHOWN = service_v1.shown_applications()
OPTIONS = arbitrary.flat_options()
OF_ONE_TYPE = service_v1.shown_applications(service_v1.ONE_TYPE)


def plan_unless_refused(options, existing):
    """The plan; there is nothing more to see where the wish is refused, which names an option."""
    planned, refusal = arbitrary.plan_or_refusal(options, existing, RulesV1())
    event(planned.operation if planned else "refused")
    assert planned or re.match("[a-z_]+: ", refusal)
    assume(planned)
    return planned


def ends_one_of_two_types(planned):
    """Whether the last webhook of one of two types goes: version 1 then shows an application of the other type."""
    shown = [each for each, part in planned.after.capabilities.items() if part["webhooks"]]
    return planned.before is not None and len(planned.before.capabilities) == 2 > len(shown)


@given(SHOWN | st.none(), OPTIONS | arbitrary.creations())
def test_planning_again_plans_nothing(shown, options):
    planned = plan_unless_refused(options, application_from(shown) if shown else None)
    assume(not ends_one_of_two_types(planned))

    again = plan(options, Application("aaaa", planned.after.settings))

    assert again.operation == NONE
    assert as_json(again.after.settings) == as_json(planned.after.settings)


@given(SHOWN | st.none(), OPTIONS | arbitrary.creations())
def test_planning_again_on_what_the_service_shows_plans_nothing(shown, options):
    planned = plan_unless_refused(options, application_from(shown) if shown else None)
    assume(not ends_one_of_two_types(planned))
    body = body_from(planned.after)

    again = plan(options, application_from(service_v1.shown_after(body, planned.after.settings.get("keys"))))

    assert again.operation == NONE


@given(SHOWN, OPTIONS)
def test_what_is_not_named_stays(shown, options):
    existing = application_from(shown)
    planned = plan_unless_refused(options, existing)
    assume(planned.operation != RECREATE)

    assert planned.before == existing
    arbitrary.assert_only_changed(
        existing.settings, planned.after.settings, arbitrary.flat_paths(options, existing.settings)
    )


@given(OF_ONE_TYPE, arbitrary.creations())
def test_recreating_keeps_what_is_not_named_but_the_key_and_the_old_type(shown, options):
    existing = application_from(shown)
    assume(existing.type != options["type"])
    planned = plan(options, existing)

    named = [("keys",), ("capabilities", existing.type), *arbitrary.flat_paths(options, existing.settings)]
    arbitrary.assert_only_changed(existing.settings, planned.after.settings, named)
    assert planned.operation == RECREATE
    assert "keys" not in planned.after.settings
    assert existing.type not in planned.after.capabilities


@given(OF_ONE_TYPE, OPTIONS | arbitrary.creations())
def test_the_type_never_changes_without_recreating(shown, options):
    existing = application_from(shown)
    planned = plan_unless_refused(options, existing)

    if planned.operation == RECREATE:
        assert options["recreate"]
        assert planned.after.type == planned.after.wire_type != existing.type
    else:
        assert planned.after.type == planned.after.wire_type == existing.type


@given(SHOWN, OPTIONS)
def test_what_is_named_is_so_afterwards(shown, options):
    planned = plan_unless_refused(options, application_from(shown))

    assert planned.after.name == options["name"]
    for capability, url in arbitrary.FLAT:
        path = ("capabilities", capability, "webhooks", url)
        if url in options:
            assert (member(planned.after.settings, path + ("address",)) or "") == options[url]
        if arbitrary.method_option(url) in options:
            assert member(planned.after.settings, path + ("http_method",)) == options[arbitrary.method_option(url)]


@given(SHOWN, OPTIONS)
def test_a_plan_does_not_change_what_it_is_made_from(shown, options):
    copies = as_json((shown, options))
    existing = application_from(shown)
    settings = as_json(existing.settings)

    plan_unless_refused(options, existing)

    assert as_json(existing.settings) == settings
    assert as_json((shown, options)) == copies
