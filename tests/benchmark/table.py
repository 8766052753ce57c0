# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures as tables, in Markdown that can be read in a terminal too."""

from __future__ import annotations

from collections.abc import Sequence

from .contenders import (
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
)
from .figures import Figures, Row
from .situations import Situation

TITLES = {
    PING.name: "`ansible.builtin.ping`, in a loop",
    IMPORTS.name: "a module that imports `requests`",
    IMPORTS_LOOP.name: "a module that imports `requests`, in a loop",
    URI_TASK.name: "`ansible.builtin.uri`, a task",
    URI.name: "`ansible.builtin.uri`, a playbook",
    VONAGE.name: "`vonage`, a script",
    APPLICATION.name: "`nexmo_application`, in a loop",
    APPLICATION_TASK.name: "`nexmo_application`, a task",
    APPLICATIONS.name: "`nexmo_applications`",
    LEAST_UNCHANGED.name: "modules that do nothing, one on each host",
    LEAST_NEW.name: "modules that do nothing, two on each host",
    BY_HAND.name: "`uri`, `file` and `copy`, a playbook",
    ROLE.name: "the role",
}

_HEADERS = ("by", "seconds", "ratio", "CPU", "CPU ratio", "requests", "MiB")
_NUMBERS = _HEADERS[1:]


def tables(figures: Figures) -> str:
    """A table for each situation, under its title: few columns, so that it fits a narrow screen."""
    situations = list(dict.fromkeys(row.situation for row in figures.rows))
    return "\n\n".join(f"### {each.title}\n\n{_table(figures, each)}" for each in situations)


def _table(figures: Figures, situation: Situation) -> str:
    """One line for each row; the ratios are 1 in the line whose times the others are divided by."""
    rows = [row for row in figures.rows if row.situation == situation]
    lines = [_HEADERS, *(_cells(figures, row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADERS))]
    rule = [
        "-" * (width - 1) + (":" if name in _NUMBERS else "-") for name, width in zip(_HEADERS, widths, strict=True)
    ]
    return "\n".join(_line(line, widths) for line in (lines[0], rule, *lines[1:]))


def _cells(figures: Figures, row: Row) -> tuple[str, ...]:
    situation = row.situation
    return (
        TITLES[row.contender],
        f"{row.seconds:.2f}",
        _ratio(figures.ratio(situation, row.contender, row.base)),
        f"{row.cpu_seconds:.2f}",
        _ratio(figures.cpu_ratio((situation, row.contender), (situation, row.base))),
        f"{row.requests:,}",
        f"{row.peak_mib:.0f}",
    )


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
        for name, cell, width in zip(_HEADERS, cells, widths, strict=True)
    )
    return f"| {' | '.join(padded)} |"
