# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plain HTTP callers of both versions: credentials where each operation carries them, nothing else added."""

from __future__ import annotations

from typing import Any

import requests

VOICE = {
    "name": "shop",
    "type": "voice",
    "answer_url": "https://example.com/answer",
    "event_url": "https://example.com/event",
}
MESSAGES = {
    "name": "shop",
    "type": "messages",
    "inbound_url": "https://example.com/inbound",
    "status_url": "https://example.com/status",
}
NOWHERE = "00000000-0000-4000-8000-000000000000"


class V1:
    """Version 1 as one account sees it."""

    def __init__(self, url: str, key: str = "demo-key", secret: str = "demo-secret") -> None:
        self.url = f"{url}/v1/applications"
        self.credentials = {"api_key": key, "api_secret": secret}
        self.session = requests.Session()
        self.session.trust_env = False

    def list(self, **query: Any) -> requests.Response:
        """One page."""
        return self.session.get(self.url, params={**self.credentials, **query})

    def create(self, settings: dict[str, Any]) -> requests.Response:
        """A new application."""
        return self.session.post(self.url, json={**self.credentials, **settings})

    def created(self, settings: dict[str, Any]) -> dict[str, Any]:
        """A new application, which the API has to take."""
        response = self.create(settings)
        assert response.status_code == 201, response.text
        application: dict[str, Any] = response.json()
        return application

    def read(self, application_id: str) -> requests.Response:
        """One application."""
        return self.session.get(f"{self.url}/{application_id}", params=self.credentials)

    def update(self, application_id: str, settings: dict[str, Any]) -> requests.Response:
        """One application replaced."""
        return self.session.put(f"{self.url}/{application_id}", json={**self.credentials, **settings})

    def delete(self, application_id: str) -> requests.Response:
        """One application deleted."""
        return self.session.delete(f"{self.url}/{application_id}", params=self.credentials)


class V2:
    """Version 2 as one account sees it."""

    def __init__(self, url: str, key: str = "demo-key", secret: str = "demo-secret") -> None:
        self.url = f"{url}/v2/applications"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = (key, secret)

    def list(self, **query: Any) -> requests.Response:
        """One page."""
        return self.session.get(self.url, params=query)

    def create(self, body: Any) -> requests.Response:
        """A new application."""
        return self.session.post(self.url, json=body)

    def created(self, body: dict[str, Any]) -> dict[str, Any]:
        """A new application, which the API has to take."""
        response = self.create(body)
        assert response.status_code == 201, response.text
        application: dict[str, Any] = response.json()
        return application

    def read(self, application_id: str) -> requests.Response:
        """One application."""
        return self.session.get(f"{self.url}/{application_id}")

    def update(self, application_id: str, body: Any) -> requests.Response:
        """One application replaced."""
        return self.session.put(f"{self.url}/{application_id}", json=body)

    def delete(self, application_id: str) -> requests.Response:
        """One application deleted."""
        return self.session.delete(f"{self.url}/{application_id}")


def v1_webhooks(application: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """URL and method of every webhook that version 1 shows, by its name."""
    return {
        webhook["endpoint_type"]: (webhook["endpoint"], webhook["http_method"])
        for capability in ("voice", "messages")
        for webhook in application[capability]["webhooks"]
    }
