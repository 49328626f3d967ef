"""From flagged lines to ranges: what stands together and is of one kind is reported once, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from provcheck.model import Boilerplate

if TYPE_CHECKING:
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
    at: NDArray[np.int64],
    numbers: NDArray[np.int64],
    doubts: NDArray[np.float32],
    named: Named,
    tables: Tables,
    bounds: Bounds,
) -> list[list[Boilerplate]]:
    """For each document the ranges of its flagged lines, in order.

    The flagged lines stand at the places `at` among all lines, and have the `numbers` in their documents. `doubts` are
    the probabilities that they belong to the article; `named` has their kinds. Lines with an unflagged line between
    them, of two documents, or of two kinds, make two ranges.
    """
    document = bounds.document[at]
    parted = (np.diff(at) != 1) | (np.diff(document) != 0) | (np.diff(named.kinds) != 0)
    begins = np.concatenate(([0], parted.nonzero()[0] + 1))
    ends = np.append(begins[1:], len(at))
    doubt = np.add.reduceat(doubts.astype(np.float64), begins) / (ends - begins)
    reasons = _reasons(begins, named, tables)
    kinds = cast("tuple[Kind, ...]", tables.names)
    found: list[list[Boilerplate]] = [[] for _ in range(len(bounds))]
    columns = document[begins], numbers[begins], numbers[ends - 1], named.kinds[begins], doubt
    for number, (place, first, last, kind, mean) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        sure = round(min(SUREST, max(0.5, 1 - mean)), 2)
        reason = reasons.get(number) or BY_SHAPE.get(kinds[kind], "stands apart from the running text")
        found[place].append(Boilerplate(first, last, kinds[kind], sure, reason))
    return found


def _reasons(begins: NDArray[np.int64], named: Named, tables: Tables) -> dict[int, str]:
    """For the ranges that begin at these of the flagged lines, if they hold telling phrases, the first three."""
    told = named.rows.nonzero()[0]
    said: dict[int, dict[str, None]] = {}
    ranges = begins.searchsorted(told, side="right") - 1
    for number, row in zip(ranges.tolist(), named.rows[told].tolist(), strict=True):
        said.setdefault(number, {})[tables.phrases[row - 1].removeprefix("=")] = None
    return {
        number: "says " + ", ".join(f"“{phrase}”" for phrase in list(phrases)[:3]) for number, phrases in said.items()
    }
