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
from provcheck.plausible.tables import meant_of
from provcheck.repair.undo import UTF8_CODECS, byte_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGH_LATIN, STRANGE = 1 << 28, 1 << 29
CYRILLIC_SMALL, CYRILLIC_CAPITAL, ASCII_LETTER = 1 << 30, 1 << 31, 1 << 27

MANY = 3
"""So many oddities make a text suspect of having been read by one single-byte codec in place of another."""


class Hits(NamedTuple):
    """A codec, and where in the text a character of UTF-8 begins if that codec read it."""

    codec: str
    where: NDArray[np.intp]


class Suspicion(NamedTuple):
    """Codecs that may have read UTF-8, those with most pairs first; and codecs that may have read another codec."""

    utf8: tuple[Hits, ...]
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

    >>> suspect("Grüße, für alle").utf8, suspect("GrÃ¼ÃŸe").utf8[0].codec
    ((), 'cp1252')
    """
    if text.isascii():
        return NONE
    found = points(text)
    lead, tail = _tables()
    pairs = lead[found[:-1]] & tail[found[1:]]
    where = pairs.nonzero()[0]
    utf8: tuple[Hits, ...] = ()
    if len(where):
        utf8 = _hits(found, where, pairs[where])
    elif "Ã " in text:
        spaced = (found[:-1] == 0xC3) & (found[1:] == 0x20)
        utf8 = (Hits("cp1252", spaced.nonzero()[0]),)
    return Suspicion(utf8, _singles(found))


def _hits(found: NDArray[np.uint16], where: NDArray[np.intp], pairs: NDArray[np.uint32]) -> tuple[Hits, ...]:
    """For each codec, where characters of UTF-8 stand that somebody may have meant; the most first."""
    stop = len(found)
    padded = np.concatenate([found, np.zeros(3, dtype=found.dtype)])
    out: list[Hits] = []
    for number, codec in enumerate(UTF8_CODECS):
        mine = where[((pairs >> np.uint32(number)) & 1) != 0]
        if not len(mine):
            continue
        table = byte_table(codec)
        one, two, three, four = (table[padded[np.minimum(mine + i, stop + 2)]].astype(np.int64) for i in range(4))
        point2 = (one & 31) << 6 | two & 63
        point3 = (one & 15) << 12 | (two & 63) << 6 | three & 63
        is3, is4 = (three >= 0x80) & (three < 0xC0), (four >= 0x80) & (four < 0xC0)
        point = np.where(one < 0xE0, point2, np.where((one < 0xF0) & is3 & (point3 >= 0x800), point3, 0))
        meant = meant_of()[np.minimum(point, 0xFFFF)] | (one >= 0xF0) & is3 & is4 & (two >= 0x90)
        mine = mine[meant]
        if len(mine) and not any(len(mine) == len(o.where) and _alike(found, mine, codec, o) for o in out):
            out.append(Hits(codec, mine))
    return tuple(sorted(out, key=lambda hits: -len(hits.where)))


def _alike(found: NDArray[np.uint16], where: NDArray[np.intp], codec: str, other: Hits) -> bool:
    """Tell whether two codecs give the same bytes for the whole text, so that one of them says all."""
    if not np.array_equal(where, other.where):
        return False
    return bool(np.array_equal(byte_table(codec)[found], byte_table(other.codec)[found]))


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
