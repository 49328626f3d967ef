"""What stands around a line: its neighbours' features, sums over windows, and its place in the document.

The place is told relative to the stretch of the document that holds the most running text (the maximum-sum segment,
after Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate.names import AT, PLACE, SHIFTED, SHIFTS, SUMMED, WINDOWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.bounds import Bounds

FAR = 50
"""Distances in lines are told apart up to this one."""

FAR_FROM_COMMENTS = 200
_SHIFTED_AT = np.array([AT[name] for name in SHIFTED])
_SUMMED_AT = np.array([AT[name] for name in SUMMED])


class Told(NamedTuple):
    """Which lines hold words of a comment form, and which hold such as announce other stories."""

    comments: NDArray[np.bool_]
    teasers: NDArray[np.bool_]


def fill(part: NDArray[np.float32], own: NDArray[np.float32], told: Told, bounds: Bounds) -> None:
    """Write the features of the surroundings into `part`, from the lines' own features in `own`."""
    row = 0
    shifted = own[_SHIFTED_AT]
    for shift in SHIFTS:
        part[row : row + len(SHIFTED)] = bounds.shifted(shifted, shift, -1)
        row += len(SHIFTED)
    running = bounds.running(own[_SUMMED_AT])
    for window in WINDOWS:
        running.back(window, out=part[row : row + len(SUMMED)])
        row += len(SUMMED)
        running.ahead(window, out=part[row : row + len(SUMMED)])
        row += len(SUMMED)
    _place(part[row:], own, told, bounds)


def _place(part: NDArray[np.float32], own: NDArray[np.float32], told: Told, bounds: Bounds) -> None:
    line, document = bounds.line, bounds.document
    prose, size = own[AT["prose"]], own[AT["words"]]
    is_prose = prose > 0
    begin, end = densest(np.where(is_prose, prose, -1.0), bounds)
    text = bounds.running(np.exp(own[AT["length"]])[None])
    size_of_text, prose_of_text = text.whole[0], bounds.total(prose)
    main = (line >= begin[document]) & (line < end[document])
    usual = _usual(size, is_prose, bounds)
    put = {name: i for i, name in enumerate(PLACE)}
    part[put["line_share"]] = (line - bounds.begin) / bounds.sizes[document]
    part[put["text_share"]] = text.upto[0] / size_of_text[document]
    part[put["before_main"]] = np.clip(begin[document] - line, -FAR, FAR)
    part[put["behind_main"]] = np.clip(line - (end[document] - 1), -FAR, FAR)
    part[put["last_prose"]] = bounds.shifted(bounds.since(is_prose, FAR), -1, FAR)
    part[put["since_comment"]] = bounds.since(told.comments, FAR_FROM_COMMENTS)
    part[put["since_teaser"]] = bounds.since(told.teasers, FAR)
    part[put["until_teaser"]] = bounds.until(told.teasers, FAR)
    part[put["unlike_prose"]] = np.abs(size - usual[document])
    for name, value in (
        ("lines", np.log1p(bounds.sizes)), ("text", np.log1p(size_of_text)), ("prose_total", prose_of_text),
        ("main_share", (end - begin) / bounds.sizes), ("prose_length", usual),
        ("prose_share", bounds.total(prose * main) / np.maximum(prose_of_text, 1.0)),
        ("bullets_total", bounds.total(own[AT["bullet"]]) / bounds.sizes),
        ("blank_total", bounds.total(own[AT["blank_before"]]) / bounds.sizes),
    ):  # fmt: skip
        part[put[name]] = value[document]


def _usual(size: NDArray[np.float32], is_prose: NDArray[np.bool_], bounds: Bounds) -> NDArray[np.float32]:
    """For each document the median size of its lines of running text, or 0 where it has none."""
    usual = np.zeros(len(bounds), dtype=np.float32)
    for number, (begin, end) in enumerate(bounds.pairs):
        sizes = np.sort(size[begin:end][is_prose[begin:end]])
        if len(sizes):
            usual[number] = sizes[len(sizes) // 2]
    return usual


def densest(values: NDArray[np.float64], bounds: Bounds) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each document the lines from the first up to the second whose values have the largest sum; never none.

    >>> from provcheck.checks.boilerplate.bounds import Bounds
    >>> begin, end = densest(np.array([-1.0, 3.0, -1.0, 4.0, -9.0, 5.0, -2.0]), Bounds.of([6, 1]))
    >>> begin.tolist(), end.tolist()
    ([1, 6], [4, 7])
    """
    running = bounds.running(values[None])
    before, upto = running.before[0], running.upto[0]
    lowest = np.empty(len(values))
    for begin, end in bounds.pairs:
        np.minimum.accumulate(before[begin:end], out=lowest[begin:end])
    risen = upto - lowest
    last = bounds.first(risen == np.maximum.reduceat(risen, bounds.begins)[bounds.document])
    return bounds.first(before == lowest[last][bounds.document]), last + 1
