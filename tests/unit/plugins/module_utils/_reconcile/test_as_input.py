# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever an account holds, what is returned as input is accepted, and changes nothing."""

from __future__ import annotations

import json

import pytest
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api import v1, v2
from ansible_collections.community.nexmo.plugins.module_utils._application.options import (
    APPLICATION_OPTIONS,
    EXCLUSIVE_OPTIONS,
)
from ansible_collections.community.nexmo.plugins.module_utils._application.plan import NONE
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v1 import RulesV1
from ansible_collections.community.nexmo.plugins.module_utils._application.rules_v2 import RulesV2
from ansible_collections.community.nexmo.plugins.module_utils._given import prepare
from ansible_collections.community.nexmo.plugins.module_utils._names import spell_names
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.as_input import items_for
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.selection import Selected, Selection, select
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import arbitrary, memory, service_v2
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.documents import as_json, documents, values

SPEC = {
    "applications": {
        "type": "list",
        "elements": "dict",
        "options": APPLICATION_OPTIONS,
        "mutually_exclusive": EXCLUSIVE_OPTIONS,
    }
}
URL = "https://example.com/one"
SECRET = "s3cret-value"


def given_back(shown, module, rules):
    """What the API shows, the item that asks for it, and the plan for that item, as far as there is one."""
    existing = module.application_from(dict(shown, id="aaaa"))
    items, _left_out = items_for(Selected([existing], frozenset([existing.name])), rules)
    params = {"applications": json.loads(json.dumps(items))}
    spell_names(params)
    assert prepare(params, SPEC) == []
    result = ModuleArgumentSpecValidator(SPEC).validate(params)
    assert result.error_messages == []
    return [
        (existing, item, arbitrary.plan(options, existing, rules))
        for item, options in zip(items, result.validated_parameters["applications"])
    ]


def assert_no_change(existing, item, planned):
    assert planned.operation == NONE
    assert as_json(planned.after.settings) == as_json(existing.settings)
    assert SECRET not in json.dumps(item)


ODD_TEXTS = st.sampled_from(
    ["", " ", "GET", "POST", "PATCH", "v1", "v3", "eu-west", "mars", URL, "http://", "ftp://a", "a b", "absent"]
    + ["https://user:%s@example.com" % SECRET, "{{ x }}", "\xe9\u20ac"]
)
ODD = ODD_TEXTS | st.integers(-1, 12000) | st.booleans() | st.none() | values()
SECRETS = st.builds(lambda name: {name: SECRET}, st.sampled_from(["secret", "private_key"]))
NAMES = st.sampled_from(["state", "unset", "webhooks", "voice", "address", "secret", "a", "", "x.y"])


def odd(known):
    """An object that can have any of these members, each with a value of its own kind or with any other."""
    return (
        st.builds(
            service_v2.merge,
            documents(NAMES),
            st.fixed_dictionaries({}, optional={name: value | ODD | SECRETS for name, value in known.items()}),
        )
        | ODD
        | st.lists(ODD | SECRETS, max_size=2)
    )


def odd_capability(capability):
    known = dict(service_v2.SETTINGS[capability])
    known.update({name: odd(group) for name, group in service_v2.GROUPS.get(capability, {}).items()})
    kinds = {
        name: odd(dict(settings, address=service_v2.ADDRESSES))
        for name, settings in list(service_v2.WEBHOOKS.get(capability, {}).items())[:3]
    }
    if kinds:
        known["webhooks"] = odd(kinds)
    return odd(known)


ODD_APPLICATIONS = st.fixed_dictionaries(
    {"name": st.text(max_size=5)},
    optional={
        "capabilities": odd({name: odd_capability(name) for name in service_v2.SETTINGS}),
        "privacy": odd({"improve_ai": st.booleans()}),
        "keys": odd({"public_key": service_v2.PEMS}),
        "vendor": ODD | SECRETS,
    },
)


