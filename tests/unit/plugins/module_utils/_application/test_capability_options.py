# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._application.capabilities import default_method
from ansible_collections.community.nexmo.plugins.module_utils._application.capability_options import (
    capabilities_patch,
    capabilities_spec,
)
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import service_v2

URL = "https://example.com/webhooks"

REGIONS = ["na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia"]


def spec_at(*names):
    spec = capabilities_spec()
    for name in names:
        spec = spec["options"][name]
    return spec


def test_every_capability_of_the_reference_is_a_suboption():
    assert set(capabilities_spec()["options"]) == set(service_v2.SETTINGS)


@pytest.mark.parametrize("capability", sorted(service_v2.SETTINGS))
def test_every_setting_of_the_reference_is_a_suboption(capability):
    settings = [*service_v2.SETTINGS[capability], *service_v2.GROUPS.get(capability, {})]
    expected = {"state", *settings}
    expected |= {"unset"} if settings else set()
    expected |= {"webhooks"} if capability in service_v2.WEBHOOKS else set()

    spec = spec_at(capability)["options"]

    assert set(spec) == expected
    assert spec["state"] == {"type": "str", "choices": ["present", "absent"], "default": "present"}
    assert not settings or set(spec["unset"]["choices"]) == set(settings)
    for group, members in service_v2.GROUPS.get(capability, {}).items():
        assert set(spec[group]["options"]) == set(members)
    for webhook, members in service_v2.WEBHOOKS.get(capability, {}).items():
        assert set(spec_at(capability, "webhooks", webhook)["options"]) == {"address", *members}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("voice", "region"), {"type": "str", "choices": REGIONS}),
        (("voice", "signed_callbacks"), {"type": "bool"}),
        (("voice", "conversations_ttl"), {"type": "int"}),
        (("voice", "webhooks", "answer_url", "http_method"), {"type": "str", "choices": ["GET", "POST"]}),
        (("messages", "version"), {"type": "str", "choices": ["v0.1", "v1"]}),
        (("messages", "webhooks", "inbound_url", "http_method"), {"type": "str", "choices": ["POST"]}),
        (("rtc", "webhooks", "event_url", "http_method"), {"type": "str", "choices": ["GET", "POST"]}),
        (("verify", "version"), {"type": "str", "choices": ["v2"]}),
        (("verify", "webhooks", "status_url", "http_method"), {"type": "str", "choices": ["POST"]}),
        (("video", "webhooks", "archive_status", "secret"), {"type": "str", "no_log": True}),
        (("network_apis", "redirect_uri"), {"type": "str"}),
    ],
)
def test_a_suboption_has_the_type_and_the_choices_of_the_reference(path, expected):
    assert spec_at(*path) == expected


def test_every_secret_is_kept_out_of_logs():
    for webhook in service_v2.WEBHOOKS["video"]:
        assert spec_at("video", "webhooks", webhook, "secret")["no_log"] is True


RANGES = [
    ("voice", ("conversations_ttl",), 1, 9000, "hours"),
    ("voice", ("leg_persistence_time",), 1, 31, "days"),
    ("rtc", ("leg_persistence_time",), 1, 31, "days"),
    ("voice", ("webhooks", "answer_url", "connect_timeout"), 300, 1000, "milliseconds"),
    ("voice", ("webhooks", "answer_url", "socket_timeout"), 1000, 5000, "milliseconds"),
    ("voice", ("webhooks", "fallback_answer_url", "connect_timeout"), 300, 1000, "milliseconds"),
    ("voice", ("webhooks", "fallback_answer_url", "socket_timeout"), 1000, 5000, "milliseconds"),
    ("voice", ("webhooks", "event_url", "connect_timeout"), 300, 1000, "milliseconds"),
    ("voice", ("webhooks", "event_url", "socket_timeout"), 1000, 10000, "milliseconds"),
]


def nested(capability, path, value):
    for name in reversed(path):
        value = {name: value}
    return {capability: value}


