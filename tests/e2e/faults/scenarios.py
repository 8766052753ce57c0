# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs are there to be disturbed: how the account and the key file are before, what is asked for, what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.modules.documents import MESSAGES_OPTIONS, URL, VOICE_OPTIONS

NAME = "Shop"
NEW_NAME = "Store"

# The lease of the first ended in 1970, that of the second ends in 2286; neither was made on this machine.
ABANDONED = f"{NAME} [community.nexmo 0123456789abcdef 1 0123456789ab 17 4711]"
OF_ANOTHER_NAME = f"{NAME} 2 [community.nexmo 0123456789abcdef 9999999999 0123456789ab 17 4711]"


@dataclass(frozen=True)
class Scenario:
    """A run, and what its account is like.

    options: of the module, besides the connection and private_key_path.
    sends: the operations that it sends when nothing goes wrong, in order, by version; it exists in these versions.
    exists: whether the application is there before; ``has_key`` whether its key is in the file.
    abandoned: whether an earlier run left an unfinished one; ``staged_key`` whether its key waits beside the file.
    by_id: whether the application is found by its id.
    name: of the application afterwards, None when there is to be none.
    """

    options: Mapping[str, Any]
    sends: Mapping[str, str]
    exists: bool = True
    has_key: bool = True
    abandoned: bool = False
    staged_key: bool = False
    by_id: bool = False
    name: str | None = NAME


# The account has two pages. Version 1 lists no public keys, so that the application is read as well. A name is taken to
# be free, and an application to be the only one of its name, only after two listings.
_ONCE = "list list"
_TWICE = "list list list list"
_MAKING = f"create {_TWICE} update"

SCENARIOS: Mapping[str, Scenario] = {
    "create": Scenario(
        {**VOICE_OPTIONS},
        {"v1": f"{_TWICE} {_MAKING}", "v2": f"{_TWICE} {_MAKING}"},
        exists=False,
        has_key=False,
    ),
    "update": Scenario(
        {**VOICE_OPTIONS, "event_url": f"{URL}/new"},
        {"v1": f"{_ONCE} read update", "v2": f"{_ONCE} update"},
    ),
    "delete": Scenario(
        {"state": "absent"},
        {"v1": f"{_ONCE} read delete", "v2": f"{_ONCE} delete"},
        name=None,
    ),
    "unchanged": Scenario(
        {**VOICE_OPTIONS},
        {"v1": f"{_ONCE} read", "v2": _ONCE},
    ),
    "update-by-id": Scenario(
        {"event_url": f"{URL}/new"},
        {"v1": "read update", "v2": "read update"},
        by_id=True,
    ),
    "unchanged-by-id": Scenario(
        {**VOICE_OPTIONS},
        {"v1": "read", "v2": "read"},
        by_id=True,
    ),
    "rename": Scenario(
        {"name": NEW_NAME},
        {"v1": f"read {_TWICE} update", "v2": f"read {_TWICE} update"},
        by_id=True,
        name=NEW_NAME,
    ),
    "delete-by-id": Scenario(
        {"state": "absent"},
        {"v1": "read delete", "v2": "read delete"},
        by_id=True,
        name=None,
    ),
    "lost-key": Scenario(
        {**VOICE_OPTIONS, "lost_key": "recreate"},
        {"v1": f"{_ONCE} read create {_TWICE} delete update", "v2": f"{_ONCE} create {_TWICE} delete update"},
        has_key=False,
    ),
    "other-type": Scenario(
        {**MESSAGES_OPTIONS, "recreate": True},
        {"v1": f"{_ONCE} read create {_TWICE} delete update"},
    ),
    "rotate": Scenario(
        {**VOICE_OPTIONS, "lost_key": "rotate"},
        {"v2": f"{_ONCE} update"},
        has_key=False,
    ),
    "adopt": Scenario(
        {**VOICE_OPTIONS},
        {"v1": f"{_TWICE} read read update {_TWICE} update", "v2": f"{_TWICE} update {_TWICE} update"},
        exists=False,
        has_key=False,
        abandoned=True,
        staged_key=True,
    ),
    "leftover": Scenario(
        {**VOICE_OPTIONS},
        {"v2": f"{_TWICE} delete {_MAKING}"},
        exists=False,
        has_key=False,
        abandoned=True,
    ),
    "delete-leftover": Scenario(
        {"state": "absent"},
        {"v1": f"{_TWICE} read delete", "v2": f"{_TWICE} delete"},
        exists=False,
        has_key=False,
        abandoned=True,
        staged_key=True,
        name=None,
    ),
}
