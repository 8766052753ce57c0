# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""URLs that options and answers hold: whether they are right, and how they are shown without their passwords."""

from __future__ import annotations

import re
from typing import Iterator
from urllib.parse import unquote, urlsplit

from ._errors import InvalidOption

PASSWORD_MASK = "********"

# The password of a URL (RFC 3986, section 3.2.1), wherever it stands in a text: between the first colon and the last
# @ of the part that names the host. SIP has URIs without slashes (RFC 3261, section 19.1.1).
PASSWORD = re.compile(r"((?:://|\bsips?:)[^\s/?#:]*:)([^\s/?#]+)(?=@)", re.IGNORECASE)
# The same in what should be a URL and is none, so that nobody can say where its host begins.
LOOSE_PASSWORD = re.compile(r"\A(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:(?=[/\\])[/\\]*)?[^:@]*:)(.+)(?=@)", re.DOTALL)


def check_url(option: str, url: str, example: str = "https://example.com/webhooks") -> None:
    """Raises InvalidOption unless ``url`` is absolute, http or https."""
    if not is_absolute_url(url):
        shown = without_password(url)
        raise InvalidOption(option, "%r is not an absolute http or https URL, like %s" % (shown, example))


def is_absolute_url(url: str) -> bool:
    """Whether it is a URL that http or https can ask."""
    try:
        parts = urlsplit(url)
        absolute = parts.scheme in ("http", "https") and bool(parts.hostname)
        _port = parts.port  # raises ValueError for what is no port
    except ValueError:
        absolute = False
    return absolute and " " not in url and url.isprintable()  # other white space is not printable


def without_passwords(text: str) -> str:
    """A text with a mask in place of the password of each URL in it."""
    return PASSWORD.sub(r"\1" + PASSWORD_MASK, text) if "@" in text else text


def without_password(url: str) -> str:
    """What should be a URL, and need not be one, with a mask in place of its password."""
    shown = without_passwords(url)
    return shown if is_absolute_url(url) else LOOSE_PASSWORD.sub(r"\1" + PASSWORD_MASK, shown)


def passwords_in(text: str) -> Iterator[str]:
    """The passwords of the URLs in a text, as they stand there and decoded."""
    for found in PASSWORD.finditer(text) if "@" in text else ():
        yield found.group(2)
        yield unquote(found.group(2))
