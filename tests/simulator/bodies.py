# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Request bodies, parsed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

FORM = "application/x-www-form-urlencoded"
CREDENTIAL_NAMES = ("api_key", "api_secret")


async def parsed(request: web.Request) -> Any:
    """The body's value: a dict of strings for a form, else what its JSON holds; None when there is no body.

    Raises ValueError when it is neither.
    """
    raw = await request.read()
    if not raw:
        return None
    if request.content_type == FORM:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return json.loads(raw)


def without_credentials(values: Any) -> Any:
    """A body or query without the members that hold credentials."""
    if not isinstance(values, dict):
        return values
    return {name: value for name, value in values.items() if name not in CREDENTIAL_NAMES}
