# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fleets: situations in which hosts need the private keys of applications."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any, Literal

from tests.simulator.client import Document

from .hosts import key_file
from .situations import Change, Situation, as_options

Has = Literal["shared", "own", "list"]

# One page, and no latency: what the hosts cost is measured.
_ACCOUNT = 100
_CHANGES = {"none": "nothing to do", "all new": "all new", "one in ten": "one in ten changed"}


@dataclass(frozen=True)
class Fleet(Situation):
    """Hosts, each of which needs the private key of each of its applications.

    has: which applications a host has: the one that all share, one of its own, or a list of all.
    """

    hosts: int = 1
    has: Has = "shared"

    @property
    def key(self) -> str:
        """A short name, for the command line and for files."""
        wanted = f"list-of-{self.wanted}" if self.has == "list" else self.has
        return f"{self.hosts}-hosts-{wanted}-{self.change.replace(' ', '-')}"

    @property
    def title(self) -> str:
        """The situation in words."""
        hosts = "1 host" if self.hosts == 1 else f"{self.hosts} hosts"
        has = {
            "shared": "that share an application" if self.hosts > 1 else "with an application",
            "own": "with an application each",
            "list": f"with a list of {self.wanted}",
        }[self.has]
        return f"{hosts} {has}, {_CHANGES[self.change]}"

    def host_variables(self) -> dict[str, dict[str, Any]]:
        """Each host's variables in the inventory."""
        documents = self.wanted_documents()
        has = ([each] for each in documents) if self.has == "own" else repeat(documents, self.hosts)
        return {f"host-{number}": self._variables(its) for number, its in enumerate(has)}

    def _variables(self, documents: list[Document]) -> dict[str, Any]:
        """The names of a host's applications, and the variables with which the role keeps them."""
        names = [document["name"] for document in documents]
        paths = ["{{ key_folder }}/" + key_file(name) for name in names]
        items = [{**as_options(each), "private_key_path": path} for each, path in zip(documents, paths, strict=True)]
        for_role = {"list": items} if self.has == "list" else items[0]
        return {"application_names": names, **{f"nexmo_application_{name}": value for name, value in for_role.items()}}


def one_shared(hosts: int, change: Change) -> Fleet:
    """Hosts that share one application."""
    return _fleet(1, change, hosts, "shared")


def one_each(hosts: int, change: Change) -> Fleet:
    """Hosts with an application of their own."""
    return _fleet(hosts, change, hosts, "own")


def a_list(applications: int, change: Change) -> Fleet:
    """A host that has several applications."""
    return _fleet(applications, change, 1, "list")


def _fleet(wanted: int, change: Change, hosts: int, has: Has) -> Fleet:
    return Fleet(account=_ACCOUNT, wanted=wanted, latency_ms=0, change=change, hosts=hosts, has=has)
