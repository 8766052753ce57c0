# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores the private key in a file where the task runs."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Iterator, List, Optional

from .._application.plan import Plan
from .._errors import InvalidOption, KeyLost
from .._http.failures import ApiError
from .._keys.file import Holding, KeyFile
from .._keys.pair import check_key_maker
from .._keys.place import Attributes, ReservedFile
from .._keys.rsa import UnreadableKey
from .._keys.rsa import private_key as read_private_key
from .apply import Applied
from .maker import this_process

OPTION = "private_key_path"


class KeyStore:
    """A keeper (see ``keepers``): one key file, and the keys that wait beside it to become it.

    Raises InvalidOption for a path where no key can ever be stored.
    """

    sees_new_keys = True
    needs_key = True
    delivers_later = False

    def __init__(self, path: str, attributes: Attributes) -> None:
        self.maker = this_process()
        self._file = KeyFile(OPTION, path, attributes)
        self._reserved: Optional[ReservedFile] = None
        self._kept: Optional[str] = None
        self._is_tried_out = False

    def check(self, state: str) -> None:
        """Makes sure that a key can be written, or removed. Raises InvalidOption."""
        if state == "absent":
            holding = self._readable_holding()
            if holding is not None and holding.any:
                self._file.check_removable()
            return
        self._file.place.check_directory()
        self._file.place.check()
        holding = self._readable_holding()
        if holding is not None and holding.current is None:
            self._file.place.try_out()
            self._is_tried_out = True
            self._file.check_replaceable()

    def _readable_holding(self) -> Optional[Holding]:
        """The keys that are there; None for a file that is no key: planning refuses that, for this item alone."""
        try:
            return self._file.holding()
        except InvalidOption:
            return None

    def held_keys(self) -> List[str]:
        """The fingerprints of the keys that are there, in the file or waiting beside it. Raises InvalidOption."""
        return self._file.holding().fingerprints

    def changes(self, plan: Plan) -> bool:
        """Whether the file would change for another reason than a new key: it or its attributes, or a key beside it.

        Raises InvalidOption where what the plan needs of the file cannot be done.
        """
        holding = self._file.holding()
        if plan.after is None:
            return holding.any
        if plan.brings_key:
            self._check_replacement()
            if plan.rotates:
                check_key_maker()
            return False
        fingerprint = plan.after.fingerprint
        if fingerprint in holding.waiting and not holding.is_installed(str(fingerprint)):
            self._check_replacement()
            return True
        has_unneeded = fingerprint is not None and bool(holding.waiting and self._file.removable())
        return has_unneeded or (holding.current is not None and self._file.attributes_differ())

    def keep(self, private_key: str) -> bool:
        """Stores a new key beside the file. It replaces the file when the application is finished."""
        if self._reserved is not None:
            try:
                self._kept = self._reserved.fill(read_private_key(private_key))
            except UnreadableKey as error:
                raise KeyLost("the API handed out a private key that cannot be read: %s" % error) from None
        return True

    @contextmanager
    def ready(self, plan: Plan) -> Iterator[None]:
        """Reserves the space that a new key needs, or claims the one that waits. Removes the key of a rotation that the
        API refused."""
        with ExitStack() as stack:
            if plan.adopts is not None:
                stack.enter_context(self._file.claim(str(plan.adopts.fingerprint)))
            elif plan.brings_key:
                self._reserved = stack.enter_context(self._file.reserve())
            try:
                yield
            except ApiError as error:
                if plan.rotates and self._kept and error.turned_away:
                    self._file.drop_waiting(self._kept)
                raise

    def settled(self, plan: Plan, applied: Applied) -> Applied:
        """Installs the key that belongs to the application. What it returns has no private key any more."""
        if applied.application is None:
            self._file.remove(plan.before.fingerprint if plan.before else None)
        else:
            self._settle(applied.application.fingerprint or self._kept)
        return replace(applied, private_key=None)

    def _settle(self, fingerprint: Optional[str]) -> None:
        if fingerprint is not None:
            self._file.settle(fingerprint)
        if self._file.holding().current is not None and self._file.attributes_differ():
            self._file.correct_attributes()

    def _check_replacement(self) -> None:
        if not self._is_tried_out:
            self._file.place.try_out()
        self._file.check_replaceable()
