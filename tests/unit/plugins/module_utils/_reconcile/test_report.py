# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import (
    CREATE,
    DELETE,
    NONE,
    UPDATE,
    Plan,
)
from ansible_collections.community.nexmo.plugins.module_utils._errors import AmbiguousName
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._http.problem import Problem
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.apply import Applied
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.keepers import ReturnedKeys
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.one import Item, Result
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.report import Report
from ansible_collections.community.nexmo.plugins.module_utils._redact import MASK, Redactor
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.memory import application

SHOP, STORE, OLD = (application(name, "id-" + name) for name in ("shop", "store", "old"))
CHANGED = application("shop", "id-shop", capabilities={"voice": {}})
SAME = Result(Plan(NONE, SHOP, SHOP), Applied(SHOP), False)
UPDATED = Result(Plan(UPDATE, SHOP, CHANGED), Applied(CHANGED), True)
CREATED = Result(Plan(CREATE, None, STORE), Applied(STORE, "PEM"), True)
DELETED = Result(Plan(DELETE, OLD, None), Applied(None), True)
AMBIGUOUS = AmbiguousName("twin", ["2", "1"])
SECRET = "hunter2-hunter2"
REFUSED = ApiError("POST", "u", "answered 400", 400, Problem("no " + SECRET, (), {"title": SECRET}))


def report_of(*ended, **more):
    """A report in which the item at position N is named nameN."""
    items = [Item(desired_from({"name": "name%d" % number}), "present", ReturnedKeys()) for number in range(len(ended))]
    return Report(items, ended, **more)


def result_of(report):
    return report.result(Redactor([SECRET]))


@pytest.mark.parametrize(
    ("report", "changed", "counts"),
    [
        pytest.param(report_of(), False, {"failed": 0, "prune": 0}, id="of nothing"),
        pytest.param(report_of(SAME, SAME), False, {"none": 2, "failed": 0, "prune": 0}, id="of no change"),
        pytest.param(report_of(SAME, pruned=[OLD]), True, {"none": 1, "failed": 0, "prune": 1}, id="of pruning"),
        pytest.param(report_of(SAME, AMBIGUOUS), False, {"none": 1, "failed": 1, "prune": 0}, id="of a failure"),
        pytest.param(
            report_of(UPDATED, CREATED, DELETED, SAME, UPDATED, AMBIGUOUS),
            True,
            {"update": 2, "create": 1, "delete": 1, "none": 1, "failed": 1, "prune": 0},
            id="of everything",
        ),
    ],
)
def test_operations_are_counted(report, changed, counts):
    result = result_of(report)

    assert (result["changed"], result["counts"]) == (changed, counts)
    assert len(result["applications"]) == len(report.results)


def test_each_item_is_told_in_its_place():
    shown = result_of(report_of(AMBIGUOUS, CREATED, DELETED))["applications"]

    assert [each.get("operation") for each in shown] == [None, "create", "delete"]
    assert shown[0] == {
        "failed": True,
        "changed": False,
        "name": "name0",
        "application_id": None,
        "msg": "name: 'twin' is the name of several applications: 1, 2; give the application_id of the one that is "
        "meant",
    }
    assert shown[1]["private_key"] == "PEM"
    assert shown[1]["application"] == STORE.described()
    assert (shown[2]["application"], shown[2]["fingerprint"]) == (None, OLD.fingerprint)


def test_a_failure_tells_what_the_api_said_without_secrets():
    report = report_of(REFUSED)

    (shown,) = result_of(report)["applications"]

    assert (shown["status"], shown["error"]) == (400, {"title": MASK})
    assert shown["msg"] == "POST u: answered 400: no " + MASK
    assert SECRET not in json.dumps(result_of(report))


def test_an_unexpected_error_is_told_with_where_it_happened_and_without_secrets():
    def has_a_bug(_secret):
        raise ValueError("a bug: " + SECRET)

    with pytest.raises(ValueError, match="a bug") as raised:
        has_a_bug(SECRET)

    (shown,) = result_of(report_of(raised.value))["applications"]

    assert shown["msg"] == "unexpected ValueError: a bug: " + MASK
    assert "has_a_bug" in shown["exception"]
    assert SECRET not in shown["exception"]


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ([SAME, CREATED], None),
        ([SAME, AMBIGUOUS], "1 of 2 applications failed: application 'name1': name: 'twin' is the name of several"),
        ([AMBIGUOUS, SAME, REFUSED], "2 of 3 applications failed: application 'name0': name: 'twin'"),
        ([REFUSED], "1 of 1 applications failed: application 'name0': POST u: answered 400: no "),
        ([ValueError("x")], "1 of 1 applications failed: application 'name0': unexpected ValueError: x"),
    ],
)
def test_a_failure_is_summed_up(ended, said):
    failure = report_of(*ended).failure()

    assert failure == said or failure.startswith(said)


def test_of_many_failures_three_are_told():
    failure = report_of(*[REFUSED] * 5, SAME).failure()

    assert failure.startswith("5 of 6 applications failed: application 'name0': POST u")
    assert failure.endswith("application 'name2': POST u: answered 400: no %s; 2 more, see applications" % SECRET)
    assert "name3" not in failure


def test_what_could_not_be_pruned_is_a_failure():
    report = report_of(SAME, pruned=[OLD], problem=REFUSED)

    assert report.failure().startswith("not everything could be pruned: POST u: answered 400")
    assert [each["name"] for each in result_of(report)["pruned"]] == ["old"]
    assert report_of(SAME, pruned=[OLD]).failure() is None


def test_the_diff_shows_what_changed_in_its_order_and_then_what_was_pruned():
    report = report_of(SAME, UPDATED, AMBIGUOUS, CREATED, pruned=[OLD])

    headers = [(each["before_header"], each["after_header"]) for each in report.diff()]

    assert headers == [
        ("application shop (id-shop)", "application shop (id-shop)"),
        ("no application", "application store (id-store)"),
        ("application old (id-old)", "no application"),
    ]


def test_warnings_name_the_application_that_they_are_about():
    plan = Plan(CREATE, None, STORE, leftovers=(SHOP, OLD))
    applied = Applied(STORE, ignored=["capabilities.voice.region", "privacy.improve_ai"])

    warnings = list(report_of(SAME, Result(plan, applied, True), AMBIGUOUS).warnings())

    assert warnings == [
        "application 'name1': runs that ended too early left 2 unfinished applications of that name; they are deleted",
        "application 'name1': the API did not take these settings as they were sent: capabilities.voice.region, "
        "privacy.improve_ai",
    ]


@pytest.mark.parametrize(("ended", "holds"), [([SAME, UPDATED], False), ([AMBIGUOUS, CREATED], True)])
def test_a_report_knows_whether_it_holds_a_private_key(ended, holds):
    assert report_of(*ended).holds_private_key is holds
