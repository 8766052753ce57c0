# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The releases of ansible-core that the collection supports, and the Pythons that each of them supports."""

from __future__ import annotations

from dataclasses import dataclass

# Those that the modules of the collection run on, oldest first.
PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Release:
    """The latest patch of a release.

    controllers: the Pythons, of those above, that run Ansible itself.
    targets: those that run modules on the hosts.
    """

    version: str
    controllers: tuple[str, ...]
    targets: tuple[str, ...]

    def __str__(self) -> str:
        return f"ansible-core {self.version}"


# From the support matrix in ansible-core's documentation ("Releases and maintenance").
RELEASES = (
    Release("2.16.19", controllers=("3.10", "3.11", "3.12"), targets=PYTHONS[:-1]),
    Release("2.17.14", controllers=("3.10", "3.11", "3.12"), targets=PYTHONS[:-1]),
    Release("2.18.19", controllers=("3.11", "3.12", "3.13"), targets=PYTHONS),
    Release("2.19.14", controllers=("3.11", "3.12", "3.13"), targets=PYTHONS),
    Release("2.20.10", controllers=("3.12", "3.13"), targets=PYTHONS[1:]),
    Release("2.21.5", controllers=("3.12", "3.13"), targets=PYTHONS[1:]),
)
