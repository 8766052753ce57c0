# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Numbers API's form of an error answer: a code as text, and words for it."""

from __future__ import annotations

from .problems import Refusal, error_code


class Failed(Exception):
    """The request cannot be done as it is; its text is the parameter that is to blame."""

    def refusal(self, status: int = 420) -> Refusal:
        """The answer, with that HTTP status: the service answers with that of the error, or with 200."""
        return Refusal(status, {"error-code": "420", "error-code-label": f"method failed: {self}"})


def unauthorized() -> Refusal:
    """The credentials open no account."""
    return error_code(401, "authentication failed")
