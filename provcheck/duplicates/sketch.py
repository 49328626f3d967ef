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
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.characters import SPACES
from provcheck.duplicates import tokens
from provcheck.duplicates.values import BINS, NUMBER_BITS, PASSAGES, Fingerprint
from provcheck.text import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from provcheck.duplicates.tokens import Codes, Tokens

_BIN_SHIFT = np.uint64(64 - 8)
_TRIES = 12
_ASCII_SPACES = "".join(filter(str.isascii, SPACES)).encode()
_WIDE_SPACES = "".join(space for space in SPACES if not space.isascii())


def fingerprint(content: str) -> Fingerprint:
    """The fingerprint of a content of any length; case, punctuation and white space do not count in its samples.

    >>> one, two = fingerprint("One  two three."), fingerprint("one two three")
    >>> one.exact == two.exact, one.sketch == two.sketch
    (False, True)
    """
    [made] = fingerprints([content])
    return made


def fingerprints(contents: Sequence[str]) -> list[Fingerprint]:
    """The fingerprints of contents, each as if it came alone: the words of many take less time together.

    >>> fingerprints(["One two three.", ""])[0] == fingerprint("One two three.")
    True
    """
    ends = [unicodedata.normalize("NFC", content) + "\n" for content in contents]
    samples = [each for part in together(ends, tokens.CHUNK) for each in _samples(part)]
    found = []
    for content, (sketch, passages, numbers, words) in zip(contents, samples, strict=True):
        bare = _bare(content)
        exact = hashlib.blake2b(bare, digest_size=16).digest() if bare else b""
        found.append(Fingerprint(exact, sketch, passages, numbers, words) if words else Fingerprint(exact))
    return found


def _bare(content: str) -> bytes:
    """The content without white space of any kind, as UTF-8."""
    bare = content.encode("utf-8", "surrogatepass").translate(None, _ASCII_SPACES)
    if not content.isascii():
        for space in _WIDE_SPACES:
            if space in content:
                bare = bare.replace(space.encode(), b"")  # no part of a character is taken for another one
    return bare


class _Words(NamedTuple):
    """The tokens of texts that stand one after the other.

    `upto` has the number of tokens up to the end of each text, `owner` the text of each token, and `left` how many
    tokens there are from this one to the end of its text.
    """

    found: Tokens
    upto: NDArray[np.intp]
    owner: NDArray[np.intp]
    left: NDArray[np.intp]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Words:
        """Of texts that end in white space, so that no word runs on into the next one."""
        found = tokens.tokenize("".join(texts))
        upto = found.starts.searchsorted(np.cumsum([len(text) for text in texts]))
        owner = np.repeat(np.arange(len(texts)), np.diff(upto, prepend=0))
        return cls(found, upto, owner, upto[owner] - np.arange(len(owner)))

    def windows(self, width: int, longer: Iterable[tuple[int, int]]) -> tuple[Codes, NDArray[np.intp]]:
        """The mixed hashes of all runs of so many tokens of one text, and how many there are up to each text's end.

        `longer` has the width for tokens of some classes. Where such a run would go beyond the text, it is a short one.
        """
        hashes, _, classes = self.found
        runs = tokens.windows(hashes, width)
        for kind, wide in longer:
            at = ((classes == kind) & (self.left >= wide)).nonzero()[0]
            if len(at):
                runs[at] = tokens.windows(hashes, wide)[at]
        at = (self.left >= width).nonzero()[0]
        return tokens.mix(runs[at]), at.searchsorted(self.upto)


