# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who logs in on the hosts, and what is in the tests' power on this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_USER = "deploy"
_ID = 59_999  # nobody's


@dataclass(frozen=True)
class Login:
    """The user that logs in on the hosts.

    invented: known on the hosts alone, which have a view of the file system of their own for that.
    may_become_root: without a password.
    """

    user: str
    uid: int
    gid: int
    invented: bool
    may_become_root: bool

    def own(self, path: Path) -> None:
        """Make the path this user's."""
        os.chown(path, self.uid, self.gid)


def choose_login() -> Login:
    """An ordinary user: the one who runs the tests, or an invented one where that is root.

    Where root may not mount anything, there can be no invented user, and it is root.
    """
    if os.getuid() != 0:
        own = pwd.getpwuid(os.getuid())
        return Login(own.pw_name, own.pw_uid, own.pw_gid, invented=False, may_become_root=_succeeds(*as_root("true")))
    if _succeeds("unshare", "--mount", "true"):
        return Login(_USER, _ID, _ID, invented=True, may_become_root=shutil.which("sudo") is not None)
    return Login("root", 0, 0, invented=False, may_become_root=False)


def as_root(*command: str) -> list[str]:
    """The command, to be run as root."""
    return list(command) if os.getuid() == 0 else ["sudo", "--non-interactive", *command]


def command_with_invented_user(login: Login, folder: Path, command: list[str]) -> list[str]:
    """The command, to be run as root, where the user exists with its home there and may become root."""
    passwd = folder / "passwd"
    passwd.write_text(
        Path("/etc/passwd").read_text() + f"{login.user}:*:{login.uid}:{login.gid}::{folder / 'home'}:/bin/sh\n"
    )
    sudoers = folder / "sudoers"
    sudoers.write_text(f"{login.user} ALL=(ALL) NOPASSWD: ALL\n")
    mounts = [("passwd", passwd), *([("sudoers", sudoers)] if login.may_become_root else [])]
    prepare = " && ".join(f'mount --bind "{path}" "/etc/{name}"' for name, path in mounts)
    return ["unshare", "--mount", "sh", "-c", prepare + ' && exec "$@"', "sh", *command]


def _succeeds(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
