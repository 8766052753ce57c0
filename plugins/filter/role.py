# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands the decisions of ``plugin_utils`` to the role. These filters are the role's own and may change at any time.

The role gives values, a filter returns plain data of which nothing is a template.
"""

from __future__ import annotations

import base64
from typing import Any, Callable, Dict, List, Mapping, Sequence

from ansible.utils.unsafe_proxy import wrap_var
from jinja2 import Undefined, pass_context
from jinja2.utils import missing

from ..plugin_utils import _env_blocks, _key_work, _options, _outcomes, _reports, _use
from ..plugin_utils._situation import Situation

Document = Dict[str, Any]


@pass_context
def variables(context: Any, prefix: str) -> Document:
    """The role's variables that are given, without the prefix; ``omit`` is as good as nothing."""
    omit = context.resolve_or_missing("omit")
    resolved = {name: context.resolve_or_missing(prefix + name) for name in _options.OPTIONS}
    given = plain({name: value for name, value in resolved.items() if value is not missing}, omit)
    return {name: value for name, value in given.items() if _options.is_given(name, value)}


def plain(value: Any, omit: Any = missing) -> Any:
    """The value in plain dictionaries and lists, without members that are omitted."""
    if isinstance(value, Undefined):
        str(value)  # raises, in Ansible's words
    if isinstance(value, Mapping):
        return {str(name): plain(each, omit) for name, each in value.items() if not _is(each, omit)}
    if isinstance(value, (list, tuple)):
        return [plain(each, omit) for each in value if not _is(each, omit)]
    return value


def _is(value: Any, omit: Any) -> bool:
    """Before ansible-core 2.19 ``omit`` is a text that nobody else has, since then an object."""
    return value is omit or (isinstance(omit, str) and isinstance(value, str) and value == omit)


def _keys_to_write(work: Mapping[str, Any], fetched: Sequence[Mapping[str, Any]]) -> List[Document]:
    return _key_work.keys_to_write(work, [{**each, **_decoded(each)} for each in fetched])


def _decoded(result: Mapping[str, Any]) -> Document:
    content = result.get("content")
    return {"content": base64.b64decode(content).decode("utf-8", "replace")} if content else {}


def _without_content(fetched: Mapping[str, Any]) -> Document:
    """What stays of the results of fetching keys, once the keys are delivered."""
    kept = ("item", "failed", "unreachable", "msg")
    results = [{name: each[name] for name in kept if name in each} for each in fetched.get("results") or ()]
    return {"results": results}


def _data(decide: Callable[..., Any]) -> Callable[..., Any]:
    """Up to ansible-core 2.18 what a filter returns is taken for a template unless it is said to be unsafe."""

    def decided(*values: Any) -> Any:
        return wrap_var(plain(decide(*values)))

    return decided


def _of_situation(decision: str) -> Callable[..., Any]:
    """A decision that needs what hosts reported: ``hostvars``, and who asks (see ``Situation``)."""

    def decide(hostvars: Mapping[str, Any], here: Mapping[str, Any], *more: Any) -> Any:
        return getattr(Situation(hostvars, plain(here)), decision)(*map(plain, more))

    return decide


class FilterModule:
    """The filters, all private."""

    def filters(self) -> Dict[str, Callable[..., Any]]:
        decisions: Dict[str, Callable[..., Any]] = {
            "_use": lambda given, *more: _use.use_of(plain(given), *map(plain, more)),
            "_connection": _options.connection_of,
            "_keys_to_look_at": _use.keys_to_look_at,
            "_changes": _outcomes.changes,
            "_mistakes": _of_situation("mistakes"),
            "_agreement": _of_situation("agreement"),
            "_looks": _of_situation("looks"),
            "_pairs_to_make": _of_situation("pairs_to_make"),
            "_requests": _of_situation("requests_of_leader"),
            "_requests_alone": _of_situation("requests_alone"),
            "_outcomes": _of_situation("own_outcomes"),
            "_needs_follow_up": _of_situation("needs_follow_up"),
            "_staged": _reports.with_stored,
            "_must_go_on": _of_situation("must_go_on"),
            "_lost_leaders": _of_situation("lost_leaders"),
            "_keys_to_stage": _of_situation("keys_to_stage"),
            "_key_work": _of_situation("key_work"),
            "_keys_to_write": _keys_to_write,
            "_without_content": _without_content,
            "_env_blocks": _of_situation("env_blocks"),
            "_env_paths": _env_blocks.paths_of,
            "_env_edits": _env_blocks.edits,
            "_env_targets": _env_blocks.targets,
            "_env_emptied": _env_blocks.emptied,
            "_ending": _of_situation("ending"),
            "_file_name": lambda label: _options.file_name(str(label)),
        }
        return {"_variables": variables, **{name: _data(decide) for name, decide in decisions.items()}}
