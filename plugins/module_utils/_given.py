# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prepares a task's options for ansible-core: null and empty variables, and values of a wrong type.

ansible-core takes null for a value, so that two options that exclude each other may not both be null, and an option
with choices may not be null at all. It forgets all of its ``no_log`` values when an option that should be a dictionary
is not one, and makes text of a dictionary where an option should be text.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from ansible.module_utils.common.validation import check_type_dict

from ._redact import holds_private_key

# An empty text says something in most options of type str (``answer_url: ""`` removes a webhook); not in these.
EMPTY_MEANS_LEFT_OUT = frozenset(("api_url", "rest_url", "ca_path"))

WORDS = {"str": "text", "path": "a path", "int": "a number", "float": "a number", "bool": "true or false"}

Spec = Mapping[str, Mapping[str, Any]]


def prepare(values: Dict[str, Any], spec: Spec) -> List[str]:
    """Removes, at every depth, options that are not given, and values of a wrong type; returns why those are wrong."""
    problems: List[str] = []
    _prepare(values, spec, "", problems)
    return problems


def _prepare(values: Dict[str, Any], spec: Spec, path: str, problems: List[str]) -> None:
    _leave_out_nothing(values, spec)
    for option, definition in spec.items():
        for name in _names(option, definition):
            if name in values:
                values[name] = _prepared(values[name], definition, path + name, problems)
                if values[name] is None:
                    del values[name]


def _prepared(value: Any, definition: Mapping[str, Any], path: str, problems: List[str]) -> Any:
    """The value without what has a wrong type in it; None if it has a wrong type itself."""
    kind = definition.get("type", "str")
    if kind == "list":
        return _prepared_list(value, definition, path, problems)
    if kind == "dict" and "options" in definition:
        options = _dictionary(value)
        if options is None:
            problems.append("%s: does not hold options; give each by its name" % path)
        else:
            _prepare(options, definition["options"], path + ".", problems)
        return options
    problem = _problem(value, kind)
    # A key that is given as public_key gets a message of its own, and what is no_log is not shown.
    if problem is None and isinstance(value, str) and not (path.endswith("public_key") or definition.get("no_log")):
        problem = "holds a private key, which does not belong there" if holds_private_key(value) else None
    if problem is None:
        return value
    problems.append("%s: %s" % (path, problem))
    return None


def _prepared_list(value: Any, definition: Mapping[str, Any], path: str, problems: List[str]) -> Any:
    element = dict(definition, type=definition.get("elements", "raw"))
    if isinstance(value, list):
        items = [_prepared(item, element, "%s[%d]" % (path, at), problems) for at, item in enumerate(value)]
        return [item for item in items if item is not None]
    if isinstance(value, dict) or "options" in definition:
        problems.append(
            "%s: does not hold %s" % (path, "options; give a list of them" if "options" in definition else "a list")
        )
        return []
    return value


def _leave_out_nothing(values: Dict[str, Any], spec: Spec) -> None:
    """Removes what is null, or empty where that means the same."""
    for option, definition in spec.items():
        for name in _names(option, definition):
            if name in values and _is_nothing(option, definition, values[name]):
                del values[name]
    if _finds_by_id(values, spec) and _is_blank(values.get("name")):
        del values["name"]


def _finds_by_id(values: Mapping[str, Any], spec: Spec) -> bool:
    """Whether an id finds the application. Its name is the one to have then, and an empty one says nothing.

    The contrary is refused: a task whose id turns out to be empty means another application than that of its name.
    """
    given = [values.get(name) for name in _names("application_id", spec.get("application_id", {}))]
    return "application_id" in spec and any(value is not None and not _is_blank(value) for value in given)


def _is_nothing(option: str, definition: Mapping[str, Any], value: Any) -> bool:
    if value is None:
        return True
    has_other_values = definition.get("type", "str") in ("int", "float", "bool", "dict") or "choices" in definition
    return _is_blank(value) and (has_other_values or option in EMPTY_MEANS_LEFT_OUT)


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _problem(value: Any, kind: str) -> Optional[str]:
    """Why a value cannot be of a type that is written on one line; None if it can."""
    if kind in WORDS and isinstance(value, (dict, list)):
        return "holds a %s; give %s" % ("dictionary" if isinstance(value, dict) else "list", WORDS[kind])
    return None


def _names(option: str, definition: Mapping[str, Any]) -> List[str]:
    return [option, *definition.get("aliases", ())]


def _dictionary(value: Any) -> Optional[Dict[str, Any]]:
    """The dictionary that a value is, or is the text of; None for anything else."""
    try:
        return value if isinstance(value, dict) else dict(check_type_dict(value))
    except (TypeError, ValueError):
        return None
