# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all histories share: the simulator, and processes to fork runs from."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.histories.runs import Runs
from tests.e2e.modules.conftest import ACCOUNTS
from tests.simulator.client import Simulator

CONTROLLERS = 3
# More than one history takes: two applications never have the same.
_KEY_PAIRS = 60


@dataclass(frozen=True)
class Infrastructure:
    """``runs`` are those of each controller."""

    simulator: Simulator
    runs: Sequence[Runs]

    @classmethod
    @contextlib.contextmanager
    def start(cls, home: Path) -> Iterator[Infrastructure]:
        """For the length of a ``with`` block."""
        with contextlib.ExitStack() as stack:
            simulator = stack.enter_context(Simulator.start(accounts=ACCOUNTS, key_pairs=_KEY_PAIRS))
            runs = [stack.enter_context(Runs.ready(home)) for _number in range(CONTROLLERS)]
            yield cls(simulator, runs)

    def stop_runs(self) -> None:
        """Kill what a history left under way."""
        self.simulator.no_faults()
        for runs in self.runs:
            if runs.under_way:
                runs.kill()
