# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what becomes of private keys."""

from __future__ import annotations

from tests.mutations.fault import Fault

_FILE = "plugins/module_utils/_keys/file.py"
_PLACE = "plugins/module_utils/_keys/place.py"
_STORE = "plugins/module_utils/_reconcile/key_store.py"
_TESTS_OF_FILE = ("tests/unit/plugins/module_utils/_keys/test_file.py",)
_TESTS_OF_STORE = ("tests/unit/plugins/module_utils/_reconcile/test_key_store.py",)

KEYS = (
    Fault(
        "a key that is replaced is not kept",
        _FILE,
        "self._keep(stored.public)",
        "pass",
        _TESTS_OF_FILE,
    ),
    Fault(
        "another key is removed with the application",
        _FILE,
        "if stored.public.fingerprint == fingerprint:",
        "if stored.public.fingerprint:",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key is kept under a name that is taken",
        _FILE,
        "if not os.path.lexists(name) or self._holds(name, key):",
        "if name:",
        _TESTS_OF_FILE,
    ),
    Fault(
        "the name of a file that waits says which key it holds",
        _FILE,
        "stored.is_readable and stored.public.fingerprint == fingerprint:",
        "stored.is_readable:",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key that another run installs meanwhile is not held",
        _FILE,
        "        waiting = {key.fingerprint: key for key in self._waiting_keys()}\n"
        "        return Holding(stored_key(self._option, self.path), waiting)\n",
        "        stored = stored_key(self._option, self.path)\n"
        "        return Holding(stored, {key.fingerprint: key for key in self._waiting_keys()})\n",
        ("tests/unit/plugins/module_utils/_keys/test_file_of_two_runs.py",),
    ),
    Fault(
        "a key that another run has brought is removed",
        "plugins/module_utils/_keys/claim.py",
        "    except BlockingIOError:\n        return True\n",
        "    except BlockingIOError:\n        return False\n",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key is claimed no longer than until its application has the name",
        "plugins/module_utils/_reconcile/one.py",
        "            applied = yield from apply(api, plan, item.keeper)\n            applied =",
        "            applied = yield from apply(api, plan, item.keeper)\n        applied =",
        ("tests/unit/plugins/module_utils/_reconcile/test_batch.py",),
    ),
    Fault(
        "keys that wait for nothing stay",
        _FILE,
        "                os.unlink(self._waiting_path(fingerprint))\n",
        "                pass\n",
        _TESTS_OF_FILE,
    ),
    Fault(
        "others can read a key while it is written",
        _PLACE,
        "os.O_CLOEXEC, 0o600",
        "os.O_CLOEXEC, 0o644",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key is followed by the space that was taken for it",
        _PLACE,
        "os.ftruncate(self._descriptor, len(content))",
        "pass",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a temporary file stays",
        _PLACE,
        "        self._descriptor = -1\n        os.unlink(self.temporary_path)\n",
        "        self._descriptor = -1\n",
        _TESTS_OF_FILE,
    ),
    Fault(
        "a key that the service turned away still waits",
        _STORE,
        "if plan.rotates and self._kept and error.turned_away:",
        "if plan.rotates and self._kept and not error.turned_away:",
        _TESTS_OF_STORE,
    ),
    Fault(
        "a key that was written is returned as well",
        _STORE,
        "return replace(applied, private_key=None)",
        "return applied",
        _TESTS_OF_STORE,
    ),
)
