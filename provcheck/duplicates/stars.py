"""Cut what hangs together into stars: a centre, and the versions of it.

Chains are the known disaster of near-duplicate removal: A is like B, B is like C, and in the end a whole corpus is
one cluster. Here each member of a cluster agrees with its centre in more than half of the word pairs that either
has, or is a cut copy with hardly a word of its own; and it shares words with the member that is nearest to the
centre, because a round-up that holds two stories whole must not join them. A file that holds half of one story and
half of another agrees with neither in half of its words, and so joins at most one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Rows

STRANGERS = 0.15
"""Two members of a cluster agree in at least this; less would mean that the centre is put together of both."""
TRIED = 64
"""Rows of a piece that are tried as centres at a time: all of them in any piece but the largest."""
ROUNDS = 24
"""Rounds of trials in one piece, which bound the work on a hostile corpus; what is left then stands alone."""


def stars(rows: Rows, pieces: list[NDArray[np.intp]]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each row its centre (itself where it stands alone) and its agreement with it, 0 to 1."""
    centres = np.arange(rows.total)
    similarity = np.ones(rows.total)
    for piece in pieces:
        for centre, members, values in cut(rows, piece):
            centres[members], similarity[members] = centre, values
    return centres, similarity


def cut(rows: Rows, piece: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp], NDArray[np.float64]]]:
    """The stars of one piece: the row at the centre, the rows around it, and the agreement of each with the centre."""
    found = []
    free = piece
    for _ in range(ROUNDS):
        if len(free) < 2:
            break
        tried = free if len(free) <= TRIED else free[np.linspace(0, len(free) - 1, TRIED).astype(np.intp)]
        agreement, good = _compared(rows, tried, free)
        open_ = np.ones(len(free), bool)
        for centre in _ranked(rows, tried, good):
            at = int(np.searchsorted(free, centre))
            if not open_[at]:
                continue
            row = int(np.searchsorted(tried, centre))
            open_[at] = False
            chosen = np.flatnonzero(good[row] & open_)
            chosen = chosen[_acquainted(rows, free[chosen], agreement[row, chosen])]
            if chosen.size:
                found.append((int(centre), free[chosen], agreement[row, chosen]))
                open_[chosen] = False
        # A row that was tried and is still free has no versions among the free rows.
        free = free[open_ & ~np.isin(free, tried)]
    return found


def _compared(
    rows: Rows, tried: NDArray[np.intp], free: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """For each row tried and each free row their agreement, and whether they are versions of one text."""
    agreement = np.empty((len(tried), len(free)))
    good = np.empty((len(tried), len(free)), bool)
    for number, row in enumerate(tried):
        left = np.full(len(free), row)
        agreement[number] = rows.agreement(left, free)
        good[number] = rows.versions(left, free, agreement[number]) & (free != row)
    return agreement, good


def _ranked(rows: Rows, tried: NDArray[np.intp], good: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The rows tried: those with the most versions first, then the longest."""
    return tried[np.lexsort((tried, -rows.words[tried], -good.sum(axis=1)))]


def _acquainted(rows: Rows, members: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which members share words with the one that is nearest to the centre."""
    if len(members) < 2:
        return np.ones(len(members), bool)
    nearest = members[np.argmax(values)]
    good: NDArray[np.bool_] = rows.agreement(np.full(len(members), nearest), members) >= STRANGERS
    return good
