"""The second look: each line once more, now that there is a first opinion on all of them.

An article is one text in one setting. A paragraph that the first look doubts is of it where surer ones stand on both
sides and are set alike; a comment that reads like the article is not where its neighbours are comments. So the second
look sees the first opinions around a line, how much likely text stands near, and where the line stands relative to
the stretch that holds most of it (stacked sequential learning; Cohen and Carvalho, IJCAI 2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate.around import densest
from provcheck.checks.boilerplate.names import (
    AGAIN,
    AT,
    CARRIED,
    DEGREES,
    NEIGHBOURS,
    SETTINGS,
    SHARED,
    SPREAD,
    STRETCH,
    WIDE,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.bounds import Bounds, Running
    from provcheck.checks.boilerplate.features import Facts

UTMOST = 9.0
"""First opinions are log odds, cut off here on both sides; beyond the ends of the document stands the lower one."""

MOST_WORDS = 120
"""A line weighs by its words, up to so many."""

LONG = 12
"""From so many words on a line is likely to be a paragraph or a summary, not a heading."""

SURELY = 3
"""A word that stands in so many lines of likely text is one of the story's own."""

FAR = 60
"""Distances in lines are told apart up to this one."""

SURE, LIKELY_TEXT, NO_TEXT = 1.0, 0.0, -1.5
"""Log odds of lines to which distances are told: surely article, rather article, and surely not."""

ALIKE = 512
"""More than there are ways to set a line."""

_CARRIED_AT = np.array([AT[name] for name in CARRIED])


