# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages of numbers: a query in, a page of numbers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .numbers_problems import Failed
from .numbers_store import NATURE, Document
from .settings import Settings

_DEFAULT_SIZE = 10

_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "0": str.startswith,
    "1": str.__contains__,
    "2": str.endswith,
}


class Page(NamedTuple):
    """A page by its number, counted from 1, and its size in numbers."""

    number: int
    size: int


def asked(query: Mapping[str, str], settings: Settings) -> Page:
    """The page that a query asks for; a size beyond the largest is clamped. Raises Failed."""
    size = _whole_number(query, "size", _DEFAULT_SIZE)
    return Page(_whole_number(query, "index", 1), min(size, settings.max_page_size))


def selected(documents: list[Document], query: Mapping[str, str]) -> list[Document]:
    """The numbers that a query selects. Raises Failed."""
    matches = _MATCHES.get(query.get("search_pattern", "0"))
    if matches is None:
        raise Failed("search_pattern")
    pattern = query.get("pattern", "")
    return [
        document
        for document in documents
        if matches(document["msisdn"], pattern)
        and query.get("country", document["country"]) == document["country"]
        and query.get("application_id", document.get("app_id")) == document.get("app_id")
        and query.get("has_application", str("app_id" in document).lower()) == str("app_id" in document).lower()
    ]


def shown(found: list[Document], page: Page, settings: Settings) -> dict[str, Any]:
    """The answer to a list. Where there is nothing to list, it is empty."""
    if not found:
        return {}
    first = (page.number - 1) * page.size
    items = [_item(document, settings) for document in found[first : first + page.size]]
    return {"count": len(found) + settings.count_offset, "numbers": items}


def _item(document: Document, settings: Settings) -> Document:
    item = {**document}
    if not settings.number_shows_status:
        item.pop("voiceStatusCallback", None)
    if settings.number_link == "app_id" or "app_id" not in item:
        return item
    callback = settings.number_link
    if f"{callback}CallbackType" in item:
        # What calls are forwarded to leaves no room for the application.
        callback = "messages"
    link = {f"{callback}CallbackType": "app", f"{callback}CallbackValue": item.pop("app_id")}
    nature = {name: item[name] for name in NATURE}
    return {**nature, **item, **link}


def _whole_number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise Failed(name)
    return int(text)
