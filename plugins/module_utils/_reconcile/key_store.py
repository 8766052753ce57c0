# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The private key that a task looks after itself: kept in a file where the task runs."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Callable, Iterator, List, Optional

from .._application.plan import Plan
from .._http.failures import ApiError
from .._keys.file import KeyFile, ReservedFile
from .apply import Outcome
from .keepers import KeyKeeper

OPTION = "private_key_path"


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

    @contextmanager
    def ready(self, plan: Plan) -> Iterator[None]:
        """Takes the space that a new key needs; takes the key of a rotation back that the API refused."""
        with ExitStack() as reserved:
            if plan.brings_key:
                self._reserved = reserved.enter_context(self._file.reserve(self._set_attributes))
            try:
                yield
            except ApiError as error:
                if plan.rotates and plan.before is not None and error.turned_away:
                    self._file.settle(plan.before.fingerprint, self._set_attributes)
                raise

    def settled(self, plan: Plan, outcome: Outcome) -> Outcome:
        """Settles the file; a key that was handed out is not in the outcome any more."""
        if outcome.application is None:
            self._file.remove(plan.before.fingerprint if plan.before else None)
        elif outcome.application.fingerprint or self._kept:
            self._file.settle(outcome.application.fingerprint or self._kept, self._set_attributes)
        return replace(outcome, private_key=None)
