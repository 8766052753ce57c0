#!/usr/bin/python

# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: nexmo_private_key
short_description: Store the private key of a Nexmo (Vonage) application on a host
version_added: 1.0.0
description:
  - Writes a private key to a file, or removes the file. The file is never half written and never readable by others.
  - It does not talk to the API and needs only Python on the host.
  - Without O(private_key) it checks that the file can be written, and returns the fingerprint of the key in it. Use
    that before you create an application, because the API hands out its key only once.
author:
  - community.nexmo contributors (@ansible-collections)
extends_documentation_fragment:
  - community.nexmo.attributes
  - ansible.builtin.files
  - community.nexmo.siblings.nexmo_private_key
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
      - Path of the file. Missing directories are made, with mode V('0755') whatever the umask.
      - A symbolic link is refused, not followed. The path of a directory is refused, whether it exists or not.
      - Either O(path) or O(keys) has to be given.
    type: path
  keys:
    description:
      - Several keys, each with the options that a task with O(path) has. The task checks all of them before it writes
        any. If a key fails, the task still does the others, and fails in the end.
      - Cannot be given with O(path) or another option of a single key.
    type: list
    elements: dict
    version_added: 1.0.0
    suboptions:
      path:
        description:
          - As O(path). Two keys cannot have the same path, however it is written.
        type: path
        required: true
      state:
        description:
          - As O(state).
        type: str
        choices: [present, absent]
        default: present
      private_key:
        description:
          - As O(private_key).
        type: str
      generate:
        description:
          - As O(generate).
        type: bool
        default: false
      staged:
        description:
          - As O(staged).
        type: bool
        default: false
      fingerprint:
        description:
          - As O(fingerprint).
        type: str
      force:
        description:
          - As O(force).
        type: bool
        default: false
      mode:
        description:
          - As O(mode).
        type: raw
      owner:
        description:
          - As O(owner).
        type: str
      group:
        description:
          - As O(group).
        type: str
      seuser:
        description:
          - As O(seuser).
        type: str
      serole:
        description:
          - As O(serole).
        type: str
      selevel:
        description:
          - As O(selevel).
        type: str
      setype:
        description:
          - As O(setype).
        type: str
      attributes:
        description:
          - As O(attributes).
        type: str
        aliases: [attr]
  state:
    description:
      - Whether the file has to exist. V(absent) refuses to remove a file that does not hold a private key.
    type: str
    choices: [present, absent]
    default: present
  private_key:
    description:
      - The key to write, an RSA key in PEM that is not encrypted.
      - It is written in the canonical layout. A file that holds it in another layout is rewritten.
      - When left out, an existing key stays, and a missing file is not made.
      - Not together with O(generate) or O(fingerprint).
    type: str
  generate:
    description:
      - Whether the task makes a key pair if there is no key, with the Python library cryptography or the program
        C(openssl). The private key does not leave the host.
      - If there is a waiting key, it is used instead, because a run that ended early made it. Of several waiting keys,
        the one with the lowest fingerprint is used.
      - If programs cannot read the key in the file because of its layout, the key is written again.
    type: bool
    default: false
  staged:
    description:
      - Whether O(private_key) is stored as a waiting key, in a file beside O(path), with C(.FINGERPRINT) appended to
        its name. A task with O(fingerprint) later makes it the key file. So a key is stored before its application is
        finished, and O(path) always has the key of the application that is in use.
      - If another file has that name, the task fails, also if the waiting key would not stay there.
    type: bool
    default: false
  fingerprint:
    description:
      - The fingerprint of the key that the file has to hold. The waiting key with this fingerprint becomes the key
        file, and other waiting keys are removed. If the host does not have the key, the task fails.
      - With O(state=absent), the fingerprint of the key to remove. A different key in the file is not removed. It is
        renamed to the same path with C(.FINGERPRINT.old) appended.
    type: str
  force:
    description:
      - Whether a different private key in the file may be replaced. The old key is kept, renamed to the same path with
        C(.FINGERPRINT.old) appended.
    type: bool
    default: false
  mode:
    description:
      - Permissions of the file, as for M(ansible.builtin.file).
      - When left out, V('0600'). The task warns of a mode that lets others than the owner and group read the file.
      - A mode with which the task itself could not read the file is refused.
