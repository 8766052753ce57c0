# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The private key that a task looks after itself: kept in a file where the task runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Dict, FrozenSet

from ._key_file import KeyFile
from ._plan import Plan
from ._reconcile import Outcome

OPTION = "private_key_path"

FILE_OPTIONS: Dict[str, Dict[str, Any]] = {
    OPTION: {"type": "path", "no_log": False},
    "held_keys": {"type": "list", "elements": "str", "no_log": False},
}


class KeyCustody:
    """Looks after one key file. ``set_attributes`` gives a path the owner, group and mode that the task asks for, and
    returns whether it changed them."""

    def __init__(self, path: str, set_attributes: Callable[[str], bool]) -> None:
        self._file = KeyFile(OPTION, path)
        self._set_attributes = set_attributes

    def held_keys(self) -> FrozenSet[str]:
        """The fingerprint of the key in the file, nothing where there is none. Raises InvalidOption."""
        key = self._file.public_key()
        return frozenset() if key is None else frozenset((key.fingerprint,))

    def check(self) -> None:
        """Makes sure that a key can be written. Raises InvalidOption."""
        self._file.check()

    def changes(self, plan: Plan) -> bool:
        """Whether the file changes for another reason than the application: it goes, or its attributes do.

        Attributes are set right here; Ansible's own functions leave them alone in check mode.
        """
        if not self.held_keys():
            return False
        if plan.after is None:
            return True
        return not plan.brings_key and self._set_attributes(self._file.path)

    def apply(self, plan: Plan, carry_out: Callable[[], Outcome]) -> Outcome:
        """Carries the plan out and keeps the key that the API hands out, which is not in the outcome any more."""
        if plan.brings_key:
            return self._keep_new_key(carry_out)
        outcome = carry_out()
        if plan.after is None and self.held_keys():
            self._file.remove()
        return outcome

    def _keep_new_key(self, carry_out: Callable[[], Outcome]) -> Outcome:
        with self._file.reserve() as reserved:
            outcome = carry_out()
            if outcome.private_key:
                self._file.keep_aside()
                reserved.fill(outcome.private_key, self._set_attributes)
        return replace(outcome, private_key=None)
