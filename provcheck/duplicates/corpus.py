"""The fingerprints of a corpus as arrays: one row for each content that differs, in an order of their own.

Rows are sorted by the digest of the content, so that whatever follows comes out alike in whatever order the
documents were read. Exact copies share a row, so that ten thousand of them cost no more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from provcheck.duplicates.values import BINS, NUMBER_BITS, PRINT

if TYPE_CHECKING:
    from collections.abc import Iterable

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
SOME_NUMBERS = 1.5
FORM_AGREEMENT = 0.9
FORM_NUMBERS = 0.55
"""A short form (an obituary, a result, a notice of court) has other names, too, so that its sketches agree in less than
`FORM_AGREEMENT`. Then two numbers are enough to look at, and more of them are asked for: a text that an editor or a cut
made shorter keeps its own."""
_CHANCE = 1 / 256


class Prints(Protocol):
    """Fingerprints as columns by the names of `PRINT`: an array of that type, or whatever reads a column when asked."""

    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """One column, with an element for each document."""


class Copies(NamedTuple):
    """Exact copies: `order` has the positions of all documents with a content, by its digest and then by position.

    Group `g`, the documents of one content, is ``order[starts[g] : starts[g + 1]]``.
    """

    order: NDArray[np.int64]
    starts: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many documents each group has."""
        return np.diff(self.starts)

    def members(self, groups: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All positions in some groups, and for each of them the number of its group in `groups`."""
        sizes = self.sizes[groups]
        which = np.repeat(np.arange(len(groups)), sizes)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return self.order[self.starts[groups][which] + inside], which


class Rows(NamedTuple):
    """Row `r` stands for the group `groups[r]` of exact copies, of which `firsts[r]` is the first position.

    `words` is by row; `sketches` and `numbers` are by position, so that a million sketches need not be moved.
    """

    groups: NDArray[np.int64]
    firsts: NDArray[np.int64]
    words: NDArray[np.int64]
    sketches: NDArray[np.uint8]
    numbers: NDArray[np.uint64]

    @property
    def total(self) -> int:
        """The number of rows."""
        return len(self.groups)

    def agreement(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """The estimated resemblance of pairs of rows, 0 to 1, free of agreement by chance."""
        equal = (self.sketches[self.firsts[left]] == self.sketches[self.firsts[right]]).sum(axis=1) / BINS
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
        good[where] = self._same_numbers(left[where], right[where], agreement[where])
        return good

    def _same_numbers(
        self, left: NDArray[np.intp], right: NDArray[np.intp], agreement: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        one, other = self.numbers[self.firsts[left]], self.numbers[self.firsts[right]]
        n_one, n_other, n_either = _counted(one), _counted(other), _counted(one | other)
        fewer = np.minimum(n_one, n_other)
        shared = (n_one + n_other - n_either) / np.maximum(fewer, 1.0)
        form = (agreement < FORM_AGREEMENT) & (fewer >= SOME_NUMBERS) & (shared < FORM_NUMBERS)
        return ~form & ((fewer < ENOUGH_NUMBERS) | (shared >= NUMBER_AGREEMENT))


def _counted(bitmaps: NDArray[np.uint64]) -> NDArray[np.float64]:
    """How many numbers set the bits (linear counting; Whang, Vander-Zanden and Taylor, 1990)."""
    filled = np.bitwise_count(bitmaps).sum(axis=1).astype(float)
    counted: NDArray[np.float64] = -NUMBER_BITS * np.log1p(-np.minimum(filled, NUMBER_BITS - 0.5) / NUMBER_BITS)
    return counted


def packed(fingerprints: Iterable[Fingerprint]) -> NDArray[np.void]:
    """Fingerprints as one array of the type `PRINT`."""
    return np.frombuffer(b"".join(each.packed() for each in fingerprints), PRINT)


def copies(prints: Prints) -> Copies:
    """The groups of exact copies, groups of one among them."""
    exact = prints["exact"]
    high, low = exact[:, 0].astype(np.uint64), exact[:, 1].astype(np.uint64)
    there = np.flatnonzero((high != 0) | (low != 0))
    order = there[np.lexsort((low[there], high[there]))]  # a stable sort: by position among equals
    begins = np.ones(len(order), bool)
    begins[1:] = (high[order][1:] != high[order][:-1]) | (low[order][1:] != low[order][:-1])
    return Copies(order, np.append(np.flatnonzero(begins), len(order)))


def rows(prints: Prints, groups: Copies) -> Rows:
    """The rows of all contents long enough for a sketch."""
    firsts = groups.order[groups.starts[:-1]]
    sketched = np.flatnonzero(prints["sketched"][firsts])
    firsts = firsts[sketched]
    words = prints["words"][firsts].astype(np.int64)
    return Rows(sketched, firsts, words, prints["sketch"], prints["numbers"])
