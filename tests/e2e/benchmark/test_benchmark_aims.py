# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the benchmark says of its figures."""

from __future__ import annotations

import json

import pytest

from tests.benchmark.aims import least_wait, verdicts
from tests.benchmark.comparisons import HUNDRED_NEW, HUNDRED_UNCHANGED, LARGE, LOOPED
from tests.benchmark.contenders import APPLICATION, APPLICATIONS, IMPORTS, IMPORTS_LOOP, PING, URI, VONAGE, Contender
from tests.benchmark.figures import Figures, Listing, Row
from tests.benchmark.situations import Situation
from tests.benchmark.stage import Run
from tests.benchmark.table import tables


def row(situation: Situation, contender: Contender, seconds: float, requests: int = 10) -> Row:
    return Row.of(situation, contender, APPLICATIONS, [Run(seconds, requests, 50.0)])


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
    assert met(figures(row(LOOPED, APPLICATION, 14.0), row(LOOPED, PING, 10.0))) == {"1.40 times": True}
    assert met(figures(row(LOOPED, APPLICATION, 14.2), row(LOOPED, PING, 10.0))) == {"1.42 times": False}


def test_how_far_anything_could_reach() -> None:
    # Three rounds of 50 ms for ten pages; where all is new, two listings, the writes, two listings, the writes.
    unchanged = figures(*(row(HUNDRED_UNCHANGED, each, 0.85) for each in (APPLICATIONS, IMPORTS, URI)))
    new = figures(*(row(HUNDRED_NEW, each, 1.1) for each in (APPLICATIONS, IMPORTS, URI)))
    looped = figures(*(row(LOOPED, each, 10.0) for each in (APPLICATION, PING)), row(LOOPED, IMPORTS_LOOP, 12.0))

    assert least_wait(HUNDRED_NEW) == pytest.approx((2 * 3 + 13 + 2 * 3 + 13) * 0.05)
    assert [verdict.limit for verdict in verdicts(unchanged)][:1] == ["0.8 times, in 1.00 s"]
    assert [verdict.limit for verdict in verdicts(new)] == ["0.4 times, in 3.00 s"]
    assert [verdict.limit for verdict in verdicts(looped)][:1] == ["1.20 times"]


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


def test_what_was_not_measured_is_not_judged() -> None:
    assert verdicts(figures(row(HUNDRED_NEW, URI, 1.0))) == []


def test_a_row_holds_medians() -> None:
    runs = [Run(3.0, 12, 50.0), Run(1.0, 10, 70.0), Run(1.5, 11, 60.0)]

    measured = Row.of(LARGE, URI, APPLICATIONS, runs)

    assert (measured.seconds, measured.requests, measured.peak_mib, measured.runs) == (1.5, 11, 60.0, 3)


def test_the_tables_have_times_and_ratios_for_each_situation() -> None:
    rows = [row(HUNDRED_NEW, URI, 30.0), row(HUNDRED_NEW, APPLICATIONS, 1.6), row(LARGE, URI, 4.0)]

    one, other = tables(figures(*rows)).split("\n\n### ")

    title, _blank, *lines = one.splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert title == f"### {HUNDRED_NEW.title}"
    assert cells[2] == ["`ansible.builtin.uri`, a playbook", "30.00", "18.75", "10", "50"]
    assert cells[3][:3] == ["`nexmo_applications`", "1.60", "1.00"]
    assert len({len(line) for line in lines}) == 1
    assert other.startswith(LARGE.title)


def test_figures_survive_their_file() -> None:
    measured = figures(row(LARGE, URI, 1.25), waited=0.5)

    assert Figures.from_json(json.loads(json.dumps(measured.as_json()))) == measured
