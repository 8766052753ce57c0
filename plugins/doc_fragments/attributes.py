# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attributes that modules of this collection declare."""

from __future__ import annotations


class ModuleDocFragment:
    """What check mode, diff mode and the action group mean."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
  diff_mode:
    description: Will return details on what has changed, or would change in C(check_mode), when in diff mode.
"""

    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This action does not modify anything.
  diff_mode:
    support: N/A
    details:
      - This action does not modify anything.
"""

    ACTION_GROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/community.nexmo.nexmo) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - community.nexmo.nexmo
"""
