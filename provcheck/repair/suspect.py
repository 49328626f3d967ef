"""The cheap look: which codecs could have made this text out of UTF-8, judged by pairs of characters.

A character of UTF-8 is a leading byte and one to three that follow. Read by a single-byte codec they become two
neighbours from two small sets, which clean text rarely puts side by side. One table for all codecs, a bit each, and
one pass over the text tell which are worth a closer look: for most texts none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.plausible.judge import points
from provcheck.repair.undo import UTF8_CODECS

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGH_LATIN, STRANGE = 1 << 28, 1 << 29
CYRILLIC_SMALL, CYRILLIC_CAPITAL, ASCII_LETTER = 1 << 30, 1 << 31, 1 << 27

MANY = 3
"""So many oddities make a text suspect of having been read by one single-byte codec in place of another."""


class Suspicion(NamedTuple):
    """Codecs that may have read UTF-8, those with most pairs first; and codecs that may have read another codec."""

    utf8: tuple[str, ...]
    single: tuple[str, ...]


NONE = Suspicion((), ())


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Bits of the codecs in which a code point is a leading byte, and those in which it follows one."""
    lead, tail = np.zeros(0x10000, dtype=np.uint32), np.zeros(0x10000, dtype=np.uint32)
    for number, codec in enumerate(UTF8_CODECS):
        for byte in range(0x80, 0xF5):
            char = bytes([byte]).decode(codec, "replace")
            point = byte if char == "\ufffd" else ord(char)
            if byte < 0xC0:
                tail[point] |= 1 << number
            elif byte >= 0xC2:
                lead[point] |= 1 << number
    return lead, tail


@cache
def _features() -> NDArray[np.uint32]:
    """What a character is for `_singles`."""
    found = np.zeros(0x10000, dtype=np.uint32)
    found[0xC0:0x100] |= HIGH_LATIN
    found[0x80:0xC0] |= STRANGE
    for char in "ŒœŠšŽžŸƒˆ˜‰‹›†‡":
        found[ord(char)] |= STRANGE
    for point in range(0x400, 0x460):
        found[point] |= CYRILLIC_SMALL if chr(point).islower() else CYRILLIC_CAPITAL
    for point in range(0x80):
        if chr(point).isalpha():
            found[point] |= ASCII_LETTER
    return found


def suspect(text: str) -> Suspicion:
    """What may have gone wrong with a text; nothing for ASCII.

    >>> suspect("Grüße, für alle").utf8, suspect("GrÃ¼ÃŸe").utf8[0]
    ((), 'cp1252')
    """
    if text.isascii():
        return NONE
    found = points(text)
    lead, tail = _tables()
    pairs = lead[found[:-1]] & tail[found[1:]]
    hits = pairs[pairs != 0]
    utf8: tuple[str, ...] = ()
    if len(hits):
        counts = [(int(((hits >> n) & 1).sum()), -n) for n in range(len(UTF8_CODECS))]
        utf8 = tuple(UTF8_CODECS[-n] for count, n in sorted(counts, reverse=True) if count)
    elif "Ã " in text:
        utf8 = ("cp1252",)
    return Suspicion(utf8, _singles(found))


def _singles(found: NDArray[np.uint16]) -> tuple[str, ...]:
    kinds = _features()[found]
    first, second = kinds[:-1], kinds[1:]
    out = []
    high = (kinds & HIGH_LATIN) != 0
    if int((high[:-2] & high[1:-1] & high[2:]).sum()) >= MANY:
        out.append("cp1252")
    elif int((((first & ASCII_LETTER) != 0) & ((second & STRANGE) != 0)).sum()) >= MANY:
        out.append("cp1252")
    small_then_capital = ((first & CYRILLIC_SMALL) != 0) & ((second & CYRILLIC_CAPITAL) != 0)
    cyrillic = CYRILLIC_SMALL | CYRILLIC_CAPITAL
    touching = ((first & ASCII_LETTER) != 0) & ((second & cyrillic) != 0)
    if int(small_then_capital.sum()) + int(touching.sum()) >= MANY:
        out.append("cp1251")
        out.append("koi8-r")
    return tuple(out)
