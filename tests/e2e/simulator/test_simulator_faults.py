# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on demand: which request they befall, what the client sees of them, and whether the work is done."""

from __future__ import annotations

import time
import urllib.error
from typing import Any

import pytest
import requests

from tests.e2e.simulator.callers import V1, V2, VOICE
from tests.simulator.client import Simulator

DOCUMENT = {"name": "shop"}


def names(simulator: Simulator) -> list[str]:
    return [document["name"] for document in simulator.applications()]


# --- which request ----------------------------------------------------------------------------------------------------


def test_a_fault_befalls_one_request_of_its_operation(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503)

    statuses = [v2.create(DOCUMENT).status_code, *(v2.list().status_code for _each in range(2))]

    assert statuses == [201, 503, 200]
    assert [(entry["operation"], entry["status"], entry["fault"]) for entry in simulator.requests()] == [
        ("create", 201, None),
        ("list", 503, "status_before"),
        ("list", 200, None),
    ]


def test_a_fault_starts_at_its_request_and_lasts_as_long_as_it_is_to(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503, nth=2, times=2)

    assert [v2.list().status_code for _each in range(4)] == [200, 503, 503, 200]


def test_a_fault_of_one_version_leaves_the_other_alone(v1: V1, v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503, version="v2")

    assert [v1.list().status_code, v2.list().status_code] == [200, 503]


def test_several_faults_wait_side_by_side(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=500)
    simulator.fault("create", "status_after", status=502)

    assert [v2.create(DOCUMENT).status_code, v2.list().status_code] == [502, 500]


def test_no_fault_is_left_after_a_reset(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "status_before", status=503, times=10)
    simulator.reset()

    assert v2.list().status_code == 200


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"operation": "list", "fault": "fire"}, "rule.fault must be one of"),
        ({"operation": "patch", "fault": "html"}, "rule.operation must be one of"),
        ({"operation": "list", "fault": "html", "nth": 0}, "rule.nth must be between"),
        ({"operation": "list", "fault": "html", "seconds": 1}, "rule.seconds is not known here"),
        ({"operation": "list", "fault": "drip"}, "rule.seconds is required"),
        ({"operation": "list", "fault": "status_before", "status": 200}, "rule.status must be between"),
        ({"operation": "list", "fault": "errors_list", "status": 400, "errors": {}}, "rule.errors must be a list"),
        ({"operation": "list", "fault": "error_object"}, "rule.status is required"),
        ({"operation": "list", "fault": "wrong_shape"}, "rule needs either body or patch"),
        ({"operation": "list", "fault": "moves", "changes": [{}]}, "rule.changes must be a list"),
    ],
)
def test_a_senseless_rule_is_refused(rule: dict[str, Any], reason: str, simulator: Simulator) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        simulator.fault(**rule)

    assert refusal.value.code == 400
    assert reason in refusal.value.read().decode()


def test_rules_can_be_replaced_all_at_once(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "html", times=9)
    rules = [{"operation": "list", "fault": "status_before", "status": status} for status in (500, 502)]

    simulator.set_faults(rules)

    assert [v2.list().status_code for _each in range(2)] == [500, 200]


