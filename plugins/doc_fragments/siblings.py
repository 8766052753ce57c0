# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each module says of the others: one fragment for each, by its name, in which it leaves itself out."""

from __future__ import annotations

_MODULES = {
    "nexmo_application": (
        "Manages one application. The role P(community.nexmo.nexmo_application#role) also brings its private key to "
        "every host that needs it."
    ),
    "nexmo_applications": "Manages many applications with one listing of the account.",
    "nexmo_application_info": "Lists the applications of an account.",
    "nexmo_private_key": "Stores private keys on a host, without the API.",
    "nexmo_number": "Links one number to an application.",
    "nexmo_numbers": "Links many numbers with one listing of the account.",
    "nexmo_number_info": "Lists the numbers of an account.",
}


def _others(module: str) -> str:
    items = [
        f"  - module: community.nexmo.{name}\n    description: {description!r}\n"
        for name, description in _MODULES.items()
        if name != module
    ]
    # Ansible takes no fragment without options.
    return "options: {}\nseealso:\n" + "".join(items)


ModuleDocFragment = type("ModuleDocFragment", (), {name.upper(): _others(name) for name in _MODULES})
