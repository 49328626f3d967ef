"""Which documents hang together at all, by confirmed pairs: the pieces that are then cut into stars."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import candidates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Rows

BATCH = 1 << 15
"""Pairs compared at a time, 16 MiB of sketches."""


def components(rows: Rows, shared: candidates.Shared) -> list[NDArray[np.intp]]:
    """Groups of two or more rows, each ascending, in the order of their first rows.

    A pair whose ends are already known to hang together is not compared again, so that a thousand versions of one
    text cost a thousand comparisons and not one for each band that they share.
    """
    parents = np.arange(rows.total)
    for left, right in chain(candidates.versions(rows), [shared[:2]]):
        for at in range(0, len(left), BATCH):
            one, other = left[at : at + BATCH], right[at : at + BATCH]
            apart = _roots(parents, one) != _roots(parents, other)
            one, other = one[apart], other[apart]
            good = rows.versions(one, other, rows.agreement(one, other))
            join(parents, one[good], other[good])
    roots = _roots(parents, np.arange(rows.total))
    together = np.flatnonzero(np.bincount(roots, minlength=rows.total)[roots] > 1)
    order = together[np.argsort(roots[together], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(roots[order])) + 1) if len(order) else []


def join(parents: NDArray[np.intp], one: NDArray[np.intp], other: NDArray[np.intp]) -> None:
    """Join the pieces of each pair in `parents`, where a row leads to another of its piece, and the least to itself.

    >>> parents = np.arange(4)
    >>> join(parents, np.array([1, 3]), np.array([3, 2]))
    >>> _roots(parents, np.arange(4)).tolist()
    [0, 1, 1, 1]
    """
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        low, high = sorted((_root(parents, left), _root(parents, right)))
        parents[high] = low


def _roots(parents: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """The root of each row; the ways are shortened for the next time."""
    found = parents[rows]
    while True:
        above = parents[found]
        if np.array_equal(above, found):
            parents[rows] = found
            return found
        found = above


def _root(parents: NDArray[np.intp], row: int) -> int:
    """Follow a row to its root, and halve the way for the next."""
    while (above := int(parents[row])) != row:
        parents[row] = parents[above]
        row = int(parents[row])
    return row
