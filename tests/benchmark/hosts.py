# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hosts of a situation: folders on this machine, with private keys of applications."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tests.simulator.client import Document
from tests.simulator.keys import make_pair

_KEY_PAIRS = 4
_MODE = 0o600


def key_file(name: str) -> str:
    """The file in which a host keeps an application's private key."""
    return f"{name}.key"


class Hosts:
    """Hosts, and what the one that Ansible runs on keeps for them.

    variables: each host's variables in the inventory, ``application_names`` among them.
    documents: the account's applications before each run.
    folder: where the hosts' folders are.
    """

    def __init__(self, variables: Mapping[str, Mapping[str, Any]], documents: Iterable[Document], folder: Path) -> None:
        self._variables = variables
        self._folder = folder
        needed = {name for each in variables.values() for name in each["application_names"]}
        known = [document["name"] for document in documents if document["name"] in needed]
        pairs = [make_pair() for _pair in range(min(len(known), _KEY_PAIRS))]
        self._pairs = dict(zip(known, cycle(pairs), strict=False))

    def inventory(self) -> dict[str, Any]:
        """What Ansible is told of the hosts, to be kept as JSON."""
        shared = {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "key_folder": str(self._key_folder("{{ inventory_hostname }}")),
            "kept_keys": str(self._kept_keys),
        }
        return {"all": {"vars": shared, "hosts": self._variables}}

    def with_public_keys(self, documents: Iterable[Document]) -> list[Document]:
        """The account's applications, where hosts have a private key with the public key that belongs to it."""
        return [self._with_public_key(document) for document in documents]

    def reset(self) -> None:
        """Let each host have the private keys of its applications that the account has, and nothing else."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._kept_keys.mkdir(parents=True)
        self._write_keys(self._kept_keys, self._pairs)
        for host, variables in self._variables.items():
            self._write_keys(self._key_folder(host), self._pairs.keys() & set(variables["application_names"]))

    def discrepancies(self, applications: Sequence[Document]) -> list[str]:
        """What hosts lack and what they have too much, in words, given the applications of the account."""
        public_keys = {document["name"]: document["keys"]["public_key"] for document in applications}
        return [text for host in self._variables for text in self._discrepancies_of(host, public_keys)]

    def _discrepancies_of(self, host: str, public_keys: Mapping[str, str]) -> list[str]:
        names = self._variables[host]["application_names"]
        wanted = {(key_file(name), _MODE, public_keys[name]) for name in names if name in public_keys}
        there = {
            (path.name, path.stat().st_mode & 0o7777, _public_key(path)) for path in self._key_folder(host).glob("*")
        }
        missing = [f"missing: {name} on {host}" for name, *_attributes in wanted - there]
        return missing + [f"too much: {name} on {host}" for name, *_attributes in there - wanted]

    def _with_public_key(self, document: Document) -> Document:
        pair = self._pairs.get(document["name"])
        return {**document, "keys": {"public_key": pair.public_key}} if pair else document

    def _write_keys(self, folder: Path, names: Iterable[str]) -> None:
        for name in names:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / key_file(name)
            path.write_text(self._pairs[name].private_key, encoding="utf-8")
            path.chmod(_MODE)

    def _key_folder(self, host: str) -> Path:
        return self._folder / host / "nexmo"

    @property
    def _kept_keys(self) -> Path:
        """Where a playbook may keep keys on the host that Ansible runs on."""
        return self._folder / "kept"


def _public_key(path: Path) -> str:
    """The public key of the private key in a file, as the API shows it, or what is wrong with the file."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        return str(error)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
