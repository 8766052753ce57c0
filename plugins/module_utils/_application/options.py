# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of the desired state of one application, as argument specs."""

from __future__ import annotations

from typing import Any, Dict

from .capability_options import capabilities_spec
from .model import TYPES
from .webhooks import WEBHOOKS

METHODS = ["GET", "POST"]

APPLICATION_OPTIONS: Dict[str, Dict[str, Any]] = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "name": {"type": "str"},
    "application_id": {"type": "str", "aliases": ["app_id"]},
    "type": {"type": "str", "choices": list(TYPES)},
    **{webhook.name: {"type": "str"} for webhook in WEBHOOKS},
    **{webhook.method_option: {"type": "str", "choices": METHODS} for webhook in WEBHOOKS},
    "capabilities": capabilities_spec(),
    "public_key": {"type": "str"},
    "improve_ai": {"type": "bool"},
    "settings": {"type": "dict"},
    "recreate": {"type": "bool", "default": False},
    "lost_key": {"type": "str", "choices": ["fail", "recreate", "rotate"], "default": "fail", "no_log": False},
    "private_key_path": {"type": "path", "no_log": False},
    "held_keys": {"type": "list", "elements": "str", "no_log": False},
}

# Who looks after the private key: at most one of them.
EXCLUSIVE_OPTIONS = [("private_key_path", "held_keys", "public_key")]
