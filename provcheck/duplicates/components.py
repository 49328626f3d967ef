"""Which documents hang together at all, by confirmed pairs: the pieces that are then cut into stars."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import candidates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Rows

BATCH = 1 << 15
"""Pairs compared at a time, 16 MiB of sketches."""


def components(rows: Rows, shared: candidates.Shared) -> list[NDArray[np.intp]]:
    """Groups of two or more rows, each ascending, in the order of their first rows.

    A pair whose ends are already known to hang together is not compared again, so that a thousand versions of one
    text cost a thousand comparisons and not one for each band that they share.
    """
    roots = np.arange(len(rows.members))
    for left, right in chain(candidates.versions(rows), [shared[:2]]):
        for at in range(0, len(left), BATCH):
            apart = roots[left[at : at + BATCH]] != roots[right[at : at + BATCH]]
            one, other = left[at : at + BATCH][apart], right[at : at + BATCH][apart]
            good = rows.versions(one, other, rows.agreement(one, other))
            if good.any():
                roots = _joined(roots, zip(one[good].tolist(), other[good].tolist(), strict=True))
    order = np.argsort(roots, kind="stable")
    pieces = np.split(order, np.flatnonzero(np.diff(roots[order])) + 1)
    return [piece for piece in pieces if len(piece) > 1]


def _joined(roots: NDArray[np.intp], pairs: Iterable[tuple[int, int]]) -> NDArray[np.intp]:
    """The roots after joining the ends of the pairs; the root of a piece is its least row."""
    moved: dict[int, int] = {}
    for one, other in pairs:
        low, high = sorted((_root(moved, int(roots[one])), _root(moved, int(roots[other]))))
        if low != high:
            moved[high] = low
    target = np.arange(len(roots))
    for row in moved:
        target[row] = _root(moved, row)
    return target[roots]


def _root(moved: dict[int, int], row: int) -> int:
    """Follow a row to its root, and shorten the way for the next."""
    root = row
    while root in moved:
        root = moved[root]
    while row != root:
        moved[row], row = root, moved[row]
    return root
