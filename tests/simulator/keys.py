# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RSA key pairs, made ahead of need: one takes 50 to 100 ms."""

from __future__ import annotations

import asyncio
import itertools
import queue
import threading
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY_BITS = 2048
_READY_PAIRS = 4
_SHARED_PAIRS = 4


class KeyPair(NamedTuple):
    """A private key (PKCS #8) and its public key (SPKI), both as PEM text."""

    private_key: str
    public_key: str


def make_pair() -> KeyPair:
    """A new pair; takes 50 to 100 ms of one processor."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(private.decode(), public.decode())


def why_unfit(pem: str) -> str | None:
    """Why the service refuses this public key, or None when it takes it."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return "must be a public key in PEM form"
    if not isinstance(key, rsa.RSAPublicKey):
        return "must be an RSA public key"
    if key.key_size < KEY_BITS:
        return f"must be of {KEY_BITS} bits or more"
    return None


class KeyMaker:
    """Hands out key pairs; a background thread keeps a few ready so that a create needn't wait.

    most: how many pairs to make before they are handed out again, None for a new one each time.
    handed_out: the private keys that clients got, for tests to look for where they must not be.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self.handed_out: list[str] = []
        self._ready: queue.Queue[KeyPair] = queue.Queue(_READY_PAIRS)
        self._shared: list[str] = []
        self._turns = itertools.cycle(range(_SHARED_PAIRS))
        # A daemon, so that a pair in the making never holds up the end of the process.
        threading.Thread(target=self._keep_ready, name="key maker", daemon=True).start()

    async def fresh_pair(self) -> KeyPair:
        """A pair that no application here has, unless there are as many as ``most`` has pairs."""
        try:
            pair = self._ready.get_nowait()
        except queue.Empty:
            pair = await asyncio.to_thread(make_pair if self._most is None else self._ready.get)
        self.handed_out.append(pair.private_key)
        return pair

    def shared_public_key(self) -> str:
        """A public key for a preloaded application: one of a few of their own, so that thousands take no time."""
        if not self._shared:
            self._shared = [make_pair().public_key for _pair in range(_SHARED_PAIRS)]
        return self._shared[next(self._turns)]

    def _keep_ready(self) -> None:
        made: list[KeyPair] = []
        while self._most is None:
            self._ready.put(make_pair())
        for number in itertools.count():
            if number < self._most:
                made.append(make_pair())
            self._ready.put(made[number % self._most])
