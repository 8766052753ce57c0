# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what the role decides, see ``plugins/plugin_utils``."""

from __future__ import annotations

from tests.mutations.fault import Fault

ROLE: tuple[Fault, ...] = ()
