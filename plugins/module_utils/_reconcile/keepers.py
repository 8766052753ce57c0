# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who keeps the private key of an application: the user, to whom the task returns it, or the playbook, which delivers
it; or a file where the task runs, for which see ``key_store``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ContextManager, Iterator, List, Optional, Protocol

from .._application.plan import Plan
from .._application.unfinished import Maker
from .maker import this_process, this_run

if TYPE_CHECKING:
    from .apply import Outcome


class Keeper(Protocol):
    """What is asked of whoever keeps a key."""

    @property
    def maker(self) -> Maker:
        """The process whose end says that nobody will finish what was begun."""

    @property
    def sees_new_keys(self) -> bool:
        """Whether a key that another run brought here would be seen."""

    @property
    def needs_key(self) -> bool:
        """Whether an application without a private key is of no use."""

    @property
    def delivers_later(self) -> bool:
        """Whether a new key is brought into safe hands by a later task."""

    def held_keys(self) -> Optional[List[str]]:
        """The fingerprints of the keys that are where the application's key belongs, None where nobody looks."""

    def changes(self, plan: Plan) -> bool:
        """Whether a file would change for another reason than a new key. Raises InvalidOption where it cannot."""

    def keep(self, private_key: str) -> bool:
        """Brings a new key into safe hands; False where that is still to come."""

    def ready(self, plan: Plan) -> ContextManager[None]:
        """Makes what a new key needs, for as long as the plan is carried out."""

    def settled(self, plan: Plan, outcome: Outcome) -> Outcome:
        """Does what is to be done for the key once the plan is carried out."""


class NoFile:
    """For keepers that change no file."""

    def changes(self, _plan: Plan) -> bool:
        """No."""
        return False

    @contextmanager
    def ready(self, _plan: Plan) -> Iterator[None]:
        """Nothing is needed."""
        yield

    def settled(self, _plan: Plan, outcome: Outcome) -> Outcome:
        """Nothing is to be done."""
        return outcome


class ReturnedKeys(NoFile):
    """The task returns a key, and so it is in the user's hands."""

    sees_new_keys = False
    needs_key = False
    delivers_later = False

    def __init__(self) -> None:
        self.maker = this_process()

    def held_keys(self) -> None:
        """None: the user knows."""

    def keep(self, private_key: str) -> bool:
        """The result has it."""
        return True


class KeysToDeliver(NoFile):
    """The playbook delivers a key: it is in safe hands once a later task holds its fingerprint."""

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
