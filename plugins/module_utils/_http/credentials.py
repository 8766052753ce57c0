# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account's credentials, and where they come from when a task does not give them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

# The service was renamed: its later clients read the second pair.
PREFIXES = ("NEXMO_", "VONAGE_")
NAMES = ("API_KEY", "API_SECRET")


@dataclass(frozen=True)
class Credentials:
    """An account's key and secret, the same under every version of the API."""

    api_key: str
    api_secret: str = field(repr=False)


def from_environment(name: str) -> str:
    """For the ``fallback`` of an option: ``API_KEY`` or ``API_SECRET`` of the first pair that is complete.

    The two of a pair are only taken together, so that a key never meets another account's secret.
    """
    for prefix in PREFIXES:
        if all(os.environ.get(prefix + each) for each in NAMES):
            return os.environ[prefix + name]
    raise AnsibleFallbackNotFound


def from_variable(name: str) -> str:
    """For the ``fallback`` of an option: an environment variable that is set and holds something."""
    value = os.environ.get(name, "")
    if not value.strip():
        raise AnsibleFallbackNotFound
    return value
