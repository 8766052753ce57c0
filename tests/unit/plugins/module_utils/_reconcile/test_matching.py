# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption, Refused
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import matching as matchings
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.matching import check_pattern, matching

NAMES = ["shop-1", "Shop-1", "workshop-1", "shop-1\n", "shop-\u00e9", "shop-\ud800", "", "shop-1\0", "x" * 5000]


@pytest.mark.parametrize(
    "pattern", ["", ".*", "shop-.*", "(?i)shop-.", "(?s)shop-.+", "shop-\u00e9", "\\w+-\\d|", "(a|b)*", "(?<=x)y|x*"]
)
def test_the_whole_name_has_to_match(pattern):
    assert matching(pattern, NAMES) == {name for name in NAMES if re.fullmatch(pattern, name)}


def test_many_names_are_matched_at_once():
    names = ["shop-%d" % number for number in range(20000)]

    assert matching("shop-.*1", names) == {name for name in names if name.endswith("1")}


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a*)*b", "(.*a){25}b"])
def test_what_takes_too_long_is_refused_in_bounded_time(pattern, monkeypatch):
    monkeypatch.setattr(matchings, "LONGEST", 1.0)

    with pytest.raises(Refused, match="^prune_match: %s takes more than 1 seconds" % re.escape(repr(pattern))):
        matching(pattern, ["shop-1", "a" * 40 + "!"])


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_a_process_that_cannot_do_it_is_an_error_that_names_the_option(python, monkeypatch):
    monkeypatch.setattr(matchings.sys, "executable", python)

    with pytest.raises(Refused, match="^prune_match: 'x' cannot be tried"):
        matching("x", ["x"])


@pytest.mark.parametrize("pattern", ["(", "*", "a{2,1}", "(?P<a>)(?P<a>)", "\\"])
def test_what_is_no_regular_expression_is_refused(pattern):
    with pytest.raises(InvalidOption, match="^prune_match: .* is not a regular expression: "):
        check_pattern(pattern)
