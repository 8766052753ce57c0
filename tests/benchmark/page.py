# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the figures of the last benchmark into docs/performance.md, and the chart beside it.

Usage: python -m tests.benchmark.page [FILE], the figures as ``python -m tests.benchmark`` keeps them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .__main__ import FIGURES
from .aims import verdicts
from .chart import draw
from .figures import Figures
from .table import tables

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_PAGE = _DOCS / "performance.md"
_CHART = _DOCS / "performance.svg"
_BEGIN = "<!-- What follows is written by `make benchdocs`. -->\n"
_END = "<!-- Here it ends. -->\n"


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES
    figures = Figures.from_json(json.loads(path.read_text(encoding="utf-8")))
    draw(figures, _CHART)
    _PAGE.write_text(filled(_PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


def filled(page: str, figures: Figures) -> str:
    """The page with these figures between its marks. Raises ValueError when it has no marks."""
    before, begin, rest = page.partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"the page needs the lines {_BEGIN!r} and {_END!r}")
    return f"{before}{begin}\n{_figures_part(figures)}\n{end}{after}"


def _figures_part(figures: Figures) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    aims = "".join(f"- {verdict}\n" for verdict in verdicts(figures))
    return f"""\
![How long each takes]({_CHART.name})

{tables(figures)}

Measured with {versions} on {figures.machine}.

The aims, in these figures:

{aims}"""


if __name__ == "__main__":
    main()
