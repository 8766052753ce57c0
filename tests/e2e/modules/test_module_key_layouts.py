# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys as they reach people: what can be read is written for every program, the rest is refused with a remedy."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.conftest import Modules
from tests.e2e.modules.documents import VOICE_OPTIONS, voice
from tests.e2e.modules.key_pairs import fingerprint, private_key, public_key, write_key
from tests.simulator.client import Simulator

SHOP: dict[str, Any] = {"name": "Shop", **VOICE_OPTIONS}
KEY, OTHER_KEY = private_key(0), private_key(1)

# As YAML and templates deliver a key.
DAMAGED = {
    "folded": KEY.replace("\n", " "),
    "folded-without-end": KEY.strip().replace("\n", " "),
    "one-line": KEY.replace("\n", ""),
    "indented": "".join(f"    {line}\n" for line in KEY.splitlines()),
    "carriage-returns": KEY.replace("\n", "\r"),
    "blank-lines": KEY.replace("\n", "\n\n"),
    "quoted": f'"{KEY}"',
}
UNUSUAL = {
    "windows": KEY.replace("\n", "\r\n"),
    "no-line-end": KEY.strip(),
    "text-beside": f"# of the shop\n{KEY}# end\n",
    "long-lines": KEY.replace("\n", "").replace("KEY-----", "KEY-----\n").replace("-----END", "\n-----END"),
}
ANY_LAYOUT = {**DAMAGED, **UNUSUAL}


def openssl_reads(path: Path) -> bool:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return (
        subprocess.run(["openssl", "pkey", "-in", str(path), "-noout"], capture_output=True, check=False).returncode
        == 0
    )


@pytest.mark.parametrize("text", ANY_LAYOUT.values(), ids=ANY_LAYOUT)
def test_a_key_in_any_layout_is_written_in_the_canonical_one(text: str, nexmo: Modules, key_path: Path) -> None:
    run = nexmo.private_key(path=str(key_path), private_key=text)
    again = nexmo.private_key(path=str(key_path), private_key=text)
    with_the_correct_text = nexmo.private_key(path=str(key_path), private_key=KEY)

    assert (run["changed"], again["changed"], with_the_correct_text["changed"]) == (True, False, False)
    assert key_path.read_text() == KEY
    assert openssl_reads(key_path)


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_programs_cannot_read_is_rewritten_with_the_key_at_hand(
    text: str, nexmo: Modules, key_path: Path
) -> None:
    key_path.write_bytes(text.encode())
    key_path.chmod(0o600)
    assert not openssl_reads(key_path)

    looked = nexmo.private_key(path=str(key_path))
    foretold = nexmo.private_key(check=True, path=str(key_path), private_key=KEY)
    untouched = key_path.read_bytes().decode()
    run = nexmo.private_key(path=str(key_path), private_key=KEY)
    again = nexmo.private_key(path=str(key_path), private_key=KEY)

    assert (looked["fingerprint"], looked["held_keys"], looked["public_key"]) == (None, [], None)
    assert untouched == text
    assert (foretold["changed"], run["changed"], again["changed"]) == (True, True, False)
    assert key_path.read_text() == KEY
    assert list(key_path.parent.iterdir()) == [key_path]


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_programs_cannot_read_is_a_lost_key_to_its_application(
    text: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", id="shop", keys={"public_key": public_key(KEY)})])
    key_path.write_bytes(text.encode())
    key_path.chmod(0o600)

    failed = nexmo.application(private_key_path=str(key_path), **SHOP)
    writes_of_failed = simulator.writes()
    recreated = nexmo.application(private_key_path=str(key_path), lost_key="recreate", **SHOP)
    again = nexmo.application(private_key_path=str(key_path), lost_key="recreate", **SHOP)

    assert "lost_key" in failed.message
    assert writes_of_failed == []
    assert fingerprint(key_path.read_text()) == recreated["fingerprint"]
    assert key_path.with_name(f"{key_path.name}.{fingerprint(KEY)[:16]}.old").read_bytes().decode() == text
    assert again["changed"] is False


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL)
def test_a_file_that_programs_can_read_holds_its_key(
    text: str, nexmo: Modules, simulator: Simulator, key_path: Path
) -> None:
    simulator.preload([voice("Shop", id="shop", keys={"public_key": public_key(KEY)})])
    key_path.write_bytes(text.encode())
    key_path.chmod(0o600)
    assert openssl_reads(key_path)

    run = nexmo.application(private_key_path=str(key_path), **SHOP)

    assert run["fingerprint"] == fingerprint(KEY)
    assert key_path.read_bytes().decode() == text


def test_bytes_that_are_not_utf_8_beside_a_key_are_left_behind(nexmo: Modules, key_path: Path) -> None:
    key_path.write_bytes(b"caf\xe9\n" + KEY.encode())
    delivered = key_path.read_bytes().decode("utf-8", "surrogateescape")

    looked = nexmo.private_key(path=str(key_path))
    run = nexmo.private_key(path=str(key_path.with_name("other.key")), private_key=delivered)

    assert looked["fingerprint"] == fingerprint(KEY)
    assert run["changed"] is True
    assert key_path.with_name("other.key").read_text() == KEY


INSTEAD = {
    "line-ends-in-two-characters": (KEY.replace("\n", "\\n"), "replace("),
    "quoted": (json.dumps(KEY), "replace("),
    "base64": (base64.b64encode(KEY.encode()).decode(), "b64decode"),
    "public": (public_key(KEY), "it is a public key"),
    "path": ("/etc/nexmo/shop.key", "lookup("),
    "json": (json.dumps({"private_key": KEY}), "it is JSON"),
    "two-keys": (KEY + OTHER_KEY, "several keys"),
}


@pytest.mark.parametrize(("text", "remedy"), INSTEAD.values(), ids=INSTEAD)
def test_what_is_no_key_is_refused_with_a_remedy(text: str, remedy: str, nexmo: Modules, key_path: Path) -> None:
    single = nexmo.private_key(path=str(key_path), private_key=text)
    listed = nexmo.private_key(keys=[{"path": str(key_path), "private_key": text}])

    assert single.message.startswith("private_key: is not an RSA private key in PEM: ")
    assert listed.message.startswith("keys[0]: private_key: ")
    for run in (single, listed):
        assert remedy in run.message
        assert "\n" not in run.message
        assert KEY.splitlines()[1] not in run.output
    assert list(key_path.parent.iterdir()) == []


def test_the_same_key_staged_again_is_no_change(nexmo: Modules, key_path: Path) -> None:
    runs = [nexmo.private_key(path=str(key_path), private_key=KEY, staged=True) for _again in range(2)]

    assert [run["changed"] for run in runs] == [True, False]
    assert runs[1]["public_key"] == public_key(KEY)


@pytest.mark.parametrize("there", [None, OTHER_KEY], ids=["no-file", "another-key"])
def test_check_and_diff_mode_tell_of_a_waiting_key_what_the_run_does(
    there: str | None, nexmo: Modules, key_path: Path
) -> None:
    if there is not None:
        write_key(key_path, there)
    nexmo.private_key(path=str(key_path), private_key=KEY, staged=True)

    foretold = nexmo.private_key(check=True, diff=True, path=str(key_path), fingerprint=fingerprint(KEY))
    run = nexmo.private_key(diff=True, path=str(key_path), fingerprint=fingerprint(KEY))

    for name in ("changed", "diff", "public_key", "fingerprint"):
        assert foretold[name] == run[name]
    assert run["diff"]["after"] == {"fingerprint": fingerprint(KEY)}
    assert run["public_key"] == public_key(KEY)
