# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a connection failed, in words: exceptions of HTTP libraries hold whole URLs, their innermost causes do not."""

from __future__ import annotations

import ssl
from typing import Dict, Iterator, List, Optional


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and all its causes; urllib3 keeps causes in ``reason`` and in ``args``."""
    seen: Dict[int, BaseException] = {}
    waiting = [error]
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen[id(cause)] = cause
        yield cause
        inner = [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
        waiting.extend(item for item in inner if isinstance(item, BaseException))


def tls_reason(error: Optional[ssl.SSLError], url_option: str) -> str:
    """Why TLS failed, and what to do about it; ``url_option`` is the option that holds the URL."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "%s; for an authority of your own give ca_path" % error.verify_message
    if error is not None and error.reason == "WRONG_VERSION_NUMBER":
        return "the server does not speak TLS there; check %s" % url_option
    if isinstance(error, ssl.SSLEOFError):
        told = "the other side ended the connection; check %s, and HTTPS_PROXY where a proxy is in between"
        return told % url_option
    reason = (error.reason if error else None) or "the certificate or its authority cannot be used"
    return "%s; check ca_path" % reason


def ended_early(causes: List[BaseException]) -> str:
    """Why there is no answer, or none in HTTP; empty for any other failure."""
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    if "RemoteDisconnected" in names:
        return "the connection was closed without an answer"
    if names & {"BadStatusLine", "LineTooLong", "UnknownProtocol"}:
        return "what answers there does not speak HTTP"
    if names & {"IncompleteRead", "InvalidChunkLength"}:
        return "the connection was closed before the answer was complete"
    if names & {"LocationParseError", "InvalidURL", "UnicodeError"}:
        return "no host can have that name"
    return ""


def system_reason(causes: List[BaseException]) -> str:
    """What the operating system says, or else the kind of the innermost error."""
    for cause in causes:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
    return type(causes[-1]).__name__
