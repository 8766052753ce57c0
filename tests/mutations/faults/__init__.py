# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All faults, by what they are in."""

from __future__ import annotations

from tests.mutations.faults.creation import CREATION
from tests.mutations.faults.keys import KEYS
from tests.mutations.faults.paging import PAGING
from tests.mutations.faults.planning import PLANNING
from tests.mutations.faults.pruning import PRUNING
from tests.mutations.faults.requests import REQUESTS
from tests.mutations.faults.role import ROLE

FAULTS = (*PLANNING, *PAGING, *KEYS, *CREATION, *REQUESTS, *PRUNING, *ROLE)
