#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_private_key
short_description: Keep the private key of a Nexmo (Vonage) application on a host
version_added: 1.0.0
description:
  - Writes a private key to a file, so that it is never half there and never readable by others, or removes it.
  - It does not talk to the API and needs nothing but Python on the host.
  - Without O(private_key) it makes the place ready for a key and tells which key is there, which playbooks use before
    they create an application, whose key the API hands out only once.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.attributes
  - ansible.builtin.files
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
    details:
      - Shows fingerprints of keys, never a key.
options:
  path:
    description:
      - Path of the file. Directories that are missing are made, with mode V('0755').
      - A symbolic link is not followed, but refused.
    type: path
    required: true
  state:
    description:
      - Whether the file has to exist. V(absent) refuses to remove a file that does not hold a private key.
    type: str
    choices: [present, absent]
    default: present
  private_key:
    description:
      - The key to write, an RSA key in PEM that is not encrypted.
      - When left out, a key that is there stays, and a file that is missing is not made.
    type: str
  generate:
    description:
      - Whether a key pair is made where there is no key, with the Python library cryptography or the program
        C(openssl), whichever is there. The private key does not leave the host.
      - A single key that waits beside the file is taken instead, since a run that ended early made it.
    type: bool
    default: false
  staged:
    description:
      - Whether O(private_key) is written beside the file, to the path with C(.FINGERPRINT) behind it, where it waits
        until a task with O(fingerprint) makes it the file. So a key is in safe hands before its application is
        finished, and the file is never without the key of an application that is in use.
    type: bool
    default: false
  fingerprint:
    description:
      - The fingerprint of the key that the file is to hold. A key that waits beside the file and has it becomes the
        file; other keys that wait are removed. A key that is nowhere on the host is an error.
      - With O(state=absent), the fingerprint of the key that is of no use any more. A different key in the file is not
        removed, but renamed to the same path with C(.FINGERPRINT.old) behind it.
    type: str
  force:
    description:
      - Whether a different private key that is there may be replaced. It is not lost, but renamed to the same path with
        C(.FINGERPRINT.old) behind it.
    type: bool
    default: false
  mode:
    description:
      - Permissions of the file, as for M(ansible.builtin.file).
      - When left out, V('0600'). The task warns of a mode that lets others than the owner and group read the file.
seealso:
  - module: community.nexmo.nexmo_application
"""

EXAMPLES = r"""
- name: Make sure that the host can take the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
  register: place

- name: Write the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
    private_key: "{{ created.private_key }}"
    owner: my-service
  no_log: true

- name: Remove the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
    state: absent
"""

RETURN = r"""
public_key:
  description:
    - The public half of the key that is there in the end, in the file or, with O(staged=true), beside it, in PEM.
    - Null when there is none, and in check mode for a pair that would be made.
  returned: success
  type: str
held_keys:
  description:
    - The fingerprints of the keys that are there in the end, in the file or waiting beside it. In check mode, of those
      that are there now.
  returned: success
  type: list
  elements: str
fingerprint:
  description:
    - SHA-256 of the public half of the key that was there before, in DER form (SubjectPublicKeyInfo), in hexadecimal
      digits.
    - Null when there was no key.
  returned: success
  type: str
"""

from typing import Any, Callable, Dict, List, Optional, Tuple

from ..module_utils._errors import InvalidOption
from ..module_utils._keys.file import KeyFile
from ..module_utils._keys.mode import warn_of_readers
from ..module_utils._keys.pair import new_private_key
from ..module_utils._keys.rsa import PublicKey, UnreadableKey, public_half
from ..module_utils._module import Module, clear_errors, set_file_attributes


def main() -> None:
    """Entry point."""
    module = Module(
        argument_spec={
            "path": {"type": "path", "required": True},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "private_key": {"type": "str", "no_log": True},
            "generate": {"type": "bool", "default": False},
            "staged": {"type": "bool", "default": False},
            "fingerprint": {"type": "str"},
            "force": {"type": "bool", "default": False},
        },
        mutually_exclusive=[("private_key", "generate", "fingerprint")],
        add_file_common_args=True,
        supports_check_mode=True,
    )
    with clear_errors(module):
        module.exit_json(**run(module))


def run(module: Module) -> Dict[str, Any]:
    """Makes the file as the task asks; the module's result. Raises NexmoError."""
    file = KeyFile("path", module.params["path"])
    before = file.public_key()
    held_keys = file.held_keys()
    wanted: Optional[PublicKey] = None
    if module.params["state"] == "present":
        warn_of_readers(module, file.path)
    if module.params["state"] == "absent":
        changed = removed(module, file, before, held_keys)
    elif module.params["fingerprint"]:
        changed = settled(module, file, before, held_keys)
        wanted = before if module.check_mode and not changed else file.public_key()
    else:
        wanted, changed = written(module, file, before)
    result: Dict[str, Any] = {
        "changed": changed,
        "fingerprint": before.fingerprint if before else None,
        "held_keys": file.held_keys(),
        "public_key": wanted.pem if wanted else None,
    }
    if module._diff:  # pylint: disable=protected-access
        result["diff"] = {"before": shown(before), "after": shown(wanted)}
    return result


