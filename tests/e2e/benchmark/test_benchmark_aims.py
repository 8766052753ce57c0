# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the benchmark says of its figures."""

from __future__ import annotations

import json

import pytest

from tests.benchmark.aims import least_wait, verdicts
from tests.benchmark.comparisons import ALONE, HUNDRED_NEW, HUNDRED_UNCHANGED, LARGE, LOOPED
from tests.benchmark.contenders import (
    APPLICATION,
    APPLICATION_TASK,
    APPLICATIONS,
    BY_HAND,
    IMPORTS,
    IMPORTS_LOOP,
    LEAST_NEW,
    LEAST_UNCHANGED,
    PING,
    ROLE,
    URI,
    URI_TASK,
    VONAGE,
    Contender,
)
from tests.benchmark.figures import Figures, Listing, Row
from tests.benchmark.fleets import Fleet, a_list, one_each, one_shared
from tests.benchmark.situations import Situation
from tests.benchmark.stage import Run
from tests.benchmark.table import tables


def row(situation: Situation, contender: Contender, seconds: float, requests: int = 10) -> Row:
    return Row.of(situation, contender, APPLICATIONS, [Run(seconds, seconds / 2, requests, 50.0)])


def cost(fleet: Fleet, contender: Contender, cpu_seconds: float) -> Row:
    """Of which the time says nothing."""
    return Row.of(fleet, contender, BY_HAND, [Run(1.0, cpu_seconds, 10, 50.0)])


def figures(*rows: Row, waited: float | None = None) -> Figures:
    listings = [] if waited is None else [Listing(LARGE, waited + 1, 1)]
    return Figures("a machine", {"Python": "3.11"}, list(rows), listings)


def met(measured: Figures) -> dict[str, bool]:
    """Of each verdict that is not about requests, the figure and whether the aim is met."""
    return {verdict.figure: verdict.met for verdict in verdicts(measured) if "sends one request" not in verdict.aim}


@pytest.mark.parametrize(
    ("situation", "fast", "slow", "aim"),
    [
        (HUNDRED_UNCHANGED, APPLICATIONS, URI, 5),
        (HUNDRED_UNCHANGED, APPLICATIONS, APPLICATION, 40),
        (HUNDRED_NEW, APPLICATIONS, URI, 15),
        (LARGE, APPLICATION, VONAGE, 4),
    ],
)
def test_faster_than_another(situation: Situation, fast: Contender, slow: Contender, aim: int) -> None:
    reached = figures(row(situation, fast, 2.0), row(situation, slow, 2.0 * aim))
    missed = figures(row(situation, fast, 2.0), row(situation, slow, 2.0 * aim - 0.2))

    assert met(reached) == {f"{aim}.0 times": True}
    assert met(missed) == {f"{aim - 0.1:.1f} times": False}


def test_hardly_slower_than_ping() -> None:
    assert met(figures(row(LOOPED, APPLICATION, 14.5), row(LOOPED, PING, 10.0))) == {"1.45 times": True}
    assert met(figures(row(LOOPED, APPLICATION, 14.7), row(LOOPED, PING, 10.0))) == {"1.47 times": False}


def test_a_task_is_hardly_slower_than_one_of_uri() -> None:
    assert met(figures(row(ALONE, APPLICATION_TASK, 1.05), row(ALONE, URI_TASK, 1.0))) == {"1.05 times": True}
    assert met(figures(row(ALONE, APPLICATION_TASK, 1.07), row(ALONE, URI_TASK, 1.0))) == {"1.07 times": False}


def test_how_far_anything_could_reach() -> None:
    # Three rounds of 50 ms for ten pages; where all is new, two listings, the writes, two listings, the writes.
    unchanged = figures(*(row(HUNDRED_UNCHANGED, each, 0.85) for each in (APPLICATIONS, IMPORTS, URI)))
    new = figures(*(row(HUNDRED_NEW, each, 1.1) for each in (APPLICATIONS, IMPORTS, URI)))
    looped = figures(*(row(LOOPED, each, 10.0) for each in (APPLICATION, PING)), row(LOOPED, IMPORTS_LOOP, 12.0))
    alone = figures(*(row(ALONE, each, 1.0) for each in (APPLICATION_TASK, URI_TASK)), row(ALONE, IMPORTS, 0.9))

    assert least_wait(HUNDRED_NEW) == pytest.approx((2 * 3 + 13 + 2 * 3 + 13) * 0.05)
    assert [verdict.limit for verdict in verdicts(unchanged)][:1] == ["0.8 times, in 1.00 s"]
    assert [verdict.limit for verdict in verdicts(new)] == ["0.4 times, in 3.00 s"]
    assert [verdict.limit for verdict in verdicts(looped)][:1] == ["1.20 times"]
    assert [verdict.limit for verdict in verdicts(alone)] == ["0.90 times"]


def test_waiting_for_the_network() -> None:
    # 100 pages: the first, and thirteen rounds of at most eight.
    assert least_wait(LARGE) == pytest.approx(14 * 0.05)
    assert met(figures(waited=0.87)) == {"0.87 s of 1.87 s, 1.24 times": True}
    assert met(figures(waited=0.91)) == {"0.91 s of 1.91 s, 1.30 times": False}


