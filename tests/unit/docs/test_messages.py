# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of messages against the code: each message that it lists is one that somebody can see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

COLLECTION = Path(__file__).resolve().parents[3]
PAGE = COLLECTION / "docs" / "messages.md"

# Of Ansible itself, and of what the API answers.
NOT_OURS = (
    "missing required arguments",
    "Failed to import the required Python library",
    "Cannot resolve",
    "the role 'community.nexmo.nexmo_application' was not found",
    "Error loading module_defaults",
    "parameters are mutually exclusive",
    "value of OPTION must be one of",
    "Failed to connect to the host",
)
# What stands for something that differs: capital words, numbers, dots.
PLACEHOLDER = re.compile(r"\bapplication NAME\b|[A-Z][A-Z_]*[A-Z](?![a-z])|\b[ABNM]\b|\.\.\.|\b[0-9]+\b")
SHORTEST_FRAGMENT = 4


def messages():
    """The messages in the first column of the page's tables."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return [message for row in rows for message in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def texts_of_the_code():
    """All texts in the code of the plugins, and the role's files, each as one line."""
    for path in sorted((COLLECTION / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for path in sorted((COLLECTION / "roles").rglob("*.yml")):
        yield " ".join(path.read_text(encoding="utf-8").split())


TEXTS = "\n".join(texts_of_the_code())


def is_in_the_code(fragment):
    """Whether the fragment stands in the code; a message is also made of an option's name and a text behind it."""
    option, colon, rest = fragment.partition(": ")
    parts = [option, rest] if colon and " " not in option else [fragment]
    return all(part.strip() in TEXTS for part in parts if len(part.strip()) >= SHORTEST_FRAGMENT)


@pytest.mark.parametrize("message", [each for each in messages() if not each.startswith(NOT_OURS)])
def test_message_of_the_page_is_one_of_the_code(message):
    fragments = [each.strip(" :,()'") for each in PLACEHOLDER.split(message.replace("\\|", "|"))]

    assert [each for each in fragments if len(each) >= SHORTEST_FRAGMENT and not is_in_the_code(each)] == []
