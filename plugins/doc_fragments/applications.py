# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option applications, whose items have the options of one application: they are described once."""

from __future__ import annotations

import json
import re
from typing import Any, Dict

import yaml

from ansible_collections.community.nexmo.plugins.doc_fragments.application import ModuleDocFragment as Application
from ansible_collections.community.nexmo.plugins.doc_fragments.capabilities import capabilities_option

# Options that stay the module's own.
OF_THE_MODULE = "api_version"

DESCRIPTION = [
    "The applications, each with the options of M(community.nexmo.nexmo_application).",
    "The module plans all of them from the account as it is before the task, so their order does not matter.",
    "Each name, id and key path can be given once. If two items name the same application, one by its name and one by "
    "its id, they fail.",
    "An item with an id can take a name that another application loses in the same task, because it is renamed or "
    "deleted. If one item takes a name and another item has the same name with C(state=absent), the application that "
    "had the name before is deleted. When applications exchange their names, one of them is called "
    "C(NAME [community.nexmo ... renaming]) for a moment.",
]


def options_of_items() -> Dict[str, Any]:
    """The options of one application, which call each other as those of an item of the list."""
    options = dict(yaml.safe_load(Application.DOCUMENTATION)["options"], capabilities=capabilities_option())
    of_items: Dict[str, Any] = json.loads(
        re.sub(r"O\((?!%s)(?=[a-z_])" % OF_THE_MODULE, "O(applications[].", json.dumps(options))
    )
    return of_items


class ModuleDocFragment:
    """Many applications."""

    # JSON is YAML. Annotated, since the yamllint test of ansible-test takes a plain assignment for one literal text.
    DOCUMENTATION: str = json.dumps(
        {
            "options": {
                "applications": {
                    "description": DESCRIPTION,
                    "type": "list",
                    "elements": "dict",
                    "required": True,
                    "suboptions": options_of_items(),
                }
            }
        }
    )
