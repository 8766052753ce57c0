# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may know whom: the pure part knows neither Ansible nor the network."""

from __future__ import annotations

import ast

import pytest

from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.loading import (
    MODULE_UTILS,
    in_new_interpreter,
)

# Each room, and the rooms that its files may import from.
ROOMS = {
    "_http": set(),
    "_keys": set(),
    "_application": {"_keys"},
    "_api": {"_application", "_http"},
    "_numbers": {"_api", "_http"},
    "_reconcile": {"_api", "_application", "_http", "_keys", "_numbers"},
}

# What does no input or output: it loads neither Ansible nor requests.
PURE = [
    "_api.listing",
    "_http.problem",
    "_http.proxy",
    "_http.retry",
    "_keys.lookalikes",
    "_keys.rsa",
    "_decoding",
    "_numbers.desired",
    "_numbers.model",
    "_numbers.options",
    "_numbers.plan",
    "_paging",
    "_patch",
    "_redact",
    "_urls",
    *("_application." + path.stem for path in sorted((MODULE_UTILS / "_application").glob("*.py"))),
]

# Who may import the outside.
ALLOWED = {
    "requests": {"_http.client"},
    "ansible": {
        "_given",
        "_module",
        "_api.versions",
        "_http.connection",
        "_http.credentials",
        "_keys.attributes",
        "_keys.mode",
    },
}

FILES = sorted(MODULE_UTILS.rglob("*.py"))


def name_of(path):
    """The name of a file's module, from module_utils on."""
    return ".".join(path.relative_to(MODULE_UTILS).with_suffix("").parts)


# Sees what is asked for, even where it is not installed and that is caught.
ASKED_FOR = """
class Recorder:
    asked = set()

    def find_spec(self, name, path=None, target=None):
        self.asked.add(name.partition(".")[0])
        return None

sys.meta_path.insert(0, Recorder())
importlib.import_module("utils." + sys.argv[2])
print(" ".join(sorted(Recorder.asked)))
"""


def imported(path):
    """The outer packages that a file imports, at whatever depth of its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0]


def rooms_imported(path):
    """The rooms that a file imports from, at whatever depth of its code, and the files beside them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 2:
            yield str(node.module).partition(".")[0]


def rooms_beside(path):
    """The rooms that a file beside them imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_the_rooms_below_it(room):
    imported_rooms = {name for path in (MODULE_UTILS / room).glob("*.py") for name in rooms_imported(path)}

    assert imported_rooms & set(ROOMS) <= ROOMS[room]


def test_every_folder_is_a_room_and_holds_no_package_file():
    assert {path.name for path in MODULE_UTILS.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ROOMS)
    assert not list(MODULE_UTILS.rglob("__init__.py"))


def test_what_stands_beside_the_rooms_knows_none_of_them():
    # But for what modules are made of, which reads keys to mask them.
    files = [path for path in MODULE_UTILS.glob("*.py") if path.stem != "_module"]
    beside = {name for path in files for name in rooms_beside(path)}

    assert not beside & set(ROOMS)


@pytest.mark.parametrize("name", PURE)
def test_the_pure_part_loads_neither_ansible_nor_requests(name):
    asked_for = set(in_new_interpreter(ASKED_FOR, name).split())

    assert "utils" in asked_for
    assert not asked_for & {"requests", "urllib3", "ansible", "ansible_collections"}


@pytest.mark.parametrize("package", ALLOWED)
def test_few_files_know_the_outside(package):
    importers = {name_of(path) for path in FILES if package in set(imported(path))}

    assert importers <= ALLOWED[package]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_collection_imports_its_own_by_relative_names(path):
    assert "ansible_collections" not in set(imported(path))
