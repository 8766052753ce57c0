# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A deliberate fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class Outdated(Exception):
    """The text that a fault changes is not there any more, or more than once."""


@dataclass(frozen=True)
class Fault:
    """A small change of one file.

    name: says what goes wrong. file: relative to the collection. right, wrong: the text that stands there once, and
    what takes its place. tests: files of tests that should find it, relative to the collection.
    """

    name: str
    file: str
    right: str
    wrong: str
    tests: Sequence[str]

    def applied(self, collection: Path) -> str:
        """The content of the file with the fault in it. Raises Outdated."""
        try:
            content = (collection / self.file).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise Outdated(f"{self.file} is not there") from None
        if content.count(self.right) != 1:
            raise Outdated(f"{self.file} holds {content.count(self.right)} times: {self.right}")
        return content.replace(self.right, self.wrong)