@pytest.mark.parametrize(("capability", "path", "lowest", "highest", "unit"), RANGES)
def test_the_ends_of_a_range_are_taken(capability, path, lowest, highest, unit):
    for value in (lowest, highest):
        assert capabilities_patch(nested(capability, path, value)) == nested(capability, path, value)


@pytest.mark.parametrize(("capability", "path", "lowest", "highest", "unit"), RANGES)
def test_what_is_out_of_range_is_refused_with_the_range_and_the_unit(capability, path, lowest, highest, unit):
    option = ".".join(("capabilities", capability) + path)

    for value in (lowest - 1, highest + 1, 0, -1, 10**9):
        with pytest.raises(InvalidOption) as caught:
            capabilities_patch(nested(capability, path, value))
        assert str(caught.value) == "%s: %d is out of range; give %d to %d %s" % (
            option,
            value,
            lowest,
            highest,
            unit,
        )


@pytest.mark.parametrize(
    ("given_options", "patch"),
    [
        ({}, {}),
        ({"voice": None}, {}),
        ({"voice": {}}, {"voice": {}}),
        ({"voice": {"state": "present"}}, {"voice": {}}),
        ({"voice": {"state": "absent"}}, {"voice": None}),
        ({"voice": {"state": "absent", "region": None, "webhooks": None}}, {"voice": None}),
        ({"voice": {"region": "eu-west"}}, {"voice": {"region": "eu-west"}}),
        ({"voice": {"signed_callbacks": False}}, {"voice": {"signed_callbacks": False}}),
        ({"voice": {"unset": ["region"]}}, {"voice": {"region": None}}),
        ({"video": {"unset": ["storage"]}}, {"video": {"storage": None}}),
        ({"video": {"storage": {"cloud_storage": False}}}, {"video": {"storage": {"cloud_storage": False}}}),
        ({"voice": {"webhooks": {"answer_url": None}}}, {"voice": {}}),
        (
            {"voice": {"webhooks": {"answer_url": {"address": ""}}}},
            {"voice": {"webhooks": {"answer_url": None}}},
        ),
        (
            {"video": {"webhooks": {"stream_created": {"address": URL, "active": False, "secret": None}}}},
            {"video": {"webhooks": {"stream_created": {"address": URL, "active": False}}}},
        ),
        (
            {"voice": {"webhooks": {"event_url": {"address": None, "http_method": "GET"}}}},
            {"voice": {"webhooks": {"event_url": {"http_method": "GET"}}}},
        ),
    ],
)
def test_suboptions_become_a_patch(given_options, patch):
    assert capabilities_patch(given_options) == patch


@pytest.mark.parametrize(
    ("given_options", "option", "reason"),
    [
        ({"voice": {"state": "absent", "region": "eu-west"}}, "voice", "region cannot be given with state: absent"),
        ({"voice": {"state": "absent", "unset": ["region"]}}, "voice", "unset cannot be given"),
        ({"voice": {"region": "eu-west", "unset": ["region"]}}, "voice", "region is both given and in unset"),
        (
            {"voice": {"webhooks": {"answer_url": {"address": "", "http_method": "GET"}}}},
            "voice.webhooks.answer_url",
            "empty address, which removes",
        ),
        ({"voice": {"webhooks": {"answer_url": {"address": "x"}}}}, "voice.webhooks.answer_url.address", "absolute"),
        ({"network_apis": {"redirect_uri": "x"}}, "network_apis.redirect_uri", "absolute"),
    ],
)
def test_what_contradicts_itself_is_refused_by_its_option(given_options, option, reason):
    with pytest.raises(InvalidOption, match="^capabilities.%s: .*%s" % (re.escape(option), re.escape(reason))):
        capabilities_patch(given_options)


@pytest.mark.parametrize(
    ("capability", "webhook", "method"),
    [
        ("voice", "answer_url", "GET"),
        ("voice", "event_url", "POST"),
        ("video", "archive_status", None),
        ("voice", "not_known", None),
        ("not_known", "answer_url", None),
        ("vbc", "answer_url", None),
    ],
)
def test_webhooks_have_a_default_method_or_none(capability, webhook, method):
    assert default_method(capability, webhook) == method
