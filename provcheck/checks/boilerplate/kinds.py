"""What a stretch of boilerplate is, in words that people understand, and by which sign one can tell.

The model says which lines are not of the article; what they are instead is read from the phrases they hold, from
signs such as ©, and, where nothing is said, from their shape: short lines in a row are a menu, longer ones teasers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provcheck.checks.boilerplate.names import AT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts
    from provcheck.checks.boilerplate.lexicon import Tables

REACH = 3
"""Lines to each side whose evidence counts for a line too."""

SHARE_OF_NEIGHBOURS = 0.4
"""What the evidence of a neighbour weighs, for each step away."""

WHOLE = 2.0
"""A line that is a known phrase and nothing else speaks this much more plainly than the phrase within a line."""

TEASER_WORDS = float(np.log1p(3.5))
"""A line of more words than a menu item usually has, as the feature counts them."""


SIGN, BY_SHAPE = 3.0, 0.3
"""What the sign © weighs, and the shape of a line: more than most phrases, and less than any."""

AROUND = 6
TEASER_SHARE = 0.3
"""From this share of longer lines among so many on each side on, short lines go with them: they are their labels."""


APART = 2 * max(REACH, AROUND)
"""Lines of two documents are taken to stand so far apart, and more, that neither speaks for the other."""


class Named(NamedTuple):
    """Of each flagged line the kind, as a place in the tables' `names`, and the row of the telling phrase, or 0."""

    kinds: NDArray[np.int64]
    rows: NDArray[np.int16]


def of_lines(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str], tables: Tables) -> Named:
    """The kinds of the flagged lines, in their order; the others are passed over."""
    at = flagged.nonzero()[0]
    stand = at + APART * facts.bounds.document[at]
    size, count = len(tables.names), len(at)
    place = np.cumsum(flagged) - 1  # among the flagged lines
    hits = facts.hits
    of_flagged = flagged.take(hits.owner).nonzero()[0]
    owner, rows = place.take(hits.owner.take(of_flagged)), hits.rows.take(of_flagged)
    kinds = tables.kinds.take(rows)
    weight = tables.covers.take(rows) * np.where(hits.whole.take(of_flagged), WHOLE, 1.0)
    counted = np.bincount(owner * size + kinds, weights=weight, minlength=count * size)
    evidence = counted.reshape(count, size).astype(np.float64)  # without any hit the counts come as whole numbers
    evidence[:, 0] = 0
    evidence[[i for i, line in enumerate(at.tolist()) if "©" in texts[line]], tables.names.index("copyright")] += SIGN
    _by_shape(evidence, facts.features[AT["words"]][at] > TEASER_WORDS, stand, tables)
    chosen = _smooth(evidence, stand).argmax(axis=1)
    return Named(chosen, _telling(rows, owner, weight, (kinds > 0) & (kinds == chosen[owner]), count))


def _smooth(evidence: NDArray[np.float64], at: NDArray[np.int64]) -> NDArray[np.float64]:
    """The evidence of flagged lines, which stand at `at`, together with that of their neighbours, if flagged too."""
    smooth = evidence.copy()
    for step in range(1, REACH + 1):  # of those `step` places further on, all that are no more than `REACH` lines away
        gap = at[step:] - at[:-step]
        factor = np.where(gap <= REACH, SHARE_OF_NEIGHBOURS**gap, 0.0)[:, None]
        smooth[step:] += factor * evidence[:-step]
        smooth[:-step] += factor * evidence[step:]
    return smooth


def _telling(
    rows: NDArray[np.int16],
    owner: NDArray[np.int64],
    weight: NDArray[np.floating[Any]],
    fits: NDArray[np.bool_],
    count: int,
) -> NDArray[np.int16]:
    """For each line the row of its weightiest hit among those that fit, the first of equals; 0 where there is none."""
    result = np.zeros(count, dtype=np.int16)
    some = fits.nonzero()[0][::-1]
    rising = some[np.argsort(weight[some], kind="stable")]
    result[owner[rising]] = rows[rising]  # of several values for one place the last one stays
    return result


def _by_shape(evidence: NDArray[np.float64], long: NDArray[np.bool_], at: NDArray[np.int64], tables: Tables) -> None:
    """A weak vote for teasers where enough of the flagged lines around are longer than menu items, else for a menu."""
    longer = np.zeros(len(at) + 1, dtype=np.int64)
    np.cumsum(long, out=longer[1:])
    begin, end = at.searchsorted(at - AROUND), at.searchsorted(at + AROUND, side="right")
    teaser = longer[end] - longer[begin] >= TEASER_SHARE * (end - begin)
    names = tables.names
    evidence[np.arange(len(at)), np.where(teaser, names.index("teaser"), names.index("navigation"))] += BY_SHAPE
