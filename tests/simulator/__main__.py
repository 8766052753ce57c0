# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: serve until told to stop."""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import os
import shlex
import signal
import ssl
import sys
from pathlib import Path
from typing import Any

from aiohttp import web

from . import numbers_store, preloading, tls
from .account import Accounts
from .fault_rules import FaultRules
from .keys import KeyMaker
from .log import RequestLog
from .server import application
from .service import Service
from .settings import Kind, Settings, described, spelled
from .stray_bodies import WithoutStrayBodies

_BACKLOG = 128
DEMO_ACCOUNT = ("demo-key", "demo-secret")

_DESCRIPTION = """\
A simulator of the Nexmo (Vonage) Applications API, versions 1 and 2, and of the Numbers API: try playbooks without an
account.
It keeps everything in memory and forgets it when it ends (Ctrl-C)."""

_EXAMPLES = """\
examples:
  make simulator
      listens at http://127.0.0.1:8080, with the account demo-key:demo-secret
  make simulator ARGS="--account staging:s3cret --account production:t0p-s3cret"
      two accounts that know nothing of each other
  make simulator ARGS="--applications 1000 --max-page-size 50 --latency 0.2"
      a large account behind a slow line
  make simulator ARGS="--numbers 3"
      an account with three telephone numbers to link
  make simulator ARGS="--tls-dir /tmp/simulator"
      over HTTPS; clients trust /tmp/simulator/ca.pem

Once it listens it says how to reach it.
What was asked of it can be read from /_simulator/requests, what it holds from /_simulator/applications and
/_simulator/numbers, and how it behaves can be read and changed at /_simulator/settings. Put rules to
/_simulator/faults, and requests go wrong."""


def main() -> None:
    """Parse the command line and serve; exits 0 on SIGTERM and SIGINT."""
    options = _parser().parse_args()
    try:
        asyncio.run(_serve(options))
    except OSError as error:
        sys.exit(f"The simulator can't start: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make simulator",
        usage='make simulator ARGS="[OPTION ...]"',
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=int, default=0, help="port to listen on (default: 8080; without make any free one)")
    add(
        "--account",
        type=_account,
        action="append",
        metavar="KEY:SECRET",
        help="an account's API key and secret; repeat it for more (default: demo-key:demo-secret)",
    )
    add(
        "--applications",
        type=_zero_or_more,
        default=0,
        metavar="N",
        help="applications to start with in the first account (default: 0)",
    )
    add(
        "--numbers",
        type=_zero_or_more,
        default=0,
        metavar="N",
        help="telephone numbers to start with in the first account, from 447700900000 on (default: 0)",
    )
    add(
        "--key-pairs",
        type=_one_or_more,
        metavar="N",
        help="hand the same N key pairs out again and again, which saves time (default: a new one each time)",
    )
    add("--json", action="store_true", help="say how to reach it in one line of JSON: url, ca_path, pid")
    add("--tls-dir", type=Path, metavar="DIR", help="serve HTTPS; the authority's certificate goes to DIR/ca.pem")
    _add_settings(parser)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how the service behaves")
    for name, default, kind, description in described():
        group.add_argument(
            f"--{name.replace('_', '-')}",
            type=functools.partial(_value, kind),
            default=default,
            metavar="VALUE",
            help=f"{description} ({kind.meaning}; default: {json.dumps(default)})",
        )


def _value(kind: Kind, text: str) -> Any:
    try:
        return spelled(kind, text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _account(text: str) -> tuple[str, str]:
    key, colon, secret = text.partition(":")
    if not (key and colon and secret):
        raise argparse.ArgumentTypeError("must be KEY:SECRET")
    return key, secret


def _one_or_more(text: str) -> int:
    return _not_below(1, int(text))


def _zero_or_more(text: str) -> int:
    return _not_below(0, int(text))


def _not_below(least: int, number: int) -> int:
    if not number >= least:
        raise argparse.ArgumentTypeError(f"must be {least} or more")
    return number


def _service(options: argparse.Namespace) -> Service:
    settings = Settings(**{setting.name: getattr(options, setting.name) for setting in described()})
    accounts = Accounts(options.account or [DEMO_ACCOUNT])
    service = Service(accounts, settings, RequestLog(), KeyMaker(options.key_pairs), FaultRules())
    preloading.store(preloading.made_up(options.applications), accounts.first, service.keys)
    numbers_store.preload(numbers_store.made_up(options.numbers), accounts.first.numbers)
    return service


async def _serve(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    context, ca_path = tls.server_context(options.tls_dir) if options.tls_dir else (None, None)
    # Answers that are still held back when the simulator is stopped are not worth waiting for.
    runner = web.AppRunner(application(_service(options)), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        server = await _listening(runner, options, context)
        url = _url(server.sockets[0].getsockname()[1], options.host, context)
        print(_for_programs(url, ca_path) if options.json else _for_people(url, options, ca_path), flush=True)
        await stop.wait()
        server.close()
    finally:
        await runner.cleanup()


async def _listening(
    runner: web.AppRunner, options: argparse.Namespace, context: ssl.SSLContext | None
) -> asyncio.Server:
    protocol = runner.server
    assert protocol is not None
    return await asyncio.get_running_loop().create_server(
        lambda: WithoutStrayBodies(protocol()), options.host, options.port, ssl=context, backlog=_BACKLOG
    )


def _url(port: int, host: str, context: ssl.SSLContext | None) -> str:
    address = f"[{host}]" if ":" in host else host
    return f"{'https' if context else 'http'}://{address}:{port}"


def _for_programs(url: str, ca_path: Path | None) -> str:
    return json.dumps({"url": url, "ca_path": str(ca_path) if ca_path else None, "pid": os.getpid()})


def _for_people(url: str, options: argparse.Namespace, ca_path: Path | None) -> str:
    key, secret = (options.account or [DEMO_ACCOUNT])[0]
    trust = f"\nIts certificate is signed by {ca_path}: give that file as ca_path.\n" if ca_path else ""
    return f"""\
The simulated API listens at {url}. In another terminal:

  export NEXMO_API_URL={url} NEXMO_API_KEY={shlex.quote(key)} NEXMO_API_SECRET={shlex.quote(secret)}
{trust}
Ctrl-C stops it. It then forgets everything."""


if __name__ == "__main__":
    main()
