# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Public keys as the API shows them: in PEM, or as the base64 of the whole PEM.

Source of the second form: recorded answers of version 1, in the test data of an official client.
"""

from __future__ import annotations

import base64
from typing import Any

PEM_BEGINS = "-----BEGIN "


def pem_of(shown: Any) -> Any:
    """The PEM, where that is what is shown in either form; anything else as it is shown."""
    if not isinstance(shown, str) or PEM_BEGINS in shown:
        return shown
    text = "".join(shown.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except ValueError:
        return shown
    return decoded if PEM_BEGINS in decoded else shown
