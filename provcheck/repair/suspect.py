"""The cheap look: which codecs could have made this text out of UTF-8, judged by pairs of characters.

A character of UTF-8 is a leading byte and one to three that follow. Read by a single-byte codec they become two
neighbours from two small sets, which clean text rarely puts side by side. One table for all codecs, a bit each, and
one pass over the text tell which are worth a closer look: for most texts none. `provcheck.repair.clean` passes over
most of those without even that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.plausible.judge import points
from provcheck.plausible.tables import meant_of
from provcheck.repair.undo import UTF8_CODECS, byte_table, points_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGH_LATIN, STRANGE = 1 << 28, 1 << 29
CYRILLIC_SMALL, CYRILLIC_CAPITAL, ASCII_LETTER = 1 << 30, 1 << 31, 1 << 27

MANY = 3
"""So many oddities make a text suspect of having been read by one single-byte codec in place of another."""


BEYOND = np.uint16(0x2680)
"""Single-byte codecs have no character from U+2700 on but `APPLE`, the byte F0 of mac-roman, which begins an emoji."""

APPLE = 0xF8FF

CONTROLS = 0x20
"""How many control characters there are from U+0080 on."""


class Hits(NamedTuple):
    """A codec, and where in the text a character of UTF-8 begins if that codec read it."""

    codec: str
    where: NDArray[np.intp]


class Suspicion(NamedTuple):
    """What may be wrong with a text.

    Codecs that may have read UTF-8, those with most pairs first; codecs that may have read another codec; and whether
    there are control characters that may have been marks.
    """

    utf8: tuple[Hits, ...] = ()
    single: tuple[str, ...] = ()
    controls: bool = False


NONE = Suspicion()


@cache
def codec_tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Bits of the codecs in which a code point is a leading byte, and those in which it follows one."""
    lead, tail = np.zeros(0x10000, dtype=np.uint32), np.zeros(0x10000, dtype=np.uint32)
    for number, codec in enumerate(UTF8_CODECS):
        points = points_of(codec)
        tail[points[0x80:0xC0]] |= np.uint32(1 << number)
        lead[points[0xC2:0xF5]] |= np.uint32(1 << number)
    return lead, tail


@cache
def character_features() -> NDArray[np.uint32]:
    """What a character is where one single-byte codec was read as another."""
    found = np.zeros(0x10000, dtype=np.uint32)
    found[0xC0:0x100] |= HIGH_LATIN
    found[0x80:0xC0] |= STRANGE
    found[[0xA0, 0xAB, 0xAD, 0xAE, 0xB0, 0xB7, 0xBB]] = 0  # these touch words in clean text, too
    for char in "ŒœŸƒˆ˜‰‹›†‡":
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
    high = (found >= 0x80).nonzero()[0]
    chars = found[high]
    follows = high[1:] == high[:-1] + 1
    coded = (chars - np.uint16(0x80) < BEYOND) | (chars == APPLE)
    close = high[:-1][follows & coded[1:] & coded[:-1]]
    utf8 = _pairs(found, close) if len(close) else ()
    if not utf8 and "Ã " in text:
        spaced = (found[:-1] == 0xC3) & (found[1:] == 0x20)
        utf8 = (Hits("cp1252", spaced.nonzero()[0]),)
    begins = high[np.concatenate(([high[0] > 0], ~follows))] - 1
    controls = bool((chars - np.uint16(0x80) < CONTROLS).any())
    return Suspicion(utf8, _singles(found, begins, close) or _misplaced(chars), controls)


def _pairs(found: NDArray[np.uint16], close: NDArray[np.intp]) -> tuple[Hits, ...]:
    """The codecs in which two neighbours outside ASCII begin a character of UTF-8."""
    lead, tail = codec_tables()
    bits = lead[found[close]] & tail[found[close + 1]]
    chosen = bits.nonzero()[0]
    if len(chosen):
        chosen = chosen[~_is_word(found, close[chosen])]
    return _hits(found, close[chosen], bits[chosen]) if len(chosen) else ()


def _hits(found: NDArray[np.uint16], where: NDArray[np.intp], pairs: NDArray[np.uint32]) -> tuple[Hits, ...]:
    """For each codec, where characters of UTF-8 stand that somebody may have meant; the most first."""
    stop = len(found)
    padded = np.concatenate([found, np.zeros(3, dtype=found.dtype)])
    out: list[Hits] = []
    seen = int(np.bitwise_or.reduce(pairs))
    for number, codec in enumerate(UTF8_CODECS):
        if not seen >> number & 1:
            continue
        mine = where[((pairs >> np.uint32(number)) & 1) != 0]
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


def _is_word(found: NDArray[np.uint16], where: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether three small Cyrillic letters stand there: part of a word in clean text, an ideograph by cp866."""
    small = character_features()
    third = np.minimum(where + 2, len(found) - 1)
    word: NDArray[np.bool_] = (
        small[found[where]] & small[found[where + 1]] & small[found[third]] & CYRILLIC_SMALL
    ) != 0
    return word


def _alike(found: NDArray[np.uint16], where: NDArray[np.intp], codec: str, other: Hits) -> bool:
    """Tell whether two codecs give the same bytes for the whole text, so that one of them says all."""
    if not np.array_equal(where, other.where):
        return False
    return bool(np.array_equal(byte_table(codec)[found], byte_table(other.codec)[found]))


def _singles(found: NDArray[np.uint16], begins: NDArray[np.intp], close: NDArray[np.intp]) -> tuple[str, ...]:
    """Codecs that may have read another: `begins` and `close` are where a high character follows ASCII, or another."""
    features = character_features()
    begun = features[found[begins + 1]]
    odd = (begun & (STRANGE | CYRILLIC_SMALL | CYRILLIC_CAPITAL)).nonzero()[0]
    touched = begun[odd][(features[found[begins[odd]]] & ASCII_LETTER) != 0]
    strange, mixed = _count(touched & STRANGE), _count(touched & (CYRILLIC_SMALL | CYRILLIC_CAPITAL))
    runs, swapped = close[:0], 0
    if len(close):
        first, second = features[found[close]], features[found[close + 1]]
        runs = close[(first & second & HIGH_LATIN) != 0]
        swapped = _count(second[(first & CYRILLIC_SMALL) != 0] & CYRILLIC_CAPITAL)
    if int((runs[1:] == runs[:-1] + 1).sum()) >= MANY or strange >= MANY:
        return ("cp1252", "latin-1")
    return ("cp1251", "koi8-r") if swapped + mixed >= MANY else ()


def _count(bits: NDArray[np.uint32]) -> int:
    return int(np.count_nonzero(bits))


MISPLACED = (
    "ìø", "ìè", "øè", "õû", "þã", "þº", "þð", "èæ", "ž\xe8", "šè", "¾è", "³¹", "ê¹", "³¿", "³æ", "æ¹", "ëá", "ðë", "þë",
    "âî", "çâ", "øþ",
)  # fmt: skip
"""Pairs of letters that no language of western Europe uses together but Icelandic and Portuguese a few: what central
European, Baltic and Turkish letters become in cp1252. A text with both of a pair is worth a closer look."""

_MISPLACED = np.array([[ord(char) for char in pair] for pair in MISPLACED])


def _misplaced(chars: NDArray[np.uint16]) -> tuple[str, ...]:
    seen = np.zeros(0x10000, dtype=np.bool_)
    seen[chars] = True
    return ("cp1252/latin",) if seen[_MISPLACED].all(axis=1).any() else ()
