# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._numbers.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._numbers.model import (
    CALLBACKS,
    NAMED,
    NATURE,
    number_from,
)
from ansible_collections.community.nexmo.plugins.module_utils._numbers.options import NUMBER_OPTIONS
from ansible_collections.community.nexmo.plugins.module_utils._numbers.plan import owners_in_the_way, plan_for
from ansible_collections.community.nexmo.plugins.module_utils._numbers.wire import form_for

URL = "https://example.com/"
BARE = {"msisdn": "447700900000", "country": "GB", "type": "mobile-lvn", "features": ["SMS", "VOICE"]}


def desired(**options):
    """What a task asks for that gives these options."""
    defaults = {name: option.get("default") for name, option in NUMBER_OPTIONS.items()}
    return desired_from({**defaults, "number": BARE["msisdn"], **options})


def sent(plan):
    return form_for(plan.before, plan.after)


# --- what is kept -----------------------------------------------------------------------------------------------------

IDS = st.sampled_from(["a", "b", "c"])
VALUES = st.text(min_size=1, max_size=8)
KNOWN = {
    "app_id": IDS,
    "moHttpUrl": VALUES,
    "moSmppSysType": VALUES,
    "voiceStatusCallback": VALUES,
    "voiceCallbackType": st.sampled_from(["sip", "tel", "app", "vbc"]),
    "voiceCallbackValue": st.one_of(IDS, VALUES),
    "messagesCallbackType": st.sampled_from(["app", "other"]),
    "messagesCallbackValue": IDS,
}
UNKNOWN = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda name: name not in NATURE and name not in KNOWN), VALUES, max_size=3
)


@st.composite
def numbers(draw):
    """A number with any settings, in the form of a listing."""
    settings = draw(st.fixed_dictionaries({}, optional=KNOWN))
    return {**BARE, **draw(UNKNOWN), **settings}


OPTIONS = st.fixed_dictionaries(
    {"state": st.sampled_from(["linked", "unlinked"]), "application_id": IDS},
    optional={
        "sms_url": st.sampled_from(["", URL + "sms"]),
        "voice_status_url": st.sampled_from(["", URL + "ended"]),
        "voice": st.sampled_from([("", None), (None, ""), ("sip", "sip:x@example.com"), ("tel", "+44 20")]),
    },
)


def options_of(drawn):
    """The options of a task."""
    options = dict(drawn)
    kind, value = options.pop("voice", (None, None))
    return dict(options, voice_callback_type=kind, voice_callback_value=value)


def is_link(settings, name):
    """Whether a setting is a part of a link to an application, in whichever form."""
    return name == "app_id" or any(
        name in (callback, value) and settings.get(callback) == "app" for callback, value in CALLBACKS
    )


def touched(options):
    """The settings that a task names."""
    members = {member for option, member in NAMED if options.get(option) is not None}
    voice = {"voiceCallbackType", "voiceCallbackValue"}
    return members | (voice if members & voice else set())


@given(numbers(), OPTIONS)
def test_whatever_a_number_has_and_the_task_does_not_name_is_sent_back_as_it_was(shown, drawn):
    options = options_of(drawn)

    form = sent(plan_for(desired(**options), number_from(shown)))

    kept = {
        name: value
        for name, value in shown.items()
        if name not in NATURE and name not in touched(options) and not is_link(shown, name)
    }
    assert {name: form.get(name) for name in kept} == kept
    assert (form["msisdn"], form["country"]) == (BARE["msisdn"], BARE["country"])
    assert not {"type", "features"} & set(form)


@given(numbers(), OPTIONS)
def test_nothing_is_sent_that_the_number_did_not_have_and_the_task_does_not_name(shown, drawn):
    options = options_of(drawn)

    form = sent(plan_for(desired(**options), number_from(shown)))

    assert set(form) <= {*shown, *touched(options), "app_id"}


@given(numbers(), OPTIONS)
def test_the_plan_makes_the_number_as_desired(shown, drawn):
    options = options_of(drawn)

    after = plan_for(desired(**options), number_from(shown)).after

    if options["state"] == "linked":
        assert after.application_ids == (options["application_id"],)
    else:
        before = set(number_from(shown).application_ids)
        # A callback that the task names takes the place of a link in the older way.
        assert set(after.application_ids) <= before - {options["application_id"]}
    for option, member in NAMED[:1] + NAMED[3:4]:
        if options.get(option) is not None:
            assert after.settings.get(member) == (options[option] or None)


@given(numbers(), OPTIONS)
def test_a_second_run_finds_nothing_to_do(shown, drawn):
    task = desired(**options_of(drawn))
    first = plan_for(task, number_from(shown))

    listed = number_from({**BARE, **first.after.settings})
    second = plan_for(task, listed)

    assert not second.changed
    assert owners_in_the_way(task, listed) == ()


@given(numbers(), OPTIONS)
def test_a_plan_without_a_change_shows_no_difference(shown, drawn):
    plan = plan_for(desired(**options_of(drawn)), number_from(shown))

    diff = plan.diff()

    assert (diff["before"] == diff["after"]) == (not plan.changed)
    assert bool(plan.changed_options) == plan.changed


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "shown", "form"),
    [
        pytest.param(
            {"application_id": "a"},
            {"moHttpUrl": URL},
            {"app_id": "a", "moHttpUrl": URL},
            id="a link keeps the rest",
        ),
        pytest.param(
            {"state": "unlinked"}, {"app_id": "a", "moHttpUrl": URL}, {"moHttpUrl": URL}, id="unlinking leaves it out"
        ),
        pytest.param(
            {"state": "unlinked", "sms_url": ""}, {"moHttpUrl": URL}, {"moHttpUrl": ""}, id="a webhook goes by a blank"
        ),
        pytest.param({"state": "unlinked", "sms_url": ""}, {}, {}, id="one that is not there does not"),
        pytest.param(
            {"application_id": "a", "sms_url": URL},
            {"voiceCallbackType": "app", "voiceCallbackValue": "a"},
            {"app_id": "a", "moHttpUrl": URL},
            id="a link in the older way is sent in the new one",
        ),
    ],
)
def test_what_is_sent(options, shown, form):
    plan = plan_for(desired(**options), number_from({**BARE, **shown}))

    assert sent(plan) == {"msisdn": BARE["msisdn"], "country": "GB", **form}


@pytest.mark.parametrize("shown", [{}, {"voiceCallbackType": "vbc", "voiceCallbackValue": "1"}])
def test_a_callback_value_needs_a_type(shown):
    with pytest.raises(InvalidOption, match="voice_callback_value: needs voice_callback_type"):
        plan_for(desired(state="unlinked", voice_callback_value="1"), number_from({**BARE, **shown}))


@pytest.mark.parametrize(
    ("options", "owners"),
    [
        ({"application_id": "a"}, ("b",)),
        ({"application_id": "b"}, ("a",)),
        ({"application_id": "c"}, ("a", "b")),
        ({"application_id": "c", "relink": True}, ()),
        ({"application_id": "c", "state": "unlinked"}, ()),
    ],
)
def test_who_is_in_the_way(options, owners):
    shown = {
        "voiceCallbackType": "app",
        "voiceCallbackValue": "a",
        "messagesCallbackType": "app",
        "messagesCallbackValue": "b",
    }

    assert owners_in_the_way(desired(**options), number_from({**BARE, **shown})) == owners


def test_changes_have_the_options_names():
    task = desired(application_id="a", sms_url=URL, voice_status_url="")
    plan = plan_for(task, number_from({**BARE, "voiceStatusCallback": URL}))

    assert sorted(plan.changed_options) == ["application_id", "sms_url", "voice_status_url"]