def test_requests_with_no_change() -> None:
    fewest = figures(row(HUNDRED_UNCHANGED, APPLICATIONS, 1.0, 10), row(LOOPED, APPLICATION, 1.0, 20))
    too_many = figures(row(HUNDRED_UNCHANGED, APPLICATIONS, 1.0, 11), row(LOOPED, APPLICATION, 1.0, 21))

    assert [verdict.met for verdict in verdicts(fewest)] == [True, True]
    assert [verdict.met for verdict in verdicts(too_many)] == [False, False]


@pytest.mark.parametrize("fleet", [one_shared(10, "none"), one_each(50, "none"), a_list(6, "none")])
def test_the_role_with_nothing_to_do_costs_no_more_than_a_playbook(fleet: Fleet) -> None:
    assert met(figures(cost(fleet, ROLE, 3.0), cost(fleet, BY_HAND, 3.0))) == {"1.00 times": True}
    assert met(figures(cost(fleet, ROLE, 3.1), cost(fleet, BY_HAND, 3.0))) == {"1.03 times": False}


@pytest.mark.parametrize(
    ("fleet", "than", "most"),
    [
        (one_shared(1, "all new"), one_shared(1, "none"), 1.5),
        (one_each(10, "all new"), one_each(10, "none"), 1.5),
        (one_each(50, "none"), one_each(10, "none"), 5.5),
        (one_each(50, "all new"), one_each(10, "all new"), 5.5),
        (a_list(30, "all new"), a_list(30, "none"), 1.5),
        (a_list(30, "none"), a_list(1, "none"), 2),
    ],
    ids=lambda each: each.key if isinstance(each, Fleet) else "",
)
def test_what_the_role_costs_grows_little(fleet: Fleet, than: Fleet, most: float) -> None:
    reached = figures(cost(fleet, ROLE, 2.0 * most), cost(than, ROLE, 2.0))
    missed = figures(cost(fleet, ROLE, 2.0 * most + 0.1), cost(than, ROLE, 2.0))

    assert met(reached) == {f"{most:.2f} times": True}
    assert met(missed) == {f"{most + 0.05:.2f} times": False}


def test_how_far_any_role_could_reach() -> None:
    unchanged, new, more = one_each(10, "none"), one_each(10, "all new"), one_each(50, "none")
    measured = figures(
        *(cost(unchanged, each, 4.0) for each in (ROLE, BY_HAND)),
        *(cost(new, each, 5.0) for each in (ROLE, BY_HAND)),
        *(cost(more, each, 20.0) for each in (ROLE, BY_HAND)),
        *(cost(unchanged, LEAST_UNCHANGED, 2.0), cost(new, LEAST_NEW, 3.0), cost(more, LEAST_UNCHANGED, 9.0)),
    )

    limits = {verdict.aim: verdict.limit for verdict in verdicts(measured)}

    assert limits == {
        f"{unchanged.title}: role uses no more processor time than by_hand": "0.50 times",
        f"{more.title}: role uses no more processor time than by_hand": "0.45 times",
        f"{new.title}: role uses at most 1.5 times the processor time of nothing to do": "1.50 times",
        f"{more.title}: role uses at most 5.5 times the processor time of {unchanged.title}": "4.50 times",
    }


def test_what_was_not_measured_is_not_judged() -> None:
    assert verdicts(figures(row(HUNDRED_NEW, URI, 1.0))) == []


def test_a_row_holds_medians() -> None:
    runs = [Run(3.0, 2.5, 12, 50.0), Run(1.0, 0.5, 10, 70.0), Run(1.5, 0.75, 11, 60.0)]

    measured = Row.of(LARGE, URI, APPLICATIONS, runs)

    assert (measured.seconds, measured.cpu_seconds, measured.requests) == (1.5, 0.75, 11)
    assert (measured.peak_mib, measured.runs) == (60.0, 3)


def test_the_tables_have_times_and_ratios_for_each_situation() -> None:
    rows = [row(HUNDRED_NEW, URI, 30.0), row(HUNDRED_NEW, APPLICATIONS, 1.6), row(LARGE, URI, 4.0)]

    one, other = tables(figures(*rows)).split("\n\n### ")

    title, _blank, *lines = one.splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert title == f"### {HUNDRED_NEW.title}"
    assert cells[2] == ["`ansible.builtin.uri`, a playbook", "30.00", "18.75", "15.00", "18.75", "10", "50"]
    assert cells[3][:5] == ["`nexmo_applications`", "1.60", "1.00", "0.80", "1.00"]
    assert len({len(line) for line in lines}) == 1
    assert other.startswith(LARGE.title)


def test_figures_survive_their_file() -> None:
    measured = figures(row(LARGE, URI, 1.25), cost(one_each(10, "none"), ROLE, 3.0), waited=0.5)

    assert Figures.from_json(json.loads(json.dumps(measured.as_json()))) == measured
