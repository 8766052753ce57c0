# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans, as data, from the desired and the existing number. No input or output happens here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from .._errors import InvalidOption
from .._patch import differences, merged
from .desired import LINKED, Desired, check_callback
from .model import LINK, NAMED, VOICE_TYPE, VOICE_VALUE, Number
from .options import CALLBACK_TYPES

NONE, UPDATE = "none", "update"


@dataclass(frozen=True)
class Plan:
    """The number as it is, and as it is to be."""

    before: Number
    after: Number

    @property
    def changed(self) -> bool:
        return self.before.settings != self.after.settings

    @property
    def operation(self) -> str:
        return UPDATE if self.changed else NONE

    @property
    def changes_link(self) -> bool:
        return self.before.application_ids != self.after.application_ids

    @property
    def changed_options(self) -> Tuple[str, ...]:
        """What changes, by the options' names, or the API's where no option names it."""
        options = {member: option for option, member in (*NAMED, ("application_id", LINK))}
        return tuple(options.get(path[0], path[0]) for path in differences(self.before.settings, self.after.settings))

    def diff(self) -> Dict[str, Any]:
        """In the form of Ansible's diff mode."""
        header = "number %s" % self.before.msisdn
        return {
            "before": self.before.shown(),
            "after": self.after.shown(),
            "before_header": header,
            "after_header": header,
        }


def owners_in_the_way(desired: Desired, existing: Number) -> Tuple[str, ...]:
    """The applications that the number is linked to, and from which the task may not take it away."""
    if desired.state != LINKED or desired.relink:
        return ()
    own = existing.spelled(str(desired.application_id))
    return tuple(each for each in existing.application_ids if each != own)


def plan_for(desired: Desired, existing: Number) -> Plan:
    """The plan that makes a number as desired. Every setting that the task does not name stays. Raises InvalidOption.

    The application is known by its id, and nobody's is in the way.
    """
    if desired.state == LINKED:
        linked = existing.linked_to(str(desired.application_id))
    else:
        linked = existing.unlinked(desired.application_id)
    settings = merged(linked.settings, desired.patch)
    if desired.patch.get(VOICE_VALUE[1]):
        settings[VOICE_VALUE[1]] = _callback_value(settings)
    return Plan(existing, Number(existing.nature, settings))


def _callback_value(settings: Dict[str, Any]) -> str:
    kind = settings.get(VOICE_TYPE[1])
    if kind not in CALLBACK_TYPES:
        raise InvalidOption(VOICE_VALUE[0], "needs voice_callback_type, sip or tel: the number has none yet")
    return check_callback(kind, settings[VOICE_VALUE[1]])
