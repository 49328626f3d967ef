"""From fingerprints to clusters: candidates, confirmed one by one, grouped around centres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import candidates, corpus
from provcheck.duplicates.components import components
from provcheck.duplicates.stars import stars
from provcheck.duplicates.values import Duplicates, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from provcheck.duplicates.corpus import Rows
    from provcheck.duplicates.values import Fingerprint


def find(fingerprints: Sequence[Fingerprint]) -> Duplicates:
    """Find the duplicates among documents given by their fingerprints.

    The clusters do not depend on the order of the documents. Links come sorted by position: PC701 and PC702 from the
    first exact copy, or the centre of a cluster, to its members; PC703 between documents of different clusters.

    >>> from provcheck.duplicates.sketch import fingerprint
    >>> find([fingerprint(text) for text in ("Same words.", "Other words.", "Same  words.")]).clusters
    (0, None, 0)
    """
    rows, copies = corpus.rows(fingerprints)
    shared = candidates.sharing(rows)
    centres, similarity = stars(rows, components(rows, shared))
    clusters = _clusters(len(fingerprints), rows, copies, centres)
    links = [*_copies(copies), *_versions(rows, centres, similarity), *_sharing(rows, centres, shared)]
    return Duplicates(tuple(clusters), tuple(sorted(links)))


def _clusters(count: int, rows: Rows, copies: list[tuple[int, ...]], centres: NDArray[np.intp]) -> list[int | None]:
    clusters: list[int | None] = [None] * count
    for group in copies:
        for position in group:
            clusters[position] = group[0]
    around: dict[int, list[int]] = {}
    for row, centre in enumerate(centres.tolist()):
        if centre != row:
            around.setdefault(centre, [centre]).append(row)
    for star in around.values():
        positions = [position for row in star for position in rows.members[row]]
        first = min(positions)
        for position in positions:
            clusters[position] = first
    return clusters


def _copies(copies: list[tuple[int, ...]]) -> Iterator[Link]:
    for first, *others in copies:
        for other in others:
            yield Link(first, other, "PC701", 1.0)


def _versions(rows: Rows, centres: NDArray[np.intp], similarity: NDArray[np.float64]) -> Iterator[Link]:
    for row in np.flatnonzero(centres != np.arange(len(centres))).tolist():
        yield _link(rows, int(centres[row]), row, "PC702", float(similarity[row]))


def _sharing(rows: Rows, centres: NDArray[np.intp], shared: candidates.Shared) -> Iterator[Link]:
    """The strongest link between each two clusters."""
    left, right, share = shared
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for one, other, value in zip(left.tolist(), right.tolist(), share.tolist(), strict=True):
        ends = sorted((int(centres[one]), int(centres[other])))
        if ends[0] != ends[1]:
            key = (ends[0], ends[1])
            best[key] = max(best.get(key, (0.0, 0, 0)), (value, -one, -other))
    for value, one, other in best.values():
        yield _link(rows, -one, -other, "PC703", value)


def _link(rows: Rows, one: int, other: int, code: str, similarity: float) -> Link:
    first, second = sorted((rows.members[one][0], rows.members[other][0]))
    return Link(first, second, code, round(similarity, 4))
