# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Situations: an account, what is wanted of it, and what it has to hold in the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tests.simulator.client import Document
from tests.simulator.documents import with_defaults

Change = Literal["none", "all new", "one in ten"]

PAGE_SIZE = 100
_SITE = "https://example.com"


@dataclass(frozen=True)
class Situation:
    """An account with so many applications, of which so many are wanted, over a line with so much latency.

    change: what of those that are wanted differs from the account.
    times: how often the list of what is wanted is gone through.
    """

    account: int
    wanted: int
    latency_ms: int
    change: Change
    times: int = 1

    @property
    def key(self) -> str:
        """A short name, for the command line and for files."""
        times = f"x{self.times}" if self.times > 1 else ""
        return f"{self.account}-{self.wanted}{times}-{self.latency_ms}ms-{self.change.replace(' ', '-')}"

    @property
    def title(self) -> str:
        """The situation in words."""
        wanted = f"{self.wanted:,} of {self.account:,}"
        if self.change == "all new":
            wanted = f"{self.wanted:,} new beside {self.account:,}"
        elif self.change == "one in ten":
            wanted += ", one in ten changed"
        times = f", {self.times} times over" if self.times > 1 else ""
        return f"{wanted}{times}, {self.latency_ms} ms"

    @property
    def pages(self) -> int:
        """How many pages the account has at the start."""
        return pages_of(self.account)

    def documents_before(self) -> list[Document]:
        """The account's applications, in version 2's form.

        Each has a setting that nobody names, which has to stay. Those that are wanted are spread over all pages.
        """
        documents = [_document(f"app-{number}") for number in range(self.account)]
        for document in documents:
            document["privacy"] = {"improve_ai": False}
        for number in self._outdated():
            webhooks = documents[self._place(number)]["capabilities"]["voice"]["webhooks"]
            webhooks["event_url"]["address"] = f"{_SITE}/outdated"
        return documents

    def wanted_documents(self) -> list[Document]:
        """What is wanted, in version 2's form."""
        return [_document(self._name(number)) for number in range(self.wanted)] * self.times

    def expected(self, stored: Sequence[Document]) -> list[Document]:
        """What the account has to hold in the end, given what it held at the start."""
        wanted = {document["name"]: document for document in self.wanted_documents()}
        present = {document["name"] for document in stored}
        kept = [_merged(document, wanted.get(document["name"], {})) for document in stored]
        return kept + [with_defaults(document) for name, document in wanted.items() if name not in present]

    def host_variables(self) -> dict[str, dict[str, Any]]:
        """For each host that needs private keys, its variables in the inventory.

        ``application_names``: the applications whose private keys it needs.
        """
        return {}

    def _name(self, number: int) -> str:
        return f"new-{number}" if self.change == "all new" else f"app-{self._place(number)}"

    def _place(self, number: int) -> int:
        return (number + 1) * self.account // self.wanted - 1

    def _outdated(self) -> range:
        return range(0, self.wanted, 10) if self.change == "one in ten" else range(0)


def pages_of(applications: int) -> int:
    """How many pages list so many applications."""
    return max(1, -(-applications // PAGE_SIZE))


def as_options(document: Document) -> dict[str, str]:
    """What is wanted, as options of the modules."""
    webhooks = document["capabilities"]["voice"]["webhooks"]
    urls = {name: webhook["address"] for name, webhook in webhooks.items()}
    return {"name": document["name"], "type": "voice", **urls}


def discrepancies(expected: Sequence[Document], found: Sequence[Document]) -> list[str]:
    """What is missing and what is too much, in words; of new applications, ids and keys do not count."""
    known = {document["id"] for document in expected if "id" in document}
    wanted, there = _counted(expected, known), _counted(found, known)
    missing = [f"missing: {text}" for text in wanted - there]
    return missing + [f"too much: {text}" for text in there - wanted]


def _counted(documents: Iterable[Document], known: set[str]) -> Counter[str]:
    return Counter(
        json.dumps(document if document.get("id") in known else _without_identity(document), sort_keys=True)
        for document in documents
    )


def _without_identity(document: Document) -> Document:
    return {name: value for name, value in document.items() if name not in ("id", "keys")}


def _document(name: str) -> Document:
    webhooks = {
        "answer_url": {"address": f"{_SITE}/{name}/answer"},
        "event_url": {"address": f"{_SITE}/{name}/event"},
    }
    return {"name": name, "capabilities": {"voice": {"webhooks": webhooks}}}


def _merged(before: Document, wanted: Document) -> Document:
    merged = {**before}
    for name, value in wanted.items():
        merged[name] = _merged(before.get(name, {}), value) if isinstance(value, dict) else value
    return merged
