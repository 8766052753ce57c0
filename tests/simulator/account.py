# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state: accounts and, in each, its applications.

An application is kept as one document in version 2's form, whichever version wrote it:
``{"id", "name", "keys": {"public_key"}, "capabilities", "privacy", ...members nobody here knows}``.
A stored document is never changed in place, only replaced, so it can be handed out without a copy.
"""

from __future__ import annotations

import hmac
import itertools
import uuid
from collections.abc import Iterable, Set
from typing import Any

from . import dotted
from .numbers_store import Numbers

Document = dict[str, Any]


def new_id() -> str:
    """An application id as the service makes them: a random UUID."""
    return str(uuid.uuid4())


class Account:
    """One account's credentials, numbers and applications, oldest first."""

    def __init__(self, key: str, secret: str) -> None:
        self.key = key
        self._secret = secret
        self._applications: dict[str, Document] = {}
        self._members: set[str] = set()
        self.numbers = Numbers()

    def __len__(self) -> int:
        return len(self._applications)

    def __contains__(self, application_id: str) -> bool:
        return application_id in self._applications

    def has_secret(self, secret: str) -> bool:
        """Whether this is the account's secret."""
        return hmac.compare_digest(self._secret.encode(), secret.encode())

    def documents(self) -> list[Document]:
        """Every application of the account."""
        return list(self._applications.values())

    def page(self, number: int, size: int) -> list[Document]:
        """At most ``size`` applications of page ``number``, counted from 0; none beyond the end."""
        first = min(number * size, len(self))
        return list(itertools.islice(self._applications.values(), first, first + size))

    def get(self, application_id: str) -> Document | None:
        """The application of that id, if there is one."""
        return self._applications.get(application_id)

    def get_in_any_case(self, application_id: str) -> Document | None:
        """The application of that id, of which the case of letters doesn't count, if there is one."""
        lower = application_id.lower()
        return next((document for document in self.documents() if document["id"].lower() == lower), None)

    @property
    def members(self) -> Set[str]:
        """The dotted names of all members that the applications have or had."""
        return self._members

    def store(self, document: Document) -> Document:
        """Keep the application: a new one at the end, a known one (by its id) in its old place."""
        self._applications[document["id"]] = document
        self._members.update(dotted.members(document))
        return document

    def remove(self, application_id: str) -> None:
        """Delete the application. Raises KeyError when there is none of that id."""
        del self._applications[application_id]

    def clear(self) -> None:
        """Delete every application and number, and know nothing of their members any more."""
        self.numbers.clear()
        self._applications.clear()
        self._members.clear()


class Accounts:
    """The accounts that the simulator serves; the first is the one meant where none is named."""

    def __init__(self, credentials: Iterable[tuple[str, str]]) -> None:
        self._by_key = {key: Account(key, secret) for key, secret in credentials}
        self.first = next(iter(self._by_key.values()))

    def get(self, key: str) -> Account | None:
        """The account of that API key, if there is one."""
        return self._by_key.get(key)

    def authenticated(self, key: object, secret: object) -> Account | None:
        """The account that the credentials open, if any does."""
        if not isinstance(key, str) or not isinstance(secret, str):
            return None
        account = self._by_key.get(key)
        return account if account is not None and account.has_secret(secret) else None
