# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be right in the role's variables, each mistake in one line that names the variable."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import Any, Iterable, Iterator, List, Mapping, Sequence

from ._numbers import mistakes_of
from ._options import (
    ENV_NAMES,
    METHODS,
    OF_ONE,
    PREFIX,
    applications_of,
    default_path,
    env_names_of,
    items_of,
    label_of,
)

CHOICES = {
    "state": ("present", "absent"),
    "lost_key": ("fail", "recreate", "rotate"),
    "key_source": ("api", "host"),
    "type": ("voice", "messages"),
    "api_version": ("v1", "v2"),
    **dict.fromkeys(METHODS, ("GET", "POST")),
}
# Such a path begins on the host, where only the host can tell what it means.
_BEGINS_OF_PATHS = ("/", "~", "$")


def mistakes(variables: Mapping[str, Any]) -> List[str]:
    """All that is wrong with the variables; where a list or names cannot be read, nothing more is said."""
    found = list(_of_list(variables))
    if not found:
        found = list(_of_env_names(variables))
    if not found:
        found = list(_of_applications(variables))
    # What the user gave may have several.
    return [" ".join(mistake.splitlines()) for mistake in found]


def _of_list(variables: Mapping[str, Any]) -> Iterator[str]:
    if "list" not in variables:
        return
    listed = variables["list"]
    if not isinstance(listed, (list, tuple)) or not all(isinstance(item, Mapping) for item in listed):
        yield PREFIX + "list: is not a list of dictionaries; give one with the options of each application"
        return
    beside = [PREFIX + name for name in OF_ONE if _is_beside(variables, name)]
    if beside:
        yield "%slist: cannot be given with %s; put what is meant into the items of the list" % (
            PREFIX,
            ", ".join(beside),
        )
    if not listed:
        yield PREFIX + "list: is empty; give at least one application"


def _is_beside(variables: Mapping[str, Any], name: str) -> bool:
    """Whether an option of one application is given beside a list; the path of the key has a default in the role."""
    return name in variables and not (name == "private_key_path" and variables[name] == default_path(""))


def _of_applications(variables: Mapping[str, Any]) -> Iterator[str]:
    in_list = "list" in variables
    items = items_of(variables)
    yield from _nameless(items, in_list)
    yield from _choices(items if in_list else [], variables)
    for item in items:
        yield from mistakes_of(
            item, "%slist: %s: numbers" % (PREFIX, label_of(item)) if in_list else PREFIX + "numbers"
        )
    applications = [each for each in applications_of(variables) if each["label"].strip()]
    for application in applications:
        yield from _relative_paths(application, in_list)
    if in_list:
        for option in ("name", "application_id"):
            yield from _twice(option, [item[option] for item in items if option in item])
        paths = [each["path"] for each in applications if each["keeps_key"]]
        yield from _twice("private_key_path", map(_normal, paths))
    yield from _shared_paths(applications, in_list)


def _nameless(items: Sequence[Mapping[str, Any]], in_list: bool) -> Iterator[str]:
    nameless = [item for item in items if not label_of(item).strip()]
    if nameless and in_list:
        yield "%slist: %d of its items have neither a name nor an application_id" % (PREFIX, len(nameless))
    elif nameless:
        yield "%sname: is not given; give the name of the application, or its %sapplication_id" % (PREFIX, PREFIX)


def _choices(items: Sequence[Mapping[str, Any]], variables: Mapping[str, Any]) -> Iterator[str]:
    named = [("%slist: %s" % (PREFIX, label_of(item)), item) for item in items]
    for name, choices in CHOICES.items():
        if name in variables and variables[name] not in choices:
            yield "%s%s: %s is not one of %s" % (PREFIX, name, variables[name], ", ".join(choices))
        for where, item in named:
            if name in item and name in OF_ONE and item[name] not in choices:
                yield "%s: %s: %s is not one of %s" % (where, name, item[name], ", ".join(choices))


def _of_env_names(variables: Mapping[str, Any]) -> Iterator[str]:
    named = [(PREFIX + "env_names", variables.get("env_names"))]
    named += [(PREFIX + "list: env_names", item.get("env_names")) for item in variables.get("list") or ()]
    for where, names in named:
        if names is None:
            continue
        if not isinstance(names, Mapping) or not set(names) <= set(ENV_NAMES):
            yield "%s: is not a dictionary of %s" % (where, " and ".join(ENV_NAMES))
            continue
        used = list(env_names_of(names).values())
        bad = [str(name) for name in used if not _is_env_name(name)]
        if bad:
            yield "%s: %s is not the name of an environment variable" % (where, ", ".join(bad))
        elif len(set(used)) < len(used):
            yield "%s: has one name for both; give each a name of its own" % where


def _is_env_name(name: Any) -> bool:
    return isinstance(name, str) and bool(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name))


def _relative_paths(application: Mapping[str, Any], in_list: bool) -> Iterator[str]:
    for name, path in (("private_key_path", application["path"]), ("env_path", application["env_path"])):
        if path and not str(path).startswith(_BEGINS_OF_PATHS):
            yield "%s: %s is not an absolute path" % (_where(application, name, in_list), path)


def _twice(option: str, values: Iterable[Any]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield "%slist: the %s %r is given more than once; give each application its own" % (PREFIX, option, value)


def _shared_paths(applications: Sequence[Mapping[str, Any]], in_list: bool) -> Iterator[str]:
    keys = {_normal(each["path"]) for each in applications if each["keeps_key"]}
    for application in applications:
        path = application["env_path"]
        if path and _normal(path) in keys:
            yield "%s: %s is the path of a private key as well; give each file a path of its own" % (
                _where(application, "env_path", in_list),
                path,
            )


def _normal(path: str) -> str:
    """The one spelling of a path; POSIX would let two slashes at its beginning mean something else, hosts do not."""
    return posixpath.normpath(re.sub("^//+", "/", path))


def _where(application: Mapping[str, Any], name: str, in_list: bool) -> str:
    return "%slist: %s: %s" % (PREFIX, application["label"], name) if in_list else PREFIX + name
