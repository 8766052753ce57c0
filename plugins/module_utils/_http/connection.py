# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules that talk to the API share: their connection options, and the way from them to a client."""

from __future__ import annotations

import os
import re
from typing import Any, Dict, Mapping, Union
from urllib.parse import urlsplit

from .._errors import InvalidOption
from .._urls import check_url
from .client import Connection
from .credentials import from_environment, from_variable

LONGEST = 86400  # seconds
MOST_CONNECTIONS = 64
DEFAULT_URL = "https://api.nexmo.com"
# At the end of a URL, what leads to the applications of a version or to one of them; not in its host.
PATH_OF_THE_API = re.compile(
    r"(?<=[^/:])(?:/+v[0-9]+(?:\.[0-9]+)?/+applications/+[^/]+|(?:/+(?:v[0-9]+(?:\.[0-9]+)?|applications))+)\Z",
    re.IGNORECASE,
)
# What files, vaults and lookups leave at the ends of texts: line ends, and marks that nobody sees.
LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
CONTROL_CHARACTER = re.compile("[\0-\x1f\x7f%s%s]" % (LINE_ENDS, INVISIBLE))

CREDENTIALS_ADVICE = (
    "check api_key and api_secret, or the environment variables that they come from: NEXMO_API_KEY with "
    "NEXMO_API_SECRET, or else VONAGE_API_KEY with VONAGE_API_SECRET"
)
ADVICE = {
    401: CREDENTIALS_ADVICE,
    403: CREDENTIALS_ADVICE + "; they may lack the right to manage applications",
}

CONNECTION_OPTIONS: Dict[str, Dict[str, Any]] = {
    "api_key": {"type": "str", "required": True, "no_log": False, "fallback": (from_environment, ["API_KEY"])},
    "api_secret": {"type": "str", "required": True, "no_log": True, "fallback": (from_environment, ["API_SECRET"])},
    "api_url": {"type": "str", "default": DEFAULT_URL, "fallback": (from_variable, ["NEXMO_API_URL"])},
    "api_version": {
        "type": "str",
        "default": "v1",
        "choices": ["v1", "v2"],
        "fallback": (from_variable, ["NEXMO_API_VERSION"]),
    },
    "timeout": {"type": "float", "default": 30.0},
    "deadline": {"type": "float", "default": 300.0},
    "max_retries": {"type": "int", "default": 5},
    "max_connections": {"type": "int", "default": 8},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
}

# Of modules that talk to the Numbers API as well, see ``_numbers.connection``.
REST_OPTIONS: Dict[str, Dict[str, Any]] = dict(
    CONNECTION_OPTIONS, rest_url={"type": "str", "fallback": (from_variable, ["NEXMO_REST_URL"])}
)


def connection_from(params: Mapping[str, Any]) -> Connection:
    for option in ("timeout", "deadline"):
        if not 0 < params[option] <= LONGEST:
            raise InvalidOption(
                option, "%g is out of range; give seconds, above 0 and to %d" % (params[option], LONGEST)
            )
    if params["max_retries"] < 0:
        raise InvalidOption("max_retries", "%d is below 0, which stands for no repeat" % params["max_retries"])
    if not 1 <= params["max_connections"] <= MOST_CONNECTIONS:
        raise InvalidOption(
            "max_connections", "%d is out of range; give 1 to %d" % (params["max_connections"], MOST_CONNECTIONS)
        )
    return Connection(
        api_url=_without_appended(checked_base_url("api_url", params["api_url"], DEFAULT_URL)),
        timeout=params["timeout"],
        deadline=params["deadline"],
        max_retries=params["max_retries"],
        verify=_verification(params),
        max_connections=params["max_connections"],
    )


def check_credentials(params: Mapping[str, Any]) -> None:
    """Refuses a key or a secret that cannot be right, without showing anything of it. Raises InvalidOption."""
    for option in ("api_key", "api_secret"):
        value = params[option]
        if not value.strip():
            raise InvalidOption(option, "is empty; " + CREDENTIALS_ADVICE)
        if value.strip(" \t" + LINE_ENDS + INVISIBLE) != value:
            raise InvalidOption(
                option,
                "begins or ends with white space, for example the line break of a file, a vault or a lookup; "
                "take it off with the filter trim",
            )
        if CONTROL_CHARACTER.search(value):
            raise InvalidOption(option, "holds a line break or another character that cannot be seen; take it out")


def checked_base_url(option: str, url: str, example: str) -> str:
    """The URL that paths are appended to. Raises InvalidOption."""
    if "@" in url:
        raise InvalidOption(option, "must not hold a user name or password; give api_key and api_secret")
    check_url(option, url, example)
    parts = urlsplit(url)
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise InvalidOption(option, "must end with the host or a path; the modules append the rest")
    return url.rstrip("/")


def _without_appended(api_url: str) -> str:
    """The same URL. Raises InvalidOption where it holds the path that the modules append."""
    right = PATH_OF_THE_API.sub("", api_url)
    if right != api_url:
        raise InvalidOption(
            "api_url", "ends with %s, which the modules append; give %s" % (api_url[len(right) :], right)
        )
    return api_url


def _verification(params: Mapping[str, Any]) -> Union[bool, str]:
    if not params["validate_certs"]:
        return False
    ca_path = params["ca_path"]
    if ca_path and not os.path.exists(ca_path):
        raise InvalidOption("ca_path", "%s does not exist; give a PEM bundle of certificate authorities" % ca_path)
    return str(ca_path) if ca_path else True
