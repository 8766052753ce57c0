# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In how an account is listed."""

from __future__ import annotations

from tests.mutations.fault import Fault

_PAGING = "plugins/module_utils/_paging.py"
_TESTS = (
    "tests/unit/plugins/module_utils/_api/test_listing.py",
    "tests/unit/plugins/module_utils/_api/test_v1_paging.py",
)

PAGING = (
    Fault(
        "one listing of several pages is enough to call a name free",
        _PAGING,
        "if listing.complete and (listing.pages == 1 or suffices(listing)):",
        "if listing.complete:",
        _TESTS,
    ),
    Fault(
        "a second listing that differs confirms the first",
        _PAGING,
        "if previous is not None and previous.ids == listing.ids:",
        "if previous is not None:",
        _TESTS,
    ),
    Fault(
        "an application that comes twice counts twice",
        _PAGING,
        "for identity, item in distinct.items() if identity not in self._ids}",
        "for identity, item in distinct.items()}",
        _TESTS,
    ),
    Fault(
        "the first page that comes again ends the listing",
        _PAGING,
        "is_first_again = page.number == self.first.number + 1 and",
        "is_first_again = page.number == self.first.number and",
        _TESTS,
    ),
    Fault(
        "a page that may lie before the first is never read",
        _PAGING,
        "for number in passed_over:",
        "for number in ():",
        _TESTS,
    ),
    Fault(
        "a listing that lacks applications is complete",
        _PAGING,
        "return len(self._ids) == self._total",
        "return True",
        _TESTS,
    ),
    Fault(
        "pages after the known ones are not read",
        _PAGING,
        "while not (pages.complete or pages.ended):",
        "while False:",
        _TESTS,
    ),
)
