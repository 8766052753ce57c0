# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Applications that are begun and not finished, known by their names."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from typing import Any

ANOTHER_MACHINE = "0123456789ab 4711 815"
# Makers on other machines, who come before or after every real one in the order of those that begin at once.
EARLIER = "000000000000 4711 815"
LATER = "zzzzzzzzzzzz 4711 815"

_FORM = re.compile(r"(?P<name>.*) \[community\.nexmo (?P<run>\w+) (?P<expiry>\d+) (?P<maker>\w+ \d+ \d+)\]", re.DOTALL)


def unfinished_name(name: str, maker: str = ANOTHER_MACHINE, seconds: float = 600) -> str:
    """Such a name; ``maker`` is its controller, process and start, ``seconds`` what is left of its lease."""
    return f"{name} [community.nexmo 5eed {int(time.time() + seconds)} {maker}]"


def maker_of(name: str) -> str:
    """The maker that stands in such a name."""
    return _parts(name)["maker"]


def is_unfinished(name: str, wanted: str) -> bool:
    """Whether it is such a name, of an application that is to be called ``wanted``, with a lease of some minutes."""
    found = _FORM.fullmatch(name)
    return found is not None and found["name"] == wanted and 60 < int(found["expiry"]) - time.time() < 3600


def unfinished_in(applications: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of those that are not finished."""
    return [each["name"] for each in applications if "[community.nexmo" in each["name"]]


def _parts(name: str) -> re.Match[str]:
    found = _FORM.fullmatch(name)
    assert found is not None, f"{name!r} is not the name of an unfinished application"
    return found