def removed(module: Module, file: KeyFile, before: Optional[PublicKey], held_keys: List[str]) -> bool:
    """Removes the key, and those that wait beside it; whether there was one."""
    if held_keys and not module.check_mode:
        file.remove(module.params["fingerprint"] or (before.fingerprint if before else None))
    return bool(held_keys)


def settled(module: Module, file: KeyFile, before: Optional[PublicKey], held_keys: List[str]) -> bool:
    """Makes the key with the fingerprint the file, if it waits beside it; whether that changed anything."""
    wanted = module.params["fingerprint"]
    has_it = before is not None and before.fingerprint == wanted
    if not has_it and wanted not in held_keys:
        raise InvalidOption("fingerprint", "%s has no key with the fingerprint %s" % (file.path, wanted))
    has_waiting_keys = file.has_waiting_keys()
    if not module.check_mode:
        file.settle(wanted, attributes_setter(module))
    return not has_it or has_waiting_keys


def written(module: Module, file: KeyFile, before: Optional[PublicKey]) -> Tuple[Optional[PublicKey], bool]:
    """Makes the place ready, and brings the key there if it is not there yet.

    The public half of the key that is there or beside it then, None for one that is still to be made; and whether
    anything changed.
    """
    new_directory = file.check_place()
    given = given_key(module)
    if given is not None and before not in (None, given) and not (module.params["force"] or module.params["staged"]):
        raise InvalidOption("path", "%s holds a different private key; move it away, or set force: true" % file.path)
    waiting = file.waiting_key() if module.params["generate"] and before is None else None
    if waiting is not None:
        return waiting, taken(module, file, waiting)
    brings_key = given not in (None, before) or (module.params["generate"] and before is None)
    if not module.check_mode:
        file.make_directory()
        if brings_key:
            return bring(module, file), True
        if before is None:
            file.try_out()
    new_attributes = not brings_key and before is not None and set_file_attributes(module, file.path)
    return given or before, brings_key or new_directory or new_attributes


def taken(module: Module, file: KeyFile, waiting: PublicKey) -> bool:
    """Takes a pair that a run made which ended before it was the file; whether that changes the file."""
    if not (module.params["staged"] or module.check_mode):
        file.settle(waiting.fingerprint, attributes_setter(module))
    return not module.params["staged"]


def bring(module: Module, file: KeyFile) -> PublicKey:
    """Brings the key that was given, or else a new one, beside the file, and makes it the file unless it is to wait."""
    private_key = module.params["private_key"] or new_private_key()
    set_attributes = attributes_setter(module)
    with file.reserve(set_attributes) as reserved:
        fingerprint = reserved.fill(private_key)
    if not module.params["staged"]:
        file.settle(fingerprint, set_attributes)
    return public_half(private_key)


def given_key(module: Module) -> Optional[PublicKey]:
    """The public half of the key that was given, None where none was."""
    private_key = module.params["private_key"]
    try:
        return public_half(private_key) if private_key is not None else None
    except UnreadableKey as error:
        raise InvalidOption("private_key", "is not an RSA private key in PEM: %s" % error) from None


def attributes_setter(module: Module) -> Callable[[str], bool]:
    """Gives a path the owner, group and mode of the task's file options."""
    return lambda path: set_file_attributes(module, path)


def shown(key: Optional[PublicKey]) -> Dict[str, Optional[str]]:
    """What diff mode shows of a key."""
    return {"fingerprint": key.fingerprint if key else None}


if __name__ == "__main__":
    main()
