# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the API for the role, as a task with ``nexmo_applications`` would, for the applications of several groups."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ..plugin_utils import _numbers
from ..plugin_utils._answers import results_of
from ..plugin_utils._options import CONNECTION

MODULE = "community.nexmo.nexmo_applications"
NUMBERS = "community.nexmo.nexmo_numbers"
NUMBER_INFO = "community.nexmo.nexmo_number_info"
# In order of increasing weight. The role stands for tasks with either module.
DEFAULTS = ("group/community.nexmo.nexmo", "community.nexmo.nexmo_application", MODULE)

Document = Dict[str, Any]


class ActionModule(ActionBase):  # type: ignore[misc]
    """Takes ``connection`` (options that are given), ``groups``, ``applications``, and ``numbers``, a list for each
    application, as ``nexmo_numbers`` takes them but for the application.

    Returns what the module returns, with the ``groups``, the ``held_keys`` that were given for each, and
    ``check_mode``, the mode in which the task ran: what --check says may have been overruled. Each application has
    ``numbers_changed`` and ``numbers_problem`` where it has numbers. The module's arguments, which hold secrets, are
    not returned.
    """

    def run(self, tmp: Optional[str] = None, task_vars: Optional[Document] = None) -> Document:
        super().run(tmp, task_vars)
        given = self._task.args
        connection = {**self._default_connection(), **given["connection"]}

        def ask(module: str, **options: Any) -> Document:
            return self._asked(module, {**connection, **options}, task_vars)

        result = keep(given["applications"], given["numbers"], ask, bool(self._task.check_mode))
        held_keys = [each.get("held_keys", []) for each in given["applications"]]
        return {**result, "groups": given["groups"], "held_keys": held_keys, "check_mode": bool(self._task.check_mode)}

    def _asked(self, module: str, arguments: Mapping[str, Any], task_vars: Optional[Document]) -> Document:
        try:
            result: Document = self._execute_module(module_name=module, module_args=arguments, task_vars=task_vars)
        except AnsibleError as error:
            # The API host is out of reach, or cannot run modules: all that share an application get this problem.
            result = {"failed": True, "changed": False, "msg": str(error)}
        result.pop("invocation", None)
        return result

    def _default_connection(self) -> Dict[str, Any]:
        """The connection options that ``module_defaults`` give."""
        merged: Dict[str, Any] = {}
        for defaults in self._task.module_defaults:
            merged.update(defaults)
        options: Dict[str, Any] = {}
        for name in DEFAULTS:
            options.update(self._templar.template(merged.get(name) or {}))
        return {name: value for name, value in options.items() if name in CONNECTION}


def keep(
    applications: Sequence[Mapping[str, Any]],
    numbers: Sequence[Sequence[Mapping[str, Any]]],
    ask: Callable[..., Document],
    check_mode: bool,
) -> Document:
    """The story: look at the numbers, unlink those of applications that go, ask for the applications, link the others.

    ``ask`` runs a module on the API host. Applications without numbers are as they would be without this story. Those
    with ``refused`` are asked for in check mode alone.
    """
    refused = {place: each["refused"] for place, each in enumerate(applications) if "refused" in each}
    problems = {} if check_mode else refused
    applications = [{name: each[name] for name in each if name != "refused"} for each in applications]
    if not problems and not any(numbers):
        return _with_due_diff(ask(MODULE, applications=applications), check_mode)
    listed = ask(NUMBER_INFO) if any(numbers) else {"numbers": []}
    problems.update(_numbers.problems(applications, numbers, listed))
    unlinked = _work(_numbers.to_unlink(applications, numbers, listed), ask)
    problems.update({place: each["problem"] for place, each in unlinked.by_place.items() if each["problem"]})
    places = [place for place in range(len(applications)) if place not in problems]
    asked = [applications[place] for place in places]
    answer = _with_due_diff(ask(MODULE, applications=asked), check_mode) if places else {"applications": []}
    results = _results(len(applications), places, problems, answer)
    linked = _work(_numbers.to_link(applications, numbers, listed, results), ask)
    for place, each in [*unlinked.by_place.items(), *linked.by_place.items()]:
        results[place]["numbers_changed"] = each["changed"]
        results[place]["numbers_problem"] = each["problem"]
    if check_mode:
        for place in _numbers.previewed(applications, numbers, results):
            results[place]["numbers_changed"] = True
    answer.pop("failed", None)
    diff = [*unlinked.diff, *(answer.get("diff") or ()), *linked.diff]
    changed = any(each.get("changed") or each.get("numbers_changed") for each in results)
    return {**answer, "applications": results, "changed": changed, **({"diff": diff} if diff else {})}


def _with_due_diff(answer: Document, check_mode: bool) -> Document:
    """The answer, without the diff of applications that are only begun: that of their end tells all."""
    changed = [each for each in answer.get("applications") or () if each.get("changed") and not each.get("failed")]
    diff = answer.get("diff") or []
    if check_mode or len(diff) != len(changed):
        return answer
    return {**answer, "diff": [shown for shown, each in zip(diff, changed) if each.get("finished", True)]}


class _Done(NamedTuple):
    """What came of numbers, by the place of their application, and its diff."""

    by_place: Dict[int, Document]
    diff: List[Document]


def _work(items: _numbers.Items, ask: Callable[..., Document]) -> _Done:
    if not items:
        return _Done({}, [])
    answer = ask(NUMBERS, numbers=[item for _place, item in items])
    return _Done(_numbers.of_numbers(items, answer), answer.get("diff") or [])


def _results(
    count: int, places: Sequence[int], problems: Mapping[int, str], answer: Mapping[str, Any]
) -> List[Document]:
    """One for each application: of those that were not asked about, and where the module gave none, why."""
    given = results_of(answer, "applications", len(places))
    by_place = {place: dict(each) for place, each in zip(places, given)}
    refused = {place: {"failed": True, "changed": False, "msg": problem} for place, problem in problems.items()}
    return [{**refused, **by_place}[place] for place in range(count)]
