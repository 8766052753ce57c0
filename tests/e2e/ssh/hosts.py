# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts that Ansible reaches over real SSH."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.key_pairs import public_key
from tests.e2e.role.provisioning import NAME, Host, public_key_at_the_api
from tests.e2e.ssh.login import Login, as_root
from tests.e2e.ssh.sshd import Sshd, make_key
from tests.simulator.client import Simulator

_DISK = "64k"


@dataclass(frozen=True)
class SshHost(Host):
    """A host with a server of its own, and with a folder for its files that belongs to the user who logs in."""

    sshd: Sshd
    login: Login
    client_key: Path

    @property
    def home(self) -> Path:
        """Where Ansible has its temporary files, and where all is kept that ever came as a file."""
        return self.folder.parent / "home"

    @property
    def variables(self) -> dict[str, Any]:
        options = {
            "UserKnownHostsFile": self.client_key.parent / "known_hosts",
            "GlobalKnownHostsFile": "/dev/null",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
        }
        return {
            **super().variables,
            "ansible_connection": "ssh",
            "ansible_host": "127.0.0.1",
            "ansible_port": self.sshd.port,
            "ansible_user": self.login.user,
            "ansible_ssh_private_key_file": str(self.client_key),
            "ansible_ssh_common_args": " ".join(
                ["-F none", *(f"-o {name}={value}" for name, value in options.items())]
            ),
            "ansible_remote_tmp": str(self.home / ".ansible" / "tmp"),
            # Another user's sshd cannot everywhere have a terminal of its own.
            "ansible_ssh_use_tty": os.getuid() == 0,
            # What the system has; but what a real user's shell finds first need not be of use.
            "ansible_python_interpreter": "auto_silent" if self.login.invented else sys.executable,
        }

    def files_with_a_key(self) -> list[Path]:
        """All that hold a private key, of the application's files, temporary ones, and those that came as files."""
        return [
            path
            for folder in (self.folder, self.home)
            for path in folder.rglob("*")
            if path.is_file() and b"PRIVATE KEY" in path.read_bytes()
        ]

    def received(self, text: str) -> bool:
        """Whether the text was in a file that Ansible sent to the host."""
        record = self.home / "received"
        return record.exists() and text.encode() in record.read_bytes()

    @property
    def filler(self) -> Path:
        """The file that leaves no room for others."""
        return self.folder / "filler"

    def filling_command(self) -> list[str]:
        """The command that fills a small disk to the last byte."""
        return ["sh", "-c", '! cat /dev/zero > "$1"', "sh", str(self.filler)]

    def fill_disk(self) -> None:
        """Fill a small disk to the last byte."""
        subprocess.run(self.filling_command(), check=True)


class MachineRoom:
    """Starts hosts in a folder that everybody can enter, and stops them all in the end."""

    def __init__(self, folder: Path, login: Login, secret_folder: Path) -> None:
        self._folder = folder
        self._login = login
        self._client_key = secret_folder / "client_key"
        self._authorized_key = make_key(self._client_key)
        self._closing = contextlib.ExitStack()

    def __enter__(self) -> MachineRoom:
        return self

    def __exit__(self, *_details: object) -> None:
        self._closing.close()

    def hosts(self, *names: str) -> list[SshHost]:
        """Hosts that are up, without any file."""
        return [self._started(self._prepared(name)) for name in names]

    def host_with_small_disk(self, name: str) -> SshHost:
        """A host whose folder is a file system of 64 KiB. Skips the test where nothing can be mounted."""
        host = self._prepared(name)
        options = f"size={_DISK},mode=0755,uid={self._login.uid},gid={self._login.gid}"
        mount = as_root("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(host.folder))
        try:
            subprocess.run(mount, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("a small disk needs the right to mount one")
        self._closing.callback(subprocess.run, as_root("umount", str(host.folder)), check=True)
        return self._started(host)

    def _prepared(self, name: str) -> SshHost:
        folder = self._folder / name
        for path in (folder, folder / "home", folder / "shop"):
            path.mkdir(mode=0o755)
        for path in (folder / "home", folder / "shop"):
            self._login.own(path)
        sshd = Sshd(folder, self._login, self._authorized_key)
        self._closing.callback(sshd.close)
        with (self._client_key.parent / "known_hosts").open("a") as known_hosts:
            known_hosts.write(f"[127.0.0.1]:{sshd.port} {sshd.host_key}\n")
        return SshHost(name, folder / "shop", sshd, self._login, self._client_key)

    def _started(self, host: SshHost) -> SshHost:
        host.sshd.start()
        return host


def assert_agreement(simulator: Simulator, hosts: Sequence[SshHost]) -> None:
    """There is one application, and each of the hosts has its key, where it belongs and nowhere else."""
    assert [application["name"] for application in simulator.applications()] == [NAME]
    assert {public_key(str(host.key)) for host in hosts} == {public_key_at_the_api(simulator)}
    for host in hosts:
        assert host.files_with_a_key() == [host.key_path]
