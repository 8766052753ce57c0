# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option capabilities, made from the data that its argument spec is made from; only its words stand here."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping

from ansible_collections.community.nexmo.plugins.module_utils._application.capabilities import (
    CAPABILITIES,
    Capability,
    Setting,
    Settings,
)
from ansible_collections.community.nexmo.plugins.module_utils._application.capability_options import capabilities_spec

Documentation = Dict[str, Any]

OPTION = [
    "The capabilities of the application, nested and named as in version 2 of the API. Needs O(api_version=v2).",
    "A capability that the task names is enabled. An empty dictionary enables it with the defaults of the service.",
    "Settings that the task does not name stay as they are, at any depth. In a new capability they get the defaults of "
    "the service.",
    "It cannot be given together with O(type) or the options of single webhooks, for example O(answer_url).",
]

CAPABILITY = {
    "voice": "Calls.",
    "messages": "Messages, over SMS and over other channels.",
    "rtc": "Conversations between the users of an app, over the Client SDK.",
    "vbc": "Vonage Business Communications. It has no settings.",
    "verify": "Verification of users.",
    "video": "Video sessions. Settings that the service itself makes here stay as they are, for example "
    "C(environment_id).",
    "network_apis": "APIs of mobile networks.",
}

# What stands in a capability, by its name there, or by its name alone where it says the same everywhere.
WORDS = {
    "state": "V(absent) removes the capability with all its settings.",
    "unset": "Settings to remove. The service then uses its default.",
    "webhooks": "The webhooks of the capability. An empty C(address) removes one.",
    "voice.answer_url": "Where the service fetches the call control object when a call is answered.",
    "voice.fallback_answer_url": "Where the service fetches the call control object when "
    "O(capabilities.voice.webhooks.answer_url) fails.",
    "voice.event_url": "Where the service sends the events of a call.",
    "messages.inbound_url": "Where the service sends inbound messages.",
    "messages.status_url": "Where the service sends the status of messages.",
    "messages.version": "The version of the Messages API that the webhooks receive.",
    "rtc.event_url": "Where the service sends the events of a conversation.",
    "verify.status_url": "Where the service sends the status of verifications.",
    "verify.version": "The version of the Verify API.",
    "address": "URL of the webhook, absolute, http or https. A new webhook needs it.",
    "http_method": "HTTP method of the webhook.",
    "connect_timeout": "How long to wait for a connection.",
    "socket_timeout": "How long to wait for an answer.",
    "secret": "Secret with which the service signs its requests to the webhook. It is never returned.",
    "active": "Whether the webhook is called.",
    "signed_callbacks": "Whether the service signs its requests to the webhooks.",
    "conversations_ttl": "How long a named conversation lives.",
    "leg_persistence_time": "How long the legs of a conversation are kept.",
    "region": "The region in which calls are processed.",
    "authenticate_inbound_media": "Whether authentication is needed to fetch the media of inbound messages.",
    "storage": "How archives are stored.",
    "server_side_encryption": "Whether archives are encrypted where they are stored.",
    "end_to_end_encryption": "Whether archives of encrypted sessions stay encrypted.",
    "cloud_storage": "Whether archives go to cloud storage of your own.",
    "redirect_uri": "Where users are redirected after they gave their consent.",
    "network_application_id": "The id of the application in the network registry.",
}


def capabilities_option() -> Documentation:
    """The documentation of the option."""
    documented = {name: _capability(name, capability) for name, capability in CAPABILITIES.items()}
    return _documented(OPTION, capabilities_spec(), documented)


def _capability(name: str, capability: Capability) -> Documentation:
    spec = capabilities_spec()["options"][name]
    options = _settings(name, capability.settings, spec)
    for group, settings in capability.groups.items():
        options[group] = _group(name, group, settings, spec["options"][group])
    if capability.webhooks:
        webhooks = spec["options"]["webhooks"]
        options["webhooks"] = _documented(
            [WORDS["webhooks"]],
            webhooks,
            {
                webhook: _group(name, webhook, settings, webhooks["options"][webhook])
                for webhook, settings in capability.webhooks.items()
            },
        )
    for option in ("state", "unset"):
        if option in spec["options"]:
            options[option] = _documented([WORDS[option]], spec["options"][option])
    return _documented([CAPABILITY[name]], spec, {option: options[option] for option in spec["options"]})


def _group(capability: str, name: str, settings: Settings, spec: Mapping[str, Any]) -> Documentation:
    """A webhook, or another group of settings."""
    is_event = capability == "video" and "address" in settings
    words = "Where the service sends the event C(%s)." % name if is_event else _words(capability, name)
    return _documented([words], spec, _settings(capability, settings, spec))


def _settings(capability: str, settings: Settings, spec: Mapping[str, Any]) -> Dict[str, Documentation]:
    return {
        name: _documented([_words(capability, name) + _limits(setting)], spec["options"][name])
        for name, setting in settings.items()
    }


def _words(capability: str, name: str) -> str:
    return WORDS.get("%s.%s" % (capability, name)) or WORDS[name]


def _limits(setting: Setting) -> str:
    """The range and the known default of a setting, in words."""
    limits = "" if setting.lowest is None else " In %s, %d to %d." % (setting.unit, setting.lowest, setting.highest)
    is_known = len(setting.defaults) == 1 and not isinstance(setting.defaults[0], bool)
    return limits + (" By default V(%s)." % setting.defaults[0] if is_known else "")


def _documented(description: List[str], spec: Mapping[str, Any], suboptions: Any = None) -> Documentation:
    """An option in the form of Ansible's documentation; its argument spec says the rest."""
    documented = {"description": description}
    documented.update({name: spec[name] for name in ("type", "elements", "choices", "default") if name in spec})
    if suboptions is not None:
        documented["suboptions"] = suboptions
    return documented


class ModuleDocFragment:
    """Capabilities of version 2 of the API."""

    # JSON is YAML. Annotated, since the yamllint test of ansible-test takes a plain assignment for one literal text.
    DOCUMENTATION: str = json.dumps({"options": {"capabilities": capabilities_option()}})
