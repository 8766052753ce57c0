# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The chart: for some situations, how long each contender takes."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from .comparisons import HUNDRED_NEW, HUNDRED_UNCHANGED, LARGE, SMALL
from .contenders import APPLICATION, APPLICATIONS, ROLE
from .figures import Figures, Row
from .fleets import one_shared

_SHOWN = (SMALL, HUNDRED_UNCHANGED, HUNDRED_NEW, LARGE, one_shared(10, "none"))
_NAMES = (APPLICATION.name, APPLICATIONS.name, ROLE.name)
_OURS, _OTHERS = "#0969da", "#8c959f"
_RIGHTS = "(c) 2026, community.nexmo contributors, GPL-3.0-or-later"


def draw(figures: Figures, path: Path) -> None:
    """Write the chart as SVG, the same for the same figures."""
    rows_of = [[row for row in figures.rows if row.situation == situation] for situation in _SHOWN]
    measured = [rows for rows in rows_of if rows]
    if not measured:
        return
    # Text stays text; names inside the file do not change from run to run.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "community.nexmo", "font.family": "sans-serif"}):
        figure = Figure(figsize=(8, 0.5 + sum(0.65 + 0.3 * len(rows) for rows in measured)), layout="constrained")
        every_axes = figure.subplots(len(measured), squeeze=False, height_ratios=[1 + len(rows) for rows in measured])
        for axes, rows in zip(every_axes[:, 0], measured, strict=True):
            _bars(axes, rows)
        ours, others = Patch(color=_OURS, label="this collection"), Patch(color=_OTHERS, label="other means")
        figure.legend(handles=[ours, others], loc="outside lower left", ncols=2, frameon=False)
        figure.savefig(path, metadata={"Date": None, "Rights": _RIGHTS})


def _bars(axes: Axes, rows: list[Row]) -> None:
    names = [row.contender for row in rows]
    colours = [_OURS if name in _NAMES else _OTHERS for name in names]
    bars = axes.barh(names, [row.seconds for row in rows], color=colours)
    axes.bar_label(bars, [f"{row.seconds:.1f} s" for row in rows], padding=4)
    axes.set_title(rows[0].situation.title, loc="left", fontsize="medium")
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(bottom=False, labelbottom=False, left=False)
