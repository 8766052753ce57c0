# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sessions of antsibull-nox, which antsibull-nox.toml describes; `make check` runs them."""

import antsibull_nox

antsibull_nox.load_antsibull_nox_toml()