def looks(facts: Facts, opinions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of the second look (`names.AGAIN` by lines), from those of the first and its log odds."""
    features, bounds = facts.features, facts.bounds
    part = np.empty((len(AGAIN), features.shape[1]), dtype=np.float32)
    part[: len(CARRIED)] = features.take(_CARRIED_AT, axis=0)
    mine = np.clip(opinions, -UTMOST, UTMOST)
    row = len(CARRIED)
    for shift in range(-NEIGHBOURS, NEIGHBOURS + 1):
        part[row] = bounds.shifted(mine, shift, -UTMOST)
        row += 1
    size = np.minimum(np.expm1(features[AT["words"]]), MOST_WORDS).astype(np.float64)
    likely = 1 / (1 + np.exp(-mine, dtype=np.float64))
    mass = np.empty((2, len(mine)))
    np.multiply(size, likely, out=mass[0])
    np.subtract(size, mass[0], out=mass[1])
    running = bounds.running(mass)
    row = _windows(part, row, running)
    row = _spread(part, row, mine, size >= LONG, bounds)
    row = _distances(part, row, mine, size >= LONG, bounds)
    row = _settings(part, row, facts, size, mass[0])
    _shared(part[row : row + len(SHARED)], facts, likely)
    _stretch(part[row + len(SHARED) :], mass, running)
    return part


def _windows(part: NDArray[np.float32], row: int, running: Running) -> int:
    begin = row
    for width in WIDE:
        running.back(width, out=part[row : row + 2])
        running.ahead(width, out=part[row + 2 : row + 4])
        row += 4
    block = part[begin:row]
    np.maximum(block, 0, out=block)  # differences of sums may fall below 0 by a rounding
    np.log1p(block, out=block)
    return row


def _spread(
    part: NDArray[np.float32], row: int, mine: NDArray[np.float32], long: NDArray[np.bool_], bounds: Bounds
) -> int:
    """How the line compares with the likeliest of the longer lines of the document."""
    compared = np.zeros((len(SPREAD) + 1, len(bounds)), dtype=np.float32)
    for number, (begin, end) in enumerate(bounds.pairs):
        ranked = np.sort(mine[begin:end][long[begin:end]])
        last = len(ranked) - 1
        if len(ranked):
            compared[:, number] = ranked[[*(min(last, int(share * len(ranked))) for share in SPREAD), last]]
    ranks = compared.take(bounds.document, axis=1)
    np.subtract(mine, ranks[:-1], out=part[row : row + len(SPREAD)])
    row += len(SPREAD)
    part[row], part[row + 1] = ranks[-1], np.log1p(bounds.count(long))[bounds.document]
    return row + 2


def _distances(
    part: NDArray[np.float32], row: int, mine: NDArray[np.float32], long: NDArray[np.bool_], bounds: Bounds
) -> int:
    """Lines to the next long one that is surely, likely, or surely not of the article, before and behind."""
    flags = np.stack([mine > SURE, mine > LIKELY_TEXT, mine < NO_TEXT]) & long
    part[row : row + len(DEGREES)] = bounds.shifted(bounds.since(flags, FAR), -1, FAR)
    row += len(DEGREES)
    part[row : row + len(DEGREES)] = bounds.shifted(bounds.until(flags, FAR), 1, FAR)
    return row + len(DEGREES)


def _settings(
    part: NDArray[np.float32], row: int, facts: Facts, size: NDArray[np.float64], likely: NDArray[np.float64]
) -> int:
    """How much of the other lines that are set like this one is article, and how much of the article they hold."""
    features, bounds = facts.features, facts.bounds
    sums = [np.add.reduce(likely[begin:end]) for begin, end in bounds.pairs]  # in an order that their number decides
    total = np.maximum(sums, 1.0)[bounds.document]
    marked = features[AT["indent"]] * 2 + features[AT["bullet"]]
    spaced = marked * 16 + features[AT["blank_before"]] * 4 + features[AT["blank_after"]]
    for key, _ in zip((spaced, marked), SETTINGS, strict=True):
        group = bounds.document * ALIKE + key.astype(np.int64)
        of_text = np.bincount(group, weights=likely).take(group) - likely
        part[row] = (of_text + 1) / (np.bincount(group, weights=size).take(group) - size + 2)
        part[row + 1] = of_text / total
        row += 2
    return row


def _shared(part: NDArray[np.float32], facts: Facts, likely: NDArray[np.float64]) -> None:
    """How far a line's telling words, and its runs of three words, stand in other lines that are likely text."""
    for items, rows in ((facts.telling, ((0, 1), (1, SURELY))), (facts.threes, ((2, 1),))):
        group, owner = items
        here = likely.take(owner)
        others = np.bincount(group, weights=here).take(group) - here
        each = 1 / np.maximum(np.bincount(owner, minlength=len(likely)), 1)
        for row, most in rows:
            np.minimum(others, most, out=here)
            part[row] = np.bincount(owner, weights=here, minlength=len(likely)) * each


def _stretch(part: NDArray[np.float32], mass: NDArray[np.float64], running: Running) -> None:
    """Where the line stands in the likely text, and relative to the stretch that holds most of it."""
    bounds = running.bounds
    line, document = bounds.line, bounds.document
    begin, end = densest(mass[0] - mass[1], bounds)
    (before, other_before), (upto, other_upto) = running.before, running.upto
    likely, other = running.whole
    whole = np.maximum(likely, 1.0)
    put = {name: i for i, name in enumerate(STRETCH)}
    part[put["text_before"]] = before / whole[document]
    part[put["text_behind"]] = (likely[document] - upto) / whole[document]
    part[put["likely_text"]] = np.log1p(likely)[document]
    part[put["likely_share"]] = (likely / np.maximum(likely + other, 1.0))[document]
    part[put["before_stretch"]] = np.clip(begin[document] - line, -FAR, FAR)
    part[put["behind_stretch"]] = np.clip(line - (end[document] - 1), -FAR, FAR)
    part[put["stretch_share"]] = ((running.until(end) - running.until(begin))[0] / whole)[document]
    to_begin, to_end = running.until(begin)[1][document], running.until(end)[1][document]
    gap = np.where(line < begin[document], to_begin - other_upto, other_before - to_end)
    gap[(line >= begin[document]) & (line < end[document])] = 0
    part[put["gap"]] = np.log1p(np.maximum(gap, 0))
