"""Which pairs of documents to look at: those that agree in some band of their sketches, or in a run of words.

A band is a choice of 5 of the 256 samples. Two texts that share 55 % of their word pairs agree in at least one of 96
bands 99 times in 100; two that share 3 %, once in 400,000 (locality-sensitive hashing; Indyk and Motwani, 1998).
A group of documents that agree in a band gives each member at most two pairs, never all pairs: with the first of its
group and with its neighbour in the order of the next band, where true copies stand side by side. So the work grows
with the number of documents even if all of them carry the same passage.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import tokens
from provcheck.duplicates.values import BINS, PASSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Prints, Rows

BANDS = 96
ROWS_A_BAND = 5
SLICE = 1 << 22
"""The runs of words are sorted in slices by their hash, of about so many each, to bound the memory."""
TOGETHER = 8
"""Bands whose keys are made at a time, 64 bytes a row."""
FETCHED = 1 << 12
"""Rows whose sketches are looked at together, 1 MiB of them: as much as is near to a processor."""
BLOCK = 1 << 15
"""Rows whose samples are looked through at a time, 8 MiB of them."""
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
    if rows.total < 2:
        return
    keys = first = next(_keys(rows))
    for following in chain(islice(_keys(rows), 1, None), [first]):
        yield starred(keys, following)
        keys = following


def _keys(rows: Rows) -> Iterator[NDArray[np.uint64]]:
    """The keys of all rows, a band at a time; a few bands are made together, for a sketch is far to fetch."""
    for begin in range(0, BANDS, TOGETHER):
        bands = range(begin, min(begin + TOGETHER, BANDS))
        keys = np.empty((len(bands), rows.total), np.uint64)
        for at in range(0, rows.total, FETCHED):
            part = slice(at, at + FETCHED)
            keys[:, part] = band_keys(rows.sketches[rows.firsts[part]], bands)
        yield from keys


def band_keys(sketches: NDArray[np.uint8], bands: range = range(BANDS)) -> NDArray[np.uint64]:
    """What two sketches must have in common to agree in a band: a line for each band, a column for each sketch."""
    samples = np.ascontiguousarray(sketches.T)
    keys = np.zeros((len(bands), len(sketches)), np.uint64)
    for column in columns()[bands.start : bands.stop].T:
        keys = (keys << np.uint64(8)) | samples[column]
    return keys


@cache
def columns() -> NDArray[np.intp]:
    """The samples that make up each band: a fixed choice, all different within a band."""
    # Each band walks the 256 bins from its own start in its own odd step, so its bins differ.
    seeds = tokens.mix(np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0xA24BAED4963EE407))
    start, step = seeds % np.uint64(BINS), (seeds >> np.uint64(8)) | np.uint64(1)
    walk = start[:, None] + step[:, None] * np.arange(ROWS_A_BAND, dtype=np.uint64)
    return (walk % np.uint64(BINS)).astype(np.intp)


def starred(keys: NDArray[np.uint64], following: NDArray[np.uint64]) -> Pairs:
    """At most two pairs for each row that has its key in common with others; `following` has the next band's keys."""
    order, ordered = _ordered(keys)
    same = ordered[1:] == ordered[:-1]
    if not same.any():
        none = np.empty(0, np.intp)
        return none, none
    grouped = np.zeros(len(keys), bool)
    grouped[1:] |= same
    grouped[:-1] |= same
    order, ordered = order[grouped], ordered[grouped]
    begins = np.ones(len(order), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    group = np.cumsum(begins) - 1
    # The first by the content's digest, the same in each band: a star of identical texts has one centre.
    heads = order[begins][group]
    order = order[np.lexsort((following[order], group))]
    neighbours = np.concatenate([order[:1], order[:-1]])
    neighbours = np.where(begins, heads, neighbours)
    left = np.concatenate([heads, neighbours])
    right = np.concatenate([order, order])
    return _unique(np.minimum(left, right), np.maximum(left, right), len(keys))


def _ordered(keys: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
    """The stable order of keys of 40 bits, and the keys in it; to sort each with its place is several times as fast."""
    if len(keys) >= 1 << 24:
        order = np.argsort(keys, kind="stable")
        return order, keys[order]
    both = np.sort(keys << np.uint64(24) | np.arange(len(keys), dtype=np.uint64))
    return (both & np.uint64((1 << 24) - 1)).astype(np.intp), both >> np.uint64(24)


def _unique(left: NDArray[np.intp], right: NDArray[np.intp], count: int) -> Pairs:
    codes = np.sort((left * count + right)[left != right])
    codes = codes[np.diff(codes, prepend=-1) != 0]
    return codes // count, codes % count


def sharing(rows: Rows, prints: Prints) -> Shared:
    """Candidates for shared passages, and the estimated share of runs of words that both have."""
    count = max(rows.total, 1)
    passages, runs = prints["passages"], prints["runs"]
    codes, matches = np.empty(0, np.int64), np.empty(0, np.int64)
    slices = 1 + PASSAGES * rows.total // SLICE
    for low, high in pairwise(np.linspace(0, 1 << 32, slices + 1)):
        one, other = _meeting(*_slice(passages, runs, rows.firsts, (low, high)))
        codes, matches = _tallied(codes, matches, one.astype(np.int64) * count + other)
    codes, matches = codes[matches >= FEWEST_RUNS], matches[matches >= FEWEST_RUNS]
    left, right = (codes // count).astype(np.intp), (codes % count).astype(np.intp)
    # A sample of 64 from both texts together holds each shared run with the same chance as any other.
    share = np.minimum(1.0, matches / np.minimum(PASSAGES, np.maximum(rows.words[left], rows.words[right])))
    shared = share / (1 + share) * (rows.words[left] + rows.words[right])
    shorter = np.minimum(rows.words[left], rows.words[right])
    keep = (shared >= FEWEST_SHARED) | (shared >= WIDELY_SHARED * shorter)
    return left[keep], right[keep], share[keep]


def _slice(
    passages: NDArray[np.uint32], runs: NDArray[np.uint8], firsts: NDArray[np.int64], bounds: tuple[float, float]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """All hashes of the rows' samples within bounds, and whose they are; a block of rows at a time."""
    hashes, owners = [np.empty(0, np.uint32)], [np.empty(0, np.int32)]
    for begin in range(0, len(firsts), BLOCK):
        at = firsts[begin : begin + BLOCK]
        block = passages[at]
        here = (block >= bounds[0]) & (block < bounds[1]) & (np.arange(PASSAGES) < runs[at, None])
        hashes.append(block[here])
        owners.append((np.nonzero(here)[0] + begin).astype(np.int32))
    return np.concatenate(hashes), np.concatenate(owners)


def _tallied(
    codes: NDArray[np.int64], counts: NDArray[np.int64], more: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes that differ, ascending, and how often each came so far."""
    fresh, times = np.unique(more, return_counts=True)
    if not len(codes):
        return fresh, times
    together = np.concatenate([codes, fresh])
    order = np.argsort(together, kind="stable")
    together, weights = together[order], np.concatenate([counts, times])[order]
    begins = np.flatnonzero(np.diff(together, prepend=-1))
    return together[begins], np.add.reduceat(weights, begins)


def _meeting(hashes: NDArray[np.uint32], owners: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of owners of one hash: each owner with the one before it and with the first."""
    ordered = np.sort(hashes.astype(np.uint64) << np.uint64(32) | owners.astype(np.uint64))
    hashes, owners = (ordered >> np.uint64(32)).astype(np.uint32), ordered.astype(np.uint32).astype(np.int32)
    same = np.flatnonzero(hashes[1:] == hashes[:-1])
    begins = np.ones(len(hashes), bool)
    begins[1:] = hashes[1:] != hashes[:-1]
    heads = owners[np.maximum.accumulate(np.where(begins, np.arange(len(hashes)), 0))] if len(hashes) else owners
    before, after, head = owners[same], owners[same + 1], heads[same + 1]
    far = head != before
    return np.concatenate([before, head[far]]), np.concatenate([after, after[far]])
