# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every version of the API offers on one account."""

from __future__ import annotations

from typing import Optional, Protocol

from .._application.model import Application, Created
from .._application.plan import Rules
from .listing import Interest, Listing


class Api(Protocol):
    """A version of the API, on one account. Every operation raises ApiError."""

    @property
    def rules(self) -> Rules:
        """What this version can be asked."""

    def list(self, is_of_interest: Interest) -> Listing:
        """All applications of the account; the listing holds those of interest."""

    def read(self, application_id: str) -> Optional[Application]:
        """One application, None where there is none with that id."""

    def create(self, application: Application) -> Created:
        """Makes an application."""

    def update(self, application: Application) -> Application:
        """Replaces the settings of an application."""

    def delete(self, application_id: str) -> None:
        """Deletes an application; it is no error if there is none."""
