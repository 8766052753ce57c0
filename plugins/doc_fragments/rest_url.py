# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the Numbers API is: an option of every module that talks to an API, as defaults of the action group are."""

from __future__ import annotations


class ModuleDocFragment:
    """Its argument spec is in ``module_utils/_http/connection.py``."""

    DOCUMENTATION = r"""
options:
  rest_url:
    description:
      - Where the Numbers API is, which has a host of its own, as scheme, host and optionally a port and a path prefix.
        The module appends C(/account/numbers) and C(/number/update).
      - When left out, it is read from the environment variable E(NEXMO_REST_URL), if that is set. Else it is
        V(https://rest.nexmo.com), or, where O(api_url) is not the default, O(api_url), so that credentials that are
        meant for a test server do not reach the service.
      - Every module of the action group takes it, so that it can be a default of the group. Those that look at no
        number make no use of it.
    type: str
    version_added: 1.1.0
"""
