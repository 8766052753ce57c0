# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selecting applications of an account, without changing any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Counter, FrozenSet, List, Optional

from .._api.api import Api
from .._api.listing import confirmed_listing, everything, listing_for
from .._application.model import Application


@dataclass(frozen=True)
class Selection:
    """What is looked for; None selects everything."""

    name: Optional[str] = None
    application_id: Optional[str] = None
    capabilities: Collection[str] = ()

    def includes(self, application: Application) -> bool:
        """Whether the application has the name, and all of the capabilities, that are looked for."""
        has_name = self.name is None or application.name == self.name
        return has_name and set(self.capabilities) <= set(application.capabilities)


@dataclass(frozen=True)
class Selected:
    """The applications that were looked for, and the names that each belong to one application of the account, as far
    as that was read."""

    applications: List[Application]
    names_of_one: FrozenSet[str]


def select(api: Api, selection: Selection) -> Selected:
    """The applications that are looked for, none being no error. Raises ApiError."""
    times: Counter[str] = Counter()
    if selection.application_id is not None:
        application = api.read(selection.application_id)
        candidates = [application] if application else []
    elif selection.name is not None:
        candidates = list(listing_for(api.list, selection.name).applications)
    else:
        candidates = list(confirmed_listing(api.list, everything).applications)
    if selection.application_id is None:
        times.update(application.name for application in candidates)
    selected = [application for application in candidates if selection.includes(application)]
    if selection.name is not None and len(selected) == 1 and selected[0].public_key is None:
        selected = [application for application in [api.read(str(selected[0].id))] if application]
    return Selected(selected, frozenset(name for name, number in times.items() if number == 1))
