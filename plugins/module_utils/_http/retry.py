# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a request that failed is repeated, and after how many seconds.

A request is repeated only where repeating cannot do its work twice: ``GET``, ``DELETE`` and ``PUT`` (which sends the
same body again) after a failure that may pass, any method where the request never reached the server or was turned
away with 429. A ``POST`` that may have arrived is never repeated: it could create a second application.
"""

from __future__ import annotations

import random
import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Optional

from .failures import ApiError

REPEATABLE = frozenset(("GET", "DELETE", "PUT"))
PASSING_STATUSES = frozenset((500, 502, 503, 504))
TOO_MANY_REQUESTS = 429

FIRST_WAIT = 0.5  # seconds, doubled with each repeat
LONGEST_WAIT = 30.0  # seconds
LONGEST_RETRY_AFTER = 60.0  # seconds; a server that asks for more is asked again all the same


def may_repeat(error: ApiError) -> bool:
    """Whether the request that ended in ``error`` can be sent again without doing its work twice."""
    if error.final:
        return False
    if error.status is None:
        return error.method in REPEATABLE or not error.delivered
    if error.status == TOO_MANY_REQUESTS:
        return True
    return error.status in PASSING_STATUSES and error.method in REPEATABLE


def seconds_to_wait(error: ApiError, repeat: int) -> float:
    """How long to wait before the repeat with that number, counted from 0."""
    asked = _retry_after(error.retry_after)
    if asked is not None:
        return min(max(asked, 0.0), LONGEST_RETRY_AFTER)
    longest: float = min(FIRST_WAIT * 2.0 ** min(repeat, 16), LONGEST_WAIT)
    # Servers that run one playbook must not come back in step, hence the jitter.
    return longest * random.uniform(0.5, 1.0)


def _retry_after(header: Optional[str]) -> Optional[float]:
    """Seconds; the header holds seconds or an HTTP date (RFC 9110, section 10.2.3). None where it holds neither."""
    if not header:
        return None
    text = header.strip()
    if re.fullmatch("[0-9]+", text):
        # Past this many digits float() would overflow, and any such number is beyond every limit anyway.
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        return (moment - datetime.now(timezone.utc)).total_seconds()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
