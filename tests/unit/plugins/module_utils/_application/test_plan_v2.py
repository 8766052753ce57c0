# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Planning under version 2."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import application_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import CREATE, NONE, RECREATE, UPDATE
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v1 import RulesV1
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption, KeyLost
from ansible_collections.community.nexmo.plugins.module_utils._patch import member
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import arbitrary, keys, service_v1, service_v2
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json, values
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.service_v2 import S3CRET, pem

URL, OTHER_URL = "https://example.com/one", "https://example.com/other"


def plan(options, existing=None, held_keys=None):
    return arbitrary.plan(options, existing, RulesV2(), held_keys)


def existing_with(capabilities=None, **more):
    return Application("aaaa", dict({"name": "x", "capabilities": capabilities or {}}, **more))


def planned_capabilities(capabilities, options):
    """The operation, and the capabilities after it, where the task names these."""
    planned = plan({"name": "x", "capabilities": options}, existing_with(capabilities))
    return planned.operation, planned.after.settings["capabilities"]


VIDEO = {
    "webhooks": {"archive_status": {"address": URL, "secret": S3CRET, "active": True}},
    "environment_id": "env-1",
    "hoolock_configs": {"a": [1]},
}
NEW_SECRET = {
    "name": "x",
    "capabilities": {"video": {"webhooks": {"archive_status": {"secret": "another " + S3CRET}}}},
}
VOICE = {
    "webhooks": {
        "answer_url": {"address": URL, "http_method": "GET", "connect_timeout": 500, "socket_timeout": 3000},
        "event_url": {"address": URL, "http_method": "POST", "connect_timeout": 500, "socket_timeout": 3000},
    },
    "signed_callbacks": True,
    "conversations_ttl": 12,
    "region": "eu-west",
    "new_setting": {"a": None},
}


@pytest.mark.parametrize("capability", sorted(service_v2.SETTINGS))
def test_a_capability_that_is_named_is_enabled(capability):
    assert planned_capabilities({}, {capability: {}}) == (UPDATE, {capability: {}})
    assert planned_capabilities({}, {capability: {"state": "present"}}) == (UPDATE, {capability: {}})


@pytest.mark.parametrize("capability", sorted(service_v2.SETTINGS))
@pytest.mark.parametrize("shown", [{}, {"vendor": [1]}])
def test_a_capability_that_is_enabled_is_left_alone(capability, shown):
    assert planned_capabilities({capability: shown}, {capability: {}}) == (NONE, {capability: shown})


@pytest.mark.parametrize("capability", sorted(service_v2.SETTINGS))
def test_a_capability_goes_with_all_that_is_in_it(capability):
    shown = {capability: {"webhooks": {"x": {"address": URL}}, "vendor": [1]}, "other": {}}

    assert planned_capabilities(shown, {capability: {"state": "absent"}}) == (UPDATE, {"other": {}})
    assert planned_capabilities({"other": {}}, {capability: {"state": "absent"}}) == (NONE, {"other": {}})


def voice_with(**changes):
    return {"voice": dict(VOICE, **changes)}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"region": "na-east"}, voice_with(region="na-east")),
        ({"conversations_ttl": 13}, voice_with(conversations_ttl=13)),
        ({"signed_callbacks": False}, voice_with(signed_callbacks=False)),
        ({"leg_persistence_time": 31}, voice_with(leg_persistence_time=31)),
        (
            {"unset": ["region"]},
            {"voice": {name: value for name, value in VOICE.items() if name != "region"}},
        ),
        (
            {"webhooks": {"answer_url": {"address": ""}}},
            voice_with(webhooks={"event_url": VOICE["webhooks"]["event_url"]}),
        ),
        (
            {"webhooks": {"event_url": {"socket_timeout": 10000}}},
            voice_with(
                webhooks=dict(VOICE["webhooks"], event_url=dict(VOICE["webhooks"]["event_url"], socket_timeout=10000))
            ),
        ),
        (
            {"webhooks": {"fallback_answer_url": {"address": OTHER_URL}}},
            voice_with(
                webhooks=dict(VOICE["webhooks"], fallback_answer_url={"address": OTHER_URL, "http_method": "GET"})
            ),
        ),
    ],
)
def test_one_setting_is_changed_and_all_others_are_kept(options, expected):
    assert planned_capabilities({"voice": VOICE}, {"voice": options}) == (UPDATE, expected)


