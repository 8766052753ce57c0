# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state: the options of a task, checked, as a patch to an application's settings.

This checks what is wrong under every version of the API; the rules of a version check what that version lacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Collection, Dict, FrozenSet, Mapping, Optional

from .._errors import InvalidOption
from .._keys.rsa import UnreadableKey, canonical_pem
from .._patch import combined, nested, paths
from .._urls import check_url
from .capability_options import capabilities_patch
from .settings_option import settings_patch
from .unfinished import unfinished_name
from .webhooks import WEBHOOKS, Webhook

# An id becomes a part of the path of requests, in which dots alone have a meaning of their own.
PATH_SEGMENT = re.compile(r"(?!\.+\Z)[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Desired:
    """The desired state of one application.

    ``patch`` holds what the task names, in the form of ``patch``, against the settings of an Application; ``options``
    are the options that were given, for checks and messages.
    """

    name: Optional[str]
    application_id: Optional[str]
    type: Optional[str]
    patch: Mapping[str, Any]
    options: Mapping[str, Any]
    recreate: bool = False
    lost_key: str = "fail"

    @property
    def types_named(self) -> FrozenSet[str]:
        """The types whose webhooks the options name."""
        return frozenset(webhook.capability for webhook in WEBHOOKS if names(self.options, webhook))

    @property
    def option_names(self) -> Dict[str, str]:
        """The options' names for the settings that version 2 of the API names with dots in its errors."""
        dotted = {".".join(path): ".".join(path) for path in paths(self.patch)}
        in_settings = {
            ".".join(path): ".".join(("settings",) + path) for path in paths(self.options.get("settings", {}))
        }
        return {**dotted, **in_settings, **_own_option_names(self.options)}

    @property
    def described(self) -> str:
        """How messages call the application."""
        return "application %r" % (self.name or self.application_id)


def desired_from(options: Mapping[str, Any]) -> Desired:
    """Reads the options of ``nexmo_application``, those not given being None. Raises InvalidOption."""
    given = {name: value for name, value in options.items() if value is not None}
    check_finder(given)
    if "name" not in given and "application_id" not in given:
        raise InvalidOption("name", "is missing; give the application's name, or its application_id")
    if unfinished_name(given.get("name", "")) is not None:
        raise InvalidOption("name", "has the form of those that are given until an application is finished")
    patch: Dict[str, Any] = {"name": given["name"]} if "name" in given else {}
    for webhook in WEBHOOKS:
        patch = combined(patch, _webhook_patch(given, webhook))
    if "capabilities" in given:
        patch["capabilities"] = combined(patch.get("capabilities", {}), capabilities_patch(given["capabilities"]))
    if "public_key" in given:
        patch["keys"] = {"public_key": _canonical(given["public_key"])}
    if "improve_ai" in given:
        patch["privacy"] = {"improve_ai": given["improve_ai"]}
    if "settings" in given:
        named = combined(nested(("capabilities", given["type"]), {}), patch) if "type" in given else patch
        patch = combined(patch, settings_patch(given["settings"], named, _own_option_names(given)))
    return Desired(
        name=given.get("name"),
        application_id=given.get("application_id"),
        type=given.get("type"),
        patch=patch,
        options=given,
        recreate=bool(given.get("recreate")),
        lost_key=given.get("lost_key", "fail"),
    )


def _canonical(public_key: str) -> str:
    """The public key in the canonical layout. What is no key stays as it is: the rules of the version refuse it."""
    try:
        return canonical_pem(public_key)
    except UnreadableKey:
        return public_key


def names(options: Mapping[str, Any], webhook: Webhook) -> bool:
    """Whether the options say anything of that webhook."""
    return webhook.name in options or webhook.method_option in options


def check_supported(options: Mapping[str, Any], unsupported: Collection[str]) -> None:
    """Raises InvalidOption for an option that is given and belongs to version 2 alone."""
    for option in unsupported:
        if options.get(option) is not None:
            raise InvalidOption(option, "needs version 2 of the API; set api_version: v2")


def check_finder(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption for a name or an id that is given and empty, and for an id that cannot be one."""
    for option, what in (("name", "name"), ("application_id", "id")):
        if options.get(option) is not None and not options[option].strip():
            raise InvalidOption(option, "is empty; give the application's %s" % what)
    application_id = options.get("application_id")
    if application_id is not None and not PATH_SEGMENT.fullmatch(application_id):
        raise InvalidOption("application_id", "%r is not an id; give one as the API shows it" % application_id)


def _own_option_names(given: Mapping[str, Any]) -> Dict[str, str]:
    """Of settings that options of their own name."""
    option_names = {"keys.public_key": "public_key", "privacy.improve_ai": "improve_ai"}
    if "type" in given:
        option_names["capabilities.%s" % given["type"]] = "type"
    for webhook in WEBHOOKS:
        if names(given, webhook):
            path = ".".join(webhook.path)
            option_names[path] = option_names[path + ".address"] = webhook.name
            option_names[path + ".http_method"] = webhook.method_option
    return option_names


def _webhook_patch(given: Mapping[str, Any], webhook: Webhook) -> Dict[str, Any]:
    if not names(given, webhook):
        return {}
    url = given.get(webhook.name)
    if url == "":
        if webhook.method_option in given:
            raise InvalidOption(
                webhook.method_option, "cannot be given with an empty %s, which removes the webhook" % webhook.name
            )
        return nested(webhook.path, None)
    change = {}
    if url is not None:
        check_url(webhook.name, url)
        change["address"] = url
    if webhook.method_option in given:
        change["http_method"] = given[webhook.method_option]
    return nested(webhook.path, change)