@given(ODD_APPLICATIONS | service_v2.applications())
@example({"name": "x", "capabilities": {"voice": "https://user:%s@example.com" % SECRET}})
def test_whatever_version_2_shows_is_accepted_as_input_and_changes_nothing(shown):
    for each in given_back(shown, v2, RulesV2()):
        assert_no_change(*each)


LISTED = st.fixed_dictionaries(
    {},
    optional={
        "endpoint_type": st.sampled_from(["answer_url", "event_url", "inbound_url", "status_url", "new_url"]) | ODD,
        "endpoint": ODD,
        "http_method": ODD,
        "x": ODD,
    },
)
ODD_LISTS = odd({"webhooks": st.lists(LISTED, max_size=4) | ODD})


@given(
    st.fixed_dictionaries(
        {"name": st.text(max_size=5)},
        optional={
            **dict.fromkeys(("voice", "messages", "rtc", "fax"), ODD_LISTS),
            "keys": odd({"public_key": service_v2.PEMS}),
            "vendor": ODD | SECRETS,
        },
    )
)
def test_whatever_version_1_shows_is_accepted_as_input_and_changes_nothing(shown):
    for each in given_back(shown, v1, RulesV1()):
        assert_no_change(*each)


HELD = {
    "an empty webhook": {"voice": {"webhooks": {"fallback_answer_url": {"address": "", "http_method": "GET"}}}},
    "a timeout under its range": {"voice": {"webhooks": {"answer_url": {"address": URL, "socket_timeout": 50}}}},
    "GET for messages": {"messages": {"webhooks": {"inbound_url": {"address": URL, "http_method": "GET"}}}},
    "an empty redirect_uri": {"network_apis": {"redirect_uri": "", "network_application_id": "x"}},
    "an older version": {"verify": {"version": "v1"}},
    "a webhook of rtc that version 2 refuses": {"rtc": {"webhooks": {"answer_url": {"address": URL}}}},
    "a capability that no option names": {"meetings": {"a": 1}, "bulk": {}},
    "settings that no option names": {"voice": {"payments": [{"secret": SECRET}], "payment_enabled": None}},
    "of other types": {"voice": "on", "rtc": [], "video": {"storage": 1, "webhooks": [1]}, "vbc": None},
}


@pytest.mark.parametrize("capabilities", HELD.values(), ids=HELD)
def test_what_was_recorded_of_accounts_is_accepted_and_changes_nothing(capabilities):
    ((existing, item, planned),) = given_back({"name": "x", "capabilities": capabilities}, v2, RulesV2())

    assert_no_change(existing, item, planned)
    assert item["name"] == "x"


def test_what_options_do_not_take_is_in_settings():
    shown = {
        "name": "x",
        "capabilities": {
            "voice": {"webhooks": {"answer_url": {"address": URL, "socket_timeout": 50}}, "payments": [1]},
            "meetings": {},
        },
        "privacy": {"improve_ai": "perhaps"},
        "vendor": 1,
    }

    ((_existing, item, _planned),) = given_back(shown, v2, RulesV2())

    assert item == {
        "name": "x",
        "capabilities": {"voice": {"webhooks": {"answer_url": {"address": URL}}}},
        "settings": {
            "capabilities": {
                "voice": {"webhooks": {"answer_url": {"socket_timeout": 50}}, "payments": [1]},
                "meetings": {},
            },
            "privacy": {"improve_ai": "perhaps"},
            "vendor": 1,
        },
    }


TWINS = [memory.application("Twin", "a", capabilities={"voice": {}}), memory.application("Twin", "b")]


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(name="Twin"), Selection(application_id="a"), Selection(capabilities=["voice"])],
)
def test_a_name_that_may_not_be_ones_own_is_not_what_an_item_is_found_by(selection):
    selected = select(memory.Account(*TWINS, memory.application("Other", "c")), selection)

    items, _left_out = items_for(selected, RulesV2())

    assert {item["application_id"] for item in items if item.get("name") != "Other"} <= {"a", "b"}
    assert all("name" not in item or item["name"] == "Other" for item in items)
