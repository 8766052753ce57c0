# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator of the Nexmo (Vonage) Applications API, versions 1 and 2, and of the Numbers API.

See ``python -m tests.simulator --help``.
"""
