# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications of version 2 and the options for them, from a table of the reference that is not the collection's."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Dict, Iterator, List, Mapping, Tuple

from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._patch import member
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import NAMES as ANY_NAME
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import documents
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.service_v1 import ADDRESSES, METHODS, NAMES

Path = Tuple[str, ...]

S3CRET = "s3cret-value"
BOOLEANS = st.booleans()
POST_ONLY = {"http_method": st.just("POST")}
GET_OR_POST = {"http_method": METHODS}


def timeouts(longest: int) -> Dict[str, Any]:
    return {
        "http_method": METHODS,
        "connect_timeout": st.integers(300, 1000),
        "socket_timeout": st.integers(1000, longest),
    }


VIDEO_EVENT = {"secret": st.sampled_from([S3CRET, S3CRET + " of another kind"]), "active": BOOLEANS}

# The settings of each capability, beside a webhook's address; what is nested deeper is in GROUPS and WEBHOOKS.
SETTINGS: Dict[str, Dict[str, Any]] = {
    "voice": {
        "signed_callbacks": BOOLEANS,
        "conversations_ttl": st.integers(1, 9000),
        "leg_persistence_time": st.integers(1, 31),
        "region": st.sampled_from(["na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia"]),
    },
    "messages": {"version": st.sampled_from(["v0.1", "v1"]), "authenticate_inbound_media": BOOLEANS},
    "rtc": {"signed_callbacks": BOOLEANS, "leg_persistence_time": st.integers(1, 31)},
    "vbc": {},
    "verify": {"version": st.just("v2")},
    "video": {},
    "network_apis": {"redirect_uri": ADDRESSES, "network_application_id": st.text(min_size=1, max_size=5)},
}
GROUPS: Dict[str, Dict[str, Dict[str, Any]]] = {
    "video": {
        "storage": {
            "server_side_encryption": BOOLEANS,
            "end_to_end_encryption": BOOLEANS,
            "cloud_storage": BOOLEANS,
        }
    }
}
WEBHOOKS: Dict[str, Dict[str, Dict[str, Any]]] = {
    "voice": {
        "answer_url": timeouts(5000),
        "fallback_answer_url": timeouts(5000),
        "event_url": timeouts(10000),
    },
    "messages": {"inbound_url": POST_ONLY, "status_url": POST_ONLY},
    "rtc": {"event_url": GET_OR_POST},
    "verify": {"status_url": POST_ONLY},
    "video": dict.fromkeys(
        [
            "archive_status",
            "broadcast_status",
            "captions_status",
            "connection_created",
            "connection_destroyed",
            "render_status",
            "session_created",
            "session_destroyed",
            "session_notification",
            "sip_call_created",
            "sip_call_destroyed",
            "sip_call_mute_forced",
            "sip_call_updated",
            "stream_created",
            "stream_destroyed",
        ],
        VIDEO_EVENT,
    ),
}

# What the service fills in where it was not sent.
FILLED_IN: Dict[str, Dict[str, Any]] = {
    "voice": {"signed_callbacks": True, "conversations_ttl": 48, "leg_persistence_time": 7},
    "messages": {"version": "v1"},
    "rtc": {"signed_callbacks": True, "leg_persistence_time": 7},
    "verify": {"version": "v2"},
    "video": {"environment_id": "env-1", "environment_enabled": True, "hoolock_configs": {"a": [1, {"b": None}]}},
}
FILLED_INTO_VOICE_WEBHOOKS: Dict[str, Dict[str, Any]] = {
    "answer_url": {"http_method": "GET", "connect_timeout": 1000, "socket_timeout": 5000},
    "fallback_answer_url": {"http_method": "GET", "connect_timeout": 1000, "socket_timeout": 5000},
    "event_url": {"http_method": "POST", "connect_timeout": 1000, "socket_timeout": 10000},
}

# Members that the collection knows nothing of, also such as it would know in another place.
UNKNOWN = documents(ANY_NAME | st.sampled_from(["webhooks", "voice", "address", "version", "secret", "region"]))


