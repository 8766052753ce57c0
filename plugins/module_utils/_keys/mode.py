# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions of a key file: what the option ``mode`` means, known before anything is written."""

from __future__ import annotations

import os
import re
import stat
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from .._errors import InvalidOption

PRIVATE = stat.S_IFREG | 0o600  # how a new file is made

# Decimal numbers that are modes of key files to whoever reads them: YAML takes a number without a leading 0 as decimal.
MEANT_AS_OCTAL = re.compile(r"[46][046][046]|500")


def check_mode_option(given: Any) -> None:
    """Refuses a number that was meant as another one. Raises InvalidOption."""
    if isinstance(given, bool) or not isinstance(given, int):
        return
    digits = str(given)
    is_no_mode_of_a_key = given > 0o777 or not given & stat.S_IRUSR
    if MEANT_AS_OCTAL.fullmatch(digits) or (is_no_mode_of_a_key and re.fullmatch("[0-7]{3,4}", digits)):
        raise InvalidOption(
            "mode",
            "%s without quotes is a decimal number, the mode %04o; give '%s' in quotes, or 0%s"
            % (digits, given, digits.zfill(4), digits.lstrip("0")),
        )
    if not 0 <= given <= 0o777:
        raise _no_mode(given)


def warn_of_readers(module: AnsibleModule, given: Any, path: str) -> None:
    """Warns where the mode lets others than the owner and group read the key file. Raises InvalidOption."""
    mode = mode_from(given, path) if given is not None else PRIVATE
    if mode & stat.S_IROTH:
        module.warn("mode: %04o lets others than the owner and group read the private key" % stat.S_IMODE(mode))


def mode_from(given: Any, path: str) -> int:
    """As Ansible reads it: a number, octal digits, or symbols that change what the file has. Raises InvalidOption."""
    check_mode_option(given)
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    try:
        mode = int(given, 8)
    except (TypeError, ValueError):
        mode = _mode_from_symbols(given, path)
    if not 0 <= mode <= 0o7777:
        raise _no_mode(given)
    return mode


def _mode_from_symbols(given: Any, path: str) -> int:
    if not given:
        raise _no_mode(given)
    try:
        # pylint: disable-next=protected-access
        return int(AnsibleModule._symbolic_mode_to_octal(_status(path), given))
    except (AttributeError, TypeError, ValueError):
        raise _no_mode(given) from None


def _status(path: str) -> os.stat_result:
    try:
        return os.lstat(path)
    except OSError:
        return os.stat_result((PRIVATE,) + (0,) * 9)


def _no_mode(given: Any) -> InvalidOption:
    return InvalidOption("mode", "%r is no mode; give octal digits in quotes, such as '0600'" % (given,))
