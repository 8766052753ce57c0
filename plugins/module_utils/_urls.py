# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of URLs that options hold."""

from __future__ import annotations

from urllib.parse import urlsplit

from ._errors import InvalidOption


def check_url(option: str, url: str, example: str = "https://example.com/webhooks") -> None:
    """Raises InvalidOption unless ``url`` is absolute, http or https."""
    try:
        parts = urlsplit(url)
        absolute = parts.scheme in ("http", "https") and bool(parts.hostname)
        _port = parts.port  # raises ValueError for what is no port
    except ValueError:
        absolute = False
    if not absolute or " " in url or not url.isprintable():  # other white space is not printable
        raise InvalidOption(option, "%r is not an absolute http or https URL, like %s" % (url, example))
