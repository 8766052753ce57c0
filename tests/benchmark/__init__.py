# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long it takes to keep applications, by this collection and by other means; see ``python -m tests.benchmark -h``.

A *situation* is an account and what is wanted of it, a *contender* a means to get that; in a *fleet*, hosts need the
private keys of applications. ``comparisons`` says which
contenders are measured in which situations, ``stage`` runs them on a simulator, ``aims`` judges the figures.
"""