@pytest.mark.parametrize(
    "options",
    [
        {"region": "eu-west"},
        {"conversations_ttl": 12, "signed_callbacks": True},
        {"unset": []},
        {"unset": ["leg_persistence_time"]},
        {"webhooks": {}},
        {"webhooks": {"fallback_answer_url": {"address": ""}}},
        {"webhooks": {"answer_url": {"address": URL, "connect_timeout": 500}}},
        {"webhooks": {"answer_url": None}},
    ],
)
def test_settings_that_are_so_already_are_left_alone(options):
    assert planned_capabilities({"voice": VOICE}, {"voice": options}) == (NONE, {"voice": VOICE})


@pytest.mark.parametrize(
    ("capability", "setting", "value"),
    [
        ("voice", "signed_callbacks", True),
        ("voice", "conversations_ttl", 48),
        ("voice", "leg_persistence_time", 7),
        ("voice", "leg_persistence_time", 2),
        ("messages", "version", "v1"),
        ("rtc", "signed_callbacks", True),
        ("verify", "version", "v2"),
    ],
)
def test_a_default_that_the_service_fills_in_is_not_unset_again_and_again(capability, setting, value):
    shown = {capability: {setting: value}}

    assert planned_capabilities(shown, {capability: {"unset": [setting]}}) == (NONE, shown)


def test_what_is_not_the_default_is_unset():
    shown = {"voice": {"conversations_ttl": 47, "signed_callbacks": True}}

    options = {"voice": {"unset": ["conversations_ttl", "signed_callbacks"]}}

    assert planned_capabilities(shown, options) == (UPDATE, {"voice": {"signed_callbacks": True}})


@pytest.mark.parametrize(
    ("capability", "webhook", "method"),
    [
        ("voice", "answer_url", "GET"),
        ("voice", "fallback_answer_url", "GET"),
        ("voice", "event_url", "POST"),
        ("messages", "inbound_url", "POST"),
        ("messages", "status_url", "POST"),
        ("rtc", "event_url", "POST"),
        ("verify", "status_url", "POST"),
        ("video", "archive_status", None),
    ],
)
def test_a_new_webhook_gets_the_method_that_is_its_default(capability, webhook, method):
    _operation, after = planned_capabilities({}, {capability: {"webhooks": {webhook: {"address": URL}}}})

    expected = {"address": URL, "http_method": method} if method else {"address": URL}
    assert after == {capability: {"webhooks": {webhook: expected}}}


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"answer_method": "GET"}, "answer_method"),
        (
            {"capabilities": {"voice": {"webhooks": {"event_url": {"http_method": "GET"}}}}},
            "capabilities.voice.webhooks.event_url",
        ),
        (
            {"capabilities": {"video": {"webhooks": {"stream_created": {"secret": S3CRET}}}}},
            "capabilities.video.webhooks.stream_created",
        ),
    ],
)
@pytest.mark.parametrize("existing", [None, existing_with()])
def test_a_webhook_without_an_address_is_refused(options, option, existing):
    with pytest.raises(InvalidOption, match="^%s: .*URL" % re.escape(option)) as caught:
        plan(dict(options, name="x"), existing)

    assert S3CRET not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"type": "voice"}, {"voice": {}}),
        ({"type": "messages"}, {"messages": {}}),
        ({"event_url": URL}, {"voice": {"webhooks": {"event_url": {"address": URL, "http_method": "POST"}}}}),
        (
            {"type": "voice", "inbound_url": URL},
            {"voice": {}, "messages": {"webhooks": {"inbound_url": {"address": URL, "http_method": "POST"}}}},
        ),
    ],
)
@pytest.mark.parametrize("existing", [None, existing_with({"rtc": {"a": 1}})])
def test_the_options_of_version_1_stand_for_capabilities(options, expected, existing):
    planned = plan(dict(options, name="x"), existing)

    others = {"rtc": {"a": 1}} if existing else {}
    assert planned.after.settings["capabilities"] == dict(expected, **others)
    assert planned.after.wire_type is None


