# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests and users can set, at start or through the control interface.

A default is what the contract says. Where it says nothing, it is what was recorded of the service.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """The values that a setting takes: a check, and words for it."""

    takes: Callable[[Any], bool]
    meaning: str


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _choice(*values: str) -> Kind:
    quoted = [f'"{value}"' for value in values]
    return Kind(lambda value: value in values, f"{', '.join(quoted[:-1])} or {quoted[-1]}")


_SWITCH = Kind(lambda value: isinstance(value, bool), "true or false")
_WHOLE = Kind(_is_whole, "a whole number")
_ONE_OR_MORE = Kind(lambda value: _is_whole(value) and value >= 1, "a whole number of 1 or more")
_ZERO_OR_ONE = Kind(lambda value: _is_whole(value) and value in (0, 1), "0 or 1")
_TEXT = Kind(lambda value: isinstance(value, str), "text")
_SECONDS = Kind(lambda value: _is_number(value) and value >= 0, "seconds, 0 or more")


def _setting(default: Any, kind: Kind, description: str) -> Any:
    # pylint: disable-next=invalid-field-call  # it is used within one, below
    return dataclasses.field(default=default, metadata={"kind": kind, "description": description})


@dataclasses.dataclass(frozen=True)
class Settings:
    """How the simulated service behaves; each setting is also an option of the command."""

    page_base: int = _setting(0, _ZERO_OR_ONE, "number of version 1's first page")
    max_page_size: int = _setting(100, _ONE_OR_MORE, "largest page; version 1 clamps to it, version 2 refuses more")
    v2_clamps_page_size: bool = _setting(False, _SWITCH, "version 2 clamps to the largest page as well")
    latency: float = _setting(0.0, _SECONDS, "wait between the work of a request and its answer")
    list_shows_keys: bool = _setting(False, _SWITCH, "the items of version 1's list carry their public keys")
    v1_public_key: str = _setting(
        "pem",
        _choice("pem", "base64", "mixed"),
        "how version 1 shows public keys, but for one that it has just made: in PEM, as the base64 of the whole PEM,"
        " or as base64 where the id ends in 1, 3, 5, 7, 9, a, c or e",
    )
    v1_first_page_label: str = _setting(
        "true",
        _choice("true", "sample"),
        "whether version 1 shows the page_index asked for, or one more, as the documentation's sample does",
    )
    v1_knows_rtc: bool = _setting(
        False, _SWITCH, "version 1 has the type rtc too, and takes an answer_url for it, which version 2 refuses"
    )
    serves_v1: bool = _setting(True, _SWITCH, "false: every path of version 1 answers 410")
    count_offset: int = _setting(0, _WHOLE, "added to version 1's count and version 2's total_items")
    shows_empty_webhooks: bool = _setting(
        False,
        _SWITCH,
        "version 2 shows webhooks that are not set with an empty address, and both versions take an empty one",
    )
    unknown_members: str = _setting(
        "refused",
        _choice("refused", "refused_always", "taken"),
        "what version 2 does with members that it does not know: refuse those that the account never had,"
        " refuse all, or store them",
    )
    number_link: str = _setting(
        "app_id",
        _choice("app_id", "voice", "messages"),
        "how the Numbers API lists the application of a number: as app_id, or in the older way of a callback",
    )
    number_shows_status: bool = _setting(True, _SWITCH, "the Numbers API lists voiceStatusCallback")
    number_refusals: str = _setting(
        "status",
        _choice("status", "answer"),
        "whether an update of a number is refused with HTTP status 420, or with 200 and an error-code",
    )
    dead_webhooks: str = _setting(
        "", _TEXT, "the beginning of those sms webhooks that do not answer when the Numbers API calls them"
    )
    invalid_key_is_404: bool = _setting(False, _SWITCH, "wrong credentials are answered 404 Invalid API Key, not 401")
    ignores_id_case: bool = _setting(False, _SWITCH, "an application is found by its id in upper case, too")


class Described(NamedTuple):
    """A setting, for those who show it: its name, default, the values that it takes, what it is for."""

    name: str
    default: Any
    kind: Kind
    description: str


def described() -> Iterator[Described]:
    """Every setting."""
    for field in dataclasses.fields(Settings):
        yield Described(field.name, field.default, field.metadata["kind"], field.metadata["description"])


_KINDS = {setting.name: setting.kind for setting in described()}


def spelled(kind: Kind, text: str) -> Any:
    """The value that a word of the command line stands for. Raises ValueError where the setting doesn't take it."""
    values = [text]
    with contextlib.suppress(ValueError):
        values.append(json.loads(text.lower()))
    for value in filter(kind.takes, values):
        return value
    raise ValueError(f"must be {kind.meaning}, not {text!r}")


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with the changes. Raises ValueError on an unknown name or an impossible value."""
    for name, value in changes.items():
        if name not in _KINDS:
            raise ValueError(f"there is no setting {name!r}, only {', '.join(_KINDS)}")
        kind = _KINDS[name]
        if not kind.takes(value):
            raise ValueError(f"{name} must be {kind.meaning}, not {value!r}")
    return dataclasses.replace(settings, **changes)
