# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a scenario is played: an account, a directory for the key, and the module."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.e2e.faults.scenarios import ABANDONED, NAME, OF_ANOTHER_NAME, Scenario
from tests.e2e.forking import ForkingRunner, Run
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.documents import voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, write_key
from tests.simulator.client import Document, Simulator

LONGEST_SLEEP = 0.01  # seconds

# There are two pages, the second of which holds what a test is about.
_LARGEST_PAGE = 3
_OTHERS = ("Bakery", "Butcher", "Cinema")

_KEY, _ABANDONED_KEY = 0, 1

_fingerprint = cache(fingerprint)


@cache
def _public_key(private_pem: str) -> str:
    """As ``key_pairs`` has it, but without a check of the numbers, which takes as long as a run of the module."""
    key = serialization.load_pem_private_key(private_pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


@dataclass
class Stage:
    """An account that the simulator keeps, the path of a key file in an otherwise empty directory, and a module."""

    simulator: Simulator
    runner: ForkingRunner
    key_path: Path
    version: str
    scenario: Scenario
    application_id: str | None = field(default=None, init=False)
    others: list[Document] = field(default_factory=list, init=False)

    def prepare(self) -> None:
        """Make everything as the scenario has it before the run, whatever an earlier one left."""
        self.simulator.reset()
        for path in self.key_path.parent.iterdir():
            path.unlink()
        self.simulator.configure(max_page_size=_LARGEST_PAGE, v2_clamps_page_size=True)
        self.others = self.simulator.preload([*map(voice, _OTHERS), voice(OF_ANOTHER_NAME)])
        if self.scenario.abandoned:
            self._preload(ABANDONED, _ABANDONED_KEY)
        if self.scenario.staged_key:
            pem = private_key(_ABANDONED_KEY)
            write_key(self.key_path.with_name(f"{self.key_path.name}.{_fingerprint(pem)}"), pem)
        if self.scenario.exists:
            self.application_id = self._preload(NAME, _KEY)
        if self.scenario.has_key:
            write_key(self.key_path, private_key(_KEY))

    def _preload(self, name: str, key: int) -> str:
        keys = {"public_key": _public_key(private_key(key))}
        (document,) = self.simulator.preload([voice(name, keys=keys)])
        application_id: str = document["id"]
        return application_id

    def run(self, connection: Mapping[str, Any]) -> Run:
        """Run the module as the scenario asks; ``connection`` are options of it that say how to reach the API."""
        found_by = {"application_id": self.application_id} if self.scenario.by_id else {"name": NAME}
        options = {
            "api_url": self.simulator.url,
            "api_key": API_KEY,
            "api_secret": API_SECRET,
            "api_version": self.version,
            "private_key_path": str(self.key_path),
            **found_by,
            **self.scenario.options,
            **connection,
        }
        return self.runner.run(options, longest_sleep=LONGEST_SLEEP)

    def private_keys(self) -> list[str]:
        """Every private key that there is, or was."""
        return [private_key(_KEY), private_key(_ABANDONED_KEY), *self.simulator.private_keys()]

    def holds_key_of(self, application: Mapping[str, Any]) -> bool:
        """Whether the key file is the application's, and nobody else's to read."""
        if not self.key_path.is_file() or stat.S_IMODE(self.key_path.stat().st_mode) != 0o600:
            return False
        return bool(_public_key(self.key_path.read_text()) == application["keys"]["public_key"])

    def stray_files(self) -> list[str]:
        """What is beside the key file, but for keys that were kept when others took their place."""
        return [
            path.name
            for path in self.key_path.parent.iterdir()
            if path != self.key_path and not path.name.endswith(".old")
        ]
