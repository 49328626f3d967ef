"""From flagged lines to ranges: what stands together and is of one kind is reported once, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from provcheck.model import Boilerplate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.bounds import Bounds
    from provcheck.checks.boilerplate.kinds import Named
    from provcheck.checks.boilerplate.lexicon import Tables
    from provcheck.model import Kind

BY_SHAPE = {
    "navigation": "short lines without sentences, apart from the running text",
    "teaser": "stands apart from the running text, as teasers of other stories do",
    "repeated headline": "repeats the headline",
}
"""The reason where no phrase tells the kind."""

SUREST = 0.99


def ranges(
    numbers: Sequence[int], at: NDArray[np.int64], doubts: NDArray[np.float32], named: Named, tables: Tables,
    bounds: Bounds,
) -> list[list[Boilerplate]]:
    """For each document the ranges of its flagged lines, in order.

    The flagged lines stand at the places `at` among the lines at `numbers` (from 1). `doubts` are the probabilities
    that a flagged line belongs to the article; `named` has its kind. Lines with an unflagged line between them, of two
    documents, or of two kinds, make two ranges.
    """
    document = bounds.document[at]
    parted = (np.diff(at) != 1) | (np.diff(document) != 0) | (np.diff(named.kinds) != 0)
    begins = np.concatenate(([0], parted.nonzero()[0] + 1))
    ends = np.append(begins[1:], len(at))
    doubt = np.add.reduceat(doubts.astype(np.float64), begins) / (ends - begins)
    rows = named.rows.tolist()
    kinds = cast("tuple[Kind, ...]", tables.names)
    found: list[list[Boilerplate]] = [[] for _ in range(len(bounds))]
    for first, last, kind, mean, begin, end, place in zip(
        at[begins].tolist(), at[ends - 1].tolist(), named.kinds[begins].tolist(), doubt.tolist(), begins.tolist(),
        ends.tolist(), document[begins].tolist(), strict=True,
    ):
        found[place].append(
            Boilerplate(
                numbers[first], numbers[last], kinds[kind], round(min(SUREST, max(0.5, 1 - mean)), 2),
                _reason(kinds[kind], rows[begin:end], tables.phrases),
            )
        )
    return found


def _reason(kind: Kind, rows: Sequence[int], phrases: Sequence[str]) -> str:
    said = list(dict.fromkeys(phrases[row - 1].removeprefix("=") for row in rows if row))
    if said:
        return "says " + ", ".join(f"“{phrase}”" for phrase in said[:3])
    return BY_SHAPE.get(kind, "stands apart from the running text")