@pytest.mark.parametrize(
    "options",
    [
        {"unset": ["region"]},
        {"webhooks": {"answer_url": {"address": ""}}},
        {"webhooks": {"answer_url": {"address": ""}}, "unset": ["region"], "state": "present"},
    ],
)
def test_a_capability_that_is_named_is_enabled_also_beside_removals_alone(options):
    assert planned_capabilities({}, {"voice": options}) == (UPDATE, {"voice": {}})


@pytest.mark.parametrize("existing", [None, existing_with()])
def test_the_type_is_enabled_also_beside_a_webhook_that_is_removed(existing):
    planned = plan({"name": "x", "type": "voice", "answer_url": ""}, existing)

    assert "voice" in planned.after.capabilities


def test_a_webhook_of_no_capability_that_is_removed_enables_none():
    assert plan({"name": "x", "answer_url": ""}, existing_with()).operation == NONE


@pytest.mark.parametrize("option", ["inbound_method", "status_method"])
def test_messages_are_not_sent_by_get(option):
    url = option.replace("method", "url")

    with pytest.raises(InvalidOption, match="^%s: GET is not taken here; give POST" % option):
        plan({"name": "x", url: URL, option: "GET"})


def test_messages_that_version_1_sends_by_get_stay_so():
    existing = existing_with({"messages": {"webhooks": {"inbound_url": {"address": URL, "http_method": "GET"}}}})

    assert plan({"name": "x", "inbound_url": URL, "inbound_method": "GET"}, existing).operation == NONE


def test_another_type_is_one_more_capability():
    planned = plan({"name": "x", "type": "messages"}, existing_with({"voice": VOICE}))

    assert planned.operation == UPDATE
    assert planned.after.settings["capabilities"] == {"voice": VOICE, "messages": {}}


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"capabilities": {}, "type": "voice"}, "capabilities"),
        ({"capabilities": {}, "answer_url": URL}, "capabilities"),
        ({"capabilities": {}, "status_method": "POST"}, "capabilities"),
        ({"public_key": "PEM"}, "public_key"),
        ({"public_key": ""}, "public_key"),
        ({"public_key": pem(1), "lost_key": "rotate"}, "lost_key"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_request(options, option):
    with pytest.raises(InvalidOption, match="^%s: " % option):
        plan(dict(options, name="x"))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (lambda: keys.private_pem(keys.pair()), "is a private key"),
        (lambda: keys.public_pem(keys.pair(1024)), "has 1024 bits; give an RSA key of at least 2048"),
        (lambda: keys.public_pem(keys.pair(2047, 3)), "has 2047 bits"),
        (lambda: keys.public_pem(keys.elliptic()), "is not an RSA key|is not an RSA public key"),
        (keys.certificate, "is not an RSA public key"),
    ],
)
def test_a_public_key_that_is_none_is_refused_and_not_shown(key, reason):
    with pytest.raises(InvalidOption, match="^public_key: .*(%s)" % reason) as caught:
        plan({"name": "x", "public_key": key()})

    assert not keys.shows_part_of(key(), str(caught.value))


# As YAML and templates deliver a key.
LAYOUTS = pytest.mark.parametrize(
    "layout",
    [
        lambda key: key,
        str.strip,
        lambda key: key.replace("\n", "\r\n"),
        lambda key: key.replace("\n", " "),
        lambda key: key.replace("\n", ""),
        lambda key: "".join("  %s\n" % line for line in key.splitlines()),
        lambda key: "\n# of the shop\n%s\n\n" % key,
    ],
    ids=["as made", "no line end", "CRLF", "folded", "on one line", "indented", "text beside"],
)


