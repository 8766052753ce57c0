# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Items of nexmo_applications, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.e2e.modules.documents import VOICE_OPTIONS
from tests.e2e.modules.key_pairs import public_key_of_file
from tests.e2e.modules.module_runner import ModuleRun
from tests.simulator.client import Document, Simulator

Item = dict[str, Any]


def shop(name: str, **options: Any) -> Item:
    """An application of type voice."""
    return {"name": name, **VOICE_OPTIONS, **options}


def kept(name: str, keys: Path, **options: Any) -> Item:
    """The same, whose private key is kept in a file of that directory."""
    return shop(name, private_key_path=str(key_of(name, keys)), **options)


def key_of(name: str, keys: Path) -> Path:
    """The file that keeps the key of an application."""
    return keys / f"{name}.key"


def operations_of(run: ModuleRun) -> list[str]:
    """What was done for each item; ``failed`` for one that failed."""
    return [each.get("operation", "failed") for each in run.result["applications"]]


def requests(simulator: Simulator) -> list[str]:
    """What was asked of the API, in order."""
    return [request["operation"] for request in simulator.requests()]


def names_of(documents: Iterable[Document]) -> list[str]:
    """In alphabetical order, for those that are made together can be made in any."""
    return sorted(each["name"] for each in documents)


def assert_one_each_with_its_key(applications: list[Document], keys: Path, *names: str) -> None:
    """There is one application of each name, whose key is in its file, and nothing else."""
    assert names_of(applications) == sorted(names)
    assert sorted(path.name for path in keys.iterdir()) == sorted(f"{name}.key" for name in names)
    for each in applications:
        assert each["keys"]["public_key"] == public_key_of_file(key_of(each["name"], keys))
