# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's own old client, nexmo 1.5.0, works with the simulator as it does with the service.

It sends GET and DELETE with everything in the query, POST as a form, PUT as JSON, always over HTTPS.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import nexmo
import pytest
from cryptography.hazmat.primitives import serialization

from tests.e2e.simulator.callers import v1_webhooks
from tests.simulator.client import Simulator


@pytest.fixture
def client(secure_simulator: Simulator) -> nexmo.Client:
    """Pointed at the simulator the only way there is: the host is an attribute."""
    client = nexmo.Client(key="demo-key", secret="demo-secret")
    client.api_host = urlsplit(secure_simulator.url).netloc
    return client


def test_the_library_is_the_old_one() -> None:
    assert nexmo.__version__ == "1.5.0"


def test_all_five_operations(client: nexmo.Client, secure_simulator: Simulator) -> None:
    created = client.create_application(
        name="shop",
        type="voice",
        answer_url="https://example.com/answer",
        event_url="https://example.com/event",
    )
    read = client.get_application(created["id"])
    updated = client.update_application(
        created["id"], name="bar", type="voice", event_url="https://example.com/new", event_method="GET"
    )
    listed = client.get_applications(page_size=5)
    deleted = client.delete_application(created["id"])

    private_key = serialization.load_pem_private_key(created["keys"]["private_key"].encode(), password=None)
    assert serialization.load_pem_public_key(read["keys"]["public_key"].encode()) == private_key.public_key()
    assert v1_webhooks(read) == {
        "answer_url": ("https://example.com/answer", "GET"),
        "event_url": ("https://example.com/event", "POST"),
    }
    assert updated["name"] == "bar"
    assert v1_webhooks(updated) == {"event_url": ("https://example.com/new", "GET")}
    assert (listed["count"], listed["page_size"]) == (1, 5)
    assert [item["id"] for item in listed["_embedded"]["applications"]] == [created["id"]]
    assert deleted is None
    assert secure_simulator.applications() == []


def test_what_it_sends(client: nexmo.Client, secure_simulator: Simulator) -> None:
    settings = {
        "name": "shop",
        "type": "messages",
        "inbound_url": "https://example.com/inbound?a=1&b=2",
        "status_url": "https://example.com/status",
    }
    application_id = client.create_application(settings)["id"]
    client.update_application(application_id, settings)
    client.get_applications(page_size=5)
    client.delete_application(application_id)

    create, update, list_, delete = secure_simulator.requests()

    assert create["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert update["headers"]["content-type"] == "application/json"
    assert create["body"] == update["body"] == settings
    assert list_["query"] == {"page_size": "5"}
    assert (delete["query"], delete["body"]) == ({}, None)
    assert [entry["credentials"] for entry in (create, update, list_, delete)] == [
        ["body"],
        ["body"],
        ["query"],
        ["query"],
    ]
    assert all(
        entry["headers"]["user-agent"].startswith("nexmo-python/1.5.0/") for entry in secure_simulator.requests()
    )


def test_every_page(client: nexmo.Client, secure_simulator: Simulator) -> None:
    stored = secure_simulator.preload_count(25)

    pages = [client.get_applications(page_size=10, page_index=index) for index in range(3)]

    listed = [item["id"] for page in pages for item in page["_embedded"]["applications"]]
    assert listed == [application["id"] for application in stored]


def test_its_errors(client: nexmo.Client, secure_simulator: Simulator) -> None:
    with pytest.raises(nexmo.ClientError, match="400"):
        client.create_application(name="shop", type="voice")
    with pytest.raises(nexmo.ClientError, match="404"):
        client.get_application("nowhere")
    client.api_secret = "wrong"
    with pytest.raises(nexmo.AuthenticationError):
        client.get_applications()

    assert [entry["status"] for entry in secure_simulator.requests()] == [400, 404, 401]
