# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option settings: what no option names is kept, shown, changed and removed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import CREATE, NONE, UPDATE
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v1 import RulesV1
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import arbitrary
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json, documents

URL, OTHER_URL = "https://example.com/one", "https://example.com/other"
SECRET = "s3cret-value"


def plan(options, existing=None, rules=None):
    return arbitrary.plan(dict({"name": "x"}, **options), existing, rules or RulesV2())


def existing_with(**settings):
    return Application("aaaa", dict({"name": "x", "capabilities": {}}, **settings))


HELD = existing_with(
    capabilities={
        "meetings": {"a": [1, None], "b": {"c": True}},
        "voice": {"region": "eu-west", "payments": [{"a": 1}], "payment_enabled": True},
        "rtc": {"webhooks": {"answer_url": {"address": URL}, "event_url": {"address": URL}}},
    },
    vendor={"x": 1},
)


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({"capabilities": {"meetings": {"a": [2]}}}, {"meetings": {"a": [2], "b": {"c": True}}}),
        ({"capabilities": {"meetings": {"b": {"c": False}}}}, {"meetings": {"a": [1, None], "b": {"c": False}}}),
        ({"capabilities": {"meetings": {"b": {"c": None}}}}, {"meetings": {"a": [1, None], "b": {}}}),
        ({"capabilities": {"meetings": None}}, {"meetings": None}),
        ({"capabilities": {"bulk": {}}}, {"bulk": {}}),
        (
            {"capabilities": {"voice": {"payment_enabled": False}}},
            {"voice": {"region": "eu-west", "payments": [{"a": 1}], "payment_enabled": False}},
        ),
        (
            {"capabilities": {"voice": {"payments": None}}},
            {"voice": {"region": "eu-west", "payment_enabled": True}},
        ),
        (
            {"capabilities": {"rtc": {"webhooks": {"answer_url": None}}}},
            {"rtc": {"webhooks": {"event_url": {"address": URL}}}},
        ),
        (
            {"capabilities": {"rtc": {"webhooks": {"answer_url": {"address": "", "http_method": "GET"}}}}},
            {"rtc": {"webhooks": {"event_url": {"address": URL}}}},
        ),
    ],
)
def test_what_no_option_names_is_changed_and_removed_and_all_else_is_kept(settings, change):
    planned = plan({"settings": settings}, HELD)

    expected = {name: value for name, value in dict(HELD.capabilities, **change).items() if value is not None}
    assert planned.operation == UPDATE
    assert planned.after == HELD.with_settings(dict(HELD.settings, capabilities=expected))
    assert plan({"settings": settings}, planned.after).operation == NONE


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"capabilities": {}},
        {"capabilities": {"meetings": {"a": [1, None]}}},
        {"capabilities": {"voice": {"region": "eu-west", "payments": [{"a": 1}]}}},
        {"capabilities": {"bulk": None, "voice": {"not_there": None}}},
        {"capabilities": {"bulk": {"not_there": {"neither": None}}}},
        {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": ""}}}}},
        {"vendor": {"x": 1}, "not_there": None},
    ],
)
def test_what_is_so_already_is_no_change(settings):
    assert plan({"settings": settings}, HELD).operation == NONE


def test_other_options_and_settings_change_one_capability_together():
    planned = plan(
        {"capabilities": {"voice": {"region": "na-east"}}, "settings": {"capabilities": {"voice": {"payments": []}}}},
        HELD,
    )

    assert planned.after.capabilities["voice"] == {"region": "na-east", "payments": [], "payment_enabled": True}


def test_an_application_is_created_with_settings():
    planned = plan({"settings": {"capabilities": {"meetings": {"a": 1, "b": None}}, "vendor": 1}})

    assert planned.operation == CREATE
    assert planned.after.settings == {"name": "x", "capabilities": {"meetings": {"a": 1}}, "vendor": 1}


@pytest.mark.parametrize(
    ("settings", "option"),
    [
        ({"name": "y"}, "settings.name"),
        ({"keys": {"public_key": "PEM"}}, "settings.keys"),
        ({"keys": None}, "settings.keys"),
        ({"id": "bbbb"}, "settings.id"),
        ({"_links": {}}, "settings._links"),
    ],
)
def test_what_is_not_the_users_to_set_is_refused(settings, option):
    with pytest.raises(InvalidOption, match="^%s: cannot be named here; " % re.escape(option)):
        plan({"settings": settings})


@pytest.mark.parametrize(
    ("settings", "option"),
    [({"privacy": None}, "settings.privacy"), ({"privacy": {"improve_ai": None}}, "settings.privacy.improve_ai")],
)
def test_what_every_application_has_is_not_removed(settings, option):
    with pytest.raises(InvalidOption, match="^%s: cannot be removed: .*improve_ai" % re.escape(option)):
        plan({"settings": settings})


