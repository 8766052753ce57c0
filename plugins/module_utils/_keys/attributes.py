# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a key file gets besides its content: owner, group, permissions, SELinux context and attributes (chattr)."""

from __future__ import annotations

import copy
import grp
import os
import pwd
import stat
from typing import Any, Callable, Mapping, NoReturn, Optional

from ansible.module_utils.basic import FILE_COMMON_ARGUMENTS, AnsibleModule

from .._errors import InvalidOption
from .mode import mode_from

PRIVATE = 0o600
# Key files are never written in place.
FILE_OPTIONS = {name: option for name, option in FILE_COMMON_ARGUMENTS.items() if name != "unsafe_writes"}
# Flags that lsattr shows and chattr cannot set.
FIXED_FLAGS = frozenset("eEhINVBXZ")


class OwnerOnly:
    """For tasks without file options: nobody but its owner can read the file. Threads can share it."""

    def check(self, path: str) -> None:
        """Nothing is given that could be wrong."""

    def differ(self, path: str) -> bool:
        """Whether ``give`` would change anything. Raises OSError."""
        return stat.S_IMODE(os.stat(path).st_mode) != PRIVATE

    def differ_last(self, path: str) -> bool:
        """No, since it gives nothing."""
        return False

    def give(self, path: str) -> None:
        """Raises OSError."""
        if self.differ(path):
            os.chmod(path, PRIVATE)

    def give_last(self, path: str) -> None:
        """Nothing is given that could forbid to rename the file."""

    def take_back(self, path: str) -> None:
        """Nothing is given that could forbid to remove the file."""


class FileAttributes:
    """Those of Ansible's file options, set by Ansible's own functions."""

    def __init__(self, module: AnsibleModule, options: Mapping[str, Any]) -> None:
        self._module = module
        self._options = options
        self._mode = options.get("mode") if options.get("mode") is not None else "0600"

    def check(self, path: str) -> None:
        """Makes sure that owner, group and mode exist. Raises InvalidOption."""
        mode_from(self._mode, path)
        _check_known("owner", self._options.get("owner"), "user", pwd.getpwnam)
        _check_known("group", self._options.get("group"), "group", grp.getgrnam)

    def differ(self, path: str) -> bool:
        """Whether ``give`` would change anything. Raises InvalidOption and OSError."""
        return self._set(path, check_mode=True)

    def differ_last(self, path: str) -> bool:
        """Whether ``give_last`` would change anything."""
        return self._flags_differ(path, self._options.get("attributes"))

    def give(self, path: str) -> None:
        """Gives all that leaves a file free to be renamed. Raises InvalidOption and OSError."""
        self._set(path, check_mode=False)

    def give_last(self, path: str) -> None:
        """Gives the attributes, which can forbid to rename or remove the file. Raises InvalidOption and OSError."""
        if self.differ_last(path):
            module = self._variant("attributes", check_mode=False)
            module.set_attributes_if_different(path, self._options["attributes"], False, None, False)

    def take_back(self, path: str) -> None:
        """Lets the file be removed again. Raises InvalidOption."""
        if self._options.get("attributes") and self._flags_differ(path, "-ia"):
            module = self._variant("attributes", check_mode=False)
            module.set_attributes_if_different(path, "-ia", False, None, False)

    def _set(self, path: str, check_mode: bool) -> bool:
        def ready(option: str) -> Any:
            return self._variant(option, check_mode)

        options = self._options
        context = self._module.load_file_common_arguments(options, path=path)["secontext"]
        changed = ready("setype").set_context_if_different(path, context, False)
        changed = ready("owner").set_owner_if_different(path, options.get("owner"), changed, None, False)
        changed = ready("group").set_group_if_different(path, options.get("group"), changed, None, False)
        return bool(ready("mode").set_mode_if_different(path, self._mode, changed, None, False))

    def _flags_differ(self, path: str, asked: Optional[str]) -> bool:
        """Ansible's own comparison takes flags that cannot be set for a difference."""
        if not asked:
            return False
        shown = self._module.get_file_attributes(path, include_version=False).get("attr_flags", "")
        current = frozenset(shown) - FIXED_FLAGS
        flags = frozenset(asked.lstrip("+-=")) - FIXED_FLAGS
        if asked.startswith("-"):
            return bool(current & flags)
        return not flags <= current if asked.startswith("+") else flags != current

    def _variant(self, option: str, check_mode: bool) -> Any:
        """The module, in that mode, and with failures that are errors of the option instead of its end."""

        def fail_json(msg: str, **details: Any) -> NoReturn:
            reason = details.get("details") or details.get("exception") or ""
            problem = " ".join(("%s: %s" % (msg, reason) if reason else msg).split())
            raise InvalidOption(option, "%r cannot be given to the file: %s" % (self._options.get(option), problem))

        variant = copy.copy(self._module)
        variant.check_mode = check_mode
        variant.fail_json = fail_json
        return variant


def _check_known(option: str, given: Optional[str], kind: str, look_up: Callable[[str], Any]) -> None:
    """Names are looked up, numbers need not be known."""
    if given is None:
        return
    try:
        int(given)
    except ValueError:
        try:
            look_up(given)
        except (KeyError, ValueError):
            raise InvalidOption(option, "this host has no %s %r; give one that exists" % (kind, given)) from None
