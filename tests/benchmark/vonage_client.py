# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a user writes with the service's own client: list, find, create or update.

Usage: vonage_client.py VARIABLES, a file of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vonage import Auth, HttpClientOptions, Vonage
from vonage_application import Application, ApplicationConfig, ApplicationData, ListApplicationsFilter

# What the service gave, and keeps when it is not sent.
_OF_THE_SERVICE = {"id", "keys", "link"}


def main() -> None:
    variables = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    auth = Auth(api_key=variables["api_key"], api_secret=variables["api_secret"])
    client = Vonage(auth, HttpClientOptions(api_host=urlsplit(variables["api_url"]).netloc)).application
    existing = {application.name: application for application in listed(client)}
    for wanted in variables["documents"]:
        if wanted["name"] in existing:
            update(client, existing[wanted["name"]], wanted)
        else:
            client.create_application(ApplicationConfig(**wanted))


def listed(client: Application) -> list[ApplicationData]:
    """All applications of the account."""
    found: list[ApplicationData] = []
    page: Any = 1
    while page is not None:
        applications, page = client.list_applications(ListApplicationsFilter(page_size=100, page=page))
        found += applications
    return found


def update(client: Application, existing: ApplicationData, wanted: dict[str, Any]) -> None:
    """Replace the application's settings where they differ; what is not named stays."""
    before = existing.model_dump(exclude=_OF_THE_SERVICE, exclude_none=True)
    after = merged(before, wanted)
    if after != before:
        client.update_application(existing.id, ApplicationConfig(**after))


def merged(before: Any, wanted: Any) -> Any:
    if not isinstance(before, dict) or not isinstance(wanted, dict):
        return wanted
    return {**before, **{name: merged(before.get(name), value) for name, value in wanted.items()}}


if __name__ == "__main__":
    main()