notes:
  - Keep the private key in a variable, never as text in the task. ansible-core 2.19 and later show the source of a task
    that fails, with its arguments as written in the file.
"""

EXAMPLES = r"""
- name: Check that the host can store the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
  register: place

- name: Write the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
    private_key: "{{ created.private_key }}"
    owner: my-service
  no_log: true

- name: Check two key files
  community.nexmo.nexmo_private_key:
    keys:
      - path: /etc/nexmo/shop.key
        owner: shop
      - path: /etc/nexmo/hotline.key
        owner: hotline
        mode: "0640"
  register: places

- name: Remove the key
  community.nexmo.nexmo_private_key:
    path: /etc/nexmo/my-application.key
    state: absent
"""

RETURN = r"""
path:
  description: The path of the file, made absolute.
  returned: success, with O(path)
  type: str
public_key:
  description:
    - The public key, in PEM, of the key in the file after the task. With O(staged=true), that of the waiting key.
    - Null when there is no key, and in check mode for a pair that would be made.
  returned: success, with O(path)
  type: str
held_keys:
  description:
    - The fingerprints of the key in the file and of the waiting keys, after the task. In check mode, of those that
      exist now.
    - A key that C(openssl) cannot read because of its layout does not count.
  returned: success, with O(path)
  type: list
  elements: str
fingerprint:
  description:
    - The fingerprint of the key in the file before the task. It is the SHA-256 of the public key in DER form
      (SubjectPublicKeyInfo), in hexadecimal digits.
    - Null when there was no key.
  returned: success, with O(path)
  type: str
keys:
  description: The result for each of O(keys), in their order.
  returned: with O(keys), also on failure
  type: list
  elements: dict
  contains:
    path:
      description: The path of the file, made absolute.
      type: str
    changed:
      description: Whether anything changed for this key, or would in check mode.
      type: bool
    fingerprint:
      description: As RV(fingerprint).
      type: str
    held_keys:
      description: As RV(held_keys).
      type: list
      elements: str
    public_key:
      description: As RV(public_key).
      type: str
    failed:
      description: Whether this key failed.
      returned: when it failed
      type: bool
    msg:
      description: Why it failed.
      returned: when it failed
      type: str
"""

from functools import partial
from typing import Any, Callable, Dict, List, Mapping, Sequence

from ..module_utils._errors import InvalidOption, NexmoError
from ..module_utils._keys.attributes import FILE_OPTIONS, FileAttributes
from ..module_utils._keys.file import KeyFile
from ..module_utils._keys.mode import warn_of_readers
from ..module_utils._keys.task import KeyPlan, KeyTask, apply, plan_for, task_from
from ..module_utils._module import Module, clear_errors

KEY_OPTIONS: Dict[str, Dict[str, Any]] = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "private_key": {"type": "str", "no_log": True},
    "generate": {"type": "bool", "default": False},
    "staged": {"type": "bool", "default": False},
    "fingerprint": {"type": "str"},
    "force": {"type": "bool", "default": False},
}


def main() -> None:
    """Entry point."""
    item = dict(KEY_OPTIONS, path={"type": "path", "required": True}, **FILE_OPTIONS)
    module = Module(
        argument_spec=dict(
            KEY_OPTIONS,
            path={"type": "path"},
            keys={"type": "list", "elements": "dict", "no_log": False, "options": item},
        ),
        mutually_exclusive=[("path", "keys")],
        required_one_of=[("path", "keys")],
        add_file_common_args=True,
        supports_check_mode=True,
    )
    with clear_errors(module) as redactor:
        if module.params["keys"] is None:
            module.exit_json(**one_key(module))
        else:
            end(module, redactor.value(many_keys(module, module.params["keys"])))


def one_key(module: Module) -> Dict[str, Any]:
    """Makes the file as the task asks; the module's result. Raises NexmoError."""
    task = task_of(module, module.params)
    plan = planned(module, task, module.params)
    return result_of(module, task, plan)


