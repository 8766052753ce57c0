# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures as tables, in Markdown that can be read in a terminal too."""

from __future__ import annotations

from collections.abc import Sequence

from .contenders import APPLICATION, APPLICATIONS, IMPORTS, IMPORTS_LOOP, PING, URI, VONAGE
from .figures import Figures, Row
from .situations import Situation

TITLES = {
    PING.name: "`ansible.builtin.ping`, in a loop",
    IMPORTS.name: "a module that imports `requests`",
    IMPORTS_LOOP.name: "a module that imports `requests`, in a loop",
    URI.name: "`ansible.builtin.uri`, a playbook",
    VONAGE.name: "`vonage`, a script",
    APPLICATION.name: "`nexmo_application`, in a loop",
    APPLICATIONS.name: "`nexmo_applications`",
}

_HEADERS = ("by", "seconds", "ratio", "requests", "MiB")
_NUMBERS = _HEADERS[1:]


def tables(figures: Figures) -> str:
    """A table for each situation, under its title: few columns, so that it fits a narrow screen."""
    situations = list(dict.fromkeys(row.situation for row in figures.rows))
    return "\n\n".join(f"### {each.title}\n\n{_table(figures, each)}" for each in situations)


def _table(figures: Figures, situation: Situation) -> str:
    """One line for each row; the ratio is 1 in the line whose time the others are divided by."""
    rows = [row for row in figures.rows if row.situation == situation]
    lines = [_HEADERS, *(_cells(figures, row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADERS))]
    rule = [
        "-" * (width - 1) + (":" if name in _NUMBERS else "-") for name, width in zip(_HEADERS, widths, strict=True)
    ]
    return "\n".join(_line(line, widths) for line in (lines[0], rule, *lines[1:]))


def _cells(figures: Figures, row: Row) -> tuple[str, ...]:
    ratio = figures.ratio(row.situation, row.contender, row.base)
    return (
        TITLES[row.contender],
        f"{row.seconds:.2f}",
        "" if ratio is None else f"{ratio:.2f}",
        f"{row.requests:,}",
        f"{row.peak_mib:.0f}",
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
        for name, cell, width in zip(_HEADERS, cells, widths, strict=True)
    )
    return f"| {' | '.join(padded)} |"
