# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task's connection options to the version of the API that it asks for."""

from __future__ import annotations

import ipaddress
from typing import Callable
from urllib.parse import urlsplit

from ansible.module_utils.basic import missing_required_lib

from .._errors import InvalidOption
from .._http.client import REQUESTS_IMPORT_ERROR, HttpClient
from .._http.connection import ADVICE, check_credentials, connection_from
from .._http.credentials import Credentials, from_environment
from .._module import Module
from .._redact import Redactor
from .api import Api


def api_from(module: Module, redactor: Redactor) -> Api:
    """The version of the API that the options ask for. Raises InvalidOption; sends nothing."""
    params = module.params
    if REQUESTS_IMPORT_ERROR is not None:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    check_credentials(params)
    _check_pair(module)
    connection = connection_from(params)
    warn_of_clear_text(module, "api_url", connection.api_url)
    credentials = Credentials(params["api_key"], params["api_secret"])
    return _api(params["api_version"])(HttpClient(connection, redactor, ADVICE), credentials)


def _api(version: str) -> Callable[[HttpClient, Credentials], Api]:
    """A version of the API. The others are not imported: each import is time in every loop."""
    if version == "v1":
        from .v1 import ApiV1

        return ApiV1
    from .v2 import ApiV2

    return ApiV2


def _check_pair(module: Module) -> None:
    """One of the two from the task, the other from the environment: they may belong to different accounts."""
    for given, other in (("api_key", "api_secret"), ("api_secret", "api_key")):
        is_mixed = given in module.given and other not in module.given
        if is_mixed and from_environment(given.upper()) != module.params[given]:
            raise InvalidOption(
                other, "is left out, and the environment's belongs to another %s; give both options" % given
            )


def warn_of_clear_text(module: Module, option: str, url: str) -> None:
    """Warns of a URL to which credentials would be sent without TLS."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(str(parts.hostname)):
        module.warn("%s: %s is not https, so that the credentials can be read on their way" % (option, url))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
