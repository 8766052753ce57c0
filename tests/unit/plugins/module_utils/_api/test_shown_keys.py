# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._api import v1, v2
from ansible_collections.community.nexmo.plugins.module_utils._api.shown_keys import pem_of
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys

PEM = keys.public_pem(keys.pair())


def in_base64(text):
    return base64.b64encode(text.encode("ascii")).decode("ascii")


def in_lines(text):
    return "\n".join(text[start : start + 76] for start in range(0, len(text), 76)) + "\n"


FORMS = {
    "pem": (PEM, PEM),
    "base64": (in_base64(PEM), PEM),
    "base64 in lines": (in_lines(in_base64(PEM)), PEM),
    "base64 without padding": (in_base64(PEM).rstrip("="), PEM),
    "base64 for URLs": (base64.urlsafe_b64encode(PEM.encode("ascii")).decode("ascii"), PEM),
    "base64 of another layout": (in_base64(PEM.strip().replace("\n", "\r\n")), PEM.strip().replace("\n", "\r\n")),
}


@pytest.mark.parametrize(("shown", "pem"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("read", [v1.application_from, v2.application_from])
def test_a_key_counts_the_same_in_every_form(read, shown, pem):
    application = read({"id": "aaaa", "name": "x", "keys": {"public_key": shown}})

    assert application.public_key == pem
    assert application.fingerprint == keys.fingerprint(keys.pair())
    assert application.described()["public_key"] == pem
    assert not application.shows_unreadable_key


UNREADABLE = ["PUBLIC_KEY", "AAAA", in_base64("no key"), PEM[:80], in_base64(PEM)[:60], "\xe9", in_base64(PEM) + "!"]


@pytest.mark.parametrize("shown", UNREADABLE, ids=range(len(UNREADABLE)))
@pytest.mark.parametrize("read", [v1.application_from, v2.application_from])
def test_what_is_no_key_is_shown_as_it_is_and_is_not_taken_for_none(read, shown):
    application = read({"id": "aaaa", "name": "x", "keys": {"public_key": shown}})

    assert application.fingerprint is None
    assert application.shows_unreadable_key
    assert application.public_key


@pytest.mark.parametrize("shown", [None, 1, [], {}])
def test_what_is_no_text_is_left_as_it_is(shown):
    assert pem_of(shown) == shown


@given(st.text() | st.from_regex(r"[A-Za-z0-9+/=_-]*"))
def test_whatever_is_shown_is_read_or_left(text):
    assert pem_of(text) == text or "-----BEGIN " in pem_of(text)
