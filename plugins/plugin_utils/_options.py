# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's variables as data: which applications a host asks for, and what is sent for each."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Dict, List, Mapping

PREFIX = "nexmo_application_"

CONNECTION = (
    "api_key",
    "api_secret",
    "api_url",
    "api_version",
    "timeout",
    "deadline",
    "max_retries",
    "max_connections",
    "validate_certs",
    "ca_path",
    "rest_url",
)
URLS = ("answer_url", "event_url", "inbound_url", "status_url")
METHODS = ("answer_method", "event_method", "inbound_method", "status_method")
# What describes one application, and so can be given for each item of a list, but not beside a list.
OF_ONE = (
    "name",
    "application_id",
    "state",
    "type",
    *URLS,
    *METHODS,
    "capabilities",
    "public_key",
    "improve_ai",
    "settings",
    "recreate",
    "lost_key",
    "private_key_path",
    "env_path",
    "numbers",
)
OF_ALL = (
    "list",
    "key_source",
    "private_key_owner",
    "private_key_group",
    "private_key_mode",
    "env_names",
    "api_host",
    *CONNECTION,
)
OPTIONS = OF_ONE + OF_ALL

# What of an item is for the hosts, or for the Numbers API, not for the Applications API.
_NOT_SENT = ("private_key_path", "env_path", "env_names", "lost_key", "numbers")
# An empty URL removes the webhook; anything else that is empty is not given.
_MAY_BE_EMPTY = URLS

ENV_NAMES = {"application_id": "NEXMO_APPLICATION_ID", "private_key_path": "NEXMO_PRIVATE_KEY_PATH"}
DEFAULT_URL = "https://api.nexmo.com"
LONGEST_FILE_NAME = 100

Document = Dict[str, Any]


def is_given(name: str, value: Any) -> bool:
    """Whether a variable, or an option of a list's item, says anything: null and empty text do not."""
    return value is not None and (value != "" or name in _MAY_BE_EMPTY)


def items_of(variables: Mapping[str, Any]) -> List[Document]:
    """The applications that the variables describe, each with the options that are given for it."""
    listed = variables.get("list")
    if listed is None:
        listed = [{name: variables[name] for name in OF_ONE if name in variables}]
    return [_item(item) for item in listed]


def applications_of(variables: Mapping[str, Any]) -> List[Document]:
    """What hosts have to know of each application, without its settings and so without secrets.

    ``group`` is the same on all hosts that share the application. ``keeps_key`` is false where the user gives a public
    key, and so has the private one.
    """
    return [
        {
            "group": _group(variables, item),
            "label": label_of(item),
            "state": item.get("state", "present"),
            "path": str(item.get("private_key_path") or default_path(label_of(item))),
            "keeps_key": "public_key" not in item,
            "lost_key": item.get("lost_key", "fail"),
            "makes_pair": key_source_of(variables) == "host" and item.get("state", "present") == "present",
            "env_path": str(item.get("env_path", "")),
            "env_names": env_names_of(item.get("env_names") or variables.get("env_names") or {}),
        }
        for item in items_of(variables)
    ]


def env_names_of(given: Mapping[str, Any]) -> Dict[str, Any]:
    """The names of the environment variables; one that is null or empty is not given."""
    return {**ENV_NAMES, **{name: value for name, value in given.items() if value not in (None, "")}}


def sent_of(item: Mapping[str, Any]) -> Document:
    """The options of an item that the API's module takes."""
    return {name: value for name, value in item.items() if name not in _NOT_SENT}


def connection_of(variables: Mapping[str, Any]) -> Document:
    """The connection options that are given."""
    return {name: variables[name] for name in CONNECTION if name in variables}


def attributes_of(variables: Mapping[str, Any]) -> Document:
    """Owner, group and mode of key files, as far as they are given."""
    given = {name: variables.get("private_key_" + name) for name in ("owner", "group")}
    return {
        **{name: value for name, value in given.items() if value is not None},
        "mode": variables.get("private_key_mode", "0600"),
    }


def key_source_of(variables: Mapping[str, Any]) -> str:
    """Who makes key pairs."""
    return str(variables.get("key_source", "api"))


def label_of(item: Mapping[str, Any]) -> str:
    """What messages and file names call the application; empty where nothing identifies it."""
    return str(item.get("name") or item.get("application_id") or "")


def default_path(label: str) -> str:
    """Where the key of an application belongs, unless the user says otherwise."""
    return "/etc/nexmo/%s.key" % file_name(label)


def file_name(label: str) -> str:
    """The label where it can be the name of a file, else a safe form of it with a hash that tells it from others."""
    safe = re.sub(r"^[.]", "-", re.sub(r"[^A-Za-z0-9._-]", "-", label))[:LONGEST_FILE_NAME]
    return safe if safe == label else "%s-%s" % (safe, hashed(label)[:8])


def hashed(value: str) -> str:
    """A hash of the text."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def _item(item: Mapping[str, Any]) -> Document:
    given = {name: value for name, value in item.items() if is_given(name, value)}
    return {name: _text(value) if name in ("name", "application_id") else value for name, value in given.items()}


def _text(value: Any) -> Any:
    """A name as it was written: YAML 1.1 reads ``no`` as a boolean, and ``0`` as a number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)


def _group(variables: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    identity = [
        str(variables.get("api_url", DEFAULT_URL)).rstrip("/"),
        str(variables.get("api_key", "")),
        item.get("name", ""),
        item.get("application_id", ""),
    ]
    return hashed(json.dumps(identity))