@pytest.mark.parametrize(
    ("options", "settings", "path", "option"),
    [
        ({"improve_ai": True}, {"privacy": {"improve_ai": False}}, "privacy.improve_ai", "improve_ai"),
        ({"improve_ai": True}, {"privacy": None}, "privacy", "improve_ai"),
        (
            {"answer_url": URL},
            {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": URL}}}}},
            "capabilities.voice.webhooks.answer_url.address",
            "answer_url",
        ),
        (
            {"event_method": "GET"},
            {"capabilities": {"voice": {"webhooks": {"event_url": None}}}},
            "capabilities.voice.webhooks.event_url",
            "event_url",
        ),
        ({"answer_url": URL}, {"capabilities": None}, "capabilities", "answer_url"),
        ({"type": "voice"}, {"capabilities": {"voice": None}}, "capabilities.voice", "type"),
        (
            {"capabilities": {"voice": {"region": "eu-west"}}},
            {"capabilities": {"voice": {"region": "na-east"}}},
            "capabilities.voice.region",
            "capabilities.voice.region",
        ),
        (
            {"capabilities": {"voice": {"unset": ["region"]}}},
            {"capabilities": {"voice": {"region": None}}},
            "capabilities.voice.region",
            "capabilities.voice.region",
        ),
        (
            {"capabilities": {"voice": {"state": "absent"}}},
            {"capabilities": {"voice": {"payments": []}}},
            "capabilities.voice",
            "capabilities.voice",
        ),
        ({"capabilities": {"vbc": {}}}, {"capabilities": {"vbc": None}}, "capabilities.vbc", "capabilities.vbc"),
        ({"capabilities": {"vbc": {}}}, {"capabilities": []}, "capabilities", "capabilities"),
    ],
)
def test_what_two_options_of_a_task_name_is_refused_by_both_names(options, settings, path, option):
    with pytest.raises(InvalidOption) as caught:
        plan(dict(options, settings=settings), HELD)

    assert str(caught.value) == "settings.%s: %s names it as well; take one of them out" % (path, option)


def test_version_1_has_no_settings():
    with pytest.raises(InvalidOption, match="^settings: needs version 2"):
        plan({"settings": {}}, rules=RulesV1())


def test_a_refused_setting_is_called_by_its_path():
    names = desired_from(
        {
            "name": "x",
            "capabilities": {"voice": {"region": "eu-west"}},
            "settings": {"capabilities": {"meetings": {"a": 1}, "voice": {"payments": None}}},
        }
    ).option_names

    assert names["capabilities.voice.region"] == "capabilities.voice.region"
    assert names["capabilities.meetings.a"] == "settings.capabilities.meetings.a"
    assert names["capabilities.voice.payments"] == "settings.capabilities.voice.payments"


MASKED = {
    "a secret member": {"vendor": {"secret": SECRET, "open": 1}},
    "a secret in a list": {"vendor": [{"secret": SECRET, "open": 1}, [{"private_key": SECRET}]]},
    "a password": {"capabilities": {"meetings": {"url": "https://user:%s@example.com" % SECRET}}},
    "a password in a list": {"vendor": ["https://user:%s@example.com/" % SECRET]},
}


@pytest.mark.parametrize("settings", MASKED.values(), ids=MASKED)
def test_secrets_are_neither_shown_nor_lost_when_what_is_shown_is_given_back(settings):
    existing = existing_with(**settings)
    described = existing.described()

    planned = plan({"settings": dict(described["settings"], more=1)}, existing)

    assert SECRET not in json.dumps([described, planned.diff()])
    assert planned.after.settings == dict(existing.settings, more=1)


@pytest.mark.parametrize("settings", MASKED.values(), ids=MASKED)
def test_a_secret_that_changes_is_seen_to_change_and_not_shown(settings):
    new = json.loads(json.dumps(settings).replace(SECRET, "another-" + SECRET))

    planned = plan({"settings": new}, existing_with(**settings))

    assert planned.after.settings == dict(existing_with(**new).settings)
    assert planned.diff()["before"] != planned.diff()["after"]
    assert SECRET not in json.dumps([planned.diff(), planned.after.described()])


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"answer_url": "https://user:********@example.com"}, "answer_url"),
        (
            {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": "https://user:********@example.com"}}}}},
            "capabilities.voice.webhooks.answer_url.address",
        ),
        ({"settings": {"vendor": {"url": "https://user:********@example.com"}}}, "settings.vendor.url"),
    ],
)
@pytest.mark.parametrize("existing", [None, HELD])
def test_a_mask_is_no_password(options, option, existing):
    with pytest.raises(InvalidOption, match="^%s: .*give the password" % re.escape(option)):
        plan(options, existing)


FREE = documents(st.sampled_from(["a", "b", "capabilities", "privacy", "voice", "meetings", "webhooks", "address"]))


@given(FREE, FREE)
def test_a_second_run_of_any_settings_changes_nothing(held, settings):
    planned, refusal = arbitrary.plan_or_refusal({"name": "x", "settings": settings}, existing_with(**held), RulesV2())

    if planned is None:
        assert re.match(r"[a-z_.]+: ", refusal)
    else:
        again = plan({"settings": settings}, planned.after)
        assert again.operation == NONE
        assert as_json(again.after.settings) == as_json(planned.after.settings)


@given(FREE)
def test_whatever_is_shown_is_valid_input_again(held):
    existing = existing_with(**held)
    described = existing.described()

    assert plan({"settings": described.get("settings", {})}, existing).operation == NONE
