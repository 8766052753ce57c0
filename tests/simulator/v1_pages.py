# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 1's pages: ``page_index`` and ``page_size`` in, a page of applications out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import v1_wire
from .account import Account
from .problems import bad_request
from .settings import Settings

_DEFAULT_SIZE = 10


class Page(NamedTuple):
    """A page by its number, counted from 0 whatever the wire says, and its size in applications."""

    number: int
    size: int


def asked(query: Mapping[str, str], settings: Settings) -> Page:
    """The page that a query asks for. Raises Refusal on anything but whole numbers of the right sign.

    A page size beyond the largest is clamped without a word; with a base of 1, index 0 is the first page too.
    """
    index = _whole_number(query, "page_index", settings.page_base, least=0)
    size = _whole_number(query, "page_size", _DEFAULT_SIZE, least=1)
    return Page(max(index - settings.page_base, 0), min(size, settings.max_page_size))


def _whole_number(query: Mapping[str, str], name: str, default: int, least: int) -> int:
    try:
        number = int(query.get(name, default))
    except ValueError:
        raise bad_request({name: "Is invalid."}) from None
    if number < least:
        raise bad_request({name: "Is invalid."})
    return number


def shown(account: Account, page: Page, settings: Settings) -> dict[str, Any]:
    """The answer to a list."""
    first = _first_label(settings)
    last = first + max(len(account) - 1, 0) // page.size
    this = first + page.number
    links = {"self": _link(this, page), "first": _first_link(page, settings), "last": _link(last, page)}
    if this < last:
        links["next"] = _link(this + 1, page)
    return {
        "count": len(account) + settings.count_offset,
        "page_size": page.size,
        "page_index": this,
        "_embedded": {"applications": [v1_wire.listed(document, settings) for document in account.page(*page)]},
        "_links": links,
    }


def _first_label(settings: Settings) -> int:
    # The documentation counts from 0, yet its own sample calls the first page 1.
    return 1 if settings.page_base == 1 or settings.v1_first_page_label == "sample" else 0


def _first_link(page: Page, settings: Settings) -> dict[str, str]:
    if settings.page_base == 1:
        # As recorded of a service that counts from 1.
        return {"href": f"/v1/applications?page_size={page.size}"}
    return _link(_first_label(settings), page)


def _link(index: int, page: Page) -> dict[str, str]:
    return {"href": f"/v1/applications?page_size={page.size}&page_index={index}"}
