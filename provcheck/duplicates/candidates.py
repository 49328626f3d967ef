"""Which pairs of documents to look at: those that agree in some band of their sketches, or in a run of words.

A band is a choice of 5 of the 256 samples. Two texts that share 55 % of their word pairs agree in at least one of 96
bands 99 times in 100; two that share 3 %, once in 400,000 (locality-sensitive hashing; Indyk and Motwani, 1998).
A group of documents that agree in a band gives each member at most two pairs, never all pairs: with the first of its
group and with its neighbour in the order of the next band, where true copies stand side by side. So the work grows
with the number of documents even if all of them carry the same passage.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import tokens
from provcheck.duplicates.sketch import BINS, PASSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Rows

BANDS = 96
ROWS_A_BAND = 5
SLICES = 16
"""The runs of words are sorted in so many slices by their hash, to bound the memory."""
FEWEST_RUNS = 2
"""Equal samples of runs that make a candidate: one alone may be chance among millions of documents."""
FEWEST_SHARED = 16
"""Runs of 8 words that two texts must share, by estimate, to be worth a look: some 25 words on end."""
WIDELY_SHARED = 0.2
"""The share of runs, of the shorter text, that is worth a look however short it is."""

Pairs = tuple["NDArray[np.intp]", "NDArray[np.intp]"]
Shared = tuple["NDArray[np.intp]", "NDArray[np.intp]", "NDArray[np.float64]"]


def versions(rows: Rows) -> Iterator[Pairs]:
    """Candidates for versions of one text, a batch for each band; a pair may come in more than one."""
    count = len(rows.members)
    if count < 2:
        return
    keys = _keys(rows, 0)
    first = keys
    for band in range(BANDS):
        following = _keys(rows, band + 1) if band + 1 < BANDS else first
        yield _starred(keys, following)
        keys = following


def _keys(rows: Rows, band: int) -> NDArray[np.uint64]:
    keys = np.zeros(len(rows.members), np.uint64)
    for column in _columns()[band]:
        keys = (keys << np.uint64(8)) | rows.sketches[:, column]
    return keys


def _columns() -> NDArray[np.intp]:
    """The samples that make up each band: a fixed choice, all different within a band."""
    # Each band walks the 256 bins from its own start in its own odd step, so its bins differ.
    seeds = tokens.mix(np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0xA24BAED4963EE407))
    start, step = seeds % np.uint64(BINS), (seeds >> np.uint64(8)) | np.uint64(1)
    walk = start[:, None] + step[:, None] * np.arange(ROWS_A_BAND, dtype=np.uint64)
    return (walk % np.uint64(BINS)).astype(np.intp)


def _starred(keys: NDArray[np.uint64], following: NDArray[np.uint64]) -> Pairs:
    """At most two pairs for each row that has its key in common with others."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    if not same.any():
        none = np.empty(0, np.intp)
        return none, none
    grouped = np.zeros(len(keys), bool)
    grouped[1:] |= same
    grouped[:-1] |= same
    order = order[grouped]
    order = order[np.lexsort((order, following[order], keys[order]))]
    ordered = keys[order]
    begins = np.ones(len(order), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    group = np.cumsum(begins) - 1
    # The first by the content's digest, the same in each band: a star of identical texts has one centre.
    heads = np.minimum.reduceat(order, np.flatnonzero(begins))[group]
    neighbours = np.concatenate([order[:1], order[:-1]])
    neighbours = np.where(begins, heads, neighbours)
    left = np.concatenate([heads, neighbours])
    right = np.concatenate([order, order])
    return _unique(np.minimum(left, right), np.maximum(left, right), len(keys))


def _unique(left: NDArray[np.intp], right: NDArray[np.intp], count: int) -> Pairs:
    codes = np.unique((left * count + right)[left != right])
    return codes // count, codes % count


def sharing(rows: Rows) -> Shared:
    """Candidates for shared passages, and the estimated share of runs of words that both have."""
    count = len(rows.members)
    bounds = np.linspace(0, 1 << 32, SLICES + 1)
    found = [np.empty(0, np.int64)]
    for low, high in pairwise(bounds):
        here = (rows.passages >= low) & (rows.passages < high)
        one, other = _meeting(rows.passages[here], rows.owners[here])
        found.append(one.astype(np.int64) * count + other)
    codes, matches = np.unique(np.concatenate(found), return_counts=True)
    codes, matches = codes[matches >= FEWEST_RUNS], matches[matches >= FEWEST_RUNS]
    left, right = (codes // max(count, 1)).astype(np.intp), (codes % max(count, 1)).astype(np.intp)
    # A sample of 64 from both texts together holds each shared run with the same chance as any other.
    share = np.minimum(1.0, matches / np.minimum(PASSAGES, np.maximum(rows.words[left], rows.words[right])))
    shared = share / (1 + share) * (rows.words[left] + rows.words[right])
    shorter = np.minimum(rows.words[left], rows.words[right])
    keep = (shared >= FEWEST_SHARED) | (shared >= WIDELY_SHARED * shorter)
    return left[keep], right[keep], share[keep]


def _meeting(hashes: NDArray[np.uint32], owners: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of owners of one hash: each owner with the one before it and with the first."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    same = np.flatnonzero(hashes[1:] == hashes[:-1])
    begins = np.ones(len(hashes), bool)
    begins[1:] = hashes[1:] != hashes[:-1]
    heads = owners[np.maximum.accumulate(np.where(begins, np.arange(len(hashes)), 0))] if len(hashes) else owners
    before, after, head = owners[same], owners[same + 1], heads[same + 1]
    far = head != before
    return np.concatenate([before, head[far]]), np.concatenate([after, after[far]])
