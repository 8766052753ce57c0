# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A page of the documentation as what a reader does with it, in order: save files, run commands.

A block of YAML is a file if the text before it ends with the file's name in backticks and a colon, or if that name is
the last one in the paragraph before it. A block of shell is run. A comment ``<!-- not run: REASON -->`` right before a
block says why the tests do not do what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE_NAME = re.compile(r"`([\w./-]+\.(?:ya?ml|py))`")
_NOT_RUN = re.compile(r"<!-- not run: [^>]+ -->\s*\Z")


@dataclass(frozen=True)
class File:
    """A file that the reader saves."""

    name: str
    text: str


@dataclass(frozen=True)
class Commands:
    """What the reader types, line by line."""

    text: str


def steps_of(page: Path) -> Iterator[File | Commands]:
    """The steps of a page, in order."""
    content = page.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(content):
        before = content[: block.start()]
        if _NOT_RUN.search(before):
            continue
        if block["language"] == "shell":
            yield Commands(block["text"])
        elif block["language"] in ("yaml", "python"):
            name = _name_in(before)
            if name:
                yield File(name, block["text"])


def nameless_plays_of(page: Path) -> list[str]:
    """The first lines of plays that have no name by which a command could run them, and no reason for that."""
    content = page.read_text(encoding="utf-8")
    return [
        block["text"].split("\n")[1]
        for block in _BLOCK.finditer(content)
        if block["language"] == "yaml"
        and re.search(r"^  hosts: ", block["text"], re.MULTILINE)
        and not _NOT_RUN.search(content[: block.start()])
        and not _name_in(content[: block.start()])
    ]


def _name_in(before: str) -> str | None:
    """The last file name in the paragraph that a text ends with."""
    paragraph = before.rstrip().rpartition("\n\n")[2]
    names = [] if paragraph.endswith("```") else _FILE_NAME.findall(paragraph)
    return names[-1] if names else None
