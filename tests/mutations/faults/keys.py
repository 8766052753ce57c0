# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what becomes of private keys."""

from __future__ import annotations

from tests.mutations.fault import Fault

_FILE = "plugins/module_utils/_keys/file.py"
_STORE = "plugins/module_utils/_reconcile/key_store.py"
_TESTS_OF_FILE = ("tests/unit/plugins/module_utils/_keys/test_file.py",)
_TESTS_OF_STORE = ("tests/unit/plugins/module_utils/_reconcile/test_key_store.py",)

KEYS = (
    Fault(
        "a key that is replaced is not kept",
        _FILE,
        "            self.keep_aside()\n            set_attributes(promoted)",
        "            set_attributes(promoted)",
        _TESTS_OF_FILE,
    ),
    Fault(
        "another key is removed with the application",
        _FILE,
        "if key.fingerprint != fingerprint:",
        "if fingerprint is None:",
        _TESTS_OF_FILE,
    ),
    Fault(
        "others can read a key while it is written",
        _FILE,
        "os.O_NOFOLLOW, 0o600)",
        "os.O_NOFOLLOW, 0o644)",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key is followed by the space that was taken for it",
        _FILE,
        "        os.ftruncate(self._descriptor, written)\n",
        "",
        _TESTS_OF_FILE,
    ),
    Fault(
        "the name of a file that waits says which key it holds",
        _FILE,
        "return key is not None and key.fingerprint == fingerprint",
        "return key is not None",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a temporary file stays",
        _FILE,
        "        os.unlink(self.temporary_path)\n",
        "",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key that the service turned away becomes the file",
        _STORE,
        "if plan.rotates and plan.before is not None and error.turned_away:",
        "if plan.rotates and plan.before is not None and not error.turned_away:",
        _TESTS_OF_STORE,
    ),
    Fault(
        "a key that was written is returned as well",
        _STORE,
        "return replace(outcome, private_key=None)",
        "return outcome",
        _TESTS_OF_STORE,
    ),
)
