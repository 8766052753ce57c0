# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors that end a run, each as one line that says what to do."""

from __future__ import annotations

from typing import Any, Dict, Iterable


class NexmoError(Exception):
    """Ends the run; ``str()`` is the message for the user, in one line whatever it quotes."""

    def __str__(self) -> str:
        return super().__str__().replace("\r", "\\r").replace("\n", "\\n")

    def details(self) -> Dict[str, Any]:
        """What goes into the result of a failed module besides ``msg``."""
        return {}


class InvalidOption(NexmoError):
    """An option that cannot be right, whatever the account holds."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__("%s: %s" % (option, problem))


class Refused(NexmoError):
    """A desired state that the account as it is does not allow; nothing was written."""


class AmbiguousName(Refused):
    """Several applications have the name that should find one."""

    def __init__(self, name: str, ids: Iterable[str], option: str = "name") -> None:
        super().__init__(
            "%s: %r is the name of several applications: %s; give the application_id of the one that is meant"
            % (option, name, ", ".join(sorted(ids)))
        )


class KeyLost(Refused):
    """The application exists and its private key is not where it should be."""
