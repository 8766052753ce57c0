# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be shown of a value: everything but its secrets."""

from __future__ import annotations

from typing import Any

from .._redact import MASK, SECRET_MEMBERS
from .._urls import passwords_in, without_passwords


def shown(value: Any) -> Any:
    """A copy of a JSON-like value without the members that hold secrets, and with a mask for passwords in URLs."""
    if isinstance(value, dict):
        return {name: shown(item) for name, item in value.items() if name not in SECRET_MEMBERS}
    if isinstance(value, list):
        return [shown(item) for item in value]
    return without_passwords(value) if isinstance(value, str) else value


def is_masked(value: Any) -> bool:
    """Whether that is a text with a mask where the password of a URL was."""
    return isinstance(value, str) and MASK in passwords_in(value)
