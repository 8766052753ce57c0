# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from urllib3.exceptions import ReadTimeoutError

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._http import client
from ansible_collections.community.nexmo.plugins.module_utils._http.client import Connection, HttpClient
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.plugins.module_utils._redact import Redactor

ADVICE = {401: "check the credentials"}


class Server:
    """Answers on 127.0.0.1 with what was put on its list, (status, headers, body) each, and keeps what it was sent.

    A status of None stands for no answer at all, until the end of the test.
    """

    def __init__(self):
        self.answers = []
        self.sent = []
        self.url = ""
        self.over = threading.Event()

    def handle(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.sent.append((handler.command, handler.path, dict(handler.headers), body))
        status, headers, content = self.answers.pop(0)
        if status is None:
            self.over.wait(30)
            return
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


@pytest.fixture(name="server")
def fixture_server(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    script = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            script.handle(self)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        script.url = "http://127.0.0.1:%d" % listening.server_port
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield script
        script.over.set()
        listening.shutdown()
        thread.join()


@contextmanager
def closed_port():
    """A port on which nobody listens, and nobody else can."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def client_of(url, pauses=None, timeout=30.0, deadline=30.0, max_retries=0):
    connection = Connection(url, timeout, deadline, max_retries, True)
    pauses = [] if pauses is None else pauses
    return HttpClient(connection, Redactor(("hush",)), ADVICE, sleep=pauses.append)


def failure_of(client, method="GET"):
    """The error that a request ends in."""
    with pytest.raises(ApiError) as caught:
        client.request(method, "/v2/applications")
    return caught.value


def reply(status=200, body=b"", **headers):
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, body


def test_a_request_carries_query_body_and_credentials(server):
    server.answers = [reply(201, b'{"id": "aaaa"}')]

    answer = client_of(server.url).request("POST", "/v2/applications", {"page": 2}, {"name": "x"}, ("key", "é"))

    ((method, path, headers, body),) = server.sent
    assert answer == {"id": "aaaa"}
    assert (method, path, json.loads(body)) == ("POST", "/v2/applications?page=2", {"name": "x"})
    assert headers["Authorization"] == "Basic " + base64.b64encode("key:é".encode()).decode()
    assert headers["User-Agent"].startswith("community.nexmo/")


def test_an_answer_without_a_body_is_none(server):
    server.answers = [reply(204)]

    assert client_of(server.url).request("DELETE", "/v2/applications/aaaa") is None


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("https://elsewhere.example.com/x?api_secret=hush", "https://elsewhere.example.com"),
        ("/relative", "another address"),
        ("", "another address"),
    ],
)
def test_a_redirect_is_refused_and_told_without_its_query(server, location, where):
    server.answers = [reply(302, Location=location)]

    error = failure_of(client_of(server.url, max_retries=3))

    assert "redirected to %s; redirects are refused" % where in str(error)
    assert "hush" not in str(error)
    assert len(server.sent) == 1


def test_a_refusal_tells_what_the_api_said_and_what_can_be_done(server):
    server.answers = [reply(401, b'{"title": "Unauthorized: hush"}')]

    error = failure_of(client_of(server.url))

    assert "answered 401" in str(error)
    assert "check the credentials" in str(error)
    assert "Unauthorized" in str(error)
    assert "hush" not in str(error)


def test_a_page_that_is_not_json_is_an_error(server):
    server.answers = [reply(200, b"<html>Log in</html>")]

    assert "answered 200 with something that is not JSON" in str(failure_of(client_of(server.url)))


def test_an_answer_beyond_every_measure_is_given_up(server, monkeypatch):
    monkeypatch.setattr(client, "LARGEST_ANSWER", 10)
    server.answers = [reply(200, b'"01234567890"')]

    assert "the answer is larger than" in str(failure_of(client_of(server.url, max_retries=3)))
    assert len(server.sent) == 1


def test_a_failure_that_passes_is_repeated_after_a_pause(server):
    server.answers = [reply(503), reply(200, b"[]")]
    pauses = []

    assert client_of(server.url, pauses, max_retries=1).request("GET", "/v2/applications") == []
    assert len(pauses) == 1


def test_no_more_repeats_than_allowed(server):
    server.answers = [reply(503), reply(503), reply(503)]

    assert failure_of(client_of(server.url, max_retries=2)).status == 503
    assert len(server.sent) == 3


def test_a_post_that_may_have_arrived_is_not_repeated(server):
    server.answers = [reply(503)]

    assert failure_of(client_of(server.url, max_retries=3), "POST").status == 503
    assert len(server.sent) == 1


def test_a_post_that_was_turned_away_is_repeated_when_the_server_says(server):
    server.answers = [reply(429, Retry_After="7"), reply(201, b"{}")]
    pauses = []

    assert client_of(server.url, pauses, max_retries=1).request("POST", "/v2/applications") == {}
    assert pauses == [7.0]


@pytest.mark.parametrize("before", [[], [reply(503)]])
def test_a_delete_that_finds_nothing_is_an_error_for_others_to_understand(before, server):
    server.answers = [*before, reply(404)]

    assert failure_of(client_of(server.url, max_retries=1), "DELETE").status == 404


def test_no_answer_within_the_timeout(server):
    server.answers = [(None, {}, b"")]

    assert "no answer within 0.1 seconds (timeout)" in str(failure_of(client_of(server.url, timeout=0.1)))


def test_an_answer_that_stops(server, monkeypatch):
    def stops(*arguments):
        raise requests.exceptions.ConnectionError(ReadTimeoutError(None, None, "Read timed out."))

    monkeypatch.setattr(requests.Response, "iter_content", stops)
    server.answers = [reply(200, b"[]")]

    assert "the answer stopped for 30 seconds (timeout)" in str(failure_of(client_of(server.url)))


def test_no_complete_answer_within_the_deadline_is_not_repeated(server):
    server.answers = [(None, {}, b""), reply(200, b"[]")]
    client = client_of(server.url, deadline=0.1, max_retries=3)

    error = failure_of(client)

    assert "no complete answer within 0.1 seconds (deadline)" in str(error)
    assert len(server.sent) <= 1


def test_an_answer_that_breaks_off(server):
    server.answers = [reply(200, b"[", Content_Length="2")]

    assert "the answer broke off: " in str(failure_of(client_of(server.url)))


def test_nobody_listens(server):
    with closed_port() as port:
        error = failure_of(client_of("http://127.0.0.1:%d" % port))

    assert "connection failed: Connection refused" in str(error)
    assert error.delivered is False


def test_no_connection_within_the_timeout(server, monkeypatch):
    def too_late(*arguments, **options):
        raise requests.exceptions.ConnectTimeout()

    monkeypatch.setattr(requests.Session, "request", too_late)

    error = failure_of(client_of(server.url, timeout=2.0))

    assert "no connection within 2 seconds (timeout)" in str(error)
    assert error.delivered is False


def test_a_server_that_does_not_speak_tls_is_not_asked_again(server):
    error = failure_of(client_of(server.url.replace("http:", "https:"), max_retries=3))

    assert "TLS failed: the server does not speak TLS there" in str(error)
    assert error.final


def test_a_proxy_that_is_out_of_reach(server, monkeypatch):
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with closed_port() as port:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:%d" % port)
        error = failure_of(client_of("http://api.example.com"))

    assert "the proxy could not be used: Connection refused; check HTTPS_PROXY and NO_PROXY" in str(error)
    assert error.delivered is False


def test_as_many_connections_as_were_asked_for():
    assert client_of("http://127.0.0.1").connections == 1


@contextmanager
def talking(said):
    """The port of a server that says this, whatever it is sent, and then closes the connection; and what it is sent."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            while True:
                try:
                    connection, _address = listening.accept()
                except OSError:
                    return
                with connection:
                    received.append(connection.recv(65536))
                    connection.sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], received
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture(name="no_proxies")
def fixture_no_proxies(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


CONNECT_ANSWERS = {
    "credentials": (
        b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        "does not take the user name and password",
        1,
    ),
    "refusal": (b"HTTP/1.1 403 Forbidden by hush\r\n\r\n", "have it allow nexmo.invalid", 1),
    "no-way": (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "it cannot reach nexmo.invalid now", 3),
    "web-server": (b"HTTP/1.1 405 Method Not Allowed\r\n\r\n", "what is there may be no proxy", 1),
    "other-protocol": (b"SSH-2.0-OpenSSH_9.0\r\n", "what answers there does not speak HTTP", 3),
    "nothing": (b"", "the connection was closed without an answer", 3),
}


@pytest.mark.parametrize(("answer", "said", "attempts"), CONNECT_ANSWERS.values(), ids=CONNECT_ANSWERS)
def test_what_a_proxy_answers_to_connect_is_told(answer, said, attempts, no_proxies, monkeypatch):
    with talking(answer) as (port, received):
        monkeypatch.setenv("HTTPS_PROXY", "http://user:hush@127.0.0.1:%d" % port)
        error = failure_of(client_of("https://nexmo.invalid", max_retries=2))

    assert said in str(error)
    assert "proxy" in str(error)
    assert "hush" not in str(error)
    assert len(received) == attempts
    assert all(request.startswith(b"CONNECT nexmo.invalid:443 ") for request in received)


def test_a_proxy_without_tls_is_told(no_proxies, monkeypatch):
    with talking(b"HTTP/1.1 400 Bad Request\r\n\r\n") as (port, received):
        monkeypatch.setenv("https_proxy", "https://user:hush@127.0.0.1:%d" % port)
        error = failure_of(client_of("https://nexmo.invalid", max_retries=3))

    assert "it does not speak TLS; begin its URL in https_proxy with http:// instead of https://" in str(error)
    assert error.final
    assert error.delivered is False
    assert len(received) == 1


def test_a_proxy_that_nobody_knows_is_told_without_its_credentials(no_proxies, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hush@proxy.invalid:3128")

    error = failure_of(client_of("https://nexmo.invalid"), "POST")

    assert "the proxy could not be used: " in str(error)
    assert "hush" not in str(error)
    assert error.delivered is False


def test_a_proxy_that_wants_credentials_for_what_is_not_encrypted(no_proxies, monkeypatch):
    with talking(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as (port, _received):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:%d" % port)
        error = failure_of(client_of("http://nexmo.invalid"))

    assert "answered 407; the proxy wants a user name and a password; give them in HTTP_PROXY" in str(error)


def test_a_post_that_a_proxy_may_have_passed_on_is_not_repeated(no_proxies, monkeypatch):
    with talking(b"") as (port, received):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:%d" % port)
        error = failure_of(client_of("http://nexmo.invalid", max_retries=3), "POST")

    assert error.delivered
    assert len(received) == 1


@pytest.mark.parametrize("address", ["http://user:hush@[::1", "http://user:hush/x@proxy", "socks5://user:hush@proxy"])
def test_a_proxy_that_cannot_be_one_is_refused_before_any_request(address, no_proxies, monkeypatch):
    monkeypatch.setattr(client.HTTPAdapter, "proxy_manager_for", without_socks)
    monkeypatch.setenv("HTTPS_PROXY", address)

    with pytest.raises(InvalidOption) as caught:
        client_of("https://nexmo.invalid")

    assert str(caught.value).startswith("HTTPS_PROXY: ")
    assert "hush" not in str(caught.value)


def without_socks(adapter, url):
    """As requests does where PySocks is not installed."""
    raise requests.exceptions.InvalidSchema("Missing dependencies for SOCKS support.")


def test_a_proxy_that_is_not_asked_may_be_anything(server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://[::1")
    server.answers = [reply(200, b"[]")]

    assert client_of(server.url).request("GET", "/v2/applications") == []


@pytest.mark.parametrize("no_proxy", ["127.0.0.0/8", "127.0.0.1", "*", "127.0.0.1:8080,,127.0.0.0/33, 127.0.0.1"])
def test_no_proxy_leaves_a_proxy_out_whatever_it_is(no_proxy, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://[::1")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    server.answers = [reply(200, b"[]")]

    assert client_of(server.url).request("GET", "/v2/applications") == []


@pytest.mark.parametrize("no_proxy", ["", "[::1", "http://[", "10.0.0.0/99", "/", "::", "%", "a b", "\xe9", ",", ":x"])
@pytest.mark.parametrize("url", ["http://nexmo.invalid", "http://127.0.0.2:1", "http://[::1]:1"])
def test_whatever_no_proxy_holds_the_proxy_is_used_or_a_line_is_told(no_proxy, url, no_proxies, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://user:hush@127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", no_proxy)

    error = failure_of(client_of(url))

    assert "failed: " in str(error) or "the proxy could not be used: " in str(error)
    assert "hush" not in str(error)


@pytest.mark.parametrize(
    "url", ["https://a..b", "https://.example.com", "https://" + "x" * 64, "https://a_b%", "https://*.example.com"]
)
def test_a_url_that_names_no_host_is_refused_before_any_request(url):
    with pytest.raises(InvalidOption, match="^api_url: "):
        client_of(url)


def test_what_does_not_speak_http_is_told(no_proxies):
    with talking(b"SSH-2.0-OpenSSH_9.0\r\n") as (port, _received):
        error = failure_of(client_of("http://127.0.0.1:%d" % port))

    assert "connection failed: what answers there does not speak HTTP" in str(error)
