# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host sees of the others, read from their facts as far as it is needed, and the decisions that follow."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Dict, Iterator, List, Mapping

from . import _pairs
from ._agreement import agreement, is_for
from ._ending import ending, failures
from ._env_blocks import env_blocks
from ._key_work import key_work, keys_to_stage
from ._options import PREFIX
from ._outcomes import outcomes, outcomes_of
from ._reports import problems_of_looks, takes_part
from ._requests import is_open, led_groups, looks, own_groups, requests

Document = Dict[str, Any]

# Facts, and results of tasks that are registered; see ``_reports`` and ``_outcomes``.
FACTS = (
    "use",
    "going",
    "places",
    "agreement",
    "seen",
    "made",
    "answer",
    "outcomes",
    "staged",
    "fetched",
    "written",
    "kept",
)


class Facts(Mapping[str, Mapping[str, Any]]):
    """What each host reported. Reading a host's variables is dear, so it is done once, and only for hosts asked for."""

    def __init__(self, hostvars: Mapping[str, Any]) -> None:
        self._hostvars = hostvars
        self._read: Dict[str, Document] = {}

    def __getitem__(self, host: str) -> Mapping[str, Any]:
        if host not in self._read:
            variables = self._hostvars[host]
            names = {name: "%s_%s" % (PREFIX, name) for name in FACTS}
            reported = {name: variables[variable] for name, variable in names.items() if variable in variables}
            # A task that was skipped reported nothing.
            self._read[host] = {name: value for name, value in reported.items() if value and not value.get("skipped")}
        return self._read[host]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hostvars)

    def __len__(self) -> int:
        return len(self._hostvars)


class Situation:
    """One host's view. ``here``: its name (``host``), the hosts of the play, of the batch, and of the inventory."""

    def __init__(self, hostvars: Mapping[str, Any], here: Mapping[str, Any]) -> None:
        self.facts = Facts(hostvars)
        self.host = here["host"]
        self._play_hosts, self._batch, self._all = here["hosts"], here["batch"], here["all"]

    @cached_property
    def use(self) -> Document:
        nothing: Document = {"mistakes": [], "in_list": False, "applications": [], "attributes": {}}
        return {**nothing, **self.facts[self.host].get("use", {})}

    @cached_property
    def agreed(self) -> Document:
        """What the hosts agreed on, also when the host that worked it out is lost; if that one is not so far yet, what
        this host works out by itself."""
        own = self.facts[self.host].get("agreement", {})
        shared = self.facts[own["by"]].get("agreement", {}) if "by" in own else own
        return shared if is_for(shared, self.host, self.use) else self.new_agreement()

    @cached_property
    def outcomes(self) -> Document:
        return outcomes(self.host, self.agreed, self.facts)

    @cached_property
    def others(self) -> List[str]:
        """The hosts of the inventory that are not of the play."""
        play_hosts = set(self._play_hosts)
        return [host for host in self._all if host not in play_hosts]

    def new_agreement(self) -> Document:
        """Hosts of earlier plays are looked at only where no host of this one has a key."""
        of_the_play = {host: self.facts[host] for host in self._play_hosts}
        found = agreement(self.use, of_the_play, self._play_hosts, self._batch)
        if all(shared["held_keys"] for shared in found["applications"].values()):
            return found
        with_others = {**of_the_play, **{host: {"kept": self.facts[host].get("kept")} for host in self.others}}
        return agreement(self.use, with_others, self._play_hosts, self._batch)

    def mistakes(self) -> List[str]:
        """Why the host cannot go on."""
        return self.use["mistakes"] or problems_of_looks(self.facts[self.host])

    def agreement(self) -> Document:
        """What the host reports: the agreement of all if it is the first of the batch, else the name of that host."""
        first = next((host for host in self._batch if takes_part(self.facts[host], self.use)), self.host)
        return self.new_agreement() if first == self.host else {"by": first}

    def needs_follow_up(self) -> bool:
        """Whether there is anything to do between the first answer of the API and the host's key files."""
        return bool(
            self._open_groups()
            or self.facts[self.host].get("answer", {}).get("diff")
            or self.pairs_to_make()
            or self.keys_to_stage()
        )

    def lost_leaders(self) -> List[str]:
        """Hosts that were lost while their answer of the API held new keys, for this host to forget them."""
        shared = self.agreed["applications"].values()
        leaders = {each["leader"] for each in shared if self.host in each["members"]}
        return [host for host in sorted(leaders - set(self._batch)) if self.facts[host].get("answer")]

    def must_go_on(self) -> bool:
        """Whether applications of the host are not in their state yet, though its leader could have seen to it."""
        return bool(self._open_groups() or self.keys_to_stage())

    def _open_groups(self) -> List[str]:
        return [
            application["group"]
            for application in self.use["applications"]
            if self.host in self.agreed["applications"].get(application["group"], {}).get("members", ())
            and is_open(application, self.agreed, self.outcomes.get(application["group"]), self.facts)
        ]

    def looks(self, variables: Mapping[str, Any]) -> Document:
        groups = _pairs.groups_to_look_at(self.host, self.use, self.agreed)
        return looks(variables, groups, self.agreed)

    def pairs_to_make(self) -> List[Document]:
        return _pairs.pairs_to_make(self.host, self.use, self.agreed, self.outcomes, self.facts)

    def requests_of_leader(self, variables: Mapping[str, Any]) -> Document:
        return self._requests(variables, led_groups(self.host, self.agreed))

    def requests_alone(self, variables: Mapping[str, Any]) -> Document:
        return self._requests(variables, own_groups(self.host, self.agreed))

    def _requests(self, variables: Mapping[str, Any], groups: List[str]) -> Document:
        if not self.use["applications"]:
            return {"groups": [], "applications": [], "numbers": []}
        return requests(variables, groups, self.agreed, self.outcomes, self.facts)

    def own_outcomes(self) -> Document:
        return outcomes_of(self.facts[self.host])

    def keys_to_stage(self) -> List[Document]:
        return keys_to_stage(self.host, self.use, self.agreed, self.outcomes, self.facts)

    def key_work(self) -> Document:
        return key_work(self.host, self.use, self.agreed, self.outcomes, self.facts)

    def env_blocks(self) -> List[Document]:
        failed = failures(self.host, self.use, self.agreed, self.outcomes, self.facts, ())
        return env_blocks(self.use, self.facts[self.host], self.outcomes, failed)

    def ending(self) -> Document:
        return ending(self.host, self.use, self.agreed, self.outcomes, self.facts, self.others)
