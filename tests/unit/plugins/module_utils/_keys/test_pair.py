# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ansible_collections.community.nexmo.plugins.module_utils._keys.pair import NoKeyMaker, new_private_key
from ansible_collections.community.nexmo.plugins.module_utils._keys.rsa import public_half, public_key
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys


@pytest.fixture(name="without_cryptography")
def fixture_without_cryptography(monkeypatch):
    """As on a host that does not have the library."""
    for name in list(sys.modules):
        if name.split(".")[0] == "cryptography":
            monkeypatch.setitem(sys.modules, name, None)


def assert_is_a_new_key(pem):
    key = load_pem_private_key(pem.encode("ascii"), None)
    assert key.key_size == 2048
    assert public_half(pem).fingerprint == keys.fingerprint(key)


def test_a_pair_is_made_with_cryptography():
    assert_is_a_new_key(new_private_key())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.usefixtures("without_cryptography")
def test_a_pair_is_made_with_openssl_where_there_is_no_cryptography():
    pem = new_private_key()

    assert pem.startswith("-----BEGIN PRIVATE KEY-----")
    assert public_half(pem).bits == 2048


@pytest.mark.usefixtures("without_cryptography")
def test_a_host_that_can_make_no_pair_is_an_error(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoKeyMaker, match="install openssl, or the Python library cryptography"):
        new_private_key()


@pytest.mark.usefixtures("without_cryptography")
def test_what_openssl_says_is_not_shown(monkeypatch):
    def fail(*arguments, **_options):
        raise subprocess.CalledProcessError(1, arguments, "output", "s3cret")

    monkeypatch.setattr(subprocess, "run", fail)

    with pytest.raises(NoKeyMaker) as caught:
        new_private_key()

    assert "s3cret" not in str(caught.value)


def test_two_pairs_differ():
    assert new_private_key() != new_private_key()


def test_the_public_half_in_pem_is_the_public_key():
    half = public_half(keys.private_pem(keys.pair()))

    assert half.pem == keys.public_pem(keys.pair())
    assert public_key(half.pem) == half
