# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OpenSSH's server as an ordinary process on a loopback port, which can be killed and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from tests.e2e import process_trees
from tests.e2e.ssh.login import Login, command_with_invented_user

_FOLDERS_OF_SERVERS = ("/usr/sbin", "/usr/local/sbin", "/usr/lib/openssh", "/usr/lib/ssh", "/usr/libexec/openssh")

_CONFIGURATION = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
AllowUsers {user}
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PidFile none
Subsystem sftp {folder}/sftp
"""

# Keeps what is sent to the host as files.
_SFTP = """\
#!/bin/sh
tee -a '{folder}/home/received' | '{sftp_server}'
"""


def missing_programs() -> list[str]:
    """What is needed and cannot be found."""
    return [name for name in ("sshd", "sftp-server", "ssh", "ssh-keygen") if _program(name) is None]


def make_key(path: Path) -> str:
    """Make a key pair for SSH; the public half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path], check=True)
    return path.with_suffix(".pub").read_text().strip()


class Sshd:
    """A server of one host.

    port: where it listens, now or when it is started again; nobody else gets it meanwhile.
    host_key: the public key that it shows.
    """

    def __init__(self, folder: Path, login: Login, authorized_key: str) -> None:
        self._reservation = socket.socket()
        self._reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._reservation.bind(("127.0.0.1", 0))
        self.port: int = self._reservation.getsockname()[1]
        self.host_key = make_key(folder / "host_key")
        configuration = folder / "sshd_config"
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=self.port, user=login.user))
        (folder / "authorized_keys").write_text(authorized_key)
        (folder / "sftp").write_text(_SFTP.format(folder=folder, sftp_server=_program("sftp-server")))
        (folder / "sftp").chmod(0o755)
        self._command = [str(_program("sshd")), "-D", "-e", "-f", str(configuration)]
        if login.invented:
            self._command = command_with_invented_user(login, folder, self._command)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Return when it listens. Raises RuntimeError where it cannot be started."""
        self.kill()
        if os.getuid() == 0:
            # As the service of the distribution does it; sshd wants it and puts nothing there.
            Path("/run/sshd").mkdir(exist_ok=True)
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        errors = self._process.stderr
        assert errors is not None
        said = []
        for line in errors:
            said.append(line)
            if line.startswith("Server listening"):
                # What it says later is of no interest, but has to go somewhere.
                threading.Thread(target=_read_on, args=(errors,), daemon=True).start()
                return
        raise RuntimeError("sshd does not start: " + "".join(said))

    def kill(self) -> None:
        """Kill it, and the sessions of those who are logged in, at once."""
        if self._process is not None:
            process_trees.kill_tree(self._process.pid)
            self._process.wait()
            self._process = None

    def killing_command(self) -> list[str]:
        """The command that does as much as ``kill``, to be run by somebody else."""
        assert self._process is not None
        return [sys.executable, process_trees.__file__, str(self._process.pid)]

    def close(self) -> None:
        """Kill it for good."""
        self.kill()
        self._reservation.close()


def _read_on(errors: IO[str]) -> None:
    with errors:
        errors.read()


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *_FOLDERS_OF_SERVERS]))
