# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way to the API: TLS, proxies, redirects, and who gets to see credentials on it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import ACCOUNTS, API_KEY, Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.relay import Relay, Step, answers, reset
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", "no_log": True, **VOICE_OPTIONS}


@pytest.fixture(scope="module")
def running_secure_simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator.start(accounts=ACCOUNTS, tls_dir=tmp_path_factory.mktemp("tls")) as started:
        yield started


@pytest.fixture
def secure(running_secure_simulator: Simulator) -> Simulator:
    """A simulator over HTTPS, with a certificate authority that nobody trusts by itself."""
    running_secure_simulator.reset()
    return running_secure_simulator


@pytest.fixture
def other(simulator: Simulator) -> Iterator[Relay]:
    """Another server, which credentials are not meant for."""
    with Relay.start(simulator.url) as started:
        yield started


def test_an_unknown_authority_is_refused_with_what_to_do(nexmo: Modules, secure: Simulator) -> None:
    run = nexmo.application(api_url=secure.url, **SHOP)

    assert "TLS" in run.message
    assert "ca_path" in run.message
    assert "\n" not in run.message
    assert secure.requests() == []


def test_an_authority_of_ones_own_is_trusted_by_option(nexmo: Modules, secure: Simulator) -> None:
    run = nexmo.application(api_url=secure.url, ca_path=secure.ca_path, **SHOP)

    assert run["operation"] == "create"


def test_an_authority_of_ones_own_is_trusted_by_environment(nexmo: Modules, secure: Simulator) -> None:
    assert secure.ca_path is not None

    run = nexmo.info(api_url=secure.url, env={"REQUESTS_CA_BUNDLE": secure.ca_path})

    assert run["applications"] == []


@pytest.mark.parametrize("environment", [{}, {"REQUESTS_CA_BUNDLE": "/nowhere"}], ids=["plain", "bad-bundle"])
def test_verification_can_be_switched_off(environment: dict[str, str], nexmo: Modules, secure: Simulator) -> None:
    run = nexmo.info(api_url=secure.url, validate_certs=False, env=environment)

    assert run["applications"] == []


def test_a_bundle_that_is_none_is_told(nexmo: Modules, secure: Simulator, tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("no certificate")

    run = nexmo.info(api_url=secure.url, ca_path=str(bundle), max_retries=0)

    assert "ca_path" in run.message
    assert "\n" not in run.message
    assert secure.requests() == []


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "all_proxy"])
def test_a_proxy_of_the_environment_is_used(variable: str, nexmo: Modules, relay: Relay) -> None:
    # No name server knows this host: only the proxy can reach it.
    run = nexmo.info(api_url="http://nexmo.invalid", env={variable: relay.url})

    assert run["applications"] == []
    assert relay.received[0].target.startswith("http://nexmo.invalid/v1/applications?")


def test_a_proxy_carries_https_without_seeing_into_it(nexmo: Modules, relay: Relay, secure: Simulator) -> None:
    run = nexmo.application(api_url=secure.url, ca_path=secure.ca_path, env={"HTTPS_PROXY": relay.url}, **SHOP)

    assert run["operation"] == "create"
    assert [(received.method, received.target) for received in relay.received] == [
        ("CONNECT", secure.url.removeprefix("https://"))
    ]


def test_no_proxy_is_honoured(nexmo: Modules, relay: Relay) -> None:
    run = nexmo.info(env={"HTTP_PROXY": relay.url, "NO_PROXY": "127.0.0.1"})

    assert run["applications"] == []
    assert relay.received == []


def test_a_proxy_that_is_not_there_is_told_without_its_password(nexmo: Modules, relay: Relay) -> None:
    relay.stop_listening()
    proxy = f"http://user:hunter2@127.0.0.1:{relay.port}"

    run = nexmo.info(api_url="https://nexmo.invalid", max_retries=0, env={"HTTPS_PROXY": proxy})

    assert "proxy" in run.message
    assert "HTTPS_PROXY" in run.message
    assert "hunter2" not in run.output


