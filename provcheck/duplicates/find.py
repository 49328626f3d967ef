"""From fingerprints to clusters: candidates, confirmed one by one, grouped around centres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import candidates, corpus
from provcheck.duplicates.components import components
from provcheck.duplicates.stars import stars
from provcheck.duplicates.values import Duplicates, Found, Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Copies, Prints, Rows
    from provcheck.duplicates.values import Fingerprint

_Links = tuple["NDArray[np.int64]", "NDArray[np.int64]", int, "NDArray[np.float64]"]


def find(fingerprints: Sequence[Fingerprint]) -> Duplicates:
    """Find the duplicates among documents given by their fingerprints.

    The clusters do not depend on the order of the documents. Links come sorted by position: PC701 and PC702 from the
    first exact copy, or the centre of a cluster, to its members; PC703 between documents of different clusters.

    >>> from provcheck.duplicates.sketch import fingerprint
    >>> find([fingerprint(text) for text in ("Same words.", "Other words.", "Same  words.")]).clusters
    (0, None, 0)
    """
    found = search(corpus.packed(fingerprints))
    return Duplicates(tuple(c if c >= 0 else None for c in found.clusters.tolist()), tuple(found.links.each()))


def search(prints: Prints) -> Found:
    """As `find`, for fingerprints in columns and with columns as the result.

    The memory is that of the columns, and some 200 bytes a document for a while; no step is quadratic.
    """
    copies = corpus.copies(prints)
    rows = corpus.rows(prints, copies)
    shared = candidates.sharing(rows, prints)
    centres, similarity = stars(rows, components(rows, shared))
    clusters = _clusters(len(prints["words"]), rows, copies, centres)
    return Found(
        clusters, _sorted([_copies(copies), _versions(rows, centres, similarity), _shared(rows, centres, shared)])
    )


def _clusters(count: int, rows: Rows, copies: Copies, centres: NDArray[np.intp]) -> NDArray[np.int64]:
    """For each position the first of its cluster: the least of all copies of all rows around one centre."""
    groups = np.arange(len(copies.sizes))
    around = groups.copy()
    around[rows.groups] = rows.groups[centres]
    least = np.full(len(groups), count)
    np.minimum.at(least, around, copies.order[copies.starts[:-1]])
    documents = np.bincount(around, weights=copies.sizes, minlength=len(groups))
    clusters = np.full(count, -1)
    of_document = np.repeat(around, copies.sizes)
    clusters[copies.order] = np.where(documents[of_document] > 1, least[of_document], -1)
    return clusters


def _copies(copies: Copies) -> _Links:
    groups = np.flatnonzero(copies.sizes > 1)
    members, which = copies.members(groups)
    firsts = copies.order[copies.starts[groups]][which]
    others = members != firsts
    return firsts[others], members[others], 1, np.ones(int(others.sum()))


def _versions(rows: Rows, centres: NDArray[np.intp], similarity: NDArray[np.float64]) -> _Links:
    members = np.flatnonzero(centres != np.arange(len(centres)))
    return rows.firsts[centres[members]], rows.firsts[members], 2, similarity[members]


def _shared(rows: Rows, centres: NDArray[np.intp], shared: candidates.Shared) -> _Links:
    """The strongest link between each two clusters; among equals that of the least rows."""
    one, other, share = shared
    apart = centres[one] != centres[other]
    one, other, share = one[apart], other[apart], share[apart]
    low, high = np.minimum(centres[one], centres[other]), np.maximum(centres[one], centres[other])
    order = np.lexsort((other, one, -share, high, low))
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    best = order[fresh]
    return rows.firsts[one[best]], rows.firsts[other[best]], 3, share[best]


def _sorted(parts: Sequence[_Links]) -> Links:
    one, other = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    codes = np.repeat(np.array([part[2] for part in parts], np.uint8), [len(part[0]) for part in parts])
    first, second = np.minimum(one, other), np.maximum(one, other)
    similarity = np.round(np.concatenate([part[3] for part in parts]), 4)
    order = np.lexsort((similarity, codes, second, first))
    return Links(first[order], second[order], codes[order], similarity[order])
