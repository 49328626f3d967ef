"""What a stretch of boilerplate is, in words that people understand, and by which sign one can tell.

The model says which lines are not of the article; what they are instead is read from the phrases they hold, from
signs such as ©, and, where nothing is said, from their shape: short lines in a row are a menu, longer ones teasers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from provcheck.checks.boilerplate.names import AT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts
    from provcheck.checks.boilerplate.lexicon import Tables
    from provcheck.checks.boilerplate.words import Hits
    from provcheck.model import Kind

REACH = 3
"""Lines to each side whose evidence counts for a line too."""

SHARE_OF_NEIGHBOURS = 0.4
"""What the evidence of a neighbour weighs, for each step away."""

WHOLE = 2.0
"""A line that is a known phrase and nothing else speaks this much more plainly than the phrase within a line."""

TEASER_WORDS = float(np.log1p(3.5))
"""A line of more words than a menu item usually has, as the feature counts them."""


AROUND = 6
TEASER_SHARE = 0.3
"""From this share of longer lines among so many on each side on, short lines go with them: they are their labels."""


class Named(NamedTuple):
    """The kind of one line, and the row of the phrase that says so, or 0."""

    kind: Kind
    row: int


def of_lines(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str], tables: Tables) -> list[Named]:
    """The kind of each flagged line, in order; the others are passed over."""
    n, size = len(flagged), len(tables.names)
    kinds = tables.kinds[facts.hits.rows]
    weight = tables.covers[facts.hits.rows] * np.where(facts.hits.whole, WHOLE, 1.0)
    counted = np.bincount(facts.hits.owner * size + kinds, weights=weight, minlength=n * size)
    evidence = counted.reshape(n, size).astype(np.float64)  # without any hit the counts come as whole numbers
    evidence[:, 0] = 0
    for i in np.flatnonzero(flagged).tolist():
        if "©" in texts[i]:
            evidence[i, tables.names.index("copyright")] += 3
    _by_shape(evidence, facts.features[AT["words"]] > TEASER_WORDS, flagged, tables)
    evidence[~flagged] = 0
    smooth = evidence.copy()
    for step in range(1, REACH + 1):
        factor = SHARE_OF_NEIGHBOURS**step
        smooth[step:] += factor * evidence[:-step]
        smooth[:-step] += factor * evidence[step:]
    chosen = smooth.argmax(axis=1)
    names = cast("tuple[Kind, ...]", tables.names)
    at = flagged.nonzero()[0]
    rows = _telling(
        facts.hits, weight, flagged[facts.hits.owner] & (kinds > 0) & (kinds == chosen[facts.hits.owner]), n
    )
    return [Named(names[kind], row) for kind, row in zip(chosen[at].tolist(), rows[at].tolist(), strict=True)]


def _telling(hits: Hits, weight: NDArray[np.float32], fits: NDArray[np.bool_], n: int) -> NDArray[np.int16]:
    """For each line the row of its weightiest hit among those that fit, the first of equals; 0 where there is none."""
    rows = np.zeros(n, dtype=np.int16)
    some = fits.nonzero()[0]
    rising = some[::-1][np.argsort(weight[some[::-1]], kind="stable")]
    rows[hits.owner[rising]] = hits.rows[rising]  # of several values for one place the last one stays
    return rows


def _by_shape(
    evidence: NDArray[np.float64], long: NDArray[np.bool_], flagged: NDArray[np.bool_], tables: Tables
) -> None:
    """A weak vote for teasers where enough of the flagged lines around are longer than menu items, else for a menu."""
    counted = np.zeros((2, len(long) + 1), dtype=np.int64)
    np.cumsum(flagged & long, out=counted[0, 1:])
    np.cumsum(flagged, out=counted[1, 1:])
    here = np.arange(len(long))
    begin, end = np.maximum(here - AROUND, 0), np.minimum(here + AROUND + 1, len(long))
    longer, all_of_them = counted[:, end] - counted[:, begin]
    teaser = longer >= TEASER_SHARE * all_of_them
    evidence[teaser, tables.names.index("teaser")] += 0.3
    evidence[~teaser, tables.names.index("navigation")] += 0.3
