# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection that cannot be made."""

from __future__ import annotations

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: unreachable
short_description: A host that is out of reach
description:
  - Fails as a host does that cannot be reached.
extends_documentation_fragment:
  - connection_pipelining
"""


class Connection(LocalConnection):  # type: ignore[misc]
    """Nobody is there."""

    transport = "unreachable"

    def _connect(self) -> None:
        raise AnsibleConnectionFailure("the host is out of reach")
