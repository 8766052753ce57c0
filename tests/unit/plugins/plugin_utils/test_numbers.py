# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.plugin_utils import _numbers

NUMBER, OTHER = "447700900000", "447700900001"
SHOP = {"name": "shop"}
GOING = {"name": "shop", "state": "absent"}
LISTED = {"numbers": [{"msisdn": NUMBER, "application_id": "id"}, {"msisdn": OTHER, "application_id": None}]}
DONE = {"application": {"id": "id"}, "finished": True}


def wanted(*numbers):
    return _numbers.wanted_of({"numbers": list(numbers)})


@pytest.mark.parametrize(
    ("listed", "items"),
    [
        ([], []),
        (["+44 7700 900000"], [{"number": NUMBER}]),
        ([447700900000], [{"number": NUMBER}]),
        ([{"number": NUMBER, "relink": True, "sms_url": None}], [{"number": NUMBER, "relink": True}]),
    ],
)
def test_numbers_are_items_of_the_module(listed, items):
    assert wanted(*listed) == items


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (NUMBER, "numbers: is not a list"),
        ([{}], "an item has no number"),
        ([{"number": NUMBER, "state": "unlinked"}], "an item has state"),
        (["shop"], "numbers: number: 'shop' is not a number"),
        ([NUMBER, "+" + NUMBER], "the number 447700900000 is given more than once"),
    ],
)
def test_what_cannot_be_right_is_a_mistake(numbers, message):
    (mistake,) = _numbers.mistakes_of({"numbers": numbers}, "numbers")

    assert message in mistake


@pytest.mark.parametrize("item", [{}, {"numbers": None}, {"numbers": []}, {"numbers": [NUMBER, {"number": OTHER}]}])
def test_what_can_be_right_is_none(item):
    assert list(_numbers.mistakes_of(item, "numbers")) == []


@pytest.mark.parametrize(
    ("application", "numbers", "listed", "places"),
    [
        (SHOP, [NUMBER, OTHER], LISTED, []),
        (SHOP, ["499999999"], LISTED, [0]),
        (GOING, ["499999999"], LISTED, []),
        (SHOP, [NUMBER], {"failed": True, "msg": "no"}, [0]),
        (SHOP, [], {"failed": True, "msg": "no"}, []),
    ],
)
def test_missing_numbers_keep_an_application_from_being_asked_about(application, numbers, listed, places):
    assert list(_numbers.problems([application], [wanted(*numbers)], listed)) == places


def test_only_linked_numbers_of_what_goes_are_unlinked():
    items = _numbers.to_unlink([GOING, SHOP], [wanted(NUMBER, OTHER), wanted(NUMBER)], LISTED)

    assert items == [(0, {"number": NUMBER, "state": "unlinked", "application_name": "shop"})]


@pytest.mark.parametrize(
    ("result", "numbers", "linked"),
    [
        (DONE, [NUMBER, OTHER], [OTHER]),
        (DONE, [{"number": NUMBER, "sms_url": ""}], [NUMBER]),
        ({**DONE, "finished": False}, [OTHER], []),
        ({"failed": True, "msg": "no"}, [OTHER], []),
        ({"application": {"id": None}}, [OTHER], []),
        ({"application": None}, [OTHER], []),
    ],
)
def test_numbers_of_finished_applications_are_linked(result, numbers, linked):
    items = _numbers.to_link([SHOP], [wanted(*numbers)], LISTED, [result])

    assert [item["number"] for _place, item in items] == linked
    assert {item["application_id"] for _place, item in items} <= {"id"}


def test_check_mode_foretells_the_numbers_of_what_would_be_made():
    results = [{"application": {"id": None}}, DONE, {"failed": True, "application": {"id": None}}]

    assert _numbers.previewed([SHOP] * 3, [wanted(NUMBER)] * 3, results) == [0]


def test_what_came_of_numbers_is_told_by_application():
    items = [(0, {}), (0, {}), (2, {})]
    answer = {"numbers": [{"changed": True}, {"failed": True, "changed": False, "msg": "no"}, {"changed": False}]}

    assert _numbers.of_numbers(items, answer) == {
        0: {"changed": True, "problem": "no"},
        2: {"changed": False, "problem": ""},
    }
    assert _numbers.of_numbers(items[:1], {"msg": "401"}) == {0: {"changed": False, "problem": "401"}}
