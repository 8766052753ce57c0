# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes the encodings in which a text can hold another: percent, JSON (and Python), HTML.

A text does not say how it was encoded, nor how often, and what stands before an encoded part can look like the
beginning of an escape. So each place of a text is read in every way that it can be read: as the character that stands
there, and as what an escape that begins there stands for, whose own characters may be escaped in turn.
"""

from __future__ import annotations

import re
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

# How many encodings may lie over each other.
MOST_LAYERS = 4

SIGNS = "%\\&+"
SIGN = re.compile("[%\\\\&+]")

HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
ENTITY_CHARACTERS = frozenset("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST_ENTITY = 10
# What follows a backslash in JSON or in Python; anything but a letter or a digit stands for itself.
LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "a": "\a"}
DIGITS_OF_CODE = {"x": 2, "u": 4, "U": 8}

# A character, and the place where what stands for it ends.
Reading = Tuple[str, int]


class Readings:
    """The ways in which a text can be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: Dict[Tuple[int, int], Tuple[Reading, ...]] = {}

    def end_of(self, wanted: str, place: int) -> Optional[int]:
        """Where ``wanted`` ends if it begins at that place, in any encoding; None where it does not begin there."""
        places = {place}
        for character in wanted:
            places = {end for each in places for read, end in self._at(each) if read == character}
            if not places:
                return None
        return max(places)

    def decoded(self) -> Tuple[str, Sequence[int]]:
        """The text with every escape undone, and for each of its characters, and its end, the place in the text.

        A plus sign stays one.
        """
        if not SIGN.search(self.text):
            return self.text, range(len(self.text) + 1)
        characters: List[str] = []
        places: List[int] = []
        place = 0
        while place < len(self.text):
            escape = SIGN.search(self.text, place)
            plain_end = escape.start() if escape else len(self.text)
            characters.append(self.text[place:plain_end])
            places.extend(range(place, plain_end))
            place = plain_end
            if escape:
                character, end = max(self._at(place), key=lambda reading: (reading[1], reading[0] != " "))
                characters.append(character)
                places.append(place)
                place = end
        return "".join(characters), [*places, len(self.text)]

    def _at(self, place: int, layers: int = MOST_LAYERS) -> Tuple[Reading, ...]:
        """How one character can be read at a place, with up to so many encodings over each other."""
        if place >= len(self.text):
            return ()
        if layers == 0 or self.text[place] not in SIGNS:
            return ((self.text[place], place + 1),)
        key = (place, layers)
        if key not in self._known:
            below = self._at(place, layers - 1)
            undone = (reading for sign, end in below for reading in self._undone(sign, end, layers - 1))
            self._known[key] = tuple({*below, *undone})
        return self._known[key]

    def _undone(self, sign: str, place: int, layers: int) -> Iterator[Reading]:
        """What an escape stands for that begins with ``sign``; ``place`` is behind that."""
        if sign == "%":
            yield from self._percent(b"", place, layers)
        elif sign == "\\":
            yield from self._backslash(place, layers)
        elif sign == "&":
            yield from self._entity("", place, layers)
        elif sign == "+":
            yield " ", place

    def _percent(self, before: bytes, place: int, layers: int) -> Iterator[Reading]:
        """The character that percent-encoded bytes stand for, in UTF-8 or, a single one, in Latin-1."""
        for digits, end in self._hexadecimal(place, 2, layers):
            content = before + bytes.fromhex(digits)
            if len(content) == 1:
                yield content.decode("latin-1"), end
            try:
                yield content.decode("utf-8", "surrogatepass"), end
            except UnicodeDecodeError:
                if content[0] >= 0xC2 and len(content) < 4:
                    for sign, rest in self._at(end, layers):
                        if sign == "%":
                            yield from self._percent(content, rest, layers)

    def _backslash(self, place: int, layers: int) -> Iterator[Reading]:
        for character, end in self._at(place, layers):
            if character in DIGITS_OF_CODE:
                for digits, last in self._hexadecimal(end, DIGITS_OF_CODE[character], layers):
                    yield from self._code_point(int(digits, 16), last, layers)
            elif character in LETTERS:
                yield LETTERS[character], end
            elif not character.isalnum():
                yield character, end

    def _code_point(self, code: int, place: int, layers: int) -> Iterator[Reading]:
        """A character by its number; JSON writes those with more than four digits as two halves."""
        if code <= 0x10FFFF:
            yield chr(code), place
        if 0xD800 <= code < 0xDC00:
            for sign, rest in self._at(place, layers):
                for other, end in self._backslash(rest, layers) if sign == "\\" else ():
                    if "\udc00" <= other <= "\udfff":
                        yield chr(0x10000 + (code - 0xD800) * 0x400 + ord(other) - 0xDC00), end

    def _entity(self, name: str, place: int, layers: int) -> Iterator[Reading]:
        for character, end in self._at(place, layers):
            if character == ";":
                yield from ((stands_for, end) for stands_for in _named(name) if len(stands_for) == 1)
            elif character in ENTITY_CHARACTERS and len(name) < LONGEST_ENTITY:
                yield from self._entity(name + character, end, layers)

    def _hexadecimal(self, place: int, digits: int, layers: int) -> Iterator[Reading]:
        """So many hexadecimal digits, and where they end."""
        if not digits:
            yield "", place
            return
        for digit, end in self._at(place, layers):
            if digit in HEX_DIGITS:
                for others, last in self._hexadecimal(end, digits - 1, layers):
                    yield digit + others, last


def _named(name: str) -> Iterator[str]:
    """What an entity of HTML stands for, by its name or by its number."""
    number = re.fullmatch("#(?:[xX]([0-9a-fA-F]+)|([0-9]+))", name)
    if number:
        code = int(number.group(1), 16) if number.group(1) else int(number.group(2))
        if code <= 0x10FFFF:
            yield chr(code)
    else:
        import html  # knows two thousand names, which are loaded only where one occurs

        yield html.unescape("&%s;" % name)
