# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the request handlers share."""

from __future__ import annotations

import dataclasses

from aiohttp import web

from .account import Accounts
from .fault_rules import FaultRules
from .keys import KeyMaker
from .log import RequestLog
from .settings import Settings


@dataclasses.dataclass
class Service:
    """The whole state of one simulator."""

    accounts: Accounts
    settings: Settings
    log: RequestLog
    keys: KeyMaker
    faults: FaultRules


SERVICE = web.AppKey("service", Service)
