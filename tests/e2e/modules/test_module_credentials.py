# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials: where they come from, and what is said when they are wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.modules.conftest import API_KEY, API_SECRET, Modules
from tests.e2e.modules.documents import voice
from tests.simulator.client import Simulator

NOT_GIVEN: dict[str, Any] = {"api_key": None, "api_secret": None}
NEXMO = {"NEXMO_API_KEY": API_KEY, "NEXMO_API_SECRET": API_SECRET}
VONAGE = {"VONAGE_API_KEY": "other-key", "VONAGE_API_SECRET": "other-secret"}


@pytest.fixture(autouse=True)
def two_accounts(simulator: Simulator) -> None:
    """Each account holds an application that tells which one it is."""
    simulator.preload([voice("ours")])
    simulator.preload([voice("theirs")], api_key="other-key")


SOURCES: dict[str, tuple[dict[str, str], str]] = {
    "nexmo": (NEXMO, "ours"),
    "vonage": (VONAGE, "theirs"),
    "nexmo-first": ({**VONAGE, **NEXMO}, "ours"),
    "a-half-pair-does-not-count": ({**VONAGE, "NEXMO_API_KEY": API_KEY}, "theirs"),
    "nor-does-an-empty-half": ({**VONAGE, **NEXMO, "NEXMO_API_SECRET": ""}, "theirs"),
}


@pytest.mark.parametrize(("environment", "account"), SOURCES.values(), ids=SOURCES)
def test_the_first_complete_pair_of_the_environment_is_used(
    environment: dict[str, str], account: str, nexmo: Modules
) -> None:
    run = nexmo.info(env=environment, **NOT_GIVEN)

    assert [application["name"] for application in run["applications"]] == [account]


def test_options_win_over_the_environment(nexmo: Modules) -> None:
    run = nexmo.info(env={"NEXMO_API_KEY": "other-key", "NEXMO_API_SECRET": "other-secret"})

    assert [application["name"] for application in run["applications"]] == ["ours"]


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({"api_key": "other-key", "api_secret": None}, "api_secret"),
        ({"api_key": None, "api_secret": "other-secret"}, "api_key"),
    ],
    ids=["key-alone", "secret-alone"],
)
def test_an_option_is_not_completed_from_another_accounts_pair(
    options: dict[str, Any], missing: str, nexmo: Modules, simulator: Simulator
) -> None:
    for run in (nexmo.info(env=NEXMO, **options), nexmo.application(env=NEXMO, name="ours", **options)):
        assert run.message.startswith(f"{missing}: ")
        assert "\n" not in run.message
        assert "other-secret" not in run.output
    assert simulator.requests() == []


@pytest.mark.parametrize("options", [{"api_key": None}, {"api_secret": None}], ids=["secret-given", "key-given"])
def test_an_option_is_completed_from_its_own_pair(options: dict[str, Any], nexmo: Modules) -> None:
    run = nexmo.info(env=NEXMO, **options)

    assert [application["name"] for application in run["applications"]] == ["ours"]


def test_halves_of_two_pairs_are_not_mixed(nexmo: Modules, simulator: Simulator) -> None:
    environment = {"NEXMO_API_KEY": API_KEY, "VONAGE_API_SECRET": API_SECRET}

    run = nexmo.info(env=environment, **NOT_GIVEN)

    assert "api_key" in run.message
    assert "api_secret" in run.message
    assert simulator.requests() == []


@pytest.mark.parametrize(
    "wrong", [{"api_secret": "not/it &%+"}, {"api_key": "nobody"}], ids=["wrong-secret", "wrong-key"]
)
def test_wrong_credentials_are_refused_with_where_to_look(
    wrong: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    run = nexmo.application(name="ours", state="absent", **wrong)

    assert "\n" not in run.message
    for word in ("401", "api_key", "api_secret", "NEXMO_API_SECRET", "VONAGE_API_SECRET"):
        assert word in run.message
    assert run.result["status"] == 401
    assert "not/it" not in run.output
    assert len(simulator.requests()) == 1


def test_the_api_url_can_come_from_the_environment(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.info(api_url=None, env={"NEXMO_API_URL": simulator.url})

    assert [application["name"] for application in run["applications"]] == ["ours"]


def test_a_bad_api_version_from_the_environment_is_refused(nexmo: Modules, simulator: Simulator) -> None:
    run = nexmo.info(env={"NEXMO_API_VERSION": "v9"})

    assert "api_version" in run.message
    assert simulator.requests() == []
