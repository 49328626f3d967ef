"""The steps of `find`, each on a part of the corpus, for engines that never hold the whole.

Contents are given as arrays, one element or line of a matrix each: `sketches` and `numbers` as in `Fingerprint`,
`words` the number of different word pairs. What a step says of some contents does not depend on the others, so any
engine may cut the corpus as it likes and gets what `find` gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.duplicates import stars
from provcheck.duplicates.candidates import BANDS, band_keys
from provcheck.duplicates.corpus import Rows
from provcheck.duplicates.values import BINS, NUMBER_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


class Contents(NamedTuple):
    """Some contents as arrays, see above."""

    sketches: NDArray[np.uint8]
    numbers: NDArray[np.uint64]
    words: NDArray[np.int64]

    @classmethod
    def of(cls, sketches: Sequence[bytes], numbers: Sequence[bytes], words: Sequence[int]) -> Contents:
        """From the fields of fingerprints.

        >>> Contents.of([bytes(256)], [bytes(32)], [7]).words.tolist()
        [7]
        """
        return cls(
            np.frombuffer(b"".join(sketches), np.uint8).reshape(-1, BINS),
            np.frombuffer(b"".join(numbers), np.uint64).reshape(-1, NUMBER_BITS // 64),
            np.array(words, np.int64),
        )

    def rows(self) -> Rows:
        """The same as `Rows`, each content on its own."""
        each = np.arange(len(self.words))
        return Rows(groups=each, firsts=each, words=self.words, sketches=self.sketches, numbers=self.numbers)


def bands(sketches: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The key of each content (line) in each band (column); contents that agree in a key are candidates.

    >>> bands(np.zeros((2, 256), np.uint8)).shape
    (2, 96)
    """
    return band_keys(sketches).T.astype(np.int64)


def confirmed(one: Contents, other: Contents) -> NDArray[np.bool_]:
    """Tell which pairs, the lines of `one` beside those of `other`, are versions of one text."""
    both = Contents(
        np.concatenate([one.sketches, other.sketches]),
        np.concatenate([one.numbers, other.numbers]),
        np.concatenate([one.words, other.words]),
    ).rows()
    left = np.arange(len(one.words))
    right = left + len(left)
    return both.versions(left, right, both.agreement(left, right))


def cut(piece: Contents) -> Iterator[tuple[int, int, float]]:
    """Cut contents that hang together, in the order of their digests, into stars: member, centre, and agreement."""
    for centre, members, values in stars.cut(piece.rows(), np.arange(len(piece.words))):
        yield from ((int(member), centre, float(value)) for member, value in zip(members, values, strict=True))


__all__ = ["BANDS", "Contents", "bands", "confirmed", "cut"]
