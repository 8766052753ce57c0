# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._numbers.model import Number, number_from

NATURE = {"msisdn": "447700900000", "country": "GB", "type": "mobile-lvn", "features": ["SMS"]}

VOICE = {"voiceCallbackType": "app", "voiceCallbackValue": "a"}
MESSAGES = {"messagesCallbackType": "app", "messagesCallbackValue": "a"}
SIP = {"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com"}
OF_B = {"messagesCallbackType": "app", "messagesCallbackValue": "b"}


def number(**settings):
    return number_from({**NATURE, **settings})


@pytest.mark.parametrize(
    ("shown", "settings", "application_ids"),
    [
        pytest.param({}, {}, (), id="no link"),
        pytest.param({"app_id": "a"}, {"app_id": "a"}, ("a",), id="app_id"),
        pytest.param(VOICE, {"app_id": "a"}, ("a",), id="for calls"),
        pytest.param(MESSAGES, {"app_id": "a"}, ("a",), id="for messages"),
        pytest.param({**VOICE, **MESSAGES, "app_id": "a"}, {"app_id": "a"}, ("a",), id="in all ways"),
        pytest.param({**SIP, **MESSAGES}, {**SIP, "app_id": "a"}, ("a",), id="beside a callback"),
        pytest.param({**SIP, "app_id": "a"}, {**SIP, "app_id": "a"}, ("a",), id="app_id beside a callback"),
        pytest.param({**VOICE, **OF_B}, {**VOICE, **OF_B}, ("a", "b"), id="two applications"),
        pytest.param({"app_id": "b", **VOICE}, {"app_id": "b", **VOICE}, ("a", "b"), id="two, one as app_id"),
        pytest.param({"app_id": "", "moHttpUrl": None}, {}, (), id="empty is not there"),
        pytest.param({"voiceCallbackType": "app"}, {}, (), id="a callback to no application"),
        pytest.param({"voiceCallbackType": "vbc"}, {"voiceCallbackType": "vbc"}, (), id="a callback not known"),
        pytest.param({"a": 1, "b": True, "c": False}, {"a": "1", "b": "true", "c": "false"}, (), id="not text"),
        pytest.param({"a": ["x"], "b": {"c": "d"}}, {}, (), id="what no form can hold"),
    ],
)
def test_what_is_read_of_a_number(shown, settings, application_ids):
    found = number(**shown)

    assert found == Number(NATURE, settings)
    assert found.application_ids == application_ids


@pytest.mark.parametrize("application_id", ["a", "c"])
@pytest.mark.parametrize("shown", [{}, {"app_id": "a"}, VOICE, MESSAGES, {**VOICE, **OF_B}, {"app_id": "b"}])
def test_a_number_is_linked_to_one_application_alone(application_id, shown):
    linked = number(**shown, moHttpUrl="https://example.com").linked_to(application_id)

    assert linked.settings == {"app_id": application_id, "moHttpUrl": "https://example.com"}


@pytest.mark.parametrize(
    ("shown", "application_id", "left"),
    [
        ({"app_id": "a", **SIP}, None, SIP),
        ({"app_id": "a", **SIP}, "a", SIP),
        ({"app_id": "a", **SIP}, "b", {"app_id": "a", **SIP}),
        ({**VOICE, **OF_B}, None, {}),
        ({**VOICE, **OF_B}, "a", OF_B),
        ({**VOICE, **OF_B}, "b", VOICE),
        ({**VOICE, **OF_B, "app_id": "c"}, "c", {**VOICE, **OF_B}),
        (SIP, "", SIP),
        ({"app_id": "a"}, "", {"app_id": "a"}),
    ],
)
def test_only_the_link_that_is_meant_is_removed(shown, application_id, left):
    assert number(**shown).unlinked(application_id).settings == left


def test_what_a_number_does_not_have_is_described_as_none():
    assert number_from({"msisdn": "1"}).described() == {
        "msisdn": "1",
        "country": None,
        "type": None,
        "features": None,
        "application_id": None,
        "sms_url": None,
        "voice_callback_type": None,
        "voice_callback_value": None,
        "voice_status_url": None,
        "smpp_system_type": None,
    }
