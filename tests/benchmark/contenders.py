# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Contenders: each is a command that is run as a whole process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Contender:
    """A means to keep applications: a playbook, or a Python script that gets the variables' file as its argument.

    applies: whether it makes the account as it is wanted; the others are there to compare with.
    """

    name: str
    file: Path
    applies: bool = True

    def command(self, variables: Path) -> list[str]:
        """The command that takes what is wanted from a file of JSON."""
        if self.file.suffix == ".py":
            return [sys.executable, str(self.file), str(variables)]
        # The running interpreter's Ansible, whatever PATH says.
        return [sys.executable, "-m", "ansible", "playbook", "-e", f"@{variables}", str(self.file)]


ROLE = Contender("role", _FOLDER / "playbooks" / "role.yml")
BY_HAND = Contender("by_hand", _FOLDER / "playbooks" / "by_hand.yml")
LEAST_UNCHANGED = Contender("least_unchanged", _FOLDER / "playbooks" / "least_unchanged.yml", applies=False)
LEAST_NEW = Contender("least_new", _FOLDER / "playbooks" / "least_new.yml", applies=False)
PING = Contender("ping", _FOLDER / "playbooks" / "ping.yml", applies=False)
IMPORTS = Contender("import_requests", _FOLDER / "playbooks" / "import_requests.yml", applies=False)
IMPORTS_LOOP = Contender("import_requests_loop", _FOLDER / "playbooks" / "import_requests_loop.yml", applies=False)
URI_TASK = Contender("uri_task", _FOLDER / "playbooks" / "uri_task.yml", applies=False)
URI = Contender("uri", _FOLDER / "playbooks" / "uri.yml")
VONAGE = Contender("vonage", _FOLDER / "vonage_client.py")
APPLICATION = Contender("nexmo_application", _FOLDER / "playbooks" / "nexmo_application.yml")
APPLICATION_TASK = Contender("nexmo_application_task", _FOLDER / "playbooks" / "nexmo_application_task.yml")
APPLICATIONS = Contender("nexmo_applications", _FOLDER / "playbooks" / "nexmo_applications.yml")
