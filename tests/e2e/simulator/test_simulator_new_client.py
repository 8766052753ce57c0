# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's own client, vonage, works with the simulator as it does with the service."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from vonage import Auth, HttpClientOptions, Vonage
from vonage_application import (
    Application,
    ApplicationConfig,
    ApplicationUrl,
    Capabilities,
    Keys,
    ListApplicationsFilter,
    Messages,
    MessagesWebhooks,
    Privacy,
    Region,
    Vbc,
    Verify,
    VerifyWebhooks,
    Voice,
    VoiceUrl,
    VoiceWebhooks,
)
from vonage_http_client.errors import AuthenticationError, HttpRequestError, NotFoundError

from tests.simulator.client import Simulator

SHOP = ApplicationConfig(
    name="shop",
    capabilities=Capabilities(
        voice=Voice(
            webhooks=VoiceWebhooks(
                answer_url=VoiceUrl(address="https://example.com/answer", http_method="POST", connect_timeout=500),
                event_url=VoiceUrl(address="https://example.com/event"),
            ),
            region=Region.EU_WEST,
        ),
        messages=Messages(webhooks=MessagesWebhooks(inbound_url=ApplicationUrl(address="https://example.com/inbound"))),
        verify=Verify(webhooks=VerifyWebhooks(status_url=ApplicationUrl(address="https://example.com/status"))),
        vbc=Vbc(),
    ),
    privacy=Privacy(improve_ai=False),
)


def applications_of(simulator: Simulator, secret: str) -> Application:
    host = urlsplit(simulator.url).netloc
    client = Vonage(Auth(api_key="demo-key", api_secret=secret), HttpClientOptions(api_host=host, max_retries=0))
    return client.application


@pytest.fixture
def client(secure_simulator: Simulator) -> Application:
    """The application part of the client, pointed at the simulator."""
    return applications_of(secure_simulator, "demo-secret")


def test_create_and_read(client: Application, secure_simulator: Simulator) -> None:
    created = client.create_application(SHOP)
    read = client.get_application(created.id)

    assert created.keys is not None
    assert created.keys.public_key is not None
    assert created.keys.model_extra is not None
    private_key = serialization.load_pem_private_key(created.keys.model_extra["private_key"].encode(), password=None)
    assert serialization.load_pem_public_key(created.keys.public_key.encode()) == private_key.public_key()
    assert read.keys == Keys(public_key=created.keys.public_key)
    assert read.link == f"/v2/applications/{created.id}"
    assert read.privacy == SHOP.privacy
    assert read.capabilities == created.capabilities
    assert read.capabilities is not None
    assert read.capabilities.voice == Voice(
        webhooks=VoiceWebhooks(
            answer_url=VoiceUrl(
                address="https://example.com/answer", http_method="POST", connect_timeout=500, socket_timeout=5000
            ),
            event_url=VoiceUrl(
                address="https://example.com/event", http_method="POST", connect_timeout=1000, socket_timeout=10000
            ),
        ),
        signed_callbacks=True,
        conversations_ttl=48,
        leg_persistence_time=7,
        region=Region.EU_WEST,
    )
    assert [entry["credentials"] for entry in secure_simulator.requests()] == [["basic"], ["basic"]]


def test_update_replaces_and_rotates(client: Application) -> None:
    created = client.create_application(SHOP)
    public_key = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )

    updated = client.update_application(
        created.id,
        ApplicationConfig(name="bar", capabilities=Capabilities(vbc=Vbc()), keys=Keys(public_key=public_key)),
    )

    assert (updated.id, updated.name) == (created.id, "bar")
    assert updated.capabilities == Capabilities(vbc=Vbc())
    assert updated.keys == Keys(public_key=public_key)
    assert client.get_application(created.id) == updated


def test_delete(client: Application, secure_simulator: Simulator) -> None:
    created = client.create_application(SHOP)

    client.delete_application(created.id)

    assert secure_simulator.applications() == []
    with pytest.raises(NotFoundError):
        client.get_application(created.id)


def test_every_page(client: Application, secure_simulator: Simulator) -> None:
    stored = secure_simulator.preload_count(25)

    listed = []
    page: int | None = 1
    while page is not None:
        applications, page = client.list_applications(ListApplicationsFilter(page_size=10, page=page))
        listed += applications

    assert [application.id for application in listed] == [application["id"] for application in stored]
    assert all(application.keys and application.keys.public_key for application in listed)
    assert len(secure_simulator.requests()) == 3


def test_an_empty_account_is_one_page(client: Application) -> None:
    assert client.list_applications() == ([], None)


def test_its_errors(client: Application, secure_simulator: Simulator) -> None:
    with pytest.raises(HttpRequestError, match="400"):
        client.create_application(ApplicationConfig(name=""))
    with pytest.raises(HttpRequestError, match="page_size"):
        client.list_applications(ListApplicationsFilter(page_size=101))
    with pytest.raises(NotFoundError):
        client.delete_application("nowhere")
    with pytest.raises(AuthenticationError):
        applications_of(secure_simulator, "wrong").list_applications()

    assert [entry["status"] for entry in secure_simulator.requests()] == [400, 400, 404, 401]
