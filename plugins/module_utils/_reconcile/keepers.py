# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keepers of the private key of an application: the task returns it, or a later task of the playbook stores it. The one
that stores it in a file where the task runs is in ``key_store``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ContextManager, Iterator, List, Optional, Protocol

from .._application.plan import Plan
from .._application.unfinished import Maker
from .maker import this_process, this_run

if TYPE_CHECKING:
    from .apply import Applied


class Keeper(Protocol):
    """Keeps the private key of one application."""

    @property
    def maker(self) -> Maker:
        """The process that makes the application: when it has ended, nobody finishes what it began."""

    @property
    def sees_new_keys(self) -> bool:
        """Whether ``held_keys`` would show a key that another run stored here."""

    @property
    def needs_key(self) -> bool:
        """Whether an application without a private key is of no use."""

    @property
    def delivers_later(self) -> bool:
        """Whether a later task stores a new key."""

    def held_keys(self) -> Optional[List[str]]:
        """The fingerprints of the keys that are stored for the application, None where nobody looks."""

    def changes(self, plan: Plan) -> bool:
        """Whether a file would change for another reason than a new key. Raises InvalidOption where it cannot."""

    def keep(self, private_key: str) -> bool:
        """Stores a new key; False where a later task does that."""

    def ready(self, plan: Plan) -> ContextManager[None]:
        """Prepares for a new key, until the plan is applied and the key ``settled``."""

    def settled(self, plan: Plan, applied: Applied) -> Applied:
        """Does what the key needs once the plan is applied."""


class ChangesNoFile:
    """What keepers have in common that change no file."""

    def changes(self, _plan: Plan) -> bool:
        """No."""
        return False

    @contextmanager
    def ready(self, _plan: Plan) -> Iterator[None]:
        """Nothing is needed."""
        yield

    def settled(self, _plan: Plan, applied: Applied) -> Applied:
        """Nothing is to be done."""
        return applied


class ReturnedKeys(ChangesNoFile):
    """Does not store the key: the task returns it."""

    sees_new_keys = False
    needs_key = False
    delivers_later = False

    def __init__(self) -> None:
        self.maker = this_process()

    def held_keys(self) -> None:
        """None: where the key is stored is up to the user."""

    def keep(self, private_key: str) -> bool:
        """The result holds it."""
        return True


class KeysToDeliver(ChangesNoFile):
    """A later task stores the key: it is stored once the playbook gives its fingerprint as one of ``held_keys``."""

    sees_new_keys = False
    needs_key = True
    delivers_later = True

    def __init__(self, held_keys: List[str]) -> None:
        self.maker = this_run()
        self._held_keys = held_keys

    def held_keys(self) -> List[str]:
        """As the playbook says."""
        return self._held_keys

    def keep(self, private_key: str) -> bool:
        """A later task does."""
        return False
