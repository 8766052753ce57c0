# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from ansible_collections.community.nexmo.plugins.module_utils._http.credentials import (
    Credentials,
    from_environment,
    from_variable,
)

NEXMO = {"NEXMO_API_KEY": "n-key", "NEXMO_API_SECRET": "n-secret"}
VONAGE = {"VONAGE_API_KEY": "v-key", "VONAGE_API_SECRET": "v-secret"}


@pytest.fixture(name="environment")
def fixture_environment(monkeypatch):
    """Sets these variables, and none of the others that could be read."""

    def set_to(variables):
        for name in list(NEXMO) + list(VONAGE):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.mark.parametrize(
    ("variables", "pair"),
    [
        pytest.param(NEXMO, ("n-key", "n-secret"), id="the first pair"),
        pytest.param(VONAGE, ("v-key", "v-secret"), id="the second pair"),
        pytest.param(dict(NEXMO, **VONAGE), ("n-key", "n-secret"), id="the first of both"),
        pytest.param(dict(VONAGE, NEXMO_API_KEY="n-key"), ("v-key", "v-secret"), id="half of the first: the second"),
        pytest.param(dict(VONAGE, NEXMO_API_SECRET="s"), ("v-key", "v-secret"), id="the other half: the second"),
        pytest.param(dict(NEXMO, VONAGE_API_KEY="v-key"), ("n-key", "n-secret"), id="half of the second: the first"),
        pytest.param(dict(VONAGE, NEXMO_API_KEY="", NEXMO_API_SECRET="s"), ("v-key", "v-secret"), id="empty is none"),
    ],
)
def test_key_and_secret_come_from_one_pair(environment, variables, pair):
    environment(variables)

    assert (from_environment("API_KEY"), from_environment("API_SECRET")) == pair


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"NEXMO_API_KEY": "k"},
        {"NEXMO_API_SECRET": "s"},
        {"NEXMO_API_KEY": "k", "VONAGE_API_SECRET": "s"},
        {"VONAGE_API_KEY": "k", "NEXMO_API_SECRET": "s"},
        {"NEXMO_API_KEY": "k", "NEXMO_API_SECRET": ""},
    ],
)
@pytest.mark.parametrize("name", ["API_KEY", "API_SECRET"])
def test_halves_of_pairs_are_never_taken(environment, variables, name):
    environment(variables)

    with pytest.raises(AnsibleFallbackNotFound):
        from_environment(name)


def test_a_variable_is_taken_where_it_is_set_and_not_empty(monkeypatch):
    monkeypatch.setenv("NEXMO_API_URL", "https://api.example.com")

    assert from_variable("NEXMO_API_URL") == "https://api.example.com"


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_empty_is_as_good_as_none(monkeypatch, value):
    monkeypatch.delenv("NEXMO_API_URL", raising=False)
    if value is not None:
        monkeypatch.setenv("NEXMO_API_URL", value)

    with pytest.raises(AnsibleFallbackNotFound):
        from_variable("NEXMO_API_URL")


def test_the_secret_is_not_in_the_text_of_the_credentials():
    assert "s3cret" not in repr(Credentials("key", "s3cret")) + str(Credentials("key", "s3cret"))
