# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the option ``mode`` makes of a key file's permissions, foretold, so that check mode knows it as well."""

from __future__ import annotations

import os
import stat
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from .._errors import InvalidOption

PRIVATE = stat.S_IFREG | 0o600  # how a new file is made


def warn_of_readers(module: AnsibleModule, path: str) -> None:
    """Warns where the task lets others than the owner and group read the key file. Raises InvalidOption."""
    given = module.params["mode"]
    mode = _mode_from(module, given, path) if given is not None else PRIVATE
    if mode & stat.S_IROTH:
        module.warn("mode: %04o lets others than the owner and group read the private key" % mode)


def _mode_from(module: AnsibleModule, given: Any, path: str) -> int:
    """As Ansible reads it: a number, octal digits, or symbols that change what the file has."""
    if isinstance(given, int):
        return given
    try:
        return int(given, 8)
    except (TypeError, ValueError):
        pass
    try:
        # pylint: disable-next=protected-access
        return int(module._symbolic_mode_to_octal(_status(path), given))
    except (AttributeError, TypeError, ValueError):
        raise InvalidOption("mode", "%r is no mode; give octal digits in quotes, such as '0600'" % (given,)) from None


def _status(path: str) -> os.stat_result:
    try:
        return os.lstat(path)
    except OSError:
        return os.stat_result((PRIVATE,) + (0,) * 9)
