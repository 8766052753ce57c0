# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of an aim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """An aim, the figure that was measured, whether that is as good as the aim, and the limit, if it is known."""

    aim: str
    figure: str
    met: bool
    limit: str = ""

    def __str__(self) -> str:
        limit = f" (limit: {self.limit})" if self.limit else ""
        return f"{'met' if self.met else 'NOT met'}: {self.aim}; it is {self.figure}{limit}"
