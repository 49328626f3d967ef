"""The fingerprints of a corpus as arrays: one row for each content that differs, in an order of their own.

Rows are sorted by the digest of the content, so that whatever follows comes out alike in whatever order the
documents were read. Exact copies share a row, so that ten thousand of them cost no more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.duplicates.sketch import BINS, NUMBER_BITS, PASSAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.duplicates.values import Fingerprint

FEW_WORDS = 24
"""Below so many different word pairs a text is a notice: others may share most of its words by chance."""
SHORT_AGREEMENT = 0.9
"""What the sketches of notices must agree in."""
AGREEMENT = 0.5
"""What the sketches of two versions of one text agree in: above one half, no text can be a version of two strangers."""
CUT_AGREEMENT = 0.3
CUT_WITHIN = 0.85
"""A text cut to less than one half: what the sketches agree in, and the share of its pairs that the longer text has."""
ENOUGH_NUMBERS = 6
"""From so many different numbers in both texts on, their agreement is looked at."""
NUMBER_AGREEMENT = 0.4
"""The share of the fewer numbers that two versions of one text have in common; forms filled in anew have fewer."""
_CHANCE = 1 / 256


class Rows(NamedTuple):
    """Row `r` stands for the documents at the positions `members[r]`, ascending, which are exact copies."""

    members: tuple[tuple[int, ...], ...]
    sketches: NDArray[np.uint8]
    numbers: NDArray[np.uint64]
    words: NDArray[np.int64]
    passages: NDArray[np.uint32]
    owners: NDArray[np.int32]

    def agreement(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """The estimated resemblance of pairs of rows, 0 to 1, free of agreement by chance."""
        equal = (self.sketches[left] == self.sketches[right]).sum(axis=1) / BINS
        agreement: NDArray[np.float64] = np.maximum(0.0, (equal - _CHANCE) / (1 - _CHANCE))
        return agreement

    def versions(
        self, left: NDArray[np.intp], right: NDArray[np.intp], agreement: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Tell which pairs of rows, of a known agreement, are versions of one text."""
        fewer = np.minimum(self.words[left], self.words[right])
        within = agreement / (1 + agreement) * (self.words[left] + self.words[right]) / fewer
        cut = (agreement >= CUT_AGREEMENT) & (within >= CUT_WITHIN)
        good = np.where(fewer < FEW_WORDS, agreement >= SHORT_AGREEMENT, (agreement >= AGREEMENT) | cut)
        where = np.flatnonzero(good)
        good[where] = self._same_numbers(left[where], right[where])
        return good

    def _same_numbers(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.bool_]:
        one, other = self.numbers[left], self.numbers[right]
        n_one, n_other, n_either = _counted(one), _counted(other), _counted(one | other)
        fewer = np.minimum(n_one, n_other)
        shared = (n_one + n_other - n_either) / np.maximum(fewer, 1.0)
        return (fewer < ENOUGH_NUMBERS) | (shared >= NUMBER_AGREEMENT)


def _counted(bitmaps: NDArray[np.uint64]) -> NDArray[np.float64]:
    """How many numbers set the bits (linear counting; Whang, Vander-Zanden and Taylor, 1990)."""
    filled = np.bitwise_count(bitmaps).sum(axis=1).astype(float)
    counted: NDArray[np.float64] = -NUMBER_BITS * np.log1p(-np.minimum(filled, NUMBER_BITS - 0.5) / NUMBER_BITS)
    return counted


def rows(fingerprints: Sequence[Fingerprint]) -> tuple[Rows, list[tuple[int, ...]]]:
    """The rows of all contents long enough for a sketch; and the groups of exact copies, short or long."""
    groups: dict[bytes, list[int]] = {}
    for position, each in enumerate(fingerprints):
        if each.exact:
            groups.setdefault(each.exact, []).append(position)
    copies = [tuple(groups[digest]) for digest in sorted(groups)]
    members = tuple(group for group in copies if fingerprints[group[0]].sketch)
    firsts = [fingerprints[group[0]] for group in members]
    sizes = np.array([len(each.passages) // 4 for each in firsts], np.intp)
    table = Rows(
        members=members,
        sketches=np.frombuffer(b"".join(each.sketch for each in firsts), np.uint8).reshape(-1, BINS),
        numbers=np.frombuffer(b"".join(each.numbers for each in firsts), np.uint64).reshape(-1, NUMBER_BITS // 64),
        words=np.array([each.words for each in firsts], np.int64),
        passages=np.frombuffer(b"".join(each.passages for each in firsts), np.uint32),
        owners=np.repeat(np.arange(len(firsts), dtype=np.int32), sizes),
    )
    return table, [group for group in copies if len(group) > 1]


__all__ = ["PASSAGES", "Rows", "rows"]
