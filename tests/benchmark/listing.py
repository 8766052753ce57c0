# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""List an account as a module does that looks for one application, and print as JSON what that took, in seconds.

Usage: listing.py VARIABLES, a file of JSON with the options of a module in ``ANSIBLE_MODULE_ARGS``.
"""

from __future__ import annotations

import json
import time

from ansible_collections.community.nexmo.plugins.module_utils._api.listing import Names
from ansible_collections.community.nexmo.plugins.module_utils._api.versions import api_from
from ansible_collections.community.nexmo.plugins.module_utils._http.connection import CONNECTION_OPTIONS
from ansible_collections.community.nexmo.plugins.module_utils._module import Module, clear_errors


def main() -> None:
    module = Module(CONNECTION_OPTIONS)
    with clear_errors(module) as redactor:
        api = api_from(module, redactor)
        started, worked = time.perf_counter(), time.process_time()
        api.list(Names("app-0"))
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds}))


if __name__ == "__main__":
    main()
