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
      - URL of the Numbers API, which has another host than the Applications API, with scheme, host and optionally a
        port and a path prefix. The module appends C(/account/numbers) and C(/number/update).
      - When left out, it is read from the environment variable E(NEXMO_REST_URL), if that is set. Otherwise it is
        V(https://rest.nexmo.com). If O(api_url) is not the default, it is O(api_url), so that credentials for a test
        server do not reach the service.
      - Every module of the action group has this option, so that it can be a default of the group. Modules that do not
        read numbers ignore it.
    type: str
    version_added: 1.1.0
"""
