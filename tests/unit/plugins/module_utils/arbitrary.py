# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arbitrary options of nexmo_application, and what they name, worked out without the collection's own code."""

from __future__ import annotations

from typing import Any, Dict, Iterator, Mapping, Optional, Tuple

from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.model import Application
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import Plan, plan_present
from ansible_collections.community.nexmo.plugins.module_utils._errors import NexmoError
from ansible_collections.community.nexmo.plugins.module_utils._patch import differences, member
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import (
    as_json,
    without,
    without_empty,
)
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.service_v1 import ADDRESSES, KNOWN, METHODS

Path = Tuple[str, ...]

FLAT = [(capability, url) for capability, urls in KNOWN.items() for url in urls]


def method_option(url: str) -> str:
    return url[: -len("url")] + "method"


@st.composite
def flat_options(draw: Any, removable: Any = ("answer_url",)) -> Dict[str, Any]:
    """Options that both versions have; mostly of one type, as far as they name webhooks."""
    options: Dict[str, Any] = {"name": draw(st.sampled_from(["My Application", "Another"]))}
    kind = draw(st.sampled_from(["voice", "messages", None]))
    if kind and draw(st.booleans()):
        options["type"] = kind
    for capability, url in FLAT:
        if capability != kind and not draw(st.integers(0, 15).map(lambda number: number == 0)):
            continue
        wish = draw(st.sampled_from(["nothing", "address", "both", "method", "remove"]))
        if wish == "remove" and capability != kind:
            continue
        if wish in ("address", "both"):
            options[url] = draw(ADDRESSES)
        if wish in ("method", "both"):
            options[method_option(url)] = draw(METHODS)
        if wish == "remove" and url in removable:
            options[url] = ""
    options["recreate"] = draw(st.booleans())
    return options


@st.composite
def creations(draw: Any) -> Dict[str, Any]:
    """Options that version 1 can create an application with."""
    capability = draw(st.sampled_from(sorted(KNOWN)))
    options: Dict[str, Any] = {"name": "My Application", "type": capability, "recreate": True}
    for url in KNOWN[capability]:
        if url != "answer_url" or draw(st.booleans()):
            options[url] = draw(ADDRESSES)
            if draw(st.booleans()):
                options[method_option(url)] = draw(METHODS)
    return options


def plan(options: Mapping[str, Any], existing: Optional[Application], rules: Any, held_keys: Any = None) -> Plan:
    """The whole way from options to a plan. Raises NexmoError."""
    desired = desired_from(options)
    rules.check(desired)
    return plan_present(desired, existing, rules, held_keys)


def plan_or_refusal(options: Mapping[str, Any], existing: Optional[Application], rules: Any) -> Tuple[Any, str]:
    """The plan, or why there is none; any other exception than ours goes through."""
    try:
        return plan(options, existing, rules), ""
    except NexmoError as error:
        return None, str(error)


def flat_paths(options: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Path]:
    """What the options of flat_options name; the method of a webhook that is new goes with it."""
    if "name" in options:
        yield ("name",)
    if "type" in options:
        yield ("capabilities", options["type"], "webhooks", "of a type nothing inside is named")
    for capability, url in FLAT:
        path = ("capabilities", capability, "webhooks", url)
        if options.get(url) == "" or (options.get(url) and member(before, path) is None):
            yield path
        elif url in options:
            yield path + ("address",)
        if method_option(url) in options:
            yield path + ("http_method",)


def assert_only_changed(before: Any, after: Any, named: Any) -> None:
    """Everything but these paths, and the objects that lead to them, is as it was."""
    named = list(named)
    for path in differences(before, after):
        assert any(path == name[: len(path)] or name == path[: len(name)] for name in named), path
    for name in named:
        before, after = without(before, name), without(after, name)
    assert as_json(without_empty(before)) == as_json(without_empty(after))
