# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import ssl

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._http.causes import causes_of, system_reason, tls_reason


def untrusted():
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


def with_reason(reason):
    error = ssl.SSLError(1, reason)
    error.reason = reason
    return error


def test_causes_are_found_wherever_they_are_kept():
    innermost = OSError(111, "Connection refused")
    in_arguments = ValueError("pool", innermost)
    outermost = RuntimeError("request failed")
    outermost.reason = in_arguments

    assert list(causes_of(outermost)) == [outermost, in_arguments, innermost]


def test_causes_that_mean_each_other_come_to_an_end():
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first

    assert list(causes_of(first)) == [first, second]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (untrusted(), "self-signed certificate; for an authority of your own give ca_path"),
        (with_reason("WRONG_VERSION_NUMBER"), "the server does not speak TLS there; check api_url"),
        (with_reason("UNKNOWN_PROTOCOL"), "UNKNOWN_PROTOCOL; check ca_path"),
        (with_reason(None), "the certificate or its authority cannot be used; check ca_path"),
        (None, "the certificate or its authority cannot be used; check ca_path"),
    ],
)
def test_a_tls_failure_says_what_to_do(error, reason):
    assert tls_reason(error, "api_url") == reason


def test_the_system_s_own_word_is_the_reason():
    assert system_reason([ValueError("pool"), OSError(111, "Connection refused")]) == "Connection refused"


def test_without_a_word_of_the_system_the_innermost_kind_is_the_reason():
    assert system_reason([ValueError("pool"), OSError("no number"), KeyError("x")]) == "KeyError"