def optional(settings: Mapping[str, Any]) -> st.SearchStrategy[Dict[str, Any]]:
    """Some of these settings."""
    return st.fixed_dictionaries({}, optional=dict(settings))


def webhooks_of(capability: str) -> st.SearchStrategy[Dict[str, Any]]:
    kinds = {
        name: st.builds(merge, UNKNOWN, st.fixed_dictionaries({"address": ADDRESSES}, optional=settings))
        for name, settings in WEBHOOKS[capability].items()
    }
    return st.builds(merge, UNKNOWN, some_of(kinds))


def some_of(strategies: Mapping[str, Any], most: int = 3) -> st.SearchStrategy[Dict[str, Any]]:
    """Some members, each by its own strategy."""
    chosen = st.lists(st.sampled_from(sorted(strategies)), unique=True, max_size=most)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: strategies[name] for name in names}))


def merge(*parts: Mapping[str, Any]) -> Dict[str, Any]:
    result: Dict[str, Any] = {}
    for part in parts:
        result.update(part)
    return result


@st.composite
def capabilities(draw: Any, capability: str) -> Dict[str, Any]:
    """A capability with known and unknown settings."""
    unknown = {name: value for name, value in draw(UNKNOWN).items() if name not in SETTINGS[capability]}
    shown = merge(unknown, draw(optional(SETTINGS[capability])))
    for group, settings in GROUPS.get(capability, {}).items():
        shown.pop(group, None)
        if draw(st.booleans()):
            shown[group] = merge(draw(UNKNOWN), draw(optional(settings)))
    if capability in WEBHOOKS:
        shown.pop("webhooks", None)
        if draw(st.integers(0, 3)):
            shown["webhooks"] = draw(webhooks_of(capability))
    return shown


def pem(number: int) -> str:
    return keys.public_pem(keys.pair(number=number))


# The same two keys in two layouts each.
PEMS = st.sampled_from([1, 2]).flatmap(lambda number: st.sampled_from([pem(number), pem(number).replace("\n", "\r\n")]))


@st.composite
def applications(draw: Any) -> Dict[str, Any]:
    """The settings of an application, as the service shows them."""
    settings = draw(UNKNOWN)
    settings["name"] = draw(NAMES)
    chosen = draw(st.lists(st.sampled_from(sorted(SETTINGS)), unique=True, max_size=4))
    settings["capabilities"] = draw(st.dictionaries(st.sampled_from(["quantum", "carrier_pigeon"]), UNKNOWN))
    settings["capabilities"].update({name: draw(capabilities(name)) for name in chosen})
    if draw(st.booleans()):
        settings["keys"] = merge(draw(UNKNOWN), {"public_key": draw(PEMS | st.just("PUBLIC_KEY"))})
    if draw(st.booleans()):
        settings["privacy"] = merge(draw(UNKNOWN), draw(optional({"improve_ai": BOOLEANS})))
    return settings


def filled_in(settings: Mapping[str, Any]) -> Dict[str, Any]:
    """What the service shows of an application that was sent so."""
    shown = deepcopy(dict(settings))
    if isinstance(shown.setdefault("privacy", {}), dict):
        shown["privacy"].setdefault("improve_ai", True)
    for name, capability in shown["capabilities"].items():
        for setting, value in FILLED_IN.get(name, {}).items():
            capability.setdefault(setting, value)
    webhooks = member(shown, ("capabilities", "voice", "webhooks")) or {}
    for name, defaults in FILLED_INTO_VOICE_WEBHOOKS.items():
        if isinstance(webhooks.get(name), dict):
            webhooks[name] = merge(defaults, webhooks[name])
    return shown


def webhook_options(settings: Mapping[str, Any]) -> st.SearchStrategy[Dict[str, Any]]:
    """A webhook as a task names it: to have, to change or to remove."""
    whole = st.fixed_dictionaries({"address": ADDRESSES}, optional=dict(settings))
    return whole | optional(settings).filter(bool) | st.just({"address": ""})


