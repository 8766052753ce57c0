# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role against a simulator, on hosts that are reached over SSH."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.role.conftest import role, running_simulator
from tests.e2e.ssh.hosts import MachineRoom
from tests.e2e.ssh.login import Login, choose_login
from tests.e2e.ssh.sshd import missing_programs

__all__ = ["role", "running_simulator"]


@pytest.fixture(scope="session")
def login() -> Login:
    """Who logs in on the hosts. Skips where there can be no hosts."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the hosts of these tests need Linux")
    if missing := missing_programs():
        pytest.skip(f"OpenSSH is not here ({', '.join(missing)}); Debian has it as openssh-server and openssh-client")
    return choose_login()


@pytest.fixture
def machine_room(login: Login, tmp_path: Path) -> Iterator[MachineRoom]:
    # Others cannot enter tmp_path.
    with tempfile.TemporaryDirectory(prefix="nexmo-hosts-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with MachineRoom(folder, login, tmp_path) as opened:
            yield opened


@pytest.fixture
def root_on_hosts(login: Login) -> None:
    """Skips where nobody becomes root on the hosts."""
    if not login.may_become_root:
        pytest.skip("become needs sudo without a password, and a user on the hosts other than root")


@pytest.fixture
def ordinary_login(login: Login) -> None:
    """Skips where root logs in, whom permissions do not stop."""
    if login.uid == 0:
        pytest.skip("permissions do not stop root, and an ordinary user needs the right to mount")
