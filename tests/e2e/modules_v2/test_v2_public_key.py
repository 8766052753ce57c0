# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option public_key: given, reformatted, rotated, refused."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key
from tests.e2e.modules.module_runner import ModuleRun
from tests.e2e.modules_v2.life_cycle import assert_refused, assert_unchanged, performed
from tests.simulator.client import Simulator

SPKI = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
PKCS1 = (serialization.Encoding.PEM, serialization.PublicFormat.PKCS1)


def with_crlf(pem: str) -> str:
    """As an editor on Windows saves it."""
    return pem.replace("\n", "\r\n")


def with_whitespace(pem: str) -> str:
    """As a template can leave it."""
    return "\n\n" + textwrap.indent(pem, "    ").replace("\n", " \t\n") + "\n\n"


def in_other_lines(pem: str) -> str:
    """With 76 characters in each line."""
    begin, *lines, end = pem.splitlines()
    return "\n".join([begin, *textwrap.wrap("".join(lines), 76), end])


def in_one_line(pem: str) -> str:
    """With all of the base64 text in one line."""
    begin, *lines, end = pem.splitlines()
    return "\n".join([begin, "".join(lines), end])


def as_pkcs1(pem: str) -> str:
    """In the older form."""
    return serialization.load_pem_public_key(pem.encode()).public_bytes(*PKCS1).decode()


def folded(pem: str) -> str:
    """As ``>`` in YAML delivers it."""
    return pem.replace("\n", " ")


LAYOUTS = {
    "crlf": with_crlf,
    "whitespace": with_whitespace,
    "line-length": in_other_lines,
    "one-line": in_one_line,
    "folded": folded,
    "pkcs1": as_pkcs1,
}


def test_an_application_is_created_with_the_key_that_is_given(nexmo: Modules, simulator: Simulator) -> None:
    key = public_key(private_key())

    done = performed(nexmo, simulator, name="Shop", capabilities={"vbc": {}}, public_key=key)

    (stored,) = simulator.applications()
    assert stored["keys"] == {"public_key": key}
    assert "private_key" not in done
    assert done["application"]["public_key"] == key
    assert done["fingerprint"] == fingerprint(private_key())


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_another_layout_of_the_same_key_is_no_change(
    layout: Callable[[str], str], nexmo: Modules, simulator: Simulator
) -> None:
    key = public_key(private_key())
    stored = simulator.preload([voice("Shop", keys={"public_key": key})])

    run = nexmo.application(diff=True, name="Shop", public_key=layout(key))

    assert_unchanged(run, simulator, stored)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_key_in_any_layout_is_sent_in_the_canonical_one(
    layout: Callable[[str], str], nexmo: Modules, simulator: Simulator
) -> None:
    (shop,) = simulator.preload([voice("Shop", keys={"public_key": public_key(private_key(1))})])

    done = nexmo.application(name="Shop", public_key=layout(public_key(private_key())))

    assert done["operation"] == "update"
    (stored,) = simulator.applications()
    assert {**stored, "keys": None} == {**shop, "keys": None}
    form = PKCS1 if layout is as_pkcs1 else SPKI
    taken = serialization.load_pem_public_key(stored["keys"]["public_key"].encode())
    assert taken.public_bytes(*SPKI).decode() == public_key(private_key())
    assert stored["keys"]["public_key"] == taken.public_bytes(*form).decode()
    assert done["fingerprint"] == fingerprint(private_key())


def test_a_key_that_the_service_shows_in_another_layout_is_no_change(nexmo: Modules, simulator: Simulator) -> None:
    key = public_key(private_key())
    stored = simulator.preload([voice("Shop", keys={"public_key": with_crlf(in_other_lines(key))})])

    run = nexmo.application(name="Shop", public_key=key)

    assert_unchanged(run, simulator, stored)


def test_a_new_key_rotates(nexmo: Modules, simulator: Simulator) -> None:
    old, new = public_key(private_key()), public_key(private_key(1))
    (shop,) = simulator.preload([voice("Shop", keys={"public_key": old}, labels=["kept"])])

    done = performed(nexmo, simulator, name="Shop", public_key=new)

    assert simulator.applications() == [{**shop, "keys": {"public_key": new}}]
    assert "private_key" not in done
    assert done["fingerprint"] == fingerprint(private_key(1))
    assert (done["diff"]["before"]["public_key"], done["diff"]["after"]["public_key"]) == (old, new)


def test_a_key_that_is_not_named_stays(nexmo: Modules, simulator: Simulator) -> None:
    key = public_key(private_key())
    simulator.preload([voice("Shop", id="shop", keys={"public_key": key})])

    done = performed(nexmo, simulator, name="Shop", event_url="https://example.com/new")

    (stored,) = simulator.applications()
    assert stored["keys"] == {"public_key": key}
    assert done["application"]["public_key"] == key
    assert "public_key" not in done["diff"]["after"]