# --- connections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "stored"), [("reset_before", []), ("reset_after", ["shop"])])
def test_a_connection_is_reset(fault: str, stored: list[str], v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", fault)

    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        v2.create(DOCUMENT)

    assert names(simulator) == stored
    (entry,) = simulator.requests()
    assert (entry["fault"], entry["status"]) == (fault, None)


@pytest.mark.parametrize(("fault", "stored"), [("silence_before", []), ("silence_after", ["shop"])])
def test_nothing_is_answered(fault: str, stored: list[str], v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", fault)

    with pytest.raises(requests.ReadTimeout):
        v2.session.post(v2.url, json=DOCUMENT, timeout=0.1)

    assert names(simulator) == stored


def test_work_is_done_after_the_client_has_gone(v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", "late", seconds=1)

    with pytest.raises(requests.ReadTimeout):
        v2.session.post(v2.url, json=DOCUMENT, timeout=0.1)

    assert names(simulator) == []
    (entry,) = simulator.ended_requests()
    assert (entry["fault"], entry["status"]) == ("late", None)
    assert names(simulator) == ["shop"]


def test_an_answer_is_cut_off(v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", "cut_off")

    with v2.session.post(v2.url, json=DOCUMENT, stream=True) as answer:
        assert answer.status_code == 201
        with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
            _all = answer.content

    assert names(simulator) == ["shop"]


def test_an_answer_drips(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "drip", seconds=0.001)
    begin = time.monotonic()

    answer = v2.list()

    assert answer.json()["total_items"] == 0
    assert time.monotonic() - begin >= 0.001 * len(answer.content)


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "parameters", "body"),
    [
        ("errors_list", {}, {"errors": [{"title": "Bad Request", "detail": "The request ended in: Bad Request"}]}),
        ("errors_list", {"errors": ["no", {"code": 7}]}, {"errors": ["no", {"code": 7}]}),
        ("error_object", {}, {"error": {"code": 400, "message": "Bad Request"}}),
        ("error_object", {"code": "x", "message": "no"}, {"error": {"code": "x", "message": "no"}}),
        ("status_before", {"body": [1]}, [1]),
    ],
)
def test_an_error_of_another_shape_is_answered(
    fault: str, parameters: dict[str, Any], body: object, v2: V2, simulator: Simulator
) -> None:
    simulator.fault("create", fault, status=400, **parameters)

    response = v2.create(DOCUMENT)

    assert (response.status_code, response.json()) == (400, body)
    assert names(simulator) == []


@pytest.mark.parametrize(("fault", "stored"), [("status_before", []), ("status_after", ["shop"])])
def test_an_error_comes_with_its_headers(fault: str, stored: list[str], v1: V1, simulator: Simulator) -> None:
    simulator.fault("create", fault, status=429, headers={"Retry-After": "7"})

    answer = v1.create(VOICE)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert len(names(simulator)) == len(stored)


def test_the_true_answer_comes_with_an_error_status(v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", "mislabelled", status=500)

    answer = v2.create(DOCUMENT)

    assert answer.status_code == 500
    assert [answer.json()["keys"]["private_key"]] == simulator.private_keys()
    assert names(simulator) == ["shop"]


def test_an_error_repeats_the_request(v1: V1, simulator: Simulator) -> None:
    simulator.fault("list", "echo", status=400)
    simulator.fault("create", "echo", status=400)

    assert "api_secret=demo-secret" in v1.list().json()["title"]
    assert '"api_secret": "demo-secret"' in v1.create(VOICE).json()["detail"]
    assert names(simulator) == []


def test_a_redirect_leads_elsewhere(v2: V2, simulator: Simulator) -> None:
    simulator.fault("list", "redirect", status=307, location="http://example.com/")

    answer = v2.session.get(v2.url, allow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (307, "http://example.com/")


@pytest.mark.parametrize("body", [None, [], 7, {"a": 1}])
def test_json_of_the_wrong_shape_is_answered(body: object, v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", "wrong_shape", body=body)

    assert v2.create(DOCUMENT).json() == body
    assert names(simulator) == ["shop"]


def test_a_true_answer_is_patched(v2: V2, simulator: Simulator) -> None:
    simulator.fault("create", "wrong_shape", patch={"id": None, "name": 7})

    answer = v2.create(DOCUMENT).json()

    assert "id" not in answer
    assert answer["name"] == 7
    assert "private_key" in answer["keys"]


def test_a_page_or_half_of_the_json_or_a_flood_is_answered(v2: V2, simulator: Simulator) -> None:
    for fault in ("html", "broken_json", "huge"):
        simulator.fault("delete", fault)
        application_id = v2.created(DOCUMENT)["id"]

        answer = v2.delete(application_id)

        assert answer.status_code == 200
        with pytest.raises(requests.JSONDecodeError):
            answer.json()
        assert names(simulator) == []
    assert len(answer.content) == 50_000_000


# --- others -----------------------------------------------------------------------------------------------------------


def test_others_change_the_account_between_two_pages(v1: V1, simulator: Simulator) -> None:
    first, *_others = simulator.preload_count(3)
    changes = [{"delete": first["id"]}, {"delete": "app-2"}, {"create": {"name": "new"}}]
    simulator.fault("list", "moves", changes=changes, nth=2)

    counts = [v1.list().json()["count"] for _each in range(3)]

    assert counts == [3, 3, 2]
    assert names(simulator) == ["app-1", "new"]


# --- what tests of faults need besides --------------------------------------------------------------------------------


def test_version_2_clamps_its_pages_when_it_is_to(v2: V2, simulator: Simulator) -> None:
    simulator.preload_count(3)
    simulator.configure(max_page_size=2, v2_clamps_page_size=True)

    pages = [v2.list(page_size=100, page=page).json() for page in (1, 2)]

    assert [page["page_size"] for page in pages] == [2, 2]
    assert [len(page["_embedded"]["applications"]) for page in pages] == [2, 1]


def test_few_key_pairs_are_handed_out_again() -> None:
    with Simulator.start(key_pairs=2) as simulator:
        simulator.preload_count(1)
        v2 = V2(simulator.url)
        keys = [v2.created(DOCUMENT)["keys"]["private_key"] for _each in range(4)]

    assert keys[:2] == keys[2:]
    assert keys[0] != keys[1]


def test_private_keys_that_were_handed_out_are_known_until_the_next_test(v1: V1, simulator: Simulator) -> None:
    keys = [v1.created(VOICE)["keys"]["private_key"] for _each in range(2)]

    assert simulator.private_keys() == keys
    simulator.reset()
    assert simulator.private_keys() == []
