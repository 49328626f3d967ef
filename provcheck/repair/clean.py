"""The cheapest look of all: which of many texts are clean for certain, found in one pass over all of them.

Whatever `suspect` sees begins with two neighbours, or with two letters that no language uses together. So each
character outside ASCII is looked up in one table and the character before it in another: a bit that both have is a
sign. A text without signs needs no closer look, and most have none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck.plausible.judge import points
from provcheck.plausible.tables import POINTS
from provcheck.repair.suspect import (
    ASCII_LETTER,
    CONTROLS,
    CYRILLIC_CAPITAL,
    CYRILLIC_SMALL,
    HIGH_LATIN,
    MANY,
    MISPLACED,
    STRANGE,
    character_features,
    codec_tables,
)
from provcheck.repair.undo import UTF8_CODECS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SPACED = np.uint32(1 << len(UTF8_CODECS))
"""``Ã`` before a space is a sign like those of the codecs."""

_CONTROL = np.uint32(1 << len(UTF8_CODECS) + 1)
"""A control character is a sign whatever follows it."""

LOST = ("锟斤拷", "占쏙옙")
"""Two U+FFFD as UTF-8, read by the Chinese GBK and the Korean cp949: what stood there was lost before."""

_SINGLE = HIGH_LATIN | ASCII_LETTER | CYRILLIC_SMALL
"""The signs of one single-byte codec read as another; the other bits are those of codecs that may have read UTF-8."""


def doubtful(texts: Sequence[str]) -> list[bool]:
    """For each text whether it needs the closer look of `suspect`; False says that this would find nothing.

    >>> doubtful(["GrÃ¼ÃŸe", "Grüße", "ASCII"])
    [True, False, False]
    """
    if all(map(str.isascii, texts)):
        return [False] * len(texts)
    # No text touches its neighbours, and each character has one before and one behind it.
    found = points("\n" + "\n".join(texts) + "\n").astype(np.intp)
    ends = np.cumsum([1 + len(text) for text in texts])
    first, second = _signs()
    both = first.take(found[:-1])
    both &= second.take(found[1:])
    both[1:] &= ~np.uint32(HIGH_LATIN) | both[:-1]  # of letters with accents, three in a row are odd, and two are not
    some = (both != 0).nonzero()[0]
    single = (both[some] & _SINGLE) != 0
    control = some[(both[some] & _CONTROL) != 0]
    codec = some[(both[some] & ~(np.uint32(_SINGLE) | _CONTROL)) != 0]
    codec = codec[~_in_word(found, codec)]
    doubt = np.bincount(ends.searchsorted(some[single]), minlength=len(texts)) >= MANY
    doubt[ends.searchsorted(codec)] = True
    doubt[ends.searchsorted(control)] = True
    doubt |= _misplaced(found, ends)
    return [told or any(mark in text for mark in LOST) for told, text in zip(doubt.tolist(), texts, strict=True)]


@cache
def _signs() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The signs that a character may be the first half of, and those that it may be the second half of."""
    lead, tail = (table.copy() for table in codec_tables())
    kind = character_features()
    odd = (kind & (STRANGE | CYRILLIC_SMALL | CYRILLIC_CAPITAL)) != 0  # right behind a letter of ASCII
    swapped = (kind & CYRILLIC_CAPITAL) != 0  # right behind a small letter
    lead[ord("Ã")] |= _SPACED
    tail[ord(" ")] |= _SPACED
    lead[0x80 : 0x80 + CONTROLS] |= _CONTROL
    tail |= _CONTROL
    second = kind & HIGH_LATIN | np.where(odd, ASCII_LETTER, 0) | np.where(swapped, CYRILLIC_SMALL, 0)
    return (lead | kind & _SINGLE).astype(np.uint32), (tail | second).astype(np.uint32)


def _in_word(found: NDArray[np.intp], where: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether three small Cyrillic letters begin there: part of a word, whatever a codec makes of them."""
    kind = character_features()
    three = kind[found[where]] & kind[found[where + 1]] & kind[found[where + 2]]
    word: NDArray[np.bool_] = (three & CYRILLIC_SMALL) != 0
    return word


@cache
def _letters() -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """For each character its number among those of `MISPLACED`, 0 if it is none; and the pairs, as such numbers."""
    numbers = {char: number for number, char in enumerate(sorted(set("".join(MISPLACED))), 1)}
    table = np.zeros(POINTS, dtype=np.uint8)
    table[[ord(char) for char in numbers]] = list(numbers.values())
    return table, np.array([[numbers[char] for char in pair] for pair in MISPLACED])


def _misplaced(found: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which texts, each up to its end in `ends`, have both letters of a pair of `MISPLACED`."""
    table, pairs = _letters()
    letters = table.take(found)
    some = (letters != 0).nonzero()[0]
    seen = np.zeros((len(ends), int(pairs.max()) + 1), dtype=np.bool_)
    seen[ends.searchsorted(some), letters[some]] = True
    both: NDArray[np.bool_] = np.logical_or.reduce(seen[:, pairs[:, 0]] & seen[:, pairs[:, 1]], axis=1)
    return both