@LAYOUTS
def test_a_public_key_is_sent_in_the_canonical_layout(layout):
    planned = plan({"name": "x", "public_key": layout(pem(1))})

    assert planned.after.settings == {"name": "x", "keys": {"public_key": pem(1)}}


@LAYOUTS
def test_a_key_in_another_layout_is_no_change(layout):
    existing = existing_with(keys={"public_key": pem(1)})

    assert plan({"name": "x", "public_key": layout(pem(1))}, existing).operation == NONE


def test_another_public_key_rotates():
    planned = plan({"name": "x", "public_key": pem(2)}, existing_with(keys={"public_key": pem(1)}))

    assert planned.operation == UPDATE
    assert planned.after.public_key == pem(2)
    assert planned.after.id == "aaaa"


@pytest.mark.parametrize(
    ("privacy", "wish", "operation", "after"),
    [
        ({"improve_ai": True}, True, NONE, {"improve_ai": True}),
        ({"improve_ai": True, "x": 1}, False, UPDATE, {"improve_ai": False, "x": 1}),
        (None, False, UPDATE, {"improve_ai": False}),
    ],
)
def test_the_wish_about_ai_is_part_of_privacy(privacy, wish, operation, after):
    existing = existing_with(**({"privacy": privacy} if privacy else {}))

    planned = plan({"name": "x", "improve_ai": wish}, existing)

    assert (planned.operation, planned.after.settings["privacy"]) == (operation, after)


def with_key(number):
    return existing_with({"voice": VOICE}, keys={"public_key": pem(number)})


def held(*numbers):
    return [keys.fingerprint(keys.pair(number=number)) for number in numbers]


@pytest.mark.parametrize("held_keys", [[], held(2)])
def test_a_lost_key_is_rotated_where_that_is_wanted(held_keys):
    planned = plan({"name": "x", "lost_key": "rotate"}, with_key(1), held_keys)

    assert planned.operation == UPDATE
    assert planned.rotates
    assert planned.brings_key
    assert planned.after == with_key(1).without_key()


def test_a_lost_key_is_rotated_together_with_other_changes():
    planned = plan({"name": "x", "lost_key": "rotate", "improve_ai": False}, with_key(1), [])

    assert planned.rotates
    assert planned.after.settings["privacy"] == {"improve_ai": False}


@pytest.mark.parametrize("lost_key", ["fail", "recreate", "rotate"])
def test_a_key_that_is_held_needs_nothing(lost_key):
    planned = plan({"name": "x", "lost_key": lost_key}, with_key(1), held(1))

    assert (planned.operation, planned.rotates) == (NONE, False)


def test_a_lost_key_is_an_error_that_names_the_ways_out():
    with pytest.raises(KeyLost, match="lost_key: recreate .* rotate"):
        plan({"name": "x"}, with_key(1), [])


def test_a_lost_key_is_replaced_with_the_application_where_that_is_wanted():
    planned = plan({"name": "x", "lost_key": "recreate"}, with_key(1), [])

    assert planned.operation == RECREATE
    assert planned.after == Application(None, {"name": "x", "capabilities": {"voice": VOICE}})


def test_a_public_key_whose_private_half_is_held_is_not_lost():
    planned = plan({"name": "x", "public_key": pem(2)}, with_key(1), held(2))

    assert planned.operation == UPDATE
    assert planned.after.public_key == pem(2)


def test_recreating_keeps_what_version_2_shows():
    existing = Application("aaaa", {"name": "x", "capabilities": {"video": VIDEO}, "vendor": 1, "keys": {"a": 1}})

    planned = plan({"name": "x", "lost_key": "recreate"}, existing, [])

    assert planned.after == Application(None, {"name": "x", "capabilities": {"video": VIDEO}, "vendor": 1})


def test_a_secret_that_changes_is_seen_to_change_and_not_shown():
    diff = plan(NEW_SECRET, existing_with({"video": VIDEO})).diff()

    assert diff["before"] != diff["after"]
    assert S3CRET not in json.dumps(diff)


