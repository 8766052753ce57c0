# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option ``capabilities``: its argument spec, its checks, and what it changes in an application's settings."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from .._errors import InvalidOption
from .._urls import check_url
from .capabilities import CAPABILITIES, Capability, Setting, Settings

OPTION = "capabilities"


def capabilities_spec() -> Dict[str, Any]:
    """The argument spec of the option."""
    capabilities = {name: _dict_of(_capability_spec(capability)) for name, capability in CAPABILITIES.items()}
    return _dict_of(capabilities)


def capabilities_patch(given: Mapping[str, Any]) -> Dict[str, Any]:
    """What the option changes, as a patch to an application's capabilities. Raises InvalidOption.

    ``given`` is as AnsibleModule hands it over, what was left out being None.
    """
    return {
        name: _capability_patch("%s.%s" % (OPTION, name), CAPABILITIES[name], _without_none(options))
        for name, options in given.items()
        if options is not None
    }


def _capability_spec(capability: Capability) -> Dict[str, Any]:
    spec: Dict[str, Any] = {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}
    spec.update(_settings_spec(capability.settings))
    spec.update({name: _dict_of(_settings_spec(settings)) for name, settings in capability.groups.items()})
    if capability.webhooks:
        spec["webhooks"] = _dict_of(
            {name: _dict_of(_settings_spec(settings)) for name, settings in capability.webhooks.items()}
        )
    removable = [*capability.settings, *capability.groups]
    if removable:
        spec["unset"] = {"type": "list", "elements": "str", "choices": removable}
    return spec


def _settings_spec(settings: Settings) -> Dict[str, Any]:
    return {name: _setting_spec(setting) for name, setting in settings.items()}


def _setting_spec(setting: Setting) -> Dict[str, Any]:
    spec: Dict[str, Any] = {"type": setting.kind}
    if setting.choices:
        spec["choices"] = list(setting.choices)
    if setting.secret:
        spec["no_log"] = True
    return spec


def _dict_of(options: Dict[str, Any]) -> Dict[str, Any]:
    return {"type": "dict", "options": options}


def _capability_patch(option: str, capability: Capability, given: Mapping[str, Any]) -> Any:
    named = {name: value for name, value in given.items() if name != "state"}
    if given.get("state") == "absent":
        if named:
            raise InvalidOption(option, "%s cannot be given with state: absent" % ", ".join(sorted(named)))
        return None
    patch = _settings_patch(option, capability.settings, named)
    for name, settings in capability.groups.items():
        if name in named:
            patch[name] = _settings_patch("%s.%s" % (option, name), settings, named[name])
    webhooks = _without_none(named.get("webhooks") or {})
    if webhooks:
        patch["webhooks"] = {
            name: _webhook_patch("%s.webhooks.%s" % (option, name), capability.webhooks[name], webhook)
            for name, webhook in webhooks.items()
        }
    for name in named.get("unset", ()):
        if name in named:
            raise InvalidOption(option, "%s is both given and in unset; take one of them out" % name)
        patch[name] = None
    return patch


def _webhook_patch(option: str, settings: Settings, given: Mapping[str, Any]) -> Any:
    named = _without_none(given)
    if named.get("address") == "":
        if len(named) > 1:
            raise InvalidOption(option, "nothing else can be given with an empty address, which removes the webhook")
        return None
    return _settings_patch(option, settings, named)


def _settings_patch(option: str, settings: Settings, given: Mapping[str, Any]) -> Dict[str, Any]:
    patch = {}
    for name, setting in settings.items():
        if given.get(name) is not None:
            _check("%s.%s" % (option, name), setting, given[name])
            patch[name] = given[name]
    return patch


def accepts(setting: Setting, value: Any) -> bool:
    """Whether the option for a setting takes that value as it is. What the service holds may be another."""
    if type(value).__name__ != setting.kind or (setting.choices and value not in setting.choices):
        return False
    try:
        _check("", setting, value)
    except InvalidOption:
        return False
    return True


def _check(option: str, setting: Setting, value: Any) -> None:
    if setting.lowest is not None and setting.highest is not None and not setting.lowest <= value <= setting.highest:
        raise InvalidOption(
            option, "%s is out of range; give %d to %d %s" % (value, setting.lowest, setting.highest, setting.unit)
        )
    if setting.is_url:
        check_url(option, value)


def _without_none(options: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
