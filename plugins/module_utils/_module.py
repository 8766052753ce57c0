# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all modules share: options that are never shown in clear, errors as results, and the attributes of files."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from typing import Any, Dict, FrozenSet, Iterator, List, Mapping, NoReturn, Optional

from ansible.module_utils.basic import AnsibleModule

from ._errors import NexmoError
from ._given import prepare
from ._keys.rsa import is_public_key
from ._names import spell_names
from ._redact import MASK, SECRET_MEMBERS, Redactor, holds_private_key, shown
from ._urls import without_password

# How the names of options end that hold URLs.
URL_OPTIONS = ("url", "uri", "address")


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types of its own
    """An AnsibleModule in whose result and log no secret is shown, however wrong its options are.

    What is null, and what is empty where that means nothing, counts as not given; see ``_given``.
    """

    params: Dict[str, Any]

    def __init__(self, argument_spec: Dict[str, Any], **arguments: Any) -> None:
        # The names of the options that the task itself gives.
        self.given: FrozenSet[str] = frozenset()
        self._problems: List[str] = []
        super().__init__(argument_spec, **arguments)
        if self._problems:
            self.fail_json(msg=self._problems[0])

    def _load_params(self) -> None:
        super()._load_params()
        spell_names(self.params)
        # ansible-core does not see what is removed, so it is masked here.
        misplaced = [text for text in _texts(self.params) if holds_private_key(text)]
        self._problems = prepare(self.params, self.argument_spec)
        self.given = frozenset(name for name, value in self.params.items() if value is not None)
        self.no_log_values.update(misplaced, _wrong_public_keys(self.params))

    def _log_invocation(self) -> None:
        params = self.params
        self.params = _shown_options(params)
        try:
            super()._log_invocation()
        finally:
            self.params = params

    def _return_formatted(self, kwargs: Dict[str, Any]) -> None:
        # Ansible would mask each blank of a message where an option that is no_log holds nothing else.
        self.no_log_values.difference_update([value for value in self.no_log_values if not str(value).strip()])
        kwargs.setdefault("invocation", {"module_args": _shown_options(self.params)})
        super()._return_formatted(shown(kwargs))

    def fail_json(self, msg: str, **details: Any) -> NoReturn:
        # ansible-core would report an option as missing that was removed because its type is wrong.
        told = self._problems[0] if self._problems else msg
        super().fail_json(msg=redactor_for(self.params).text(told), **details)
        raise AssertionError("fail_json does not return")

    def warn(self, warning: str, **details: Any) -> None:
        super().warn(shown(warning), **details)

    def log(self, msg: str, log_args: Optional[Dict[str, Any]] = None) -> None:
        super().log(shown(msg), log_args)


def _shown_options(value: Any) -> Any:
    """The options of a task as they may be shown."""
    if isinstance(value, dict):
        return {name: _shown_option(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown_options(item) for item in value]
    return shown(value)


def _shown_option(name: str, value: Any) -> Any:
    is_secret = name in SECRET_MEMBERS or (name == "public_key" and _is_wrong_public_key(value))
    if is_secret and value:
        return MASK
    if isinstance(value, str) and name.endswith(URL_OPTIONS):
        return shown(without_password(value))
    return _shown_options(value)


def _texts(value: Any) -> Iterator[str]:
    """All texts of a JSON-like value but those that are meant to be private keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in SECRET_MEMBERS:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _wrong_public_keys(value: Any) -> Iterator[str]:
    """The texts that are given as ``public_key``, at any depth, and are no public key: they may be secrets."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "public_key" and _is_wrong_public_key(item):
                yield item
            yield from _wrong_public_keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _wrong_public_keys(item)


def _is_wrong_public_key(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not is_public_key(value)


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
    """Masks the API secret, alone and as HTTP Basic sends it, and every other secret of the options."""
    api_secret = str(params.get("api_secret") or "")
    pair = "%s:%s" % (params.get("api_key"), api_secret) if api_secret else ""
    # Blanks alone tell nothing, and messages are full of them.
    redactor = Redactor((api_secret if api_secret.strip() else "", api_secret.strip(), pair))
    redactor.learn_from(params)
    return redactor
