"""What stands around a line: its neighbours' features, sums over windows, and its place in the document.

The place is told relative to the stretch of the document that holds the most running text (the maximum-sum segment,
after Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate.names import AT, PLACE, SHIFTED, SHIFTS, SUMMED, WINDOWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR = 50
"""Distances in lines are told apart up to this one."""

FAR_FROM_COMMENTS = 200
_SHIFTED_AT = np.array([AT[name] for name in SHIFTED])
_SUMMED_AT = np.array([AT[name] for name in SUMMED])
_REACH = max(SHIFTS)
_WIDEST = max(WINDOWS)


def fill(
    part: NDArray[np.float32], own: NDArray[np.float32], comments: NDArray[np.bool_], teasers: NDArray[np.bool_]
) -> None:
    """Write the features of the surroundings into `part`, from the lines' own features in `own`.

    `comments` and `teasers` tell which lines hold words of a comment form, or such as announce other stories.
    """
    n = own.shape[1]
    padded = np.full((len(SHIFTED), n + 2 * _REACH), -1, dtype=np.float32)
    padded[:, _REACH : _REACH + n] = own[_SHIFTED_AT]
    row = 0
    for shift in SHIFTS:
        part[row : row + len(SHIFTED)] = padded[:, _REACH + shift : _REACH + shift + n]
        row += len(SHIFTED)
    running = np.zeros((len(SUMMED), n + 2 * _WIDEST + 1))
    inner = running[:, _WIDEST + 1 : _WIDEST + 1 + n]
    np.cumsum(own[_SUMMED_AT], axis=1, out=inner, dtype=np.float64)
    running[:, _WIDEST + 1 + n :] = inner[:, -1:]
    upto, after = running[:, _WIDEST : _WIDEST + n], inner
    for window in WINDOWS:
        part[row : row + len(SUMMED)] = upto - running[:, _WIDEST - window : _WIDEST - window + n]
        row += len(SUMMED)
        part[row : row + len(SUMMED)] = running[:, _WIDEST + 1 + window : _WIDEST + 1 + window + n] - after
        row += len(SUMMED)
    _place(part[row:], own, comments, teasers)


def _place(
    part: NDArray[np.float32], own: NDArray[np.float32], comments: NDArray[np.bool_], teasers: NDArray[np.bool_]
) -> None:
    n = own.shape[1]
    here = np.arange(n)
    prose, size = own[AT["prose"]], own[AT["words"]]
    is_prose = prose > 0
    begin, end = densest(np.where(is_prose, prose, -1.0))
    text = np.exp(own[AT["length"]]).cumsum(dtype=np.float64)
    total = float(prose.sum(dtype=np.float64))
    sizes = np.sort(size[is_prose])
    usual = float(sizes[len(sizes) // 2]) if len(sizes) else 0.0
    put = {name: i for i, name in enumerate(PLACE)}
    part[put["line_share"]] = here / n
    part[put["text_share"]] = text / text[-1]
    part[put["before_main"]] = np.minimum(np.maximum(begin - here, -FAR), FAR)
    part[put["behind_main"]] = np.minimum(np.maximum(here - (end - 1), -FAR), FAR)
    part[put["last_prose"]][1:] = since(is_prose, here, FAR)[:-1]
    part[put["last_prose"]][0] = FAR
    part[put["since_comment"]] = since(comments, here, FAR_FROM_COMMENTS)
    part[put["since_teaser"]] = since(teasers, here, FAR)
    part[put["until_teaser"]] = since(teasers[::-1], here, FAR)[::-1]
    part[put["unlike_prose"]] = np.abs(size - usual)
    bullets, blanks = float(own[AT["bullet"]].sum()), float(own[AT["blank_before"]].sum())
    for name, value in (
        ("lines", np.log1p(n)), ("text", np.log1p(text[-1])), ("prose_total", total), ("main_share", (end - begin) / n),
        ("prose_share", float(prose[begin:end].sum(dtype=np.float64)) / max(total, 1.0)), ("prose_length", usual),
        ("bullets_total", bullets / n), ("blank_total", blanks / n),
    ):  # fmt: skip
        part[put[name]] = value


def since(flags: NDArray[np.bool_], here: NDArray[np.int64], far: int) -> NDArray[np.int64]:
    """How many lines ago the last flag was, 0 on the line itself; `far` where there was none, or none so near.

    >>> since(np.array([False, True, False]), np.arange(3), 50).tolist()
    [50, 0, 1]
    """
    last = np.maximum.accumulate(np.where(flags, here, -far))
    result: NDArray[np.int64] = np.minimum(here - last, far)
    return result


def densest(values: NDArray[np.float64]) -> tuple[int, int]:
    """The half-open range of largest sum, which is never empty.

    >>> densest(np.array([-1.0, 3.0, -1.0, 4.0, -9.0, 5.0]))
    (1, 4)
    """
    total = np.zeros(len(values) + 1)
    np.cumsum(values, out=total[1:])
    lowest = np.minimum.accumulate(total[:-1])
    end = int((total[1:] - lowest).argmax()) + 1
    begin = int((total[:end] == lowest[end - 1]).argmax())
    return begin, end
