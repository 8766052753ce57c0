# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's fixtures serve these tests as well."""

from __future__ import annotations

from tests.e2e.role.conftest import role, running_simulator

__all__ = ["role", "running_simulator"]
