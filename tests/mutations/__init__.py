# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the tests find faults: deliberate ones, put into a copy of the collection one at a time.

Run it with ``python -m tests.mutations``; see ``__main__`` for its options.
"""
