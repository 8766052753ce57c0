# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version 2's pages: ``page`` and ``page_size`` in, a page of applications out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .account import Account, Document
from .checks import Check, between, that
from .documents import with_empty_webhooks
from .problems import invalid_parameters
from .settings import Settings

_DEFAULT_SIZE = 10
_ONE_OR_MORE = that(lambda value: isinstance(value, int) and value >= 1, "must be 1 or more")


class Page(NamedTuple):
    """A page by its number, counted from 1, and its size in applications."""

    number: int
    size: int


def asked(query: Mapping[str, str], settings: Settings) -> Page:
    """The page that a query asks for. Raises Refusal when its number or its size is impossible."""
    default_size = min(_DEFAULT_SIZE, settings.max_page_size)
    values = {
        "page": _number(query.get("page", "1")),
        "page_size": _number(query.get("page_size", str(default_size))),
    }
    if settings.v2_clamps_page_size:
        values["page_size"] = min(values["page_size"], settings.max_page_size)
    checks: dict[str, Check] = {
        "page": _ONE_OR_MORE,
        "page_size": between(1, settings.max_page_size),
    }
    invalid = [wrong for name, check in checks.items() for wrong in check(name, values[name])]
    if invalid:
        raise invalid_parameters("list", dict(invalid))
    return Page(values["page"], values["page_size"])


def _number(text: str) -> int:
    # Either check refuses 0.
    try:
        return int(text)
    except ValueError:
        return 0


def shown(account: Account, page: Page, settings: Settings) -> dict[str, Any]:
    """The answer to a list; a page beyond the last one is empty."""
    last = max(-(-len(account) // page.size), 1)
    pages = {"self": page.number, "first": 1, "last": last}
    if page.number > 1:
        pages["prev"] = page.number - 1
    if page.number < last:
        pages["next"] = page.number + 1
    documents = account.page(page.number - 1, page.size)
    return {
        "page_size": page.size,
        "page": page.number,
        "total_items": len(account) + settings.count_offset,
        "total_pages": last,
        "_embedded": {"applications": [shown_application(document, settings) for document in documents]},
        "_links": {name: _link(number, page.size) for name, number in pages.items()},
    }


def _link(number: int, size: int) -> dict[str, str]:
    return {"href": f"/v2/applications?page_size={size}&page={number}"}


def shown_application(document: Document, settings: Settings) -> Document:
    """One application, in a list or alone."""
    shown = with_empty_webhooks(document) if settings.shows_empty_webhooks else document
    return {**shown, "_links": {"self": {"href": f"/v2/applications/{document['id']}"}}}
