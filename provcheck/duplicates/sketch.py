"""The fingerprint of a content: a digest, and three samples that do not grow with the text.

Word pairs, not runs of five words as is usual, because an editor who changes every tenth word leaves 59 % of the runs
of five alone but 81 % of the pairs. The sample of pairs is one-permutation hashing (Li, Owen and Zhang, 2012), made
dense as Shrivastava (2017) proposes, and cut to one byte a value (Li and König, 2010): 256 bytes estimate the
resemblance of two texts within 3 points. Press notes retold in two stories are found through a second sample, of
runs of 8 words; and since forms (the weather, the markets) repeat their words with other figures, a bitmap of the
numbers tells a form from a copy.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import tokens
from provcheck.duplicates.values import BINS, NUMBER_BITS, PASSAGES, Fingerprint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.duplicates.tokens import Codes, Tokens

_BIN_SHIFT = np.uint64(64 - 8)
_TRIES = 12
_ASCII_SPACES = b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_WIDE_SPACES = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""With the ASCII ones, all for which `str.isspace` is true."""


def fingerprint(content: str) -> Fingerprint:
    """The fingerprint of a content of any length; case, punctuation and white space do not count in its samples.

    >>> one, two = fingerprint("One  two three."), fingerprint("one two three")
    >>> one.exact == two.exact, one.sketch == two.sketch
    (False, True)
    """
    bare = _bare(content)
    if not bare:
        return Fingerprint(b"")
    exact = hashlib.blake2b(bare, digest_size=16).digest()
    found = tokens.tokenize(unicodedata.normalize("NFC", content))
    pairs = _ordered(tokens.mix(_pairs(found)))
    if not pairs.size:
        return Fingerprint(exact)
    return Fingerprint(exact, _sketch(pairs), _sample(_runs(found)), _numbers(found), len(pairs))


def _bare(content: str) -> bytes:
    """The content without white space of any kind, as UTF-8."""
    if not content.isascii():
        for space in _WIDE_SPACES:
            if space in content:
                content = content.replace(space, "")
    return content.encode("utf-8", "surrogatepass").translate(None, _ASCII_SPACES)


def _pairs(found: Tokens) -> Codes:
    """Hashes of two words, of four ideographs or of eight letters of the scripts of Southeast Asia."""
    pairs = tokens.windows(found.hashes, 2)
    spaceless = (found.classes == tokens.IDEOGRAPH) | (found.classes == tokens.SYLLABLE)
    if not spaceless.any():
        return pairs
    fours, eights = tokens.windows(found.hashes, 4), tokens.windows(found.hashes, 8)
    # Text of one script: the longer windows. A window that would run over the end stays a pair.
    pairs[: len(fours)] = np.where(found.classes[: len(fours)] == tokens.IDEOGRAPH, fours, pairs[: len(fours)])
    pairs[: len(eights)] = np.where(found.classes[: len(eights)] == tokens.SYLLABLE, eights, pairs[: len(eights)])
    return pairs


def _runs(found: Tokens) -> Codes:
    """Hashes of 8 words or of 16 characters of scripts without spaces."""
    runs = tokens.windows(found.hashes, 8)
    spaceless = (found.classes == tokens.IDEOGRAPH) | (found.classes == tokens.SYLLABLE)
    if spaceless.any():
        long = tokens.windows(found.hashes, 16)
        runs = np.concatenate([np.where(spaceless[: len(long)], long, runs[: len(long)]), runs[len(long) :]])
    return runs


def _ordered(hashes: Codes) -> Codes:
    """The different hashes, ascending."""
    ordered = hashes.copy()
    ordered.sort()
    if not ordered.size:
        return ordered
    keep = np.empty(len(ordered), bool)
    keep[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def _sketch(ordered: Codes) -> bytes:
    """One byte a bin: of the least hash whose top bits name the bin; an empty bin borrows from another."""
    bins = (ordered >> _BIN_SHIFT).astype(np.intp)
    first = np.ones(len(bins), bool)
    first[1:] = bins[1:] != bins[:-1]
    values = np.zeros(BINS, np.uint8)
    filled = np.zeros(BINS, bool)
    values[bins[first]] = ordered[first].astype(np.uint8)
    filled[bins[first]] = True
    if not filled.all():
        _densify(values, filled)
    return values.tobytes()


def _densify(values: NDArray[np.uint8], filled: NDArray[np.bool_]) -> None:
    """Each empty bin takes the value of the first full one in an order of its own, the same for every text."""
    empty = np.flatnonzero(~filled)
    for tries in _orders():
        source = tries[empty]
        good = filled[source]
        values[empty[good]] = values[source[good]]
        empty = empty[~good]
        if not empty.size:
            return
    full = np.flatnonzero(filled)
    values[empty] = values[full[empty % len(full)]]


@cache
def _orders() -> NDArray[np.intp]:
    """For each try and bin, the bin to borrow from."""
    seeds = np.arange(1, _TRIES * BINS + 1, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)
    return (tokens.mix(seeds) >> _BIN_SHIFT).astype(np.intp).reshape(_TRIES, BINS)


def _sample(runs: Codes) -> bytes:
    """The least hashes are a sample that two texts draw alike; their low bits are kept, which are evenly spread."""
    mixed = tokens.mix(runs)
    if len(mixed) > 8 * PASSAGES:
        # Sorting the lowest part is enough if it holds as many different hashes as wanted; runs can repeat.
        low = _ordered(mixed[mixed < np.uint64((3 * PASSAGES << 64) // len(mixed))])
        if len(low) >= PASSAGES:
            return low[:PASSAGES].astype(np.uint32).tobytes()
    return _ordered(mixed)[:PASSAGES].astype(np.uint32).tobytes()


def _numbers(found: Tokens) -> bytes:
    numbers = tokens.mix(found.hashes[found.classes == tokens.DIGIT])
    bits = np.zeros(NUMBER_BITS, np.uint8)
    bits[(numbers >> _BIN_SHIFT).astype(np.intp)] = 1
    return np.packbits(bits).tobytes()