def _samples(texts: Sequence[str]) -> Iterator[tuple[bytes, bytes, bytes, int]]:
    """Of each text the sketch, the passages, the numbers, and how many different word pairs it has."""
    words = _Words.of(texts)
    # Pairs of words, four ideographs or eight letters of the scripts of Southeast Asia.
    pairs, upto = words.windows(2, ((tokens.IDEOGRAPH, 4), (tokens.SYLLABLE, 8)))
    # Of 8 words, or of 16 characters of scripts without spaces.
    runs, end_of_runs = words.windows(8, ((tokens.IDEOGRAPH, 16), (tokens.SYLLABLE, 16)))
    owner = np.repeat(np.arange(len(texts)), np.diff(upto, prepend=0))
    bounds = _pairwise(upto)
    for begin, end in bounds:
        pairs[begin:end].sort()
    keep = np.ones(len(pairs), bool)
    keep[1:] = (pairs[1:] != pairs[:-1]) | (owner[1:] != owner[:-1])
    pairs, owner = pairs[keep], owner[keep]
    counts = np.bincount(owner, minlength=len(texts)).tolist()
    columns = _sketches(pairs, owner, len(texts)), _numbers(words, len(texts))
    for sketch, numbers, count, (begin, end) in zip(*columns, counts, _pairwise(end_of_runs), strict=True):
        yield sketch.tobytes(), _sample(runs[begin:end]), numbers.tobytes(), count


def _pairwise(upto: NDArray[np.intp]) -> list[tuple[int, int]]:
    return list(pairwise([0, *upto.tolist()]))


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


def _sketches(ordered: Codes, owner: NDArray[np.intp], count: int) -> NDArray[np.uint8]:
    """For each text one byte a bin: of the least hash whose top bits name the bin; an empty bin borrows from another.

    The hashes of each text are different and ascend.
    """
    bins = (ordered >> _BIN_SHIFT).astype(np.intp) + owner * BINS
    first = np.ones(len(bins), bool)
    first[1:] = bins[1:] != bins[:-1]
    values = np.zeros(count * BINS, np.uint8)
    filled = np.zeros(count * BINS, bool)
    values[bins[first]] = ordered[first].astype(np.uint8)
    filled[bins[first]] = True
    _densify(values, filled)
    return values.reshape(count, BINS)


def _densify(values: NDArray[np.uint8], filled: NDArray[np.bool_]) -> None:
    """Each empty bin takes the value of the first full one in an order of its own, the same for every text."""
    some = filled.reshape(-1, BINS).any(axis=1)
    empty = (~filled & some.repeat(BINS)).nonzero()[0]
    for tries in _orders():
        source = tries[empty % BINS] + (empty - empty % BINS)
        good = filled[source]
        values[empty[good]] = values[source[good]]
        empty = empty[~good]
        if not empty.size:
            return
    for place in empty.tolist():
        begin = place - place % BINS
        full = np.flatnonzero(filled[begin : begin + BINS])
        values[place] = values[begin + full[place % BINS % len(full)]]


@cache
def _orders() -> NDArray[np.intp]:
    """For each try and bin, the bin to borrow from."""
    seeds = np.arange(1, _TRIES * BINS + 1, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)
    return (tokens.mix(seeds) >> _BIN_SHIFT).astype(np.intp).reshape(_TRIES, BINS)


def _sample(mixed: Codes) -> bytes:
    """The least hashes are a sample that two texts draw alike; their low bits are kept, which are evenly spread."""
    if len(mixed) > 8 * PASSAGES:
        # Sorting the lowest part is enough if it holds as many different hashes as wanted; runs can repeat.
        low = _ordered(mixed[mixed < np.uint64((3 * PASSAGES << 64) // len(mixed))])
        if len(low) >= PASSAGES:
            return low[:PASSAGES].astype(np.uint32).tobytes()
    return _ordered(mixed)[:PASSAGES].astype(np.uint32).tobytes()


def _numbers(words: _Words, count: int) -> NDArray[np.uint8]:
    """For each text a bitmap of its numbers."""
    at = (words.found.classes == tokens.DIGIT).nonzero()[0]
    bits = np.zeros((count, NUMBER_BITS), np.uint8)
    bits[words.owner[at], (tokens.mix(words.found.hashes[at]) >> _BIN_SHIFT).astype(np.intp)] = 1
    return np.packbits(bits, axis=1)
