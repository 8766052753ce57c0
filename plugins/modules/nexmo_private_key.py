#!/usr/bin/python

# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_private_key
short_description: Keep the private key of a Nexmo (Vonage) application on a host
version_added: 0.1.0
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
    type: bool
    default: false
  force:
    description:
      - Whether a different private key that is there may be replaced. It is not lost, but renamed to the same path with
        C(.FINGERPRINT.old) behind it.
    type: bool
    default: false
  mode:
    description:
      - Permissions of the file, as for M(ansible.builtin.file).
      - When left out, V('0600').
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
    - The public half of the key that is there in the end, in PEM.
    - Null when there is none, and in check mode for a pair that would be made.
  returned: success
  type: str
fingerprint:
  description:
    - SHA-256 of the public half of the key that was there before, in DER form (SubjectPublicKeyInfo), in hexadecimal
      digits.
    - Null when there was no key.
  returned: success
  type: str
"""

from typing import Any, Dict, Optional

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._errors import InvalidOption
from ..module_utils._key_file import KeyFile
from ..module_utils._key_pair import new_private_key
from ..module_utils._module import clear_errors, set_file_attributes
from ..module_utils._rsa import PublicKey, UnreadableKey, public_half


def main() -> None:
    """Entry point."""
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "required": True},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "private_key": {"type": "str", "no_log": True},
            "generate": {"type": "bool", "default": False},
            "force": {"type": "bool", "default": False},
        },
        mutually_exclusive=[("private_key", "generate")],
        add_file_common_args=True,
        supports_check_mode=True,
    )
    with clear_errors(module):
        module.exit_json(**run(module))


def run(module: AnsibleModule) -> Dict[str, Any]:
    """Makes the file as the task asks; the module's result. Raises NexmoError."""
    file = KeyFile("path", module.params["path"])
    before = file.public_key()
    if module.params["state"] == "absent":
        after = None
        changed = removed(module, file, before)
    else:
        after = wanted_key(module, before)
        changed = written(module, file, before, after)
    if not module.check_mode:
        after = file.public_key()
    result: Dict[str, Any] = {
        "changed": changed,
        "fingerprint": before.fingerprint if before else None,
        "public_key": after.pem if after else None,
    }
    if module._diff:  # pylint: disable=protected-access
        result["diff"] = {"before": shown(before), "after": shown(after)}
    return result


def wanted_key(module: AnsibleModule, before: Optional[PublicKey]) -> Optional[PublicKey]:
    """The public half of the key that is to be there, None for one that is still to be made, or for none."""
    private_key = module.params["private_key"]
    try:
        return public_half(private_key) if private_key is not None else before
    except UnreadableKey as error:
        raise InvalidOption("private_key", "is not an RSA private key in PEM: %s" % error) from None


def removed(module: AnsibleModule, file: KeyFile, before: Optional[PublicKey]) -> bool:
    """Removes the key; whether there was one."""
    if before is not None and not module.check_mode:
        file.remove()
    return before is not None


def written(module: AnsibleModule, file: KeyFile, before: Optional[PublicKey], after: Optional[PublicKey]) -> bool:
    """Makes the place ready, and brings the key there if it is not there yet; whether that changed anything."""
    if before not in (None, after) and not module.params["force"]:
        raise InvalidOption("path", "%s holds a different private key; move it away, or set force: true" % file.path)
    new_directory = file.check_place()
    brings_key = before != after or (after is None and module.params["generate"])
    if not module.check_mode:
        file.make_directory()
        if brings_key:
            write(module, file)
    new_attributes = not brings_key and before is not None and set_file_attributes(module, file.path)
    return brings_key or new_directory or new_attributes


def write(module: AnsibleModule, file: KeyFile) -> None:
    """Replaces what is there by the key that was given, or else by a new one."""
    private_key = module.params["private_key"] or new_private_key()
    with file.reserve() as reserved:
        file.keep_aside()
        reserved.fill(private_key, lambda path: set_file_attributes(module, path))


def shown(key: Optional[PublicKey]) -> Dict[str, Optional[str]]:
    """What diff mode shows of a key."""
    return {"fingerprint": key.fingerprint if key else None}


if __name__ == "__main__":
    main()