def test_a_rotation_keeps_the_other_changes_of_the_task(nexmo: Modules, simulator: Simulator) -> None:
    simulator.preload([voice("Shop", keys={"public_key": public_key(private_key())})])

    performed(nexmo, simulator, name="Shop", public_key=public_key(private_key(1)), improve_ai=False)

    (stored,) = simulator.applications()
    assert (stored["keys"]["public_key"], stored["privacy"]) == (public_key(private_key(1)), {"improve_ai": False})


@cache
def unfit_keys() -> dict[str, tuple[str, str]]:
    """What is no RSA public key of 2048 bits or more, and what the message says of it."""
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    elliptic = ec.generate_private_key(ec.SECP256R1())
    edwards = ed25519.Ed25519PrivateKey.generate()
    good = public_key(private_key())
    return {
        "1024-bits": (spki(small.public_key()), "1024 bits"),
        "elliptic": (spki(elliptic.public_key()), "RSA"),
        "ed25519": (spki(edwards.public_key()), "RSA"),
        "certificate": (certificate(), "CERTIFICATE"),
        "garbage": ("no key at all", "PEM"),
        "empty": ("", "PEM"),
        "path": ("/etc/nexmo/key.pub", "PEM"),
        "no-base64": ("-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n", "base64"),
        "cut-off": (good[:200] + "\n-----END PUBLIC KEY-----\n", "PEM"),
        "ssh": ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@example.com", "PEM"),
    }


UNFIT = ("1024-bits", "elliptic", "ed25519", "certificate", "garbage", "empty", "path", "no-base64", "cut-off", "ssh")


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_key_is_refused_before_any_request(name: str, nexmo: Modules, simulator: Simulator) -> None:
    pem, said = unfit_keys()[name]

    run = nexmo.application(name="Shop", public_key=pem)

    assert_refused(run, "public_key", said)
    assert simulator.requests() == []


@cache
def private_keys() -> dict[str, str]:
    """Private keys in the forms that openssl has for them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pkcs8, pkcs1 = serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL
    plain = serialization.NoEncryption()
    password = serialization.BestAvailableEncryption(b"password")
    pem = serialization.Encoding.PEM
    forms = {
        "pkcs8": key.private_bytes(pem, pkcs8, plain).decode(),
        "pkcs1": key.private_bytes(pem, pkcs1, plain).decode(),
        "encrypted": key.private_bytes(pem, pkcs8, password).decode(),
        "elliptic": ec.generate_private_key(ec.SECP256R1()).private_bytes(pem, pkcs8, plain).decode(),
    }
    return {
        **forms,
        "crlf": with_crlf(forms["pkcs8"]),
        "with-its-public-half": spki(key.public_key()) + forms["pkcs8"],
        "without-its-end": forms["pkcs8"][:-30],
        "wrong-label": forms["pkcs8"].replace("PRIVATE KEY", "PUBLIC KEY"),
    }


FORMS = (
    "pkcs8",
    "pkcs1",
    "encrypted",
    "elliptic",
    "crlf",
    "with-its-public-half",
    "without-its-end",
    "wrong-label",
)


@pytest.mark.parametrize("name", FORMS)
def test_a_private_key_is_refused_before_any_request_and_not_shown(
    name: str, nexmo: Modules, simulator: Simulator
) -> None:
    key = private_keys()[name]

    run = nexmo.application(diff=True, name="Shop", public_key=key)

    assert_refused(run, "public_key: ")
    assert simulator.requests() == []
    assert_not_shown(run, key)


OTHER_MISTAKES: dict[str, dict[str, Any]] = {
    "version-1": {"api_version": "v1"},
    "with-a-key-file": {"private_key_path": "key.pem"},
    "unknown-option": {"answer": "https://example.com"},
    "bad-timeout": {"timeout": -1},
}


@pytest.mark.parametrize("mistake", OTHER_MISTAKES.values(), ids=OTHER_MISTAKES)
def test_a_private_key_is_not_shown_when_another_mistake_is_found_first(
    mistake: dict[str, Any], nexmo: Modules, simulator: Simulator
) -> None:
    key = private_keys()["pkcs8"]

    run = nexmo.application(**{"name": "Shop", "public_key": key, **mistake})

    assert run.failed
    assert simulator.requests() == []
    assert_not_shown(run, key)


def assert_not_shown(run: ModuleRun, key: str) -> None:
    """Not a line of it."""
    lines = [line for line in key.splitlines() if line and "-----" not in line]
    lines = lines[: len(lines) // 2] if "BEGIN PUBLIC" not in key else lines[-8:]
    assert [line for line in lines if line in run.output] == []


def spki(key: CertificatePublicKeyTypes) -> str:
    """The PEM of a public key."""
    return key.public_bytes(*SPKI).decode()


def certificate() -> str:
    """A certificate that signs itself, which holds an RSA public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "example.com")])
    begin = datetime.datetime(2026, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begin, begin + datetime.timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
