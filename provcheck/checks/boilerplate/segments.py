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
    "comment form": "names and times of readers stand one below the other",
    "repeated headline": "repeats the headline",
    "repeated paragraph": "repeats a paragraph above it",
    "picture caption": "has the label of a picture",
}
"""The reason where no phrase tells the kind."""

SUREST = 0.99
MOST_SAID = 3
"""So many of the phrases in a range are named."""


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
    sure = np.clip(1 - doubt, 0.5, SUREST)
    reasons = _reasons(begins, named, tables)
    kinds = cast("tuple[Kind, ...]", tables.names)
    found: list[list[Boilerplate]] = [[] for _ in range(len(bounds))]
    columns = document[begins], numbers[begins], numbers[ends - 1], named.kinds[begins], sure
    for (place, first, last, kind, share), reason in zip(
        zip(*(c.tolist() for c in columns), strict=True), reasons, strict=True
    ):
        found[place].append(Boilerplate(first, last, kinds[kind], round(share, 2), reason))
    return found


def _reasons(begins: NDArray[np.int64], named: Named, tables: Tables) -> list[str]:
    """Why each range is one that begins at one of the flagged lines: the phrases in it, or its kind."""
    by_shape = [BY_SHAPE.get(name, "stands apart from the running text") for name in tables.names]
    reasons = [by_shape[kind] for kind in named.kinds[begins].tolist()]
    told = named.rows.nonzero()[0]
    place = begins.searchsorted(told, side="right") - 1
    said: dict[int, list[str]] = {}
    for number, row in zip(place.tolist(), named.rows[told].tolist(), strict=True):
        phrases, phrase = said.setdefault(number, []), tables.phrases[row - 1].removeprefix("=")
        if len(phrases) < MOST_SAID and phrase not in phrases:
            phrases.append(phrase)
    for number, phrases in said.items():
        reasons[number] = "says " + ", ".join([f"“{phrase}”" for phrase in phrases])
    return reasons
