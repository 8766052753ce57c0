# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection aims at, as ratios within one benchmark, whether it gets there, and how far anything could.

The limit of an aim is what a module would reach that did nothing but import requests and wait for the answers to the
requests that ours sends. The aims of the role are in ``role_aims``.
"""

from __future__ import annotations

from collections.abc import Iterator

from .comparisons import ALONE, HUNDRED_NEW, HUNDRED_UNCHANGED, LARGE, LOOPED
from .contenders import (
    APPLICATION,
    APPLICATION_TASK,
    APPLICATIONS,
    IMPORTS,
    IMPORTS_LOOP,
    PING,
    URI,
    URI_TASK,
    VONAGE,
    Contender,
)
from .figures import Figures, Row
from .role_aims import role_verdicts
from .situations import Situation, pages_of
from .verdict import Verdict

CONNECTIONS = 8  # that the modules open, unless they are told otherwise


def verdicts(figures: Figures) -> list[Verdict]:
    """On every aim whose situation was measured."""
    return [
        *_faster(figures, HUNDRED_UNCHANGED, APPLICATIONS, URI, 5),
        *_faster(figures, HUNDRED_UNCHANGED, APPLICATIONS, APPLICATION, 40),
        *_faster(figures, HUNDRED_NEW, APPLICATIONS, URI, 15),
        *_faster(figures, LARGE, APPLICATION, VONAGE, 4),
        *_waits_little(figures, LARGE, 1.25),
        *_hardly_slower(figures, LOOPED, APPLICATION, PING, IMPORTS_LOOP, 1.45),
        *_hardly_slower(figures, ALONE, APPLICATION_TASK, URI_TASK, IMPORTS, 1.05),
        *_asks_little(figures, APPLICATION),
        *_asks_little(figures, APPLICATIONS),
        *role_verdicts(figures),
    ]


def least_wait(situation: Situation) -> float:
    """The shortest time, in seconds, that the requests of the modules can take, by their latency alone."""
    rounds = _rounds_of_listing(situation.account)
    if situation.change == "all new":
        # Each is made and then given its name; before the one and the other, what is there is read and confirmed.
        writes = -(-situation.wanted // CONNECTIONS)
        rounds = 2 * (rounds + writes + _rounds_of_listing(situation.account + situation.wanted))
    return situation.latency_ms / 1000 * rounds


def _rounds_of_listing(applications: int) -> int:
    """The first page, and then the others side by side."""
    return 1 + -(-(pages_of(applications) - 1) // CONNECTIONS)


def _faster(figures: Figures, situation: Situation, fast: Contender, slow: Contender, aim: float) -> Iterator[Verdict]:
    ratio = figures.ratio(situation, slow.name, fast.name)
    if ratio is not None:
        text = f"{situation.title}: {fast.name} at least {aim:g} times faster than {slow.name}"
        yield Verdict(text, f"{ratio:.1f} times", ratio >= aim, _limit(figures, situation, slow))


def _limit(figures: Figures, situation: Situation, slow: Contender) -> str:
    imports, compared = figures.row(situation, IMPORTS.name), figures.row(situation, slow.name)
    if imports is None or compared is None:
        return ""
    least = imports.seconds + least_wait(situation)
    return f"{compared.seconds / least:.1f} times, in {least:.2f} s"


def _hardly_slower(
    figures: Figures, situation: Situation, contender: Contender, base: Contender, imports: Contender, aim: float
) -> Iterator[Verdict]:
    ratio = figures.ratio(situation, contender.name, base.name)
    least = figures.ratio(situation, imports.name, base.name)
    if ratio is not None:
        text = f"{situation.title}: {contender.name} at most {aim:g} times as long as {base.name}"
        yield Verdict(text, f"{ratio:.2f} times", ratio <= aim, "" if least is None else f"{least:.2f} times")


def _waits_little(figures: Figures, situation: Situation, aim: float) -> Iterator[Verdict]:
    listing = figures.listing(situation)
    if listing is not None:
        limit = least_wait(situation)
        text = f"{situation.title}: a listing by the modules waits at most {aim:g} times {limit:.2f} s for the network"
        figure = f"{listing.waited:.2f} s of {listing.seconds:.2f} s, {listing.waited / limit:.2f} times"
        yield Verdict(text, figure, listing.waited <= aim * limit)


def _asks_little(figures: Figures, contender: Contender) -> Iterator[Verdict]:
    rows = [row for row in figures.rows if row.contender == contender.name and row.situation.change == "none"]
    if rows:
        # Version 2's listing lacks nothing that is compared.
        worst = max(rows, key=lambda row: row.requests / _fewest_requests(row))
        fewest = _fewest_requests(worst)
        text = f"{contender.name} with no change sends one request for each page"
        yield Verdict(text, f"{worst.requests:,} for {fewest:,} ({worst.situation.title})", worst.requests <= fewest)


def _fewest_requests(row: Row) -> int:
    is_loop = row.contender == APPLICATION.name
    return row.situation.pages * (row.situation.wanted * row.situation.times if is_loop else 1)
