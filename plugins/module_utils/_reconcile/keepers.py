# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looks after the private key of an application, where the task does not keep it in a file itself."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Callable, Iterator, List, Optional

from .._application.plan import Plan
from .apply import Outcome
from .maker import this_process, this_run


class KeyKeeper:
    """Looks after a private key in no way: the task returns it, and so it is in the user's hands."""

    # Whether a key that another run brought here would be seen; whether an application is of no use without its key;
    # whether a new key is brought into safe hands by a later task.
    sees_new_keys = False
    needs_key = False
    delivers_later = False

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
        with self.ready(plan):
            outcome = carry_out()
        return self.settled(plan, outcome)

    @contextmanager
    def ready(self, _plan: Plan) -> Iterator[None]:
        """Makes what a new key needs, for as long as the plan is carried out."""
        yield

    def settled(self, _plan: Plan, outcome: Outcome) -> Outcome:
        """Settles what is to be done for the key once the plan is carried out."""
        return outcome


class ReturnedKeys(KeyKeeper):
    """For tasks that return a key."""


class KeysToDeliver(KeyKeeper):
    """For playbooks that deliver a key: it is in safe hands once a later task holds its fingerprint."""

    needs_key = True
    delivers_later = True

    def __init__(self, held_keys: List[str]) -> None:
        super().__init__()
        self.maker = this_run()
        self._held_keys = held_keys

    def held_keys(self) -> List[str]:
        return self._held_keys

    def keep(self, private_key: str) -> bool:
        return False
