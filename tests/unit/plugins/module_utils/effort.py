# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a piece of work costs, on whatever machine."""

from __future__ import annotations

import os
import re
import sys
import time

import pytest

# Measuring coverage multiplies the time of every line.
unless_coverage_is_measured = pytest.mark.skipif("COVERAGE_FILE" in os.environ, reason="coverage is measured")


def growth(work, size, times):
    """How much more processor time ``work(times * size)`` takes than ``work(size)``: ``times`` if it is linear."""
    return _least_seconds(work, times * size) / _least_seconds(work, size)


def _least_seconds(work, size):
    return min(_seconds(work, size) for _attempt in range(3))


def calls(work):
    """How many functions are called, those of C among them."""
    counted = 0

    def count(_frame, event, _function):
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def _seconds(work, size):
    re.purge()
    began = time.process_time()
    work(size)
    return time.process_time() - began
