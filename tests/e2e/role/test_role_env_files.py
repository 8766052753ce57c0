# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Environment files that several applications share, that are links, and that name their lines otherwise."""

from __future__ import annotations

from typing import Any

from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import Host, Provisioning
from tests.simulator.client import Simulator

VONAGE = {"application_id": "VONAGE_APPLICATION_ID", "private_key_path": "VONAGE_PRIVATE_KEY"}


def _item(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "type": "voice",
        "event_url": "https://example.com",
        "private_key_path": f"{{{{ folder }}}}/{name}.key",
        "env_path": "{{ folder }}/shop.env",
        **more,
    }


def _run(role: Provisioning, host: Host, *items: dict[str, Any], **options: Any) -> PlaybookRun:
    variables = {"nexmo_application_list": list(items), **dict.fromkeys(role.application, "{{ omit }}")}
    return role.run([host], variables, **options)


def test_each_application_has_its_own_block(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    env = host.folder / "shop.env"
    assert _run(role, host, _item("shop-old")).ok
    old, new = _item("shop-old", state="absent"), _item("shop", env_names=VONAGE)

    both = _run(role, host, _item("shop-old"), new)
    again = _run(role, host, _item("shop-old"), new)
    with_both = env.read_text()
    one = _run(role, host, old, new)

    for run in (both, again, one):
        assert run.ok, run.output
    assert again.changed(host.name) == 0
    for text in ("NEXMO_APPLICATION_ID=", "shop-old.key", 'VONAGE_APPLICATION_ID="', 'VONAGE_PRIVATE_KEY="'):
        assert text in with_both
    left = env.read_text()
    (application,) = simulator.applications()
    assert f'VONAGE_APPLICATION_ID="{application["id"]}"' in left
    assert "NEXMO_" not in left
    assert "shop-old" not in left


def test_link_stays_and_the_file_behind_it_changes(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    target, link = host.folder / "real.env", host.folder / "shop.env"
    target.write_text("OWN=1\n")
    target.chmod(0o640)
    link.symlink_to(target)

    made = _run(role, host, _item("shop"))
    content = target.read_text()
    gone = _run(role, host, _item("shop", state="absent"))

    assert made.ok, made.output
    assert gone.ok, gone.output
    assert content.startswith("OWN=1\n")
    assert "NEXMO_APPLICATION_ID" in content
    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("OWN=1\n", 0o640)


def test_file_behind_a_link_goes_when_nothing_is_left_in_it(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    target, link = host.folder / "real.env", host.folder / "shop.env"
    target.touch()
    link.symlink_to(target)
    assert _run(role, host, _item("shop")).ok

    foretold = _run(role, host, _item("shop", state="absent"), check=True)
    gone = _run(role, host, _item("shop", state="absent"))
    again = _run(role, host, _item("shop", state="absent"))

    assert gone.ok, gone.output
    assert again.ok, again.output
    assert foretold.changed(host.name) == gone.changed(host.name)
    assert not target.exists()
    assert link.is_symlink()
    assert again.changed(host.name) == 0


def test_block_of_version_1_0_makes_way(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    marker = "ANSIBLE MANAGED BLOCK community.nexmo.nexmo_application"
    host.env_path.parent.mkdir()
    host.env_path.write_text(f'A=1\n# BEGIN {marker}\nNEXMO_APPLICATION_ID="old"\n# END {marker}\nB=2\n')

    run = role.run([host], {"nexmo_application_env_path": "{{ folder }}/env/shop.env"})

    assert run.ok, run.output
    content = host.env_path.read_text()
    assert "old" not in content
    assert content.startswith("A=1\nB=2\n")
    assert content.count("NEXMO_APPLICATION_ID") == 1


def test_environment_file_has_the_path_that_was_used(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    paths = {
        "nexmo_application_private_key_path": "$NEXMO_KEYS/../web1/shop.key",
        "nexmo_application_env_path": "{{ folder }}/env/shop.env",
    }

    run = role.run([host], paths, extra_env={"NEXMO_KEYS": str(host.folder)})

    assert run.ok, run.output
    (line,) = (line for line in host.env_path.read_text().splitlines() if line.startswith("NEXMO_PRIVATE_KEY_PATH="))
    path = line.partition("=")[2].strip('"')
    assert "$" not in path
    assert (host.folder / "shop.key").samefile(path)
