# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP client: one session for a run, on requests. It knows no application.

- Every request has a timeout for connecting and for each read, and a deadline for the whole.
- What is repeated, and when, is decided in ``retry``.
- Credentials go to the configured host alone: redirects are refused, ``.netrc`` is not consulted. Proxies and
  certificate bundles come from the usual environment variables.
- Whatever goes wrong becomes an ApiError, whose text is free of secrets and of the URL's query.
"""

from __future__ import annotations

import json
import ssl
import time
import traceback
from dataclasses import dataclass
from functools import partial
from typing import Any, Callable, List, Mapping, Optional, Tuple, Union
from urllib.parse import urlsplit

from .._errors import InvalidOption
from .._redact import Redactor
from .._version import COLLECTION_VERSION
from .causes import causes_of, ended_early, system_reason, tls_reason
from .deadline import DeadlineExceeded, within
from .failures import ApiError
from .pace import Pace
from .problem import Problem, problem_from
from .proxy import CHECK, WITH_CREDENTIALS, Proxy, proxy_at, proxy_reason, refused_for_good, without_library
from .retry import TOO_MANY_REQUESTS, may_repeat, seconds_to_wait

try:
    import requests
    from requests.adapters import HTTPAdapter
    from requests.auth import HTTPBasicAuth
except ImportError:
    REQUESTS_IMPORT_ERROR: Optional[str] = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

UNAUTHORIZED = 401
LARGEST_ANSWER = 16 * 1024 * 1024  # bytes; a page of 100 applications has well under one megabyte
CHUNK = 64 * 1024
PROXY_AUTHENTICATION_REQUIRED = 407
# Names of the exceptions of urllib3 and http.client, some of which not every version has.
NOT_CONNECTED = frozenset(("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "LocationParseError"))


@dataclass(frozen=True)
class Connection:
    """How to reach the API. ``timeout`` and ``deadline`` in seconds; ``verify`` as requests takes it;
    ``max_connections`` is how many requests can be under way at once; ``url_option`` is the option that ``api_url``
    comes from, for messages."""

    api_url: str
    timeout: float
    deadline: float
    max_retries: int
    verify: Union[bool, str]
    max_connections: int = 1
    url_option: str = "api_url"


class HttpClient:
    """Sends requests that carry JSON, and repeats them where that is safe."""

    def __init__(
        self,
        connection: Connection,
        redactor: Redactor,
        advice: Mapping[int, str],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``advice`` says, by HTTP status, what a user can do about a refusal.

        Raises InvalidOption for a URL, of the API or of a proxy, that no request can use.
        """
        self._connection = connection
        self._redactor = redactor
        self._advice = advice
        self._sleep = sleep
        self._pace = Pace(connection.max_connections)
        self._session = _new_session(connection)
        _check_askable(connection)
        self._proxy = _proxy_of(self._session, connection.api_url)
        if self._proxy is not None:
            redactor.learn(self._proxy.secrets)

    @property
    def connections(self) -> int:
        """How many requests to send at once."""
        return self._connection.max_connections

    def url(self, path: str) -> str:
        """Where a request for that path goes, without its query."""
        return self._connection.api_url + path

    def request(
        self,
        method: str,
        path: str,
        query: Optional[Mapping[str, Any]] = None,
        body: Optional[Mapping[str, Any]] = None,
        basic: Optional[Tuple[str, str]] = None,
        form: Optional[Mapping[str, str]] = None,
    ) -> Any:
        """The JSON value that the API answers with, None where the answer has no body.

        ``path`` is appended to the API's URL; ``body`` is sent as JSON, ``form`` as a form; ``basic`` is a user name
        and password for HTTP Basic. A ``DELETE`` that was repeated can end in a 404, though it did its work. Raises
        ApiError.
        """
        url = self.url(path)
        extras = {"params": query, "json": body, "data": form, "auth": _authentication(basic)}
        repeat = 0
        while True:
            with self._pace.turn() as connections:
                try:
                    return self._attempt(method, url, extras)
                except ApiError as error:
                    if repeat >= self._connection.max_retries or not may_repeat(error):
                        raise
                    failure = error
            pause = partial(self._sleep, seconds_to_wait(failure, repeat))
            if failure.status == TOO_MANY_REQUESTS:
                self._pace.hold_back(pause, connections)
            else:
                pause()
            repeat += 1

    def refused(self, method: str, path: str, code: object, answer: Mapping[str, Any]) -> ApiError:
        """The error that an answer with HTTP status 200 stands for when it says, with a code, that it is a refusal."""
        problem = self._problem(json.dumps(answer).encode("ascii"))
        advice = next((said for status, said in self._advice.items() if str(status) == str(code)), "")
        return ApiError(method, self.url(path), "answered with error-code %s" % code, 200, problem, advice, final=True)

    def _attempt(self, method: str, url: str, extras: Mapping[str, Any]) -> Any:
        """One request with its answer."""
        try:
            status, headers, content = within(self._connection.deadline, lambda: self._exchange(method, url, extras))
        except DeadlineExceeded:
            # The thread that was left behind still uses the session's connection.
            self._session = _new_session(self._connection)
            _proxy_of(self._session, self._connection.api_url)
            reason = "no complete answer within %g seconds (deadline)" % self._connection.deadline
            raise ApiError(method, url, reason, final=True) from None
        except _TooLarge:
            reason = "the answer is larger than %d MiB" % (LARGEST_ANSWER // 1024 // 1024)
            raise ApiError(method, url, reason, final=True) from None
        except (requests.exceptions.RequestException, OSError, ValueError) as error:
            raise self._without_answer(method, url, error) from None
        return self._understood(method, url, status, headers, content)

    def _exchange(self, method: str, url: str, extras: Mapping[str, Any]) -> Tuple[int, Mapping[str, str], bytes]:
        timeout = self._connection.timeout
        with self._session.request(
            method,
            url,
            timeout=(timeout, timeout),
            allow_redirects=False,
            stream=True,
            **extras,
        ) as answer:
            return answer.status_code, dict(answer.headers), _content(answer)

    def _understood(self, method: str, url: str, status: int, headers: Mapping[str, str], content: bytes) -> Any:
        if 300 <= status < 400:
            raise ApiError(method, url, _redirect_reason(headers, self._connection.url_option), status, final=True)
        if status >= 400:
            raise self._refusal(method, url, status, headers, content)
        if not content:
            return None
        try:
            value = json.loads(content)
        except (ValueError, RecursionError):
            said = self._problem(content).summary
            reason = "answered %d with something that is not JSON: %s" % (status, said)
            raise ApiError(method, url, reason, status) from None
        self._redactor.learn_from_json(content, value)
        return value

    def _refusal(self, method: str, url: str, status: int, headers: Mapping[str, str], content: bytes) -> ApiError:
        problem = self._problem(content)
        advice = self._advice_on(UNAUTHORIZED if problem.is_about_credentials else status)
        retry_after = _header(headers, "retry-after")
        return ApiError(method, url, "answered %d" % status, status, problem, advice, retry_after=retry_after)

    def _advice_on(self, status: int) -> str:
        """What to do about a refusal, which can be that of a proxy where nothing is encrypted."""
        advice = self._advice.get(status, "")
        if self._proxy is None or urlsplit(self._connection.api_url).scheme != "http":
            return advice
        if status == PROXY_AUTHENTICATION_REQUIRED:
            told = "the proxy wants a user name and a password; give them in %s, percent-encoded, as %s"
            return told % (self._proxy.variable, WITH_CREDENTIALS)
        return advice + "; or the proxy refuses: %s" % CHECK if status == 403 else advice

    def _problem(self, content: bytes) -> Problem:
        """What the API said, without secrets: servers repeat what they were sent, and may escape it twice."""
        return problem_from(self._redactor.text(content.decode("utf-8", "replace"))).masked(self._redactor)

    def _without_answer(self, method: str, url: str, error: Exception) -> ApiError:
        """Exceptions of requests hold whole URLs, so the message has only the innermost cause."""
        causes = list(causes_of(error))
        is_proxys = isinstance(error, requests.exceptions.ProxyError)
        # What is not encrypted goes to a proxy at once, and can have reached the API when the proxy fails.
        never_sent = (
            isinstance(error, requests.exceptions.ConnectTimeout)
            or (is_proxys and url.startswith("https:"))
            or any(type(cause).__name__ in NOT_CONNECTED for cause in causes)
        )
        untrusted = isinstance(error, requests.exceptions.SSLError) or (
            is_proxys and any(isinstance(cause, ssl.SSLError) for cause in causes)
        )
        reason = _failure_reason(error, causes, self._connection, self._proxy)
        return ApiError(
            method,
            url,
            self._redactor.text(reason),
            delivered=not (never_sent or untrusted),
            final=untrusted or refused_for_good(causes),
        )


class _TooLarge(Exception):
    pass


def _new_session(connection: Connection) -> requests.Session:
    """A session that looks for proxies and certificate bundles in the environment now, and for credentials never."""
    session = requests.Session()
    environment = session.merge_environment_settings(connection.api_url, {}, None, connection.verify, None)
    session.proxies, session.verify = environment["proxies"], environment["verify"]
    session.trust_env = False
    session.mount(connection.api_url, HTTPAdapter(pool_maxsize=connection.max_connections))
    session.headers.update(
        {
            "Accept": "application/json",
            "User-Agent": "community.nexmo/%s python-requests/%s" % (COLLECTION_VERSION, requests.__version__),
        }
    )
    return session


def _check_askable(connection: Connection) -> None:
    """Raises InvalidOption for a URL to which no request can go: not every text between dots names a host."""
    try:
        requests.Request("GET", connection.api_url).prepare()
        str(urlsplit(connection.api_url).hostname).encode("idna")
    except (requests.exceptions.RequestException, ValueError):
        told = "%r names no host that can be asked" % connection.api_url
        raise InvalidOption(connection.url_option, told) from None


def _proxy_of(session: requests.Session, api_url: str) -> Optional[Proxy]:
    """The proxy through which the session reaches the API, None where there is none. Raises InvalidOption."""
    address = requests.utils.select_proxy(api_url, session.proxies)
    if not address:
        session.proxies = {}
        return None
    scheme = urlsplit(api_url).scheme
    proxy = proxy_at(address, scheme)
    session.proxies = {scheme: proxy.url}
    try:
        HTTPAdapter().proxy_manager_for(proxy.url)  # type: ignore[no-untyped-call]
    except requests.exceptions.InvalidSchema:
        raise without_library(proxy) from None
    return proxy


def _authentication(basic: Optional[Tuple[str, str]]) -> Optional[HTTPBasicAuth]:
    # Text would be sent as Latin-1; the service takes UTF-8.
    return HTTPBasicAuth(*(part.encode("utf-8") for part in basic)) if basic else None


def _content(answer: requests.Response) -> bytes:
    content = bytearray()
    for chunk in answer.iter_content(CHUNK):
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise _TooLarge()
    return bytes(content)


def _header(headers: Mapping[str, str], name: str) -> Optional[str]:
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _redirect_reason(headers: Mapping[str, str], url_option: str) -> str:
    try:
        target = urlsplit(_header(headers, "location") or "")
        where = "%s://%s" % (target.scheme, target.hostname) if target.hostname else "another address"
    except ValueError:
        where = "another address"
    refusal = "redirects are refused, since they would take credentials along"
    return "redirected to %s; %s; correct %s" % (where, refusal, url_option)


def _failure_reason(
    error: Exception, causes: List[BaseException], connection: Connection, proxy: Optional[Proxy]
) -> str:
    kinds = {type(cause).__name__ for cause in causes}
    where = " through the proxy %s" % proxy.place if proxy else ""
    if isinstance(error, requests.exceptions.ConnectTimeout) or "ConnectTimeoutError" in kinds:
        return "no connection within %g seconds (timeout)%s" % (connection.timeout, where)
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer within %g seconds (timeout)%s" % (connection.timeout, where)
    if "ReadTimeoutError" in kinds:
        return "the answer stopped for %g seconds (timeout)" % connection.timeout
    if isinstance(error, requests.exceptions.ProxyError):
        return proxy_reason(causes, proxy, urlsplit(connection.api_url).netloc)
    untrusted = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if untrusted is not None or isinstance(error, requests.exceptions.SSLError):
        return "TLS failed: %s" % tls_reason(untrusted, connection.url_option)
    reason = ended_early(causes) or system_reason(causes)
    if isinstance(error, requests.exceptions.ConnectionError):
        return "connection failed%s: %s" % (where, reason)
    return "the answer broke off: %s" % reason
