# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The private key that a task looks after itself: kept in a file where the task runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, List, Optional

from ._errors import ApiError
from ._key_file import KeyFile, ReservedFile
from ._maker import this_process, this_run
from ._plan import Plan
from ._reconcile import Outcome

OPTION = "private_key_path"


class KeyKeeper:
    """Looks after a private key in no way: the task returns it, and so it is in the user's hands."""

    # Whether a key that another run brought here would be seen; whether an application is of no use without its key.
    sees_new_keys = False
    needs_key = False

    def __init__(self) -> None:
        self.maker = this_process()

    def held_keys(self) -> Optional[List[str]]:
        """The fingerprints of the keys that are where the application's key belongs, None where nobody looks."""
        return None

    def changes(self, plan: Plan) -> bool:
        """Whether a file changes for another reason than a new key."""
        return False

    def keep(self, private_key: str) -> bool:
        """Brings a new key into safe hands; False where that is still to come."""
        return True

    def apply(self, plan: Plan, carry_out: Callable[[], Outcome]) -> Outcome:
        """Carries the plan out, and settles what is to be done for its key."""
        return carry_out()


class ReturnedKeys(KeyKeeper):
    """For tasks that return a key."""


class KeysToDeliver(KeyKeeper):
    """For playbooks that deliver a key: it is in safe hands once a later task holds its fingerprint."""

    needs_key = True

    def __init__(self, held_keys: List[str]) -> None:
        super().__init__()
        self.maker = this_run()
        self._held_keys = held_keys

    def held_keys(self) -> List[str]:
        return self._held_keys

    def keep(self, private_key: str) -> bool:
        return False


class KeyCustody(KeyKeeper):
    """Looks after one key file, and the keys that wait beside it to become it.

    ``set_attributes`` gives a path the owner, group and mode that the task asks for, and returns whether it changed
    them.
    """

    sees_new_keys = True
    needs_key = True

    def __init__(self, path: str, set_attributes: Callable[[str], bool]) -> None:
        super().__init__()
        self._file = KeyFile(OPTION, path)
        self._set_attributes = set_attributes
        self._reserved: Optional[ReservedFile] = None
        self._kept: Optional[str] = None

    def held_keys(self) -> List[str]:
        """The fingerprints of the keys that are there, in the file or waiting beside it. Raises InvalidOption."""
        return self._file.held_keys()

    def check(self) -> None:
        """Makes sure that a key can be written. Raises InvalidOption."""
        self._file.check()

    def changes(self, plan: Plan) -> bool:
        """Whether the file changes for another reason than a new key: it or its attributes do, or a key beside it goes.

        Attributes are set right here; Ansible's own functions leave them alone in check mode.
        """
        if plan.after is None:
            return bool(self.held_keys())
        if plan.brings_key or not self.held_keys():
            return False
        return self._file.has_waiting_keys() or self._set_attributes(self._file.path)

    def keep(self, private_key: str) -> bool:
        """Brings a new key to wait beside the file, which it becomes when the application is finished."""
        if self._reserved is not None:
            self._kept = self._reserved.fill(private_key)
        return True

    def apply(self, plan: Plan, carry_out: Callable[[], Outcome]) -> Outcome:
        """Carries the plan out and settles the file; a key that was handed out is not in the outcome any more."""
        try:
            outcome = self._with_space_for_key(plan, carry_out)
        except ApiError as error:
            if plan.rotates and plan.before is not None and error.turned_away:
                self._file.settle(plan.before.fingerprint, self._set_attributes)
            raise
        if outcome.application is None:
            self._file.remove(plan.before.fingerprint if plan.before else None)
        elif outcome.application.fingerprint or self._kept:
            self._file.settle(outcome.application.fingerprint or self._kept, self._set_attributes)
        return replace(outcome, private_key=None)

    def _with_space_for_key(self, plan: Plan, carry_out: Callable[[], Outcome]) -> Outcome:
        if not plan.brings_key:
            return carry_out()
        with self._file.reserve(self._set_attributes) as self._reserved:
            return carry_out()
