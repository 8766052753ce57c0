# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an application is not there.

A 404 can mean something else: that the API key is wrong (the service's house standard), that ``api_url`` leads
elsewhere, that a proxy knows no such path. So it counts only if it names the application. If it names
nothing, as old forms of the service's errors do, a listing of the account decides.
"""

from __future__ import annotations

import re
from typing import Callable

from .._http.failures import ApiError
from .listing import Interest, Listing, confirmed_listing

NOT_FOUND = 404


def confirm_absence(error: ApiError, application_id: str, read_listing: Callable[[Interest], Listing]) -> None:
    """Returns if a request was refused because there is no application with that id. Raises ``error`` if it was
    refused for another reason, and whatever the listing raises where the account has to be asked."""
    if error.status != NOT_FOUND or (error.problem is not None and error.problem.is_about_credentials):
        raise error
    if _names(error, application_id):
        return
    listing = confirmed_listing(read_listing, lambda _name: False)
    if application_id.lower() in {each.lower() for each in listing.ids}:
        raise error


def _names(error: ApiError, application_id: str) -> bool:
    """Whether the API's error mentions that id. A path that ends in it does not count: web servers repeat it."""
    said = error.problem.summary if error.problem is not None and error.problem.body is not None else ""
    return re.search(r"(?<![\w/-])%s(?![\w/-])" % re.escape(application_id), said, re.IGNORECASE) is not None
