# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option numbers, whose items have the options of one number: they are described once."""

from __future__ import annotations

import re
from textwrap import indent

from ansible_collections.community.nexmo.plugins.doc_fragments.number import ModuleDocFragment as Number


def suboptions(documentation: str) -> str:
    """The options of a fragment, as they are written below those of an item of the list."""
    options = documentation.partition("options:\n")[2]
    return indent(re.sub(r"O\((?=[a-z_])", "O(numbers[].", options), " " * 4)


class ModuleDocFragment:
    """Many numbers."""

    # Annotated, since the yamllint test of ansible-test takes the value of a plain assignment for one literal text.
    DOCUMENTATION: str = r"""
options:
  numbers:
    description:
      - The numbers, each with the options of M(community.nexmo.nexmo_number), and each once. An empty list is fine.
    type: list
    elements: dict
    required: true
    suboptions:
""" + suboptions(Number.DOCUMENTATION)
