# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of the documentation, as a reader finds them, and in a form that leaves this machine alone."""

from __future__ import annotations

import ast
import getpass
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.playbooks import ROOT

MODULES = ROOT / "plugins" / "modules"
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples_of(module: str) -> list[dict[str, Any]]:
    """The tasks of a module's EXAMPLES."""
    source = (MODULES / f"{module}.py").read_text(encoding="utf-8")
    (text,) = (
        ast.literal_eval(statement.value)
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "EXAMPLES"
    )
    tasks: list[dict[str, Any]] = yaml.safe_load(text)
    return tasks


def blocks_of(page: Path) -> Iterator[Any]:
    """What the blocks of YAML in a page hold."""
    for text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        yield yaml.safe_load(text)


def adapted(example: Any) -> Any:
    """The example with files in ``folder`` that belong to whoever runs it, nobody to become, nothing to restart."""
    if isinstance(example, list):
        return [adapted(each) for each in example]
    if isinstance(example, dict):
        return dict(_adapted_member(name, value) for name, value in example.items())
    if isinstance(example, str):
        return re.sub("^/etc/", "{{ folder }}/etc/", example.replace("{{ playbook_dir }}", "{{ folder }}"))
    return example


def _adapted_member(name: str, value: Any) -> tuple[str, Any]:
    if name == "become":
        return name, False
    if name == "ansible.builtin.service":
        return "ansible.builtin.debug", {"msg": "restarted"}
    if name == "owner" or name.endswith("_owner"):
        return name, getpass.getuser()
    return name, adapted(value)
