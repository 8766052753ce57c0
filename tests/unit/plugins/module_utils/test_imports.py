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

PURE = [
    "_application",
    "_capabilities",
    "_capability_options",
    "_desired",
    "_listing",
    "_patch",
    "_plan",
    "_problem",
    "_redact",
    "_retry",
    "_rsa",
    "_rules_v1",
    "_rules_v2",
    "_unfinished",
    "_urls",
    "_webhooks",
]

ALLOWED = {
    "requests": {"_http"},
    "ansible": {"_module", "_connection", "_credentials", "_key_mode"},
}

FILES = sorted(MODULE_UTILS.glob("*.py"))

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


@pytest.mark.parametrize("name", PURE)
def test_the_pure_part_loads_neither_ansible_nor_requests(name):
    asked_for = set(in_new_interpreter(ASKED_FOR, name).split())

    assert "utils" in asked_for
    assert not asked_for & {"requests", "urllib3", "ansible", "ansible_collections"}


@pytest.mark.parametrize("package", ALLOWED)
def test_few_files_know_the_outside(package):
    importers = {path.stem for path in FILES if package in set(imported(path))}

    assert importers <= ALLOWED[package]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_collection_imports_its_own_by_relative_names(path):
    assert "ansible_collections" not in set(imported(path))
