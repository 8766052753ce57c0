# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts of a play as the role's decisions see them: what each reported, without any run."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from ansible_collections.community.nexmo.plugins.plugin_utils._situation import Situation
from ansible_collections.community.nexmo.plugins.plugin_utils._use import looked_at, use_of

Facts = Dict[str, Any]
PLAY = "Provision"
SHOP = {"name": "Shop", "private_key_path": "/k/shop.key"}


def use(variables: Mapping[str, Any], hosts: Sequence[str], earlier: Optional[Mapping[str, Any]] = None) -> Facts:
    """What a host of such a play is about."""
    return use_of(variables, earlier or {}, PLAY, hosts)


def looked(fingerprint: Optional[str] = None, waiting: Sequence[str] = ()) -> Facts:
    """What a look at one key comes to."""
    held = sorted({*waiting, *([fingerprint] if fingerprint else [])})
    public_key = "PEM of " + fingerprint if fingerprint else None
    return {"fingerprint": fingerprint, "held_keys": held, "public_key": public_key, "changed": False}


def reported(of_use: Mapping[str, Any], *keys: Mapping[str, Any]) -> Facts:
    """A host that looked at its keys, in the order of its applications."""
    found = iter(keys)
    return {
        "use": of_use,
        **{
            task: {"keys": [{"path": each["path"], **next(found)} for each in looked_at(of_use, state)]}
            for state, task in (("absent", "going"), ("present", "places"))
            if looked_at(of_use, state)
        },
    }


def answered(situation: Situation, variables: Mapping[str, Any], results: Mapping[str, Any], **more: Any) -> Facts:
    """The answer of the API to what the host asks for, by the names of applications."""
    asked = situation.requests_of_leader(variables)
    return {
        "groups": asked["groups"],
        "held_keys": [item.get("held_keys", []) for item in asked["applications"]],
        "applications": [results[item["name"]] for item in asked["applications"]],
        "check_mode": False,
        **more,
    }


def done(operation: str, fingerprint: Optional[str], **more: Any) -> Facts:
    """What the API's module returns of an application."""
    application = None if operation == "delete" else {"id": "id-1", "name": "Shop"}
    return {
        "operation": operation,
        "changed": operation != "none",
        "finished": True,
        "application": application,
        "fingerprint": fingerprint,
        **more,
    }


def seen_from(
    host: str,
    facts: Mapping[str, Facts],
    batch: Optional[Sequence[str]] = None,
    play_hosts: Optional[Sequence[str]] = None,
) -> Situation:
    """One host's view of all."""
    hostvars = {
        each: {"nexmo_application__" + name: value for name, value in of_host.items()}
        for each, of_host in facts.items()
    }
    hosts = list(facts) if play_hosts is None else list(play_hosts)
    here = {"host": host, "hosts": hosts, "batch": hosts if batch is None else list(batch), "all": list(facts)}
    return Situation(hostvars, here)


def agreed(facts: Mapping[str, Facts], batch: Optional[Sequence[str]] = None, **more: Any) -> Dict[str, Facts]:
    """The same hosts, once the first has worked out what they agree on."""
    with_agreement = {host: dict(of_host) for host, of_host in facts.items()}
    for host in batch or facts:
        if facts[host].get("use"):
            with_agreement[host]["agreement"] = seen_from(host, facts, batch, **more).agreement()
    return with_agreement
