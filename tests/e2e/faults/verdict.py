# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What came of a case, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.faults.stage import Stage
from tests.e2e.forking import Run
from tests.e2e.modules.conftest import API_KEY, API_SECRET
from tests.e2e.modules.secrecy import secrets_in

_LONGEST_SLEEP = 60  # seconds, whatever a server asks for
_LONGEST_MESSAGE = 1000  # characters
_CONFUSING = ("\n", "Traceback", "unexpected ", "object at 0x", "HTTPConnectionPool")


@dataclass
class Verdict:
    """``problems`` are all that is wrong; the others say what kinds of wrong it is."""

    problems: list[str] = field(default_factory=list)
    lost_key: bool = False
    duplicate: bool = False
    leak: bool = False

    def counts(self) -> dict[str, int]:
        """In the words of the summary."""
        return {"lost keys": self.lost_key, "duplicates": self.duplicate, "leaks": self.leak}


def check_disturbed(verdict: Verdict, run: Run) -> None:
    """A run to which something happened: it succeeds, or fails with one clear line."""
    result = run.result
    if any(seconds > _LONGEST_SLEEP for seconds in run.slept):
        verdict.problems.append(f"it wanted to wait for {max(run.slept)} seconds")
    if run.returncode != bool(result.get("failed")):
        verdict.problems.append(f"it ended with status {run.returncode}: {run.output}")
    if result.get("failed"):
        message = result.get("msg", "")
        if not 10 < len(message) < _LONGEST_MESSAGE or any(word in message for word in _CONFUSING):
            verdict.problems.append(f"the message is not one clear line: {message!r}")
        if "exception" in result:
            verdict.problems.append(f"there is a traceback: {result['exception']}")


def check_undisturbed(verdict: Verdict, run: Run, what: str) -> dict[str, Any]:
    """A run to which nothing happened: it succeeds."""
    result = run.result
    if result.get("failed"):
        verdict.problems.append(f"{what} failed: {result.get('msg')}")
    return result


def check_secrecy(verdict: Verdict, stage: Stage, run: Run) -> None:
    """Nothing that a run prints holds a secret."""
    # What is text in JSON once it is unpacked can be JSON again.
    shown = "\n".join([run.output, *_texts(run.result)])
    found = secrets_in(shown, API_KEY, API_SECRET)
    for pem in stage.private_keys():
        # A piece of it is as bad as the whole, of which each line is as good a witness as another.
        lines = pem.splitlines()[1:-1]
        found += [line for line in lines if line in shown] + secrets_in(shown, API_KEY, lines[0])
    if found:
        verdict.leak = True
        verdict.problems.append(f"secrets are shown: {found} in {run.output}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def check_account(verdict: Verdict, stage: Stage) -> None:
    """In the end there is one application with its key, or none of either, and nobody else's was touched."""
    known = {document["id"]: document for document in stage.others}
    now = {document["id"]: document for document in stage.simulator.applications()}
    harmed = [document["name"] for id_, document in known.items() if now.get(id_) != document]
    if harmed:
        verdict.problems.append(f"other applications were changed or deleted: {harmed}")
    own = [document for id_, document in now.items() if id_ not in known]
    names = [document["name"] for document in own]
    wanted = [] if stage.scenario.name is None else [stage.scenario.name]
    if names != wanted:
        verdict.duplicate = len(names) > len(wanted)
        verdict.problems.append(f"the account holds {names} instead of {wanted}")
    elif own and not stage.holds_key_of(own[0]):
        verdict.lost_key = True
        verdict.problems.append(f"the key file is not the key of {own[0]}")
    if not wanted and stage.key_path.exists():
        verdict.problems.append("the key file is still there")
    if stage.stray_files():
        verdict.problems.append(f"there are files left: {stage.stray_files()}")
