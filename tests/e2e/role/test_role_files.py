# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The environment file, which may hold lines of the user's, and who may read what while the role runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.modules.key_pairs import private_key
from tests.e2e.modules.watching import readable_files
from tests.e2e.role.provisioning import Provisioning, application_with_key
from tests.simulator.client import Simulator

ENV = {"nexmo_application_env_path": "{{ folder }}/env/shop.env"}


def test_lines_of_the_user_in_the_environment_file_stay_and_are_not_shown(
    role: Provisioning, simulator: Simulator
) -> None:
    simulator.preload([application_with_key(private_key())])
    host = role.host("web1")
    host.hold(private_key())
    host.env_path.parent.mkdir()
    host.env_path.write_text("DATABASE_PASSWORD=swordfish")
    host.env_path.chmod(0o640)

    made = role.run([host], ENV, diff=True)
    with_block = host.files()["env/shop.env"]
    removed = role.run([host], {**ENV, "nexmo_application_state": "absent"}, diff=True)

    assert made.ok, made.output
    assert removed.ok, removed.output
    assert with_block[0] == 0o640
    assert with_block[1].startswith("DATABASE_PASSWORD=swordfish\n")
    assert "NEXMO_APPLICATION_ID" in with_block[1]
    assert host.files() == {"env/shop.env": (0o640, "DATABASE_PASSWORD=swordfish\n")}
    assert "swordfish" not in made.output + removed.output


def test_key_is_at_no_moment_readable_by_others(role: Provisioning, simulator: Simulator, tmp_path: Path) -> None:
    host = role.host("web1")
    temporary = tmp_path / "temporary"

    with watched(tmp_path) as readable:
        # Without pipelining Ansible writes each module with its arguments, the key among them, to a file.
        run = role.run(
            [host],
            extra_env={"ANSIBLE_PIPELINING": "false", "ANSIBLE_REMOTE_TEMP": str(temporary)},
            umask=0,
        )

    assert run.ok, run.output
    assert host.files()["keys/shop.key"][0] == 0o600
    assert readable == set()


def test_mode_that_lets_others_read_the_key_is_warned_of(role: Provisioning) -> None:
    host = role.host("web1")
    mode = {"nexmo_application_private_key_mode": "u=rw,g=r,o=r"}

    foretold = role.run([host], mode, check=True)
    run = role.run([host], mode)

    assert host.files()["keys/shop.key"][0] == 0o644
    for each in (foretold, run):
        assert each.ok, each.output
        # Ansible wraps what it warns of.
        assert "mode: 0644 lets others than the owner and group read the private key" in " ".join(each.output.split())


@contextmanager
def watched(folder: Path) -> Iterator[set[str]]:
    """The files in a folder that others could open, at any time."""
    readable: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            readable.update(readable_files(folder))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield readable
    finally:
        done.set()
        watcher.join()
