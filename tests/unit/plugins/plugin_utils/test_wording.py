# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.plugin_utils._wording import in_variables


@pytest.mark.parametrize(
    ("message", "of_one", "in_list"),
    [
        (
            "it is gone; lost_key: rotate, under api_version: v2, makes a new one",
            "it is gone; nexmo_application_lost_key: rotate, under nexmo_application_api_version: v2, makes a new one",
            "it is gone; lost_key: rotate, under nexmo_application_api_version: v2, makes a new one",
        ),
        ("name: is empty", "nexmo_application_name: is empty", "name: is empty"),
        (
            "capabilities.voice: is unknown",
            "nexmo_application_capabilities.voice: is unknown",
            "capabilities.voice: is unknown",
        ),
        (
            "timeout: 0 is out of range",
            "nexmo_application_timeout: 0 is out of range",
            "nexmo_application_timeout: 0 is out of range",
        ),
    ],
)
def test_options_are_called_as_the_role_s_user_knows_them(message, of_one, in_list):
    assert in_variables(message, in_list=False) == of_one
    assert in_variables(message, in_list=True) == in_list


@pytest.mark.parametrize(
    "message",
    [
        "nexmo_application_lost_key: is given twice",
        "application 'lost_key' (1) exists",
        "GET https://example.com/api_key?api_key=hidden: answered 401",
        'PUT URL: answered 400: {"api_key": "unknown"}',
        "the type and the name of it: both",
        "NEXMO_API_KEY",
    ],
)
def test_what_is_no_option_stays(message):
    assert in_variables(message, in_list=False) == message
