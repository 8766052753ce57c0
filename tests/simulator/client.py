# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator for tests to start, stop and talk to. Needs nothing but the standard library."""

from __future__ import annotations

import contextlib
import json
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_STOP_SECONDS = 10
_LOOK_SECONDS = 0.02

Document = dict[str, Any]


class Simulator:
    """A running simulator.

    url: where it listens, without a trailing slash.
    ca_path: the certificate authority to trust, None over plain HTTP.
    pid: of its process.
    accounts: pairs of API key and secret, the first being the one meant where no api_key is given.

    Every method raises urllib.error.HTTPError when the simulator refuses, and URLError when it is gone.
    """

    def __init__(self, url: str, ca_path: str | None, pid: int, accounts: Sequence[tuple[str, str]]) -> None:
        self.url = url
        self.ca_path = ca_path
        self.pid = pid
        self.accounts = tuple(accounts)
        trust = ssl.create_default_context(cafile=ca_path) if ca_path else None
        # Without a proxy handler of its own, urllib would send the control requests to the environment's proxy.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        self._settings_at_start = self._ask("GET", "settings")

    @classmethod
    @contextlib.contextmanager
    def start(
        cls,
        *,
        accounts: Sequence[tuple[str, str]] = (("demo-key", "demo-secret"),),
        tls_dir: str | Path | None = None,
        python: str = sys.executable,
        **options: object,
    ) -> Iterator[Simulator]:
        """Run a simulator as a child process for the length of a ``with`` block.

        accounts: pairs of API key and secret.
        tls_dir: serve HTTPS and write the authority's certificate there.
        python: the interpreter to run it with.
        options: the command's other options, as in ``max_page_size=3``.

        Raises RuntimeError when it doesn't start; why is on standard error.
        """
        process = subprocess.Popen(
            [python, "-m", "tests.simulator", "--json", *_arguments(accounts, {"tls_dir": tls_dir, **options})],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield cls(**_announcement(process), accounts=accounts)
        finally:
            _stop(process)

    def requests(self) -> list[dict[str, Any]]:
        """The requests logged so far, in the order of their arrival."""
        return self._list("GET", "requests")

    def ended_requests(self, seconds: float = 30) -> list[dict[str, Any]]:
        """The same, once nothing more is done for any of them, even where nobody waits for an answer any more.

        Raises TimeoutError when that takes longer than so many seconds.
        """
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            requests = self.requests()
            if all(request["ended"] for request in requests):
                return requests
            time.sleep(_LOOK_SECONDS)
        raise TimeoutError(f"the simulator still works on a request after {seconds} seconds")

    def forget_requests(self) -> None:
        """Empty the log of requests."""
        self._ask("DELETE", "requests")

    def writes(self) -> list[dict[str, Any]]:
        """The logged requests that create, update or delete."""
        return [request for request in self.requests() if request["operation"] in ("create", "update", "delete")]

    def applications(self, api_key: str | None = None) -> list[Document]:
        """The stored applications of an account (the first one unless another is named)."""
        return self._list("GET", "applications" + _query(api_key))

    def numbers(self, api_key: str | None = None) -> list[Document]:
        """The stored numbers of an account (the first one unless another is named)."""
        return self._list("GET", "numbers" + _query(api_key))

    def preload_numbers(self, numbers: Sequence[Document], api_key: str | None = None) -> list[Document]:
        """Store numbers: ``{"msisdn", ...}`` with settings under the names of an update."""
        return self._list("POST", "numbers", _body(api_key, numbers=list(numbers)))

    def preload_number_count(self, count: int, api_key: str | None = None) -> list[Document]:
        """Store ``count`` numbers, from 447700900000 on."""
        return self._list("POST", "numbers", _body(api_key, count=count))

    def private_keys(self) -> list[str]:
        """The private keys that were handed out, in PEM, whatever became of their applications."""
        keys: list[str] = self._ask("GET", "private_keys")
        return keys

    def preload(self, applications: Sequence[Document], api_key: str | None = None) -> list[Document]:
        """Store applications given in version 2's form; they come back as the service stores them."""
        return self._list("POST", "applications", _body(api_key, applications=list(applications)))

    def preload_count(self, count: int, name: str = "app-{}", api_key: str | None = None) -> list[Document]:
        """Store ``count`` voice applications; ``{}`` in the name stands for a number from 0."""
        return self._list("POST", "applications", _body(api_key, count=count, name=name))

    def clear(self) -> None:
        """Delete the applications and numbers of every account."""
        for key, _secret in self.accounts:
            self._ask("DELETE", "applications" + _query(key))

    def configure(self, **settings: object) -> None:
        """Change settings, see ``settings.Settings``."""
        self._ask("PUT", "settings", settings)

    def fault(self, operation: str, fault: str, **parameters: object) -> None:
        """Let a fault befall the next request of that operation, see ``fault_rules``; more than one may wait."""
        self._ask("POST", "faults", {"operation": operation, "fault": fault, **parameters})

    def set_faults(self, rules: Sequence[dict[str, Any]]) -> None:
        """Let these rules be the only ones, see ``fault_rules``."""
        self._ask("PUT", "faults", list(rules))

    def no_faults(self) -> None:
        """Forget the faults that wait."""
        self._ask("DELETE", "faults")

    def reset(self) -> None:
        """Settings as they were at the start, every account and the log empty, no faults, no private keys."""
        self.no_faults()
        self._ask("DELETE", "private_keys")
        self._ask("PUT", "settings", self._settings_at_start)
        self.clear()
        self.forget_requests()

    def _list(self, method: str, path: str, body: object = None) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self._ask(method, path, body)
        return answer

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/_simulator/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=60) as response:
            content = response.read()
        return json.loads(content) if content else None


def _query(api_key: str | None) -> str:
    return "" if api_key is None else "?" + urllib.parse.urlencode({"api_key": api_key})


def _body(api_key: str | None, **members: object) -> dict[str, object]:
    return members if api_key is None else {"api_key": api_key, **members}


def _arguments(accounts: Sequence[tuple[str, str]], options: dict[str, object]) -> list[str]:
    # In one word with its option, for a secret may start with a dash.
    arguments = [f"--account={key}:{secret}" for key, secret in accounts]
    return arguments + [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value is not None]


def _announcement(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the simulator ended with status {process.wait()} instead of starting")
    announcement: dict[str, Any] = json.loads(line)
    return announcement


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        assert process.stdout is not None
        process.stdout.close()