def test_a_secret_that_does_not_change_is_not_shown_either():
    diff = plan({"name": "x", "improve_ai": True}, existing_with({"video": VIDEO})).diff()

    assert diff["before"]["capabilities"] == diff["after"]["capabilities"]
    assert S3CRET not in json.dumps(diff)


@pytest.mark.parametrize("name", ["secret", "private_key"])
@pytest.mark.parametrize("value", [S3CRET, {"a": S3CRET}, [S3CRET]])
def test_a_secret_is_not_shown_wherever_it_stands(name, value):
    existing = Application(
        "aaaa", {"name": "x", name: value, "a": {name: value}, "b": [{name: value}], "capabilities": {name: value}}
    )

    assert S3CRET not in json.dumps(plan({"name": "y", "application_id": "aaaa"}, existing).diff())
    assert S3CRET not in json.dumps(existing.described())


@pytest.mark.parametrize(
    "settings",
    [
        {"capabilities": None},
        {"capabilities": []},
        {"capabilities": {"voice": None}},
        {"capabilities": {"voice": []}},
        {"capabilities": {"voice": {"webhooks": None}}},
        {"capabilities": {"voice": {"webhooks": []}}},
        {"capabilities": {"voice": {"webhooks": {"answer_url": None}}}},
        {"capabilities": {"voice": {"webhooks": {"answer_url": URL}}}},
        {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": None}}}}},
        {"keys": None},
        {"keys": {"public_key": None}},
        {"privacy": None},
    ],
)
@pytest.mark.parametrize(
    "options",
    [
        {"answer_url": OTHER_URL, "answer_method": "POST"},
        {"answer_url": OTHER_URL},
        {"type": "voice"},
        {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": OTHER_URL}}, "unset": ["region"]}}},
        {"capabilities": {"voice": {"state": "absent"}}},
        {"improve_ai": False, "public_key": pem(1)},
    ],
)
def test_an_answer_of_another_form_is_made_as_desired_all_the_same(settings, options):
    planned = plan(dict(options, name="x"), Application("aaaa", dict(settings, name="x")))

    again = plan(dict(options, name="x"), planned.after)

    assert again.operation == NONE
    json.dumps([planned.diff(), planned.after.described()])
    if "answer_url" in options:
        path = ("capabilities", "voice", "webhooks", "answer_url", "address")
        assert member(planned.after.settings, path) == OTHER_URL


APPLICATIONS = service_v2.applications()
OPTIONS = service_v2.options()
FLAT_OPTIONS = arbitrary.flat_options(removable=[url for _capability, url in arbitrary.FLAT])


def plan_unless_refused(options, settings):
    """The plan; there is nothing more to see where the wish is refused, which names an option."""
    existing = Application("aaaa", settings) if settings is not None else None
    planned, refusal = arbitrary.plan_or_refusal(options, existing, RulesV2())
    event(planned.operation if planned else "refused")
    assert planned or re.match("[a-z_.]+: ", refusal)
    assume(planned)
    return planned


def is_refill(path, settings):
    """Whether there is a default that the service would only fill in again."""
    capability, setting = path[1], path[-1]
    return len(path) == 3 and member(settings, path) in (service_v2.FILLED_IN.get(capability, {}).get(setting), 2)


@given(APPLICATIONS | st.none(), OPTIONS | FLAT_OPTIONS)
def test_planning_again_plans_nothing(settings, options):
    planned = plan_unless_refused(options, settings)

    again = plan(options, Application("aaaa", planned.after.settings))

    assert again.operation == NONE
    assert as_json(again.after.settings) == as_json(planned.after.settings)


@given(APPLICATIONS | st.none(), OPTIONS | FLAT_OPTIONS)
def test_planning_again_on_what_the_service_shows_plans_nothing(settings, options):
    planned = plan_unless_refused(options, settings)
    shown = service_v2.filled_in(dict({"capabilities": {}}, **planned.after.settings))

    again = plan(options, Application("aaaa", shown))

    assert again.operation == NONE
    assert as_json(again.after.settings) == as_json(shown)


@given(APPLICATIONS, OPTIONS)
def test_what_is_not_named_stays(settings, options):
    planned = plan_unless_refused(options, settings)

    arbitrary.assert_only_changed(settings, planned.after.settings, service_v2.named(options, settings))


@given(APPLICATIONS, FLAT_OPTIONS)
def test_what_the_options_of_version_1_do_not_name_stays(settings, options):
    planned = plan_unless_refused(options, settings)

    arbitrary.assert_only_changed(settings, planned.after.settings, arbitrary.flat_paths(options, settings))


@given(APPLICATIONS, OPTIONS)
def test_what_is_named_is_so_afterwards(settings, options):
    planned = plan_unless_refused(options, settings)

    for path, value in service_v2.wanted(options):
        found = member(planned.after.settings, path)
        if path == ("keys", "public_key"):
            assert planned.after.fingerprint == Application(None, {"keys": {"public_key": value}}).fingerprint
        else:
            assert as_json(found) == as_json(value) or (value is None and is_refill(path, settings))


@given(APPLICATIONS | st.none(), FLAT_OPTIONS)
@example(None, {"name": "x", "type": "voice", "answer_url": ""})
def test_what_the_options_of_version_1_name_is_so_afterwards(settings, options):
    planned = plan_unless_refused(options, settings)

    assert planned.after.name == options["name"]
    assert "type" not in options or options["type"] in planned.after.capabilities
    for capability, url in arbitrary.FLAT:
        path = ("capabilities", capability, "webhooks", url)
        if url in options:
            assert (member(planned.after.settings, path + ("address",)) or "") == options[url]
        if arbitrary.method_option(url) in options:
            assert member(planned.after.settings, path + ("http_method",)) == options[arbitrary.method_option(url)]


@given(APPLICATIONS, OPTIONS)
def test_a_plan_shows_no_secret_and_does_not_change_what_it_is_made_from(settings, options):
    copies = as_json((settings, options))

    planned = plan_unless_refused(options, settings)
    shown = json.dumps([planned.diff(), planned.after.described(), planned.before.described()])

    assert S3CRET not in shown
    assert as_json((settings, options)) == copies


@given(APPLICATIONS, OPTIONS)
@example(existing_with({"video": VIDEO}).settings, NEW_SECRET)
def test_what_changes_is_seen_in_the_diff(settings, options):
    planned = plan_unless_refused(options, settings)
    diff = planned.diff()

    assert (diff["before"] == diff["after"]) == (planned.operation == NONE)


@given(service_v1.shown_applications() | st.none(), arbitrary.creations() | arbitrary.flat_options())
def test_what_version_1_made_as_desired_is_as_desired_under_version_2(shown, options):
    existing = application_from(shown) if shown else None
    made, refusal = arbitrary.plan_or_refusal(options, existing, RulesV1())
    assume(not refusal)
    shows_type = made.after.capabilities.get(made.after.wire_type, {}).get("webhooks")
    assume(shows_type or "type" not in options)

    again = plan(options, Application("aaaa", service_v2.filled_in(made.after.settings)))

    assert again.operation == NONE


@given(APPLICATIONS)
def test_a_description_given_back_as_options_changes_nothing(settings):
    existing = Application("aaaa", settings)
    described = existing.described()
    options = {"application_id": "aaaa", "name": described["name"], "capabilities": described["capabilities"]}
    options["improve_ai"] = described.get("improve_ai")
    if existing.fingerprint:
        options["public_key"] = described["public_key"]

    assert plan(options, existing).operation == NONE


@given(st.dictionaries(st.sampled_from(["name", "keys", "privacy", "capabilities", "x"]), values()), OPTIONS)
def test_whatever_the_service_shows_there_is_a_plan_or_a_reason(settings, options):
    plan_unless_refused(options, settings)


def test_creating_under_version_2_needs_a_name_alone():
    planned = plan({"name": "x"})

    assert (planned.operation, planned.after) == (CREATE, Application(None, {"name": "x"}))
