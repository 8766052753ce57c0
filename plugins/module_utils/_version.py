# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version of this collection, for the User-Agent; a unit test holds it equal to galaxy.yml."""

from __future__ import annotations

COLLECTION_VERSION = "1.0.0"
