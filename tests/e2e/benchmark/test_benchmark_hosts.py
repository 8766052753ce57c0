# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hosts of the benchmark: what they have before a run, and what they must have after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmark.fleets import Fleet, a_list, one_each, one_shared
from tests.benchmark.hosts import Hosts
from tests.simulator.client import Document
from tests.simulator.keys import make_pair


def hosts_of(fleet: Fleet, folder: Path) -> tuple[Hosts, list[Document]]:
    """The hosts before a run, and the account's applications."""
    documents = fleet.documents_before()
    hosts = Hosts(fleet.host_variables(), documents, folder)
    hosts.reset()
    return hosts, [{"keys": {"public_key": "another"}, **each} for each in hosts.with_public_keys(documents)]


def key_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.glob("*/nexmo/*"))


@pytest.mark.parametrize(
    ("fleet", "files"),
    [
        (one_shared(2, "none"), ["host-0/nexmo/app-99.key", "host-1/nexmo/app-99.key"]),
        (one_each(2, "none"), ["host-0/nexmo/app-49.key", "host-1/nexmo/app-99.key"]),
        (a_list(2, "none"), ["host-0/nexmo/app-49.key", "host-0/nexmo/app-99.key"]),
        (a_list(2, "all new"), []),
    ],
    ids=lambda each: each.key if isinstance(each, Fleet) else "",
)
def test_hosts_have_the_keys_of_what_exists(fleet: Fleet, files: list[str], tmp_path: Path) -> None:
    hosts, applications = hosts_of(fleet, tmp_path)

    assert key_files(tmp_path) == files
    assert fleet.change == "all new" or hosts.discrepancies(applications) == []


def test_a_reset_undoes_what_a_run_did(tmp_path: Path) -> None:
    hosts, _applications = hosts_of(one_each(2, "all new"), tmp_path)
    (tmp_path / "host-1" / "nexmo").mkdir(parents=True)
    (tmp_path / "host-1" / "nexmo" / "new-1.key").touch()

    hosts.reset()

    assert key_files(tmp_path) == []


def _loses(key: Path) -> None:
    key.unlink()


def _shows(key: Path) -> None:
    key.chmod(0o644)


def _replaces(key: Path) -> None:
    key.write_text(make_pair().private_key, encoding="utf-8")


def _breaks(key: Path) -> None:
    key.write_text("no key", encoding="utf-8")


def _leaves_another_file(key: Path) -> None:
    key.with_name("app-99.key.new").touch()


MISSING, TOO_MUCH = "missing: app-99.key on host-1", "too much: app-99.key on host-1"


@pytest.mark.parametrize(
    ("does", "findings"),
    [
        (_loses, [MISSING]),
        (_shows, [MISSING, TOO_MUCH]),
        (_replaces, [MISSING, TOO_MUCH]),
        (_breaks, [MISSING, TOO_MUCH]),
        (_leaves_another_file, ["too much: app-99.key.new on host-1"]),
    ],
)
def test_what_is_not_as_it_should_be_is_found(
    does: Callable[[Path], None], findings: list[str], tmp_path: Path
) -> None:
    hosts, applications = hosts_of(one_shared(2, "none"), tmp_path)

    does(tmp_path / "host-1" / "nexmo" / "app-99.key")

    assert hosts.discrepancies(applications) == findings
