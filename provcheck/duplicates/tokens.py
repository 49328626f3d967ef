"""Text to arrays of word hashes, without a Python loop over words or characters.

A word is a run of letters, digits and marks, whatever its case. Scripts that put no space between words (Han, kana,
Thai, Lao, Khmer, Burmese) have no such runs: there each character is a token, and more of them make a shingle.

The hash of a word is a polynomial of its characters modulo 2**64 (Karp and Rabin, 1987), taken from its first
character, so that it does not depend on the place; all words of a text are summed in one `reduceat`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from provcheck import characters

Codes = NDArray[np.uint64]

CHUNK = 1 << 16
"""Characters hashed at a time: bounds the memory for a text of any length. A word across the border is cut."""

SEPARATOR, LETTER, IDEOGRAPH, SYLLABLE, DIGIT, INVISIBLE = range(6)
CLASS_SHIFT = 24
LAST = 0xFFFF
_BASE = 0x9E3779B97F4A7C15
_IDEOGRAPHS = ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3041, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF),
               (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F))  # fmt: skip
_SYLLABLES = ((0x0E01, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17D3))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"


class Tokens(NamedTuple):
    """The tokens of a text: a hash of 64 bits each, the place of its first character, and the class of that."""

    hashes: Codes
    starts: NDArray[np.int64]
    classes: NDArray[np.uint8]


def tokenize(text: str) -> Tokens:
    """The tokens of a text; case, punctuation and invisible characters make no difference.

    >>> one, two = tokenize("A wet co\\u00adat").hashes, tokenize("COAT!").hashes
    >>> len(one), bool(one[2] == two[0])
    (3, True)
    """
    parts = [_chunk(text[at : at + CHUNK], at) for at in range(0, len(text), CHUNK)] or [_chunk("", 0)]
    if len(parts) == 1:
        return parts[0]
    return Tokens(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def mix(values: Codes) -> Codes:
    """Spread 64 bits evenly (the finaliser of SplitMix64; Steele, Lea and Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def windows(hashes: Codes, width: int) -> Codes:
    """The polynomial hash of every run of `width` tokens (a power of two); not yet mixed."""
    have, step = hashes, 1
    while step < width:
        factor = np.uint64(pow(_BASE, step, 1 << 64))
        have = have[: max(0, len(have) - step)] + have[step:] * factor
        step *= 2
    return have


def _chunk(text: str, offset: int) -> Tokens:
    # Lone surrogates come out of broken exports; they must not stop the hashing.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table, powers, inverses = _tables()
    letters = table.take(codes, mode="clip")
    if not text.isascii():
        letters = _rare(codes, letters)
    classes = (letters >> np.uint32(CLASS_SHIFT)).astype(np.uint8)
    places = None
    if np.count_nonzero(invisible := classes == INVISIBLE):
        places = (~invisible).nonzero()[0]
        letters, classes = letters[places], classes[places]
    runs = (classes == LETTER) | (classes == DIGIT)
    begins = classes != SEPARATOR
    begins[1:] &= ~(runs[1:] & runs[:-1])
    starts = begins.nonzero()[0]
    if not starts.size:
        return Tokens(np.empty(0, np.uint64), starts, classes[:0])
    # Separators are 0 and add nothing, so that a sum may run on to the start of the next word.
    hashes = np.add.reduceat(letters * powers[: len(letters)], starts) * inverses[starts]
    return Tokens(hashes, (starts if places is None else places[starts]) + offset, classes[starts])


def _rare(codes: NDArray[np.uint32], letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Characters beyond the basic plane: the further ideographs count, emoji and historic scripts do not."""
    if codes.max() <= LAST:
        return letters
    far = np.where((codes >= 0x20000) & (codes < 0x40000), codes | np.uint32(IDEOGRAPH << CLASS_SHIFT), np.uint32(0))
    return np.where(codes > LAST, far, letters)


@cache
def _tables() -> tuple[NDArray[np.uint32], Codes, Codes]:
    """For every character of the basic plane its lower case and, from bit 24 on, its class; and the powers."""
    # Letters, marks and numbers: the marks carry the vowels of the scripts of India.
    classes = characters.having("L", "M", "N").astype(np.uint32)
    classes[characters.having("Nd")] = DIGIT
    for kind, ranges in ((IDEOGRAPH, _IDEOGRAPHS), (SYLLABLE, _SYLLABLES)):
        for first, last in ranges:
            part = classes[first : last + 1]
            part[part == LETTER] = kind
    classes[[ord(each) for each in _INVISIBLE]] = INVISIBLE
    table = np.where(classes == SEPARATOR, 0, characters.lower() | classes << CLASS_SHIFT).astype(np.uint32)
    return table, _powers(_BASE), _powers(pow(_BASE, -1, 1 << 64))


def _powers(base: int) -> Codes:
    factors = np.full(CHUNK, base, np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)
