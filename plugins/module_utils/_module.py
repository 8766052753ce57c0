# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all modules share: options that are never shown in clear, errors as results, and the attributes of files."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from typing import Any, Dict, FrozenSet, Iterator, List, Mapping, NoReturn, Optional

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.validation import check_type_dict

from ._errors import NexmoError
from ._keys.rsa import is_public_key
from ._redact import Redactor


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types of its own
    """An AnsibleModule in whose ``invocation`` no secret is shown, however wrong its options are.

    ansible-core forgets all of its ``no_log`` values when an option that should be a dictionary is not one, so such are
    set aside before it looks. A private key that was given as ``public_key`` is in no ``no_log`` option at all.
    """

    def __init__(self, argument_spec: Dict[str, Any], **arguments: Any) -> None:
        # The names of the options that the task itself gives.
        self.given: FrozenSet[str] = frozenset()
        self._misshapen: List[str] = []
        super().__init__(argument_spec, **arguments)
        if self._misshapen:
            self.fail_json(msg="%s: does not hold options; give each by its name" % self._misshapen[0])

    def _load_params(self) -> None:
        super()._load_params()
        self.given = frozenset(name for name, value in self.params.items() if value is not None)
        self._set_aside(self.params, self.argument_spec, "")

    def _set_aside(self, values: Dict[str, Any], spec: Dict[str, Any], path: str) -> None:
        """Takes out what should be a dictionary with options of its own, or a list of them, and is not."""
        for name, option in spec.items():
            if "options" not in option or values.get(name) is None:
                continue
            if option["type"] == "dict":
                values[name] = self._checked(values[name], option, path + name)
            elif isinstance(values[name], list):
                values[name] = [
                    self._checked(item, option, "%s%s[%d]" % (path, name, position)) or {}
                    for position, item in enumerate(values[name])
                ]
            else:
                self._misshapen.append(path + name)
                values[name] = []

    def _checked(self, given: Any, option: Dict[str, Any], path: str) -> Optional[Dict[str, Any]]:
        """The dictionary that an option should be; None, and remembered, where it is not."""
        values = _dictionary(given)
        if values is None:
            self._misshapen.append(path)
        else:
            self._set_aside(values, option["options"], path + ".")
        return values

    def fail_json(self, msg: str, **details: Any) -> NoReturn:
        self.no_log_values.update(
            given for given in _public_keys(self.params) if given.strip() and not is_public_key(given)
        )
        super().fail_json(msg=msg, **details)
        raise AssertionError("fail_json does not return")


def _public_keys(value: Any) -> Iterator[str]:
    """The texts that are given as ``public_key`` in options, at any depth."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "public_key" and isinstance(item, str):
                yield item
            yield from _public_keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _public_keys(item)


def _dictionary(value: Any) -> Optional[Dict[str, Any]]:
    """The dictionary that a value is, or is the text of; None for anything else."""
    try:
        return value if isinstance(value, dict) else dict(check_type_dict(value))
    except (TypeError, ValueError):
        return None


@contextmanager
def clear_errors(module: AnsibleModule) -> Iterator[Redactor]:
    """Turns errors into ``fail_json`` with one line, in which no secret of the module's options is left."""
    redactor = redactor_for(module.params)
    try:
        yield redactor
    except NexmoError as error:
        module.fail_json(msg=redactor.text(str(error)), **redactor.value(error.details()))
    except Exception as error:  # pylint: disable=broad-exception-caught
        module.fail_json(
            msg=redactor.text("unexpected %s: %s" % (type(error).__name__, error)),
            exception=redactor.text(traceback.format_exc()),
        )


def redactor_for(params: Mapping[str, Any]) -> Redactor:
    """Masks the API secret, alone and as HTTP Basic sends it, and whatever else the options hold in secret."""
    api_secret = params.get("api_secret") or ""
    pair = "%s:%s" % (params.get("api_key"), api_secret) if api_secret else ""
    redactor = Redactor((api_secret, pair))
    redactor.learn_from(params)
    return redactor