@st.composite
def capability_options(draw: Any, capability: str) -> Dict[str, Any]:
    """A suboption of capabilities, as AnsibleModule hands it over: what is not given is None."""
    known = [*SETTINGS[capability], *GROUPS.get(capability, {})]
    options: Dict[str, Any] = dict.fromkeys([*known, "unset"] if known else [])
    options["state"] = "present"
    if not draw(st.integers(0, 6)):
        options["state"] = "absent"
        return options
    options.update(draw(optional(SETTINGS[capability])))
    for group, settings in GROUPS.get(capability, {}).items():
        if draw(st.booleans()):
            options[group] = merge(dict.fromkeys(settings), draw(optional(settings)))
    if known and draw(st.booleans()):
        left = sorted(name for name in known if options[name] is None)
        options["unset"] = draw(st.lists(st.sampled_from(left), unique=True)) if left else []
    if capability in WEBHOOKS:
        kinds = WEBHOOKS[capability]
        options["webhooks"] = None
        if draw(st.booleans()):
            given = draw(some_of({name: webhook_options(settings) for name, settings in kinds.items()}))
            options["webhooks"] = merge(
                dict.fromkeys(kinds),
                {name: merge(dict.fromkeys([*kinds[name], "address"]), webhook) for name, webhook in given.items()},
            )
    return options


@st.composite
def options(draw: Any) -> Dict[str, Any]:
    """Options of nexmo_application that only version 2 has."""
    given: Dict[str, Any] = {"name": draw(st.sampled_from(["My Application", "Another"]))}
    if draw(st.integers(0, 4)):
        chosen = draw(some_of({name: capability_options(name) for name in SETTINGS}))
        given["capabilities"] = merge(dict.fromkeys(SETTINGS), chosen)
    if draw(st.booleans()):
        given["public_key"] = draw(PEMS)
    if draw(st.booleans()):
        given["improve_ai"] = draw(BOOLEANS)
    return given


def wanted(given: Mapping[str, Any]) -> Iterator[Tuple[Path, Any]]:
    """The paths that options() names, each with what is to be there; None where nothing is."""
    yield ("name",), given["name"]
    if "public_key" in given:
        yield ("keys", "public_key"), given["public_key"]
    if "improve_ai" in given:
        yield ("privacy", "improve_ai"), given["improve_ai"]
    for name, capability in present(given.get("capabilities")):
        yield from wanted_in(("capabilities", name), name, capability)


def wanted_in(path: Path, name: str, given: Mapping[str, Any]) -> Iterator[Tuple[Path, Any]]:
    if given["state"] == "absent":
        yield path, None
        return
    for setting in SETTINGS[name]:
        if given[setting] is not None:
            yield path + (setting,), given[setting]
    for group in GROUPS.get(name, {}):
        for setting, value in present(given[group]):
            yield path + (group, setting), value
    for setting in given.get("unset") or []:
        yield path + (setting,), None
    for kind, webhook in present(given.get("webhooks")):
        if webhook["address"] == "":
            yield path + ("webhooks", kind), None
        else:
            yield from ((path + ("webhooks", kind, setting), value) for setting, value in present(webhook))


def present(given: Any) -> List[Tuple[str, Any]]:
    return [(name, value) for name, value in (given or {}).items() if value is not None]


def named(given: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Path]:
    """The paths that may change: those that are wanted, and the default method of a webhook that is new.

    A capability that is named, though nothing in it is, is enabled, and so is a group.
    """
    for path, _value in wanted(given):
        yield path
        if path[2:3] == ("webhooks",) and member(before, path[:4]) is None:
            yield path[:4]
    for name, _capability in present(given.get("capabilities")):
        yield ("capabilities", name, "nothing inside is named")
        yield from (("capabilities", name, group, "nothing inside is named") for group in GROUPS.get(name, {}))
