# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy of the environment: whether its URL is right, and why it could not be used.

Nothing of a proxy's URL but its host and port is ever shown: it can hold a user name and a password.
"""

from __future__ import annotations

import os
import re
import ssl
from dataclasses import dataclass, field
from typing import Iterable, Iterator, List, Mapping, Optional, Tuple
from urllib.parse import SplitResult, unquote, urlsplit

from .._errors import InvalidOption
from .causes import ended_early, system_reason, tls_reason

SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
NOT_IN_A_HOST = re.compile(r"[\s\"'<>\\^`{|}%*,;]")
# The whole text of that error: those that urllib3 and requests make of it hold it in quotes and brackets.
REFUSED_TUNNEL = re.compile(r"\ATunnel connection failed: ([0-9]{3}) ?(.*)", re.DOTALL)
LONGEST_PHRASE = 60  # of the words that follow a status

EXAMPLE = "http://proxy.example.com:3128"
# Without a scheme, for what looks like a password in a URL is masked in every message.
WITH_CREDENTIALS = "USER:PASSWORD@HOST:PORT"
CHECK = "check HTTPS_PROXY and NO_PROXY"


@dataclass(frozen=True)
class Proxy:
    """A proxy; ``variable`` of the environment names it, ``place`` is its host and port."""

    url: str = field(repr=False)
    variable: str
    place: str

    @property
    def secrets(self) -> Iterator[str]:
        """What must not be shown: its password, alone and as HTTP Basic sends it, or a token in place of both."""
        parts = urlsplit(self.url)
        user, password = parts.username or "", parts.password or ""
        yield password or user
        yield unquote(password or user)
        if password:
            yield "%s:%s" % (unquote(user), unquote(password))

    @property
    def has_credentials(self) -> bool:
        return "@" in self.url


def proxy_at(address: str, scheme: str, environment: Optional[Mapping[str, str]] = None) -> Proxy:
    """The proxy with that address, for requests of that scheme. Raises InvalidOption where it cannot be one."""
    variable = _variable_of(address, scheme, os.environ if environment is None else environment)
    # Other programs take an address without a scheme.
    url = address if "://" in address else "http://" + address
    try:
        parts = urlsplit(url)
        place = _place(parts)
        has_host = bool(parts.hostname) and not NOT_IN_A_HOST.search(parts.netloc.rpartition("@")[2])
        str(parts.hostname).encode("idna")  # raises UnicodeError, a ValueError, as the name's resolution would
    except ValueError:
        has_host = False
    # A colon without a port is what is left of a scheme, an @ behind the host is in a password with a slash in it.
    is_odd = has_host and (parts.netloc.endswith(":") or "@" in url.partition("://")[2][len(parts.netloc) :])
    if not has_host or is_odd or not url.isprintable() or " " in url:
        raise InvalidOption(
            variable,
            "is not the URL of a proxy, like %s; white space or quotes may be around it, and what is special in a user "
            "name or password, such as / or #, has to be percent-encoded" % EXAMPLE,
        )
    if parts.scheme.lower() not in SCHEMES:
        raise InvalidOption(variable, "has a scheme that no proxy has; give a URL like %s" % EXAMPLE)
    return Proxy(url, variable, place)


def without_library(proxy: Proxy) -> InvalidOption:
    """The message where requests lacks the library for such a proxy."""
    return InvalidOption(
        proxy.variable, "names a SOCKS proxy, for which the Python library PySocks is needed; install requests[socks]"
    )


def proxy_reason(causes: List[BaseException], proxy: Optional[Proxy], target: str) -> str:
    """Why a proxy could not be used to reach ``target``, a host and port, and what to do about it."""
    refusal = _refusal(causes)
    untrusted = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    variable = proxy.variable if proxy else "HTTPS_PROXY"
    if refusal is not None:
        reason = "it answered %s; %s" % (" ".join(filter(None, refusal)), _remedy(refusal[0], proxy, variable, target))
    elif untrusted is not None and untrusted.reason == "WRONG_VERSION_NUMBER":
        reason = "it does not speak TLS; begin its URL in %s with http:// instead of https://" % variable
    elif untrusted is not None:
        reason = "TLS failed: %s" % tls_reason(untrusted, variable)
    else:
        reason = "%s; %s" % (ended_early(causes) or system_reason(causes), CHECK)
    return "the proxy could not be used: %s" % reason


def refused_for_good(causes: Iterable[BaseException]) -> bool:
    """Whether a proxy answered that it makes no connection, and would answer the same again."""
    refusal = _refusal(causes)
    return refusal is not None and not refusal[0].startswith("5")


def _refusal(causes: Iterable[BaseException]) -> Optional[Tuple[str, str]]:
    """The status and the phrase of a proxy's answer to CONNECT; http.client keeps them in the text of an OSError."""
    for cause in causes:
        found = REFUSED_TUNNEL.search(str(cause)) if isinstance(cause, OSError) else None
        if found:
            return found.group(1), " ".join(found.group(2).split())[:LONGEST_PHRASE]
    return None


def _remedy(status: str, proxy: Optional[Proxy], variable: str, target: str) -> str:
    if status == "407" and proxy is not None and proxy.has_credentials:
        return "it does not take the user name and password in %s; check them, percent-encoded" % variable
    if status == "407":
        return "give it a user name and a password in %s, percent-encoded, as %s" % (variable, WITH_CREDENTIALS)
    if status in ("401", "403"):
        return "have it allow %s, or reach the host without it, by NO_PROXY" % target
    if status in ("500", "502", "503", "504"):
        return "it cannot reach %s now; run again, or check NO_PROXY" % target
    return "what is there may be no proxy; " + CHECK


def _place(parts: SplitResult) -> str:
    """Raises ValueError for what is no port."""
    host = "[%s]" % parts.hostname if ":" in (parts.hostname or "") else parts.hostname
    return "%s:%d" % (host, parts.port) if parts.port is not None else str(host)


def _variable_of(address: str, scheme: str, environment: Mapping[str, str]) -> str:
    """The environment variable that holds the address."""
    names = [name for each in (scheme, "all") for name in (each + "_proxy", (each + "_proxy").upper())]
    return next((name for name in names if environment.get(name) == address), names[1])
