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

_CARRIED_AT = np.array([AT[name] for name in CARRIED])
_WIDEST = max(WIDE)


def looks(facts: Facts, opinions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of the second look (`names.AGAIN` by lines), from those of the first and its log odds."""
    features = facts.features
    n = features.shape[1]
    part = np.empty((len(AGAIN), n), dtype=np.float32)
    part[: len(CARRIED)] = features[_CARRIED_AT]
    odds = np.full(n + 2 * NEIGHBOURS, -UTMOST, dtype=np.float32)
    mine = odds[NEIGHBOURS : NEIGHBOURS + n]
    np.clip(opinions, -UTMOST, UTMOST, out=mine)
    row = len(CARRIED)
    for begin in range(2 * NEIGHBOURS + 1):
        part[row] = odds[begin : begin + n]
        row += 1
    size = np.minimum(np.expm1(features[AT["words"]]), MOST_WORDS).astype(np.float64)
    likely = 1 / (1 + np.exp(-mine, dtype=np.float64))
    mass = np.empty((2, n))
    np.multiply(size, likely, out=mass[0])
    np.subtract(size, mass[0], out=mass[1])
    running = np.zeros((2, n + 2 * _WIDEST + 1))
    sums = running[:, _WIDEST : _WIDEST + n + 1]
    np.cumsum(mass, axis=1, out=sums[:, 1:])
    running[:, _WIDEST + n + 1 :] = sums[:, -1:]
    row = _windows(part, row, running, sums)
    row = _spread(part, row, mine, size >= LONG)
    row = _distances(part, row, mine, size >= LONG)
    row = _settings(part, row, features, size, mass[0])
    _shared(part[row : row + len(SHARED)], facts, likely)
    _stretch(part[row + len(SHARED) :], mass, sums)
    return part


def _windows(part: NDArray[np.float32], row: int, running: NDArray[np.float64], sums: NDArray[np.float64]) -> int:
    n = part.shape[1]
    begin = row
    for width in WIDE:
        part[row : row + 2] = sums[:, :-1] - running[:, _WIDEST - width : _WIDEST - width + n]
        part[row + 2 : row + 4] = running[:, _WIDEST + 1 + width : _WIDEST + 1 + width + n] - sums[:, 1:]
        row += 4
    block = part[begin:row]
    np.maximum(block, 0, out=block)  # differences of sums may fall below 0 by a rounding
    np.log1p(block, out=block)
    return row


def _spread(part: NDArray[np.float32], row: int, mine: NDArray[np.float32], long: NDArray[np.bool_]) -> int:
    """How the line compares with the likeliest of the longer lines of the document."""
    ranked = np.sort(mine[long]) if long.any() else np.zeros(1, dtype=np.float32)
    last = len(ranked) - 1
    for share in SPREAD:
        part[row] = mine - ranked[min(last, int(share * len(ranked)))]
        row += 1
    part[row], part[row + 1] = ranked[-1], np.log1p(long.sum())
    return row + 2


def _distances(part: NDArray[np.float32], row: int, mine: NDArray[np.float32], long: NDArray[np.bool_]) -> int:
    """Lines to the next long one that is surely, likely, or surely not of the article, before and behind."""
    n = len(mine)
    flags = np.empty((len(DEGREES), n), dtype=np.bool_)
    flags[0], flags[1], flags[2] = mine > SURE, mine > LIKELY_TEXT, mine < NO_TEXT
    flags &= long
    here = np.arange(n)
    block = part[row : row + 2 * len(DEGREES)]
    block[:] = FAR
    for half, towards in ((block[: len(DEGREES)], flags), (block[len(DEGREES) :, ::-1], flags[:, ::-1])):
        last = np.maximum.accumulate(np.where(towards, here, -FAR), axis=1)
        half[:, 1:] = np.minimum(here - last, FAR)[:, :-1]
    return row + 2 * len(DEGREES)


def _settings(
    part: NDArray[np.float32],
    row: int,
    features: NDArray[np.float32],
    size: NDArray[np.float64],
    likely: NDArray[np.float64],
) -> int:
    """How much of the other lines that are set like this one is article, and how much of the article they hold."""
    total = max(float(likely.sum()), 1.0)
    marked = features[AT["indent"]] * 2 + features[AT["bullet"]]
    spaced = marked * 16 + features[AT["blank_before"]] * 4 + features[AT["blank_after"]]
    for key, _ in zip((spaced, marked), SETTINGS, strict=True):
        group = key.astype(np.int64)
        of_text = np.bincount(group, weights=likely)[group] - likely
        part[row] = (of_text + 1) / (np.bincount(group, weights=size)[group] - size + 2)
        part[row + 1] = of_text / total
        row += 2
    return row


def _shared(part: NDArray[np.float32], facts: Facts, likely: NDArray[np.float64]) -> None:
    """How far a line's telling words, and its runs of three words, stand in other lines that are likely text."""
    for items, rows in ((facts.telling, ((0, 1), (1, SURELY))), (facts.threes, ((2, 1),))):
        place, owner, size = items
        here = likely[owner]
        others = np.bincount(place, weights=here, minlength=size)[place] - here
        each = 1 / np.maximum(np.bincount(owner, minlength=len(likely)), 1)
        for row, most in rows:
            np.minimum(others, most, out=here)
            part[row] = np.bincount(owner, weights=here, minlength=len(likely)) * each


def _stretch(part: NDArray[np.float32], mass: NDArray[np.float64], sums: NDArray[np.float64]) -> None:
    """Where the line stands in the likely text, and relative to the stretch that holds most of it."""
    n = mass.shape[1]
    here = np.arange(n)
    begin, end = densest(mass[0] - mass[1])
    likely, other = sums
    whole = max(float(likely[-1]), 1.0)
    put = {name: i for i, name in enumerate(STRETCH)}
    part[put["text_before"]] = likely[:-1] / whole
    part[put["text_behind"]] = (likely[-1] - likely[1:]) / whole
    part[put["likely_text"]] = np.log1p(likely[-1])
    part[put["likely_share"]] = likely[-1] / max(float(likely[-1] + other[-1]), 1.0)
    part[put["before_stretch"]] = np.minimum(np.maximum(begin - here, -FAR), FAR)
    part[put["behind_stretch"]] = np.minimum(np.maximum(here - (end - 1), -FAR), FAR)
    part[put["stretch_share"]] = (likely[end] - likely[begin]) / whole
    gap = np.zeros(n)
    gap[:begin] = other[begin] - other[1 : begin + 1]
    gap[end:] = other[end:-1] - other[end]
    part[put["gap"]] = np.log1p(np.maximum(gap, 0))
