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
    "All are planned on what is there before the task, so that their order means nothing.",
    "Each name, id and key path can be given once. Items that mean the same application, one by its name and one by "
    "its id, fail.",
    "An application that is found by its id can get a name that another one gives up in the same task, because it is "
    "renamed or deleted. A name that one item gives to an application can be made absent by another item; what is "
    "deleted then is the application that had it before. Where applications exchange their names, one of them is "
    "called C(NAME [community.nexmo ... renaming]) for a moment.",
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
