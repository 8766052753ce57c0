# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the request handlers of both versions share."""

from __future__ import annotations

import dataclasses

from aiohttp import web

from .account import Account, Accounts, Document
from .fault_rules import FaultRules
from .keys import KeyMaker
from .log import RequestLog
from .problems import invalid_api_key, no_such_application, unauthorized
from .settings import Settings


@dataclasses.dataclass
class Service:
    """The whole state of one simulator."""

    accounts: Accounts
    settings: Settings
    log: RequestLog
    keys: KeyMaker
    faults: FaultRules

    def account(self, key: object, secret: object) -> Account:
        """The account that the credentials open. Raises Refusal when they open none."""
        account = self.accounts.authenticated(key, secret)
        if account is not None:
            return account
        raise invalid_api_key(key) if self.settings.invalid_key_is_404 else unauthorized()

    def application(self, account: Account, application_id: str) -> Document:
        """The account's application of that id. Raises Refusal when there is none."""
        find = account.get_in_any_case if self.settings.ignores_id_case else account.get
        document = find(application_id)
        if document is None:
            raise no_such_application(application_id)
        return document


SERVICE = web.AppKey("service", Service)