def many_keys(module: Module, items: Sequence[Mapping[str, Any]]) -> List[Dict[str, Any]]:
    """Makes each file as its item asks: all are checked before any is written. A result for each, be it a failure.

    Raises InvalidOption for options that cannot be right, whatever the host holds; nothing is done then.
    """
    misplaced = sorted(module.given & {*KEY_OPTIONS, *FILE_OPTIONS})
    if misplaced:
        raise InvalidOption(misplaced[0], "cannot be given with keys; give it in each of them")
    tasks = tasks_of(module, items)
    plans = [attempted(partial(planned, module, task, item)) for task, item in zip(tasks, items)]
    ended = [
        plan if isinstance(plan, Exception) else attempted(partial(result_of, module, task, plan))
        for task, plan in zip(tasks, plans)
    ]
    return [failure_of(task, each) if isinstance(each, Exception) else each for task, each in zip(tasks, ended)]


def end(module: Module, results: List[Dict[str, Any]]) -> None:
    """Ends the module, as failed where one of the keys failed."""
    diffs = [result.pop("diff") for result in results if "diff" in result]
    result: Dict[str, Any] = {"changed": any(result["changed"] for result in results), "keys": results}
    if module._diff:  # pylint: disable=protected-access
        result["diff"] = diffs
    failed = [result for result in results if result.get("failed")]
    if failed:
        problems = "; ".join("%s (%s)" % (each["path"], each["msg"]) for each in failed)
        module.fail_json(msg="keys: %d of %d failed: %s" % (len(failed), len(results), problems), **result)
    module.exit_json(**result)


def tasks_of(module: Module, items: Sequence[Mapping[str, Any]]) -> List[KeyTask]:
    """Reads the items. Raises InvalidOption, also where two have the same path, by whatever spelling."""
    tasks: List[KeyTask] = []
    places: Dict[object, int] = {}
    for position, item in enumerate(items):
        try:
            tasks.append(task_of(module, item))
        except InvalidOption as error:
            raise InvalidOption("keys[%d]" % position, str(error)) from None
        first = places.setdefault(tasks[-1].file.place.identity, position)
        if first != position:
            raise InvalidOption(
                "keys[%d].path" % position,
                "%s is the path of keys[%d] as well; give each key a path of its own" % (item["path"], first),
            )
    return tasks


def task_of(module: Module, options: Mapping[str, Any]) -> KeyTask:
    """Reads the options of one key. Raises InvalidOption."""
    return task_from(options, KeyFile("path", options["path"], FileAttributes(module, options)))


def planned(module: Module, task: KeyTask, options: Mapping[str, Any]) -> KeyPlan:
    """What has to be done for one key. Writes nothing that stays. Raises InvalidOption."""
    if task.state == "present":
        warn_of_readers(module, options["mode"], task.file.path)
    return plan_for(task)


def result_of(module: Module, task: KeyTask, plan: KeyPlan) -> Dict[str, Any]:
    """Does what is planned, unless in check mode; the result. Raises NexmoError."""
    after = plan.after if module.check_mode else apply(task, plan)
    result: Dict[str, Any] = {
        "path": task.file.path,
        "changed": plan.changed,
        "fingerprint": plan.before.fingerprint if plan.before else None,
        "held_keys": task.file.holding().fingerprints,
        "public_key": after.pem if after else None,
    }
    if module._diff:  # pylint: disable=protected-access
        result["diff"] = plan.diff(after)
    return result


def attempted(work: Callable[[], Any]) -> Any:
    """What the work comes to, be it an error: the other keys are tried all the same."""
    try:
        return work()
    except Exception as error:  # pylint: disable=broad-exception-caught
        return error


def failure_of(task: KeyTask, error: Exception) -> Dict[str, Any]:
    """The result of a key that failed, with what is there."""
    holding = attempted(task.file.holding)
    known = not isinstance(holding, Exception)
    current = holding.current if known else None
    return {
        "failed": True,
        "msg": str(error) if isinstance(error, NexmoError) else "unexpected %s: %s" % (type(error).__name__, error),
        "path": task.file.path,
        "changed": False,
        "fingerprint": current.fingerprint if current else None,
        "held_keys": holding.fingerprints if known else [],
        "public_key": current.pem if current else None,
    }


if __name__ == "__main__":
    main()