# What a proxy does with CONNECT, how often it is asked then, and what the user is told.
REFUSALS: dict[str, tuple[Step, int, list[str]]] = {
    "credentials": (answers(407), 1, ["407", "does not take the user name and password in HTTPS_PROXY"]),
    "forbidden": (answers(403, b"No way, hunter2"), 1, ["403", "have it allow nexmo.invalid", "NO_PROXY"]),
    "no-way-there": (answers(502), 2, ["502", "it cannot reach nexmo.invalid"]),
    "too-busy": (answers(503), 2, ["503", "it cannot reach nexmo.invalid"]),
    "no-proxy": (answers(405), 1, ["405", "what is there may be no proxy", "HTTPS_PROXY"]),
    "redirect": (answers(302, Location="https://user:hunter2@elsewhere.example.com"), 1, ["302", "may be no proxy"]),
    "silence": (reset, 2, ["proxy"]),
}


@pytest.mark.parametrize(("step", "asked", "words"), REFUSALS.values(), ids=REFUSALS)
def test_what_a_proxy_says_is_told_with_what_to_do(
    step: Step, asked: int, words: list[str], nexmo: Modules, relay: Relay
) -> None:
    relay.play("CONNECT", *[step] * 5)
    proxy = f"http://user:hunter%2F2@127.0.0.1:{relay.port}"

    run = nexmo.application(api_url="https://nexmo.invalid", max_retries=1, env={"HTTPS_PROXY": proxy}, **SHOP)

    assert [word for word in words if word not in run.message] == []
    assert "\n" not in run.message
    for secret in ("hunter2", "hunter%2F2", "hunter/2"):
        assert secret not in run.output
    assert relay.count("CONNECT") == len(relay.received) == asked


def test_a_proxy_in_clear_text_that_wants_credentials_is_told(nexmo: Modules, relay: Relay) -> None:
    relay.play("GET", answers(407, b"Who are you?"))

    run = nexmo.info(api_url="http://nexmo.invalid", env={"HTTP_PROXY": relay.url})

    assert "407" in run.message
    assert "give them in HTTP_PROXY, percent-encoded, as USER:PASSWORD@HOST:PORT" in run.message
    assert len(relay.received) == 1


def test_credentials_of_a_proxy_go_to_the_proxy_percent_decoded(
    nexmo: Modules, relay: Relay, secure: Simulator
) -> None:
    proxy = f"http://us%40er:hunter%2F2@127.0.0.1:{relay.port}"

    run = nexmo.info(api_url=secure.url, ca_path=secure.ca_path, env={"HTTPS_PROXY": proxy})

    assert run["applications"] == []
    sent = base64.b64decode(relay.received[0].headers["proxy-authorization"].removeprefix("Basic ")).decode()
    assert sent == "us@er:hunter/2"


def test_an_address_without_a_scheme_is_a_proxys_too(nexmo: Modules, relay: Relay, secure: Simulator) -> None:
    run = nexmo.info(api_url=secure.url, ca_path=secure.ca_path, env={"HTTPS_PROXY": f"localhost:{relay.port}"})

    assert run["applications"] == []
    assert relay.count("CONNECT") == 1


UNUSABLE = {
    "unknown-host": "http://user:hunter2@proxy.invalid:3128",
    "nobody-listens": "http://user:hunter2@127.0.0.1:1",
    "host-without-a-scheme": "user:hunter2@proxy.invalid:3128",
}


@pytest.mark.parametrize("proxy", UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_cannot_be_reached_is_told(scheme: str, proxy: str, nexmo: Modules) -> None:
    environment = {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy}

    run = nexmo.info(api_url=f"{scheme}://nexmo.invalid", max_retries=0, env=environment)

    assert "the proxy could not be used: " in run.message
    assert "hunter2" not in run.output


def test_a_proxy_that_does_not_speak_tls_is_told(nexmo: Modules, relay: Relay) -> None:
    proxy = f"https://user:hunter2@127.0.0.1:{relay.port}"

    run = nexmo.info(api_url="https://nexmo.invalid", env={"HTTPS_PROXY": proxy})

    assert "begin its URL in HTTPS_PROXY with http:// instead of https://" in run.message
    assert "hunter2" not in run.output


MALFORMED = {
    "brackets": "http://user:hunter2@[::1",
    "port": "http://user:hunter2@proxy:port",
    "large-port": "http://user:hunter2@proxy:99999",
    "no-host": "http://user:hunter2@",
    "slash-in-a-password": "http://user:hunter2/x@proxy:3128",
    "hash-in-a-password": "http://user:hunter2#x@proxy:3128",
    "number-before-a-slash": "http://user:3/hunter2@proxy:3128",
    "line-break": "http://user:hunter2@proxy:3128\n",
    "quotes": '"http://user:hunter2@proxy:3128"',
    "scheme": "ftp://user:hunter2@proxy:3128",
    "one-slash": "http:/user:hunter2@proxy",
    "empty-label": "http://user:hunter2@a..b",
    "nothing-but-a-scheme": "http://",
}


@pytest.mark.parametrize("proxy", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "all_proxy"])
def test_a_malformed_proxy_is_refused_by_the_name_of_its_variable(
    variable: str, proxy: str, nexmo: Modules, simulator: Simulator
) -> None:
    for run in (nexmo.info(env={variable: proxy}), nexmo.application(env={variable: proxy}, **SHOP)):
        assert run.message.startswith(f"{variable}: ")
        assert "http://proxy.example.com:3128" in run.message
        assert "\n" not in run.message
        assert "hunter2" not in run.output
    assert simulator.requests() == []


