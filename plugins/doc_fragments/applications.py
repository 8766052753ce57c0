# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option applications, whose items have the options of one application: they are described once."""

from __future__ import annotations

import re
from textwrap import indent

from ansible_collections.community.nexmo.plugins.doc_fragments.application import ModuleDocFragment as Application
from ansible_collections.community.nexmo.plugins.doc_fragments.capabilities import ModuleDocFragment as Capabilities

# Options that stay the module's own.
OF_THE_MODULE = "api_version"


def suboptions(documentation: str) -> str:
    """The options of a fragment, as they are written below those of an item of the list."""
    options = documentation.partition("options:\n")[2]
    of_item = re.sub(r"O\((?!%s)(?=[a-z_])" % OF_THE_MODULE, "O(applications[].", options)
    return indent(of_item, " " * 4)


class ModuleDocFragment:
    """Many applications."""

    # Annotated, since the yamllint test of ansible-test takes the value of a plain assignment for one literal text.
    DOCUMENTATION: str = (
        r"""
options:
  applications:
    description:
      - The applications, each with the options of M(community.nexmo.nexmo_application).
      - All are planned on what is there before the task, so that their order means nothing.
      - Each name, id and key path can be given once. Items that mean the same application, one by its name and one by
        its id, fail.
      - An application that is found by its id can get a name that another one gives up in the same task, because it is
        renamed or deleted. A name that one item gives to an application can be made absent by another item; what is
        deleted then is the application that had it before. Where applications exchange their names, one of them is
        called C(NAME [community.nexmo ... renaming]) for a moment.
    type: list
    elements: dict
    required: true
    suboptions:
"""
        + suboptions(Application.DOCUMENTATION)
        + suboptions(Capabilities.DOCUMENTATION)
    )
