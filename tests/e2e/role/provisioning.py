# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that are folders, and the role run on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.modules import key_pairs
from tests.e2e.modules.secrecy import secrets_in
from tests.e2e.playbooks import (
    Inventory,
    Play,
    PlaybookRun,
    StartedPlaybook,
    local_hosts,
    run_playbook,
    started_playbook,
)
from tests.simulator.client import Simulator

API_KEY = "demo-key"
API_SECRET = 'a/b+c %&=é"'  # every character of it looks different in a URL, in JSON or in base64
NAME = "My Shop"
VOICE = {"nexmo_application_type": "voice", "nexmo_application_event_url": "https://shop.example.com/event"}
RESULT = "nexmo_application_result"
TOPIC = "nexmo application key changed"
RESTART = {"name": "Restart the shop", "ansible.builtin.debug": {"msg": "restarted"}, "listen": TOPIC}


@dataclass(frozen=True)
class Host:
    """A host of the inventory, whose files are in a folder of its own."""

    name: str
    folder: Path

    @property
    def variables(self) -> dict[str, Any]:
        """The host's variables in the inventory."""
        return {"folder": str(self.folder)}

    @property
    def key_path(self) -> Path:
        return self.folder / "keys" / "shop.key"

    @property
    def env_path(self) -> Path:
        return self.folder / "env" / "shop.env"

    @property
    def key(self) -> str | None:
        """The private key that the host holds."""
        return self.key_path.read_text() if self.key_path.exists() else None

    def hold(self, private_key: str) -> None:
        """Put a key where the application's key belongs."""
        self.key_path.parent.mkdir(parents=True, exist_ok=True)
        key_pairs.write_key(self.key_path, private_key)

    def files(self) -> dict[str, tuple[int, str]]:
        """Mode and content of each file."""
        return {
            str(path.relative_to(self.folder)): (path.stat().st_mode & 0o7777, path.read_text())
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


class Provisioning:
    """Runs the role against the simulator, always with the most verbose output.

    Whatever a test is about, it fails when the output shows the API secret or a private key.
    """

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._simulator = simulator
        self._folder = folder

    def host(self, name: str) -> Host:
        """A host without any file."""
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return Host(name, folder)

    def hosts(self, *names: str) -> list[Host]:
        return [self.host(name) for name in names]

    def run(
        self,
        hosts: Sequence[Host],
        variables: Mapping[str, Any] | None = None,
        *,
        of_hosts: Mapping[str, Mapping[str, Any]] | None = None,
        play: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> PlaybookRun:
        """Run the role in one play.

        variables: of the role, beside those that every test needs.
        of_hosts: variables of single hosts, in the inventory.
        play: more keywords of the play.
        options: of ``run_playbook``.
        """
        with self.started(hosts, variables, of_hosts=of_hosts, play=play, **options) as started:
            return started.finish()

    @contextmanager
    def started(
        self,
        hosts: Sequence[Host],
        variables: Mapping[str, Any] | None = None,
        *,
        of_hosts: Mapping[str, Mapping[str, Any]] | None = None,
        play: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Iterator[StartedPlaybook]:
        """The same run, as long as it goes on, or until the end of the ``with`` block."""
        role = {"role": "community.nexmo.nexmo_application", **self.connection, **self.application, **(variables or {})}
        whole: Play = {"hosts": "all", "gather_facts": False, "roles": [role], **(play or {})}
        with started_playbook([whole], self.inventory(hosts, of_hosts), **{"verbosity": 4, **options}) as started:
            yield started
            assert secrets_shown(started.output) == []

    def play(self, plays: str | Sequence[Play], inventory: Inventory, **options: Any) -> PlaybookRun:
        """Run any play, with the same care about secrets."""
        run = run_playbook(plays, inventory, **{"verbosity": 4, **options})
        assert secrets_shown(run.output) == []
        return run

    def inventory(self, hosts: Sequence[Host], of_hosts: Mapping[str, Mapping[str, Any]] | None = None) -> Inventory:
        return local_hosts({host.name: {**host.variables, **(of_hosts or {}).get(host.name, {})} for host in hosts})

    @property
    def connection(self) -> dict[str, Any]:
        return {
            "nexmo_application_api_url": self._simulator.url,
            "nexmo_application_api_key": API_KEY,
            "nexmo_application_api_secret": API_SECRET,
            "nexmo_application_max_retries": 0,
        }

    @property
    def application(self) -> dict[str, Any]:
        return {
            "nexmo_application_name": NAME,
            **VOICE,
            "nexmo_application_private_key_path": "{{ folder }}/keys/shop.key",
        }


def secrets_shown(text: str) -> list[str]:
    """Forms of the API secret and of private keys, raw or encoded."""
    return secrets_in(text, API_KEY, API_SECRET) + secrets_in(text, API_KEY, "PRIVATE KEY")


def public_key_at_the_api(simulator: Simulator) -> str:
    """The public key of the only application."""
    (application,) = simulator.applications()
    key: str = application["keys"]["public_key"]
    return key


def application_with_key(private_key: str, name: str = NAME) -> dict[str, Any]:
    """An application to preload."""
    return {
        "name": name,
        "keys": {"public_key": key_pairs.public_key(private_key)},
        "capabilities": {
            "voice": {
                "webhooks": {"event_url": {"address": VOICE["nexmo_application_event_url"], "http_method": "POST"}}
            }
        },
    }
