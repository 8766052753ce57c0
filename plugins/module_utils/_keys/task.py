# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans and applies what a task desires of one key file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Tuple

from .._errors import InvalidOption
from .file import Holding, KeyFile
from .pair import check_key_maker, new_private_key
from .rsa import PrivateKey, PublicKey, UnreadableKey, private_key
from .stored import LARGEST_KEY

# What is done with the key: nothing, it is written beside the file, it is written and installed, the one that waits is
# installed, the one that waits is installed and all others that wait go, it is removed.
NOTHING, STAGE, WRITE, INSTALL, SETTLE, REMOVE = "nothing", "stage", "write", "install", "settle", "remove"


@dataclass(frozen=True)
class KeyTask:
    """The options of one key; see the module ``nexmo_private_key``."""

    file: KeyFile
    state: str
    given: Optional[PrivateKey]
    generate: bool
    staged: bool
    fingerprint: Optional[str]
    force: bool


@dataclass(frozen=True)
class KeyPlan:
    """What has to be done with a key file. ``key`` is the key to write; where it is None one has to be made.

    ``after`` is the public half of the key that is there in the end, None where there is none or it is not made yet.
    """

    action: str
    before: Optional[PublicKey]
    after: Optional[PublicKey] = None
    key: Optional[PrivateKey] = None
    fingerprint: Optional[str] = None
    makes_directories: bool = False
    corrects_attributes: bool = False

    @property
    def changed(self) -> bool:
        return self.action != NOTHING or self.makes_directories or self.corrects_attributes

    def diff(self, after: Optional[PublicKey]) -> Dict[str, Any]:
        """In the form of Ansible's diff mode: fingerprints, never a key."""
        return {"before": _shown(self.before), "after": _shown(after)}


def task_from(options: Mapping[str, Any], file: KeyFile) -> KeyTask:
    """Reads the options of one key. Raises InvalidOption."""
    ways = [name for name in ("private_key", "generate", "fingerprint") if options.get(name) not in (None, False)]
    if len(ways) > 1:
        raise InvalidOption(ways[0], "cannot be given with %s; keep one of them" % " and ".join(ways[1:]))
    return KeyTask(
        file,
        options["state"],
        _given_key(options.get("private_key")),
        options["generate"],
        options["staged"],
        options.get("fingerprint"),
        options["force"],
    )


def plan_for(task: KeyTask) -> KeyPlan:
    """What has to be done. Writes nothing that stays. Raises InvalidOption for what cannot be done."""
    file = task.file
    holding = file.holding()
    if task.state == "absent":
        return _plan_removal(task, holding)
    file.place.check()
    plan = _plan_key(task, holding)
    if plan.action in (STAGE, WRITE) and plan.key is None:
        check_key_maker()
    if plan.key is not None and plan.action in (STAGE, WRITE):
        file.check_waiting_place(plan.key.public.fingerprint)
    if plan.action != NOTHING or holding.current is None:
        file.place.try_out()
    if plan.action in (WRITE, INSTALL) or (plan.action == SETTLE and not holding.is_installed(str(plan.fingerprint))):
        file.check_replaceable()
    return plan


def apply(task: KeyTask, plan: KeyPlan) -> Optional[PublicKey]:
    """Applies the plan. Returns the public half of the key that is there then. Raises NexmoError."""
    file = task.file
    after = plan.after
    if plan.makes_directories:
        file.place.make_directories()
    if plan.action in (STAGE, WRITE):
        key = plan.key or private_key(new_private_key())
        after = key.public
        file.stage(key)
        if plan.action == WRITE:
            file.install(after.fingerprint)
    elif plan.action == INSTALL:
        file.install(str(plan.fingerprint))
    elif plan.action == SETTLE:
        file.settle(str(plan.fingerprint))
    elif plan.action == REMOVE:
        file.remove(plan.fingerprint)
    if plan.corrects_attributes:
        file.correct_attributes()
    return after


def _plan_removal(task: KeyTask, holding: Holding) -> KeyPlan:
    if not holding.any:
        return KeyPlan(NOTHING, None)
    task.file.check_removable()
    fingerprint = task.fingerprint or (holding.stored.public.fingerprint if holding.stored else None)
    return KeyPlan(REMOVE, holding.current, fingerprint=fingerprint)


def _plan_key(task: KeyTask, holding: Holding) -> KeyPlan:
    action, after, key = _action(task, holding)
    stays = holding.current is not None and action not in (WRITE, INSTALL) and holding.current == after
    return KeyPlan(
        action,
        holding.current,
        after,
        key,
        after.fingerprint if after else None,
        makes_directories=bool(task.file.place.missing_directories()),
        corrects_attributes=stays and task.file.attributes_differ(),
    )


def _action(task: KeyTask, holding: Holding) -> Tuple[str, Optional[PublicKey], Optional[PrivateKey]]:
    """What is done, the public half of the key that is there then, and the private key to write, if it is known."""
    if task.fingerprint:
        return _settling(task, holding, task.fingerprint)
    if task.given is not None:
        return _writing(task, holding, task.given)
    if task.generate and holding.current is None:
        return _generating(task, holding)
    return NOTHING, holding.current, None


def _settling(
    task: KeyTask, holding: Holding, fingerprint: str
) -> Tuple[str, Optional[PublicKey], Optional[PrivateKey]]:
    after = holding.key_of(fingerprint)
    if after is None:
        raise InvalidOption("fingerprint", "%s has no key with the fingerprint %s" % (task.file.path, fingerprint))
    is_settled = after == holding.current and not (holding.waiting and task.file.removable())
    return NOTHING if is_settled else SETTLE, after, None


def _writing(
    task: KeyTask, holding: Holding, given: PrivateKey
) -> Tuple[str, Optional[PublicKey], Optional[PrivateKey]]:
    stored = holding.stored
    is_other = stored is not None and stored.public != given.public
    if is_other and not (task.force or task.staged):
        raise InvalidOption(
            task.file.place.option,
            "%s holds a different private key; move it away, or set force: true" % task.file.path,
        )
    if task.staged:
        is_there = given.public.fingerprint in holding.fingerprints
        return NOTHING if is_there else STAGE, given.public, given
    is_written = stored is not None and not is_other and stored.is_canonical
    return NOTHING if is_written else WRITE, given.public, given


def _generating(task: KeyTask, holding: Holding) -> Tuple[str, Optional[PublicKey], Optional[PrivateKey]]:
    """A pair that a run made which ended early is taken, and so is one in a file that programs cannot read."""
    writes = STAGE if task.staged else WRITE
    if holding.waiting:
        waiting = holding.waiting[min(holding.waiting)]
        return NOTHING if task.staged else INSTALL, waiting, None
    if holding.stored is not None:
        return writes, holding.stored.public, holding.stored.private
    return writes, None, None


def _given_key(pem: Optional[str]) -> Optional[PrivateKey]:
    if pem is None:
        return None
    try:
        key = private_key(pem)
    except UnreadableKey as error:
        raise InvalidOption("private_key", "is not an RSA private key in PEM: %s" % error) from None
    if len(key.pem) > LARGEST_KEY:
        raise InvalidOption("private_key", "is larger than %d bytes; give a key of 16384 bits at most" % LARGEST_KEY)
    return key


def _shown(key: Optional[PublicKey]) -> Dict[str, Optional[str]]:
    return {"fingerprint": key.fingerprint if key else None}