@pytest.mark.parametrize("no_proxy", ["127.0.0.1", "*", "10.0.0.0/99,[::1,127.0.0.0/8"])
def test_a_malformed_proxy_that_is_not_asked_does_no_harm(no_proxy: str, nexmo: Modules) -> None:
    run = nexmo.info(env={"HTTP_PROXY": "http://[::1", "NO_PROXY": no_proxy})

    assert run["applications"] == []


@pytest.mark.parametrize(
    ("method", "status"),
    [("GET", 301), ("GET", 302), ("GET", 308), ("POST", 303), ("POST", 307), ("DELETE", 308)],
)
def test_a_redirect_is_refused_and_nothing_goes_to_its_target(
    method: str, status: int, relayed: Modules, relay: Relay, other: Relay, simulator: Simulator
) -> None:
    simulator.preload([voice("Shop")] if method == "DELETE" else [])
    target = f"{other.url}/v1/applications?api_key={API_KEY}"
    relay.play(method, *[answers(status, Location=target)] * 5)

    run = relayed.application(state="absent" if method == "DELETE" else "present", **SHOP)

    assert "redirect" in run.message
    assert "api_url" in run.message
    assert "\n" not in run.message
    assert relay.count(method) == 1
    assert other.received == []


@pytest.mark.parametrize("by_variable", [False, True], ids=["in-home", "by-variable"])
def test_netrc_is_not_consulted(by_variable: bool, relayed: Modules, relay: Relay, home: Path) -> None:
    netrc = home / ("elsewhere" if by_variable else ".netrc")
    netrc.write_text("machine 127.0.0.1 login somebody password hunter2\ndefault login somebody password hunter2\n")
    netrc.chmod(0o600)

    run = relayed.application(env={"NETRC": str(netrc)} if by_variable else {}, **SHOP)

    assert run["operation"] == "create"
    assert [received.method for received in relay.received] == ["GET", "POST", "GET", "PUT"]
    assert not any("authorization" in received.headers for received in relay.received)


def test_clear_text_to_another_host_is_warned_of(nexmo: Modules, relay: Relay) -> None:
    to_another_host = nexmo.info(api_url="http://nexmo.invalid", env={"HTTP_PROXY": relay.url})
    to_this_host = nexmo.info()

    assert "api_url" in str(to_another_host["warnings"])
    assert "warnings" not in to_this_host


@pytest.fixture
def without_requests(tmp_path: Path) -> dict[str, str]:
    """An environment in which the library requests cannot be imported."""
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "requests.py").write_text("raise ImportError('no module named requests')\n")
    return {"PYTHONPATH": str(tmp_path / "path")}


def test_a_missing_library_is_named(nexmo: Modules, without_requests: dict[str, str]) -> None:
    for run in (nexmo.application(env=without_requests, **SHOP), nexmo.info(env=without_requests)):
        assert run.message.startswith("Failed to import the required Python library (requests)")
        assert run.returncode == 1


def test_a_host_that_keeps_a_key_needs_no_library(
    nexmo: Modules, without_requests: dict[str, str], tmp_path: Path
) -> None:
    run = nexmo.private_key(path=str(tmp_path / "shop.key"), env=without_requests)

    assert run["fingerprint"] is None
