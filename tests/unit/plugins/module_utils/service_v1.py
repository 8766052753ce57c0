# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How version 1 of the service shows what it was sent, and arbitrary applications in that form."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from hypothesis import strategies as st

from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import values

KNOWN = {"voice": ("answer_url", "event_url"), "messages": ("inbound_url", "status_url")}
METHODS = st.sampled_from(["GET", "POST"])
ADDRESSES = st.sampled_from(["https://example.com/%d" % number for number in range(3)] + ["http://[::1]:8080/\xe9?a=b"])
NAMES = st.sampled_from(["My Application", "Other", "\xe9\u20ac \U0001f511", "a/b?c=d&e", "x" * 300])

# Webhooks that the collection knows nothing of; no two capabilities have one of the same name.
UNKNOWN_WEBHOOKS = {"voice": ("fallback_answer_url", "new_voice_hook"), "messages": ("new_messages_url",)}

# Members that the collection knows nothing of, beside those that it reads.
UNKNOWN_MEMBERS = st.dictionaries(
    st.sampled_from(["vendor_setting", "hoolock_configs", "privacy", "region"]), values(), max_size=3
)


def webhook(kind: str, address: Any, method: Any) -> Dict[str, Any]:
    return {"endpoint_type": kind, "endpoint": address, "http_method": method}


@st.composite
def capabilities(draw: Any, capability: str) -> Dict[str, Any]:
    """A capability with at least one webhook, in any order."""
    kinds = KNOWN[capability] + UNKNOWN_WEBHOOKS[capability]
    chosen = draw(st.lists(st.sampled_from(kinds), unique=True, min_size=1))
    return {"webhooks": [webhook(kind, draw(ADDRESSES), draw(METHODS)) for kind in chosen]}


# Nothing to see in a capability that the application does not have, in every form of nothing.
NOTHING = st.sampled_from([{}, {"webhooks": []}, None])


ANY_TYPES = st.sampled_from([("voice",), ("messages",), ("voice",), ("messages",), (), ("voice", "messages")])
ONE_TYPE = st.sampled_from([("voice",), ("messages",)])


@st.composite
def shown_applications(draw: Any, types: st.SearchStrategy[Any] = ANY_TYPES) -> Dict[str, Any]:
    """An application as an answer shows it."""
    shown = draw(UNKNOWN_MEMBERS)
    shown.update(id=draw(st.sampled_from(["aaaa-bbbb", "a/b"])), name=draw(NAMES))
    shown["_links"] = {"self": {"href": "/v1/applications/aaaa-bbbb"}}
    if draw(st.booleans()):
        shown["keys"] = {"public_key": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}
    having = draw(types)
    for capability in KNOWN:
        part = draw(capabilities(capability) if capability in having else NOTHING)
        if part is not None:
            shown[capability] = part
    return shown


def capability_of(kind: str) -> str:
    for names in (KNOWN, UNKNOWN_WEBHOOKS):
        for capability, kinds in names.items():
            if kind in kinds:
                return capability
    raise LookupError(kind)


def method_member(kind: str) -> str:
    return (kind[: -len("_url")] if kind.endswith("_url") else kind) + "_method"


def shown_after(body: Mapping[str, Any], keys: Any = None) -> Dict[str, Any]:
    """What the service shows of an application that was sent so: it turns flat webhooks into lists."""
    rest = {name: value for name, value in body.items() if name not in ("api_key", "api_secret", "type")}
    shown: Dict[str, Any] = {"id": "aaaa-bbbb", "voice": {"webhooks": []}, "messages": {"webhooks": []}}
    for names in (KNOWN, UNKNOWN_WEBHOOKS):
        for capability, kinds in names.items():
            for kind in kinds:
                address, method = rest.pop(kind, None), rest.pop(method_member(kind), None)
                if address is not None:
                    shown[capability]["webhooks"].insert(0, webhook(kind, address, method))
    if keys:
        shown["keys"] = keys
    return dict(rest, **shown)
